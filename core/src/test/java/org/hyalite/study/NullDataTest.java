package org.hyalite.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hyalite.align.Alignment;
import org.hyalite.align.Resampling;
import org.hyalite.grid.Image;
import org.hyalite.grid.TiltGeometry;
import org.hyalite.grid.TiltSeries;
import org.hyalite.grid.Volume;
import org.hyalite.physics.Element;
import org.hyalite.spectra.BackgroundSmoothing;
import org.hyalite.tomo.JointData;
import org.hyalite.tomo.Projector;
import org.junit.jupiter.api.Test;

/** Protects the null control's recordings: as many counts, as noisy, and as blurred a background as a measurement has. */
final class NullDataTest {
    private static final Element CO = Element.of("Co");
    private static final int N = 24;
    private static final double[] TILTS = {-50, -20, 0, 30, 60};
    private static final double[] GAINS = {1.1, 1.0, 0.9, 1.0, 1.2};

    private static Volume ball(int finer, double radius, double value) {
        int n = finer * N;
        Volume volume = Volume.zeros(n, n, n, 6.0 / finer);
        double middle = (n - 1) / 2.0;
        for (int z = 0; z < n; z++) {
            for (int y = 0; y < n; y++) {
                for (int x = 0; x < n; x++) {
                    double r = Math.hypot(Math.hypot(z - middle, y - middle), x - middle);
                    volume.set(z, y, x, r < finer * radius ? (float) value : 0);
                }
            }
        }
        return volume;
    }

    private static TiltSeries background(TiltSeries cast, double width) {
        List<Image> images = new ArrayList<>();
        for (int t = 0; t < TILTS.length; t++) {
            Image image = BackgroundSmoothing.gaussian(cast.image(t), width);
            for (int i = 0; i < image.values().length; i++) {
                image.values()[i] = (float) (GAINS[t] * 0.05 * image.values()[i] + 2 + 0.1 * t);
            }
            images.add(image);
        }
        return TiltSeries.of(cast.geometry(), images);
    }

    private static TiltSeries cast(Volume volume) {
        return Projector.of(TiltGeometry.of(TILTS), N, N, N, 6).forward(volume);
    }

    private static Repetition.Data data(TiltSeries background) {
        JointData.Channel channel = new JointData.Channel("Co", background, background, GAINS);
        return new Repetition.Data.Together(new JointData(List.of(channel), Optional.empty()));
    }

    private static JointData.Channel drawn(Repetition.Data data) {
        return ((Repetition.Data.Together) data).joint().channels().get(0);
    }

    @Test
    void backgroundsBlurIsFoundAndTakenOff() {
        TiltSeries cast = cast(ball(1, 7, 3));
        for (double width : new double[] {1, 2, 4}) {
            BackgroundModel model = BackgroundModel.fit(background(cast, width), List.of(cast), GAINS);
            assertThat(model.widthPx()).isEqualTo(width);
            TiltSeries other = cast(ball(1, 5, 4));
            TiltSeries sharp = model.expected(List.of(other));
            TiltSeries blurred = model.estimated(List.of(other));
            TiltSeries wanted = background(other, width);
            for (int t = 0; t < TILTS.length; t++) {
                for (int i = 8; i < 16; i++) {
                    assertThat(sharp.at(t, i, 12))
                            .isCloseTo((float) (GAINS[t] * 0.05 * other.at(t, i, 12) + 2 + 0.1 * t), within(0.05f));
                    assertThat(blurred.at(t, i, 12)).isCloseTo(wanted.at(t, i, 12), within(0.05f));
                }
            }
        }
    }

    @Test
    void countsArePoissonAboutTheModelOnAnyGrid() {
        TiltSeries cast = cast(ball(1, 7, 3));
        Volume fine = ball(2, 7, 3);
        NullData data =
                new NullData(data(background(cast, 1)), Map.of(CO, ball(1, 7, 3)), NullData.Noise.OF_COUNTS_ALONE);
        double excess = 0;
        double square = 0;
        int pixels = 0;
        for (long seed = 1; seed <= 4; seed++) {
            TiltSeries counts = drawn(data.draw(Map.of(CO, fine), seed)).counts();
            for (int t = 0; t < TILTS.length; t++) {
                for (int y = 0; y < N; y++) {
                    for (int x = 0; x < N; x++) {
                        double inner = Math.hypot(y - 11.5, x - 11.5);
                        if (inner > 4 && inner < 10) {
                            continue; // the outline of the finer ball is another
                        }
                        double mean = GAINS[t] * 1.05 * cast.at(t, y, x) + 2 + 0.1 * t;
                        double d = (counts.at(t, y, x) - mean) / Math.sqrt(mean);
                        excess += d;
                        square += d * d;
                        pixels++;
                    }
                }
            }
        }
        assertThat(excess / Math.sqrt(pixels)).isBetween(-6.0, 6.0);
        assertThat(square / pixels).isCloseTo(1, within(0.1));
    }

    @Test
    void drawsAreNamedByTheirSeed() {
        TiltSeries cast = cast(ball(1, 7, 3));
        Map<Element, Volume> volumes = Map.of(CO, ball(1, 7, 3));
        NullData data = new NullData(data(background(cast, 1)), volumes, NullData.Noise.OF_COUNTS_ALONE);
        float[] first = drawn(data.draw(volumes, 1)).counts().blocks()[0];
        assertThat(drawn(data.draw(volumes, 1)).counts().blocks()[0]).isEqualTo(first);
        assertThat(drawn(data.draw(volumes, 2)).counts().blocks()[0]).isNotEqualTo(first);
    }

    @Test
    void noiseIsAsAlikeAmongNeighboursAsResamplingMadeTheMeasurements() {
        double[] half = new double[TILTS.length];
        java.util.Arrays.fill(half, 0.5);
        Alignment alignment =
                Alignment.of(TILTS, half, new double[TILTS.length], 0, 0, "test", new double[0], List.of());
        NullData.Moved moved = new NullData.Moved(
                alignment, new Resampling(Resampling.Kernel.LINEAR, Resampling.Outside.EDGE), Resampling.FREE);
        TiltSeries cast = cast(ball(1, 7, 0));
        TiltSeries flat = background(cast, 1);
        for (float[] block : flat.blocks()) {
            java.util.Arrays.fill(block, 25);
        }
        NullData data = new NullData(
                data(flat),
                Map.of(CO, ball(1, 7, 3)),
                new NullData.Noise(Map.of(), Optional.empty(), Optional.of(moved)));
        double variance = 0;
        double mean = 0;
        int pixels = 0;
        for (long seed = 1; seed <= 5; seed++) {
            TiltSeries counts =
                    drawn(data.draw(Map.of(CO, ball(1, 7, 0)), seed)).counts();
            for (int t = 0; t < TILTS.length; t++) {
                for (int y = 2; y < N - 2; y++) {
                    for (int x = 0; x < N; x++) {
                        mean += counts.at(t, y, x);
                        variance += (counts.at(t, y, x) - 25) * (counts.at(t, y, x) - 25);
                        pixels++;
                    }
                }
            }
        }
        assertThat(mean / pixels).isCloseTo(25, within(0.3));
        assertThat(variance / pixels).isCloseTo(12.5, within(1.0));
    }
}
