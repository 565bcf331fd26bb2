package org.hyalite.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.hyalite.grid.Volume;
import org.junit.jupiter.api.Test;

/** How well a threshold is known must grow with noise, be the same twice, and ring where the curve is no edge's. */
final class ThresholdUncertaintyTest {
    private static final int N = 40;
    private static final double VOXEL = 4;

    private static Volume particle(double noise, long seed) {
        Volume occupancy = Synthetic.blur(Synthetic.shard(2, 12).occupancy(N, VOXEL), 1);
        return Synthetic.combine(occupancy, 1000, Synthetic.noise(N, VOXEL, 1, seed), 1000 * noise, 0, true);
    }

    private static ThresholdUncertainty of(Volume volume, long seed) {
        return ThresholdUncertainty.of(volume, EdgeSpreadFit.fit(volume), seed);
    }

    @Test
    void theIntervalHoldsTheThresholdAndIsTheSameTwice() {
        Volume volume = particle(0.05, 1);
        double threshold = EdgeSpreadFit.fit(volume).threshold();
        ThresholdUncertainty one = of(volume, 3);
        assertThat(one.low()).isLessThan(threshold);
        assertThat(one.high()).isGreaterThan(threshold);
        assertThat(one.sd()).isPositive();
        assertThat(of(volume, 3)).isEqualTo(one);
        assertThat(of(volume, 4).sd()).isNotEqualTo(one.sd()).isCloseTo(one.sd(), within(0.4 * one.sd()));
    }

    @Test
    void itIsAboutTheScatterOfThresholdsOverNoise() {
        double[] found = new double[6];
        double stated = 0;
        for (int seed = 0; seed < found.length; seed++) {
            Volume volume = particle(0.1, seed + 10);
            found[seed] = EdgeSpreadFit.fit(volume).threshold();
            stated += of(volume, seed).sd() / found.length;
        }
        double mean = 0;
        for (double f : found) {
            mean += f / found.length;
        }
        double square = 0;
        for (double f : found) {
            square += (f - mean) * (f - mean) / (found.length - 1);
        }
        // the level is a mode in the fit and a mean in the draws, so that they agree in size only
        assertThat(stated).isBetween(0.2 * Math.sqrt(square), 5 * Math.sqrt(square));
    }

    @Test
    void theVolumeFallsWithTheThresholdAndTheThicknessByLess() {
        Volume volume = particle(0.05, 1);
        EdgeSpreadFit fit = EdgeSpreadFit.fit(volume);
        ThresholdUncertainty uncertainty = of(volume, 1);
        assertThat(uncertainty.volumePerThreshold()).isNegative();
        assertThat(uncertainty.volumeRelativeSd())
                .isCloseTo(-uncertainty.volumePerThreshold() * uncertainty.sd(), within(1e-12));
        assertThat(uncertainty.thicknessRelativeSd()).isLessThan(uncertainty.volumeRelativeSd());
        // a blurred edge one voxel wide around a ball of 12: the volume changes by some per cent over a tenth of the contrast
        double tenth = -uncertainty.volumePerThreshold() * 0.1 * (fit.particleLevel() - fit.vacuumLevel());
        assertThat(tenth).isBetween(0.01, 0.2);
    }

    @Test
    void twoLevelsAndAFilmRing() {
        Volume volume = particle(0.02, 1);
        assertThat(of(volume, 1).alarms()).noneMatch(a -> a.contains("levels") || a.contains("mode"));
        Volume two = particle(0.02, 1);
        for (int z = 0; z < N; z++) {
            for (int y = 0; y < N; y++) {
                for (int x = 0; x < N / 2; x++) {
                    two.set(z, y, x, 1.5f * two.at(z, y, x));
                }
            }
        }
        assertThat(of(two, 1).alarms()).anyMatch(a -> a.contains("grey levels"));
        Volume film = particle(0.02, 1);
        for (int y = 0; y < N; y++) {
            for (int x = 0; x < N; x++) {
                for (int z = 0; z < 3; z++) {
                    film.set(z, y, x, film.at(z, y, x) + 300);
                }
            }
        }
        assertThat(of(film, 1).alarms()).anyMatch(a -> a.contains("second mode"));
    }

    @Test
    void aFallingOrRisingCurveHasNoSecondMode() {
        double[] bath = new double[100];
        for (int k = 0; k < bath.length; k++) {
            bath[k] = 1000 * Math.exp(-k / 5.0) + 800 * Math.exp((k - 99) / 5.0) + 20;
        }
        assertThat(ThresholdUncertainty.secondMode(bath, 1e4, 1)).isEmpty();
        for (int k = 40; k < 50; k++) {
            bath[k] += 300;
        }
        assertThat(ThresholdUncertainty.secondMode(bath, 1e4, 1).orElseThrow()).isBetween(40, 50);
    }
}
