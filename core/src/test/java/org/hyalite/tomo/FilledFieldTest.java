package org.hyalite.tomo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.hyalite.grid.TiltGeometry;
import org.hyalite.grid.TiltSeries;
import org.hyalite.grid.Volume;
import org.hyalite.kernel.Slabs;
import org.hyalite.progress.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Of a lamella that goes on beyond the field: what the model knows of the outside makes its inside right. */
final class FilledFieldTest {
    private static final int COLUMNS = 40;
    private static final int WIDE = 40;
    private static final int ROWS = 6;
    private static final int PLANES = 8;
    private static final double[] TILTS = {-50, -40, -30, -20, -10, 0, 10, 20, 30, 40, 50};

    /** Blocks of random densities, three times as wide as the field. */
    private static Volume lamella(long seed) {
        Random random = new Random(seed);
        Volume volume = Volume.zeros(PLANES, ROWS, COLUMNS + 2 * WIDE, 2);
        for (int x0 = 0; x0 < volume.nx(); x0 += 8) {
            for (int z0 = 0; z0 < PLANES; z0 += 4) {
                float density = 1 + 4 * random.nextFloat();
                for (int i = 0; i < 8 * 4 * ROWS; i++) {
                    volume.set(z0 + i / 8 % 4, i / 32, x0 + i % 8, density);
                }
            }
        }
        return volume;
    }

    private static TiltSeries images(Volume lamella) {
        return Projector.of(TiltGeometry.of(TILTS), PLANES, ROWS, COLUMNS, WIDE, 2, Slabs.of(2))
                .forward(lamella);
    }

    private static ReconstructionSettings settings(Regulariser regulariser, double weight) {
        return ReconstructionSettings.adf()
                .with(regulariser)
                .with(new Weight.Relative(weight))
                .withPlanes(PLANES)
                .withThreads(2);
    }

    private static double error(Volume volume, Volume truth) {
        Volume seen = volume.columns((volume.nx() - COLUMNS) / 2, COLUMNS);
        double difference = 0;
        double square = 0;
        for (int z = 0; z < PLANES; z++) {
            for (int y = 0; y < ROWS; y++) {
                for (int x = 0; x < COLUMNS; x++) {
                    double t = truth.at(z, y, x + WIDE);
                    difference += Math.pow(seen.at(z, y, x) - t, 2);
                    square += t * t;
                }
            }
        }
        return Math.sqrt(difference / square);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void theVolumeOfTheFieldIsBetterForKnowingOfTheOutside(long seed) {
        Volume lamella = lamella(seed);
        TiltSeries images = images(lamella);
        ReconstructionSettings settings = settings(new Regulariser.Tv(), 3e-3);
        Reconstruction blind = Reconstructor.reconstruct(images, settings, Progress.NONE);
        Reconstruction knowing = Reconstructor.reconstruct(images, settings.withFilledField(true), Progress.NONE);
        assertThat(blind.volume().nx()).isEqualTo(COLUMNS);
        assertThat(knowing.volume().nx()).isGreaterThan(COLUMNS);
        assertThat(error(knowing.volume(), lamella)).isLessThan(0.5 * error(blind.volume(), lamella));
    }

    /** The certificate bounds what is above the least there is, and holds for the true volume, whose images fit exactly. */
    @ParameterizedTest
    @ValueSource(longs = {4, 5})
    void theGapIsReachedAndMassIsRight(long seed) {
        TiltSeries images = images(lamella(seed));
        for (Regulariser regulariser : new Regulariser[] {new Regulariser.Tv(), new Regulariser.Tv2()}) {
            Convergence convergence = Reconstructor.reconstruct(
                            images,
                            settings(regulariser, 0.05).withGap(2e-2, 2000).withFilledField(true),
                            Progress.NONE)
                    .convergence();
            assertThat(convergence.converged()).isTrue();
            assertThat(convergence.gaps())
                    .allSatisfy(g -> assertThat(g.relativeGap()).isGreaterThan(-1e-5));
            for (MassPoint point : convergence.massCheck()) {
                assertThat(point.reprojected() / point.measured()).isBetween(0.95, 1.05);
            }
        }
    }

    @Test
    void elementsTogetherKnowOfTheOutsideToo() {
        Volume[] truth = {lamella(7), lamella(8)};
        List<JointData.Channel> channels = new ArrayList<>();
        for (int c = 0; c < truth.length; c++) {
            TiltSeries counts = images(truth[c]);
            TiltSeries background = counts.copy();
            for (int b = 0; b < counts.blocks().length; b++) {
                Arrays.fill(background.blocks()[b], 0.5f);
                for (int i = 0; i < counts.blocks()[b].length; i++) {
                    counts.blocks()[b][i] = (float) Math.rint(2 * counts.blocks()[b][i] + 0.5);
                }
            }
            double[] gains = new double[TILTS.length];
            Arrays.fill(gains, 2);
            channels.add(new JointData.Channel("element " + c, counts, background, gains));
        }
        ReconstructionSettings settings = settings(new Regulariser.CoupledTv(Regulariser.Coupling.NUCLEAR), 0.02)
                .withFilledField(true);
        JointData data = new JointData(channels, Optional.empty());
        JointReconstruction made = JointReconstructor.reconstruct(data, settings, Progress.NONE);
        JointReconstruction blind =
                JointReconstructor.reconstruct(data, settings.withFilledField(false), Progress.NONE);
        for (int c = 0; c < truth.length; c++) {
            assertThat(made.volumes().get(c).convergence().converged()).isTrue();
            assertThat(error(made.volumes().get(c).volume(), truth[c]))
                    .isLessThan(0.7 * error(blind.volumes().get(c).volume(), truth[c]));
        }
        assertThat(JointReconstructor.forecastBytes(data, settings))
                .isGreaterThan(JointReconstructor.forecastBytes(data, settings.withFilledField(false)));
    }

    @Test
    void theForecastGrowsWithTheOutside() {
        TiltSeries images = images(lamella(6));
        ReconstructionSettings settings = settings(new Regulariser.Tv(), 3e-3);
        long narrow = Reconstructor.forecastBytes(images, settings);
        assertThat(narrow).isEqualTo(Reconstructor.forecastBytes(PLANES, ROWS, COLUMNS, TILTS.length, settings));
        assertThat(Reconstructor.forecastBytes(images, settings.withFilledField(true)))
                .isGreaterThan(narrow);
    }
}
