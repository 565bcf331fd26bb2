package org.hyalite.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.hyalite.grid.EnergyAxis;
import org.hyalite.grid.SpectrumImage;
import org.hyalite.physics.Acquisition;
import org.hyalite.study.SeriesLoader.EdsMap;
import org.junit.jupiter.api.Test;

/** Redrawn spectra carry the noise of the measured ones, channel by channel, and depend on nothing but their names. */
final class SpectrumReplicaTest {
    private static final EnergyAxis AXIS = new EnergyAxis(40, 0, 0.01);

    private static SpectrumImage map(long seed, int ny, int nx) {
        Random random = new Random(seed);
        SpectrumImage.Builder builder = SpectrumImage.whole(ny, nx, 4, AXIS);
        for (int y = 0; y < ny; y++) {
            for (int x = 0; x < nx; x++) {
                int[] counts = new int[40];
                for (int i = 0; i < 12; i++) {
                    counts[random.nextInt(40)] += 1 + random.nextInt(3);
                }
                builder.pixel(y, x, counts);
            }
        }
        return builder.build();
    }

    /** A linear estimate, as net counts are: a weighted sum over all channels of all pixels. */
    private static double[] estimate(SpectrumImage map) {
        double value = 0;
        double variance = 0;
        int[] channels = new int[40];
        float[] counts = new float[40];
        for (int y = 0; y < map.ny(); y++) {
            for (int x = 0; x < map.nx(); x++) {
                int n = map.events(y, x, channels, counts);
                for (int i = 0; i < n; i++) {
                    double weight = Math.sin(channels[i] + 0.3 * y - 0.7 * x);
                    value += weight * counts[i];
                    variance += weight * weight * counts[i];
                }
            }
        }
        return new double[] {value, variance};
    }

    @Test
    void replicasOfALinearEstimateScatterAsTheoryHasIt() {
        SpectrumImage map = map(3, 5, 7);
        double[] analytic = estimate(map);
        int replicas = 3000;
        double[] values = new double[replicas];
        for (int r = 0; r < replicas; r++) {
            values[r] = estimate(SpectrumReplica.of(map, 9, r))[0];
        }
        double sd = Math.sqrt(analytic[1]);
        assertThat(Estimate.mean(values)).isBetween(analytic[0] - 0.1 * sd, analytic[0] + 0.1 * sd);
        // a standard deviation of 3000 is known to 1.3 %
        assertThat(Estimate.sd(values)).isBetween(0.94 * sd, 1.06 * sd);
    }

    @Test
    void whatWasEmptyStaysEmptyAndCountsStayWhole() {
        SpectrumImage map = map(1, 3, 3);
        SpectrumImage drawn = SpectrumReplica.of(map, 1, 0);
        assertThat(drawn.isWhole()).isTrue();
        double[] before = new double[40];
        double[] after = new double[40];
        map.addTo(1, 2, before);
        drawn.addTo(1, 2, after);
        for (int c = 0; c < 40; c++) {
            if (before[c] == 0) {
                assertThat(after[c]).isZero();
            }
        }
        assertThat(after).isNotEqualTo(before);
    }

    @Test
    void mapsAreNamedBySeedReplicaAndPlaceNotByThreads() {
        List<EdsMap> maps = List.of(eds(map(1, 4, 4), 0), eds(map(1, 4, 4), 1), eds(map(2, 4, 4), 2));
        List<EdsMap> one = Replicas.redrawn(maps, 5, 0, 1);
        List<EdsMap> four = Replicas.redrawn(maps, 5, 0, 4);
        for (int m = 0; m < maps.size(); m++) {
            assertThat(four.get(m).map().sum().counts())
                    .isEqualTo(one.get(m).map().sum().counts());
        }
        // the same counts in another map, another replica, another seed: other draws
        assertThat(one.get(1).map().sum().counts()).isNotEqualTo(one.get(0).map().sum().counts());
        assertThat(Replicas.redrawn(maps, 5, 1, 1).get(0).map().sum().counts())
                .isNotEqualTo(one.get(0).map().sum().counts());
        assertThat(Replicas.redrawn(maps, 6, 0, 1).get(0).map().sum().counts())
                .isNotEqualTo(one.get(0).map().sum().counts());
    }

    private static EdsMap eds(SpectrumImage map, int index) {
        return new EdsMap(Path.of("map"), index, 10.0 * index, map, Acquisition.nothing());
    }

    @Test
    void fractionalCountsAreDrawnAboutThemAndEnergyLossesRefused() {
        float[] counts = new float[40];
        counts[7] = 2.5f;
        SpectrumImage fractional =
                SpectrumImage.fractional(1, 1, 4, AXIS).pixel(0, 0, counts).build();
        double sum = 0;
        for (int r = 0; r < 4000; r++) {
            sum += SpectrumReplica.of(fractional, 1, r).sum().counts()[7];
        }
        assertThat(sum / 4000).isBetween(2.37, 2.63);
        SpectrumImage losses =
                SpectrumImage.signed(1, 1, 4, AXIS).pixel(0, 0, counts).build();
        assertThatThrownBy(() -> SpectrumReplica.of(losses, 1, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no counts");
    }
}
