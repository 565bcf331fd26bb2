package org.hyalite.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.hyalite.grid.Image;
import org.hyalite.grid.TiltGeometry;
import org.hyalite.grid.TiltSeries;
import org.hyalite.grid.Volume;
import org.hyalite.kernel.Slabs;
import org.hyalite.progress.Progress;
import org.hyalite.tomo.Projector;
import org.hyalite.tomo.ReconstructionSettings;
import org.hyalite.tomo.Weight;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a left-out image is predicted to be, and how the prediction is judged. */
class TiltPredictionTest {
    private static final double[] TILTS = {-45, -30, -15, 0, 15, 30, 45};

    /** A lamella of random columns, smooth along x, four times as wide as the field. */
    private static TiltSeries lamella(long seed, int planes, double... gains) {
        int columns = 32;
        int beside = 40;
        Random random = new Random(seed);
        Volume volume = Volume.zeros(planes, 16, columns + 2 * beside, 2);
        for (int z = 0; z < planes; z++) {
            double phase = 6 * random.nextDouble();
            for (int y = 0; y < 16; y++) {
                for (int x = 0; x < volume.nx(); x++) {
                    volume.set(z, y, x, (float) (2 + Math.sin(phase + x / 1.3 + y / 5.0)));
                }
            }
        }
        TiltGeometry geometry = TiltGeometry.of(TILTS, random.doubles(7, -2, 2).toArray(), 0.5 * random.nextGaussian());
        TiltSeries images = Projector.of(geometry, planes, 16, columns, beside, 2, Slabs.of(1))
                .forward(volume);
        for (int t = 0; t < gains.length; t++) {
            Image image = images.image(t);
            for (int i = 0; i < image.values().length; i++) {
                image.values()[i] *= (float) gains[t];
            }
            images.setImage(t, image);
        }
        return images;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aThinSlabIsInterpolatedWhereItLies(long seed) {
        TiltSeries images = lamella(seed, 1);
        for (int t = 1; t < TILTS.length - 1; t++) {
            Image measured = images.image(t);
            Likeness slab = Likeness.of(NeighbourInterpolation.slab(images, t), measured);
            Likeness plain = Likeness.of(NeighbourInterpolation.plain(images, t), measured);
            assertThat(slab.correlation()).isGreaterThan(0.95);
            assertThat(slab.error()).isLessThan(plain.error());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5})
    void aThickSlabIsPredictedBetterByItsVolumeAlsoWhereGainsDiffer(long seed) {
        TiltSeries images = lamella(seed, 10, 0.9, 0.95, 1, 1.05, 1.1, 1.15, 1.2);
        ReconstructionSettings settings = ReconstructionSettings.adf()
                .with(new Weight.Relative(1e-4))
                .withPlanes(10)
                .withFilledField(true)
                .withThreads(2);
        List<TiltPrediction.Row> rows = TiltPrediction.of(images, settings, Progress.NONE);
        assertThat(rows).hasSize(TILTS.length - 2);
        double volume = 0;
        double ungained = 0;
        double interpolation = 0;
        for (TiltPrediction.Row row : rows) {
            volume += row.volume().error();
            ungained += row.ungained().error();
            interpolation += row.interpolation().error();
        }
        assertThat(volume).isLessThan(0.7 * ungained).isLessThan(interpolation);
    }

    @Test
    void likenessIsOfErrorScaleAndShape() {
        Image image = Image.zeros(24, 20, 1);
        Image twice = Image.zeros(24, 20, 1);
        Image more = Image.zeros(24, 20, 1);
        Random random = new Random(6);
        for (int i = 0; i < image.values().length; i++) {
            image.values()[i] = random.nextFloat();
            twice.values()[i] = 2 * image.values()[i];
            more.values()[i] = image.values()[i] + 3;
        }
        Likeness same = Likeness.of(image, image);
        assertThat(same.error()).isCloseTo(0, within(1e-6));
        assertThat(same.correlation()).isCloseTo(1, within(1e-6));
        assertThat(Likeness.of(twice, image).scaledError()).isCloseTo(0, within(1e-6));
        assertThat(Likeness.of(twice, image).error()).isGreaterThan(0.1);
        assertThat(Likeness.of(more, image).error()).isCloseTo(3, within(1e-5));
        assertThat(Likeness.of(more, image).correlation()).isCloseTo(1, within(1e-6));
    }

    @Test
    void threeTiltsAreTooFew() {
        TiltSeries images = lamella(7, 2).select(0, 3, 6);
        assertThatThrownBy(() -> TiltPrediction.of(images, ReconstructionSettings.adf(), Progress.NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3 tilts; at least 4");
    }
}
