package org.hyalite.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.hyalite.grid.Image;
import org.hyalite.grid.Volume;
import org.junit.jupiter.api.Test;

/** Protects the threshold against the vacuum's flank, film, several levels and nonsense. */
class EdgeSpreadFitTest {
    private static final int N = 64;
    private static final double VOXEL = 4;

    private static Volume blurred(Synthetic body, double sd, double level, double noise, long seed) {
        Volume occupancy = Synthetic.blur(body.occupancy(N, VOXEL), sd);
        return Synthetic.combine(occupancy, level, Synthetic.noise(N, VOXEL, 1, seed), noise * level, 0, true);
    }

    @Test
    void thresholdLiesHalfWayAndNotOnTheVacuumsFlank() {
        for (int seed = 0; seed < 3; seed++) {
            Synthetic shard = Synthetic.shard(seed, 18);
            double truth = shard.occupancy(N, VOXEL).sum() * VOXEL * VOXEL * VOXEL;
            EdgeSpreadFit fit = EdgeSpreadFit.fit(blurred(shard, 1, 1000, 0.03, seed));
            assertThat(fit.vacuumLevel()).isBetween(-5.0, 30.0);
            assertThat(fit.particleLevel()).isCloseTo(1000, within(20.0));
            assertThat(fit.threshold()).isCloseTo(500, within(15.0));
            assertThat(fit.choice()).isEqualTo(EdgeSpreadFit.Choice.HALF_WAY);
            assertThat(fit.reason()).isNotBlank();
            assertThat(fit.volumeHalfWayNm3()).isCloseTo(truth, within(0.03 * truth));
            assertThat(fit.volumeSteepestNm3().orElseThrow()).isGreaterThan(1.5 * truth);
        }
    }

    @Test
    void steepestPointIsUsedWhereTheVolumeHardlyDependsOnTheThreshold() {
        // a sharp particle at 100 in a vacuum at 0 with a faint halo whose grey values end at 20
        Sigmoid halo = new Sigmoid(0, 30, 20, 4, 1);
        Volume v = Synthetic.combine(
                Synthetic.box(16, 15, 14).occupancy(N, VOXEL), 100, Synthetic.noise(N, VOXEL, 0, 1), 0, 0, true);
        int place = 0;
        for (int t = 1; t < 60; t++) {
            for (int i = 0; i < Math.round(halo.at(t + 0.5)); i++, place++) {
                v.set(place / 64 / 64, place / 64 % 64, place % 64, t + 0.5f);
            }
        }
        EdgeSpreadFit fit = EdgeSpreadFit.fit(v);
        assertThat(fit.choice()).isEqualTo(EdgeSpreadFit.Choice.STEEPEST_POINT);
        assertThat(fit.threshold()).isCloseTo(20, within(1.0));
        assertThat(fit.halfWayThreshold()).isCloseTo(50, within(0.5));
        assertThat(fit.reason()).contains("within 3 %");
    }

    @Test
    void sigmoidFitFindsTheEdgeThatMadeTheCurve() {
        Sigmoid truth = new Sigmoid(20, 300, 1.7, 0.25, 1);
        double[] t = new double[60];
        double[] v = new double[60];
        for (int i = 0; i < 60; i++) {
            t[i] = 0.05 * i + 0.5;
            v[i] = truth.at(t[i]);
        }
        Sigmoid found = Sigmoid.fit(t, v).orElseThrow();
        assertThat(found.centre()).isCloseTo(1.7, within(1e-4));
        assertThat(found.width()).isCloseTo(0.25, within(1e-3));
        assertThat(found.b()).isCloseTo(300, within(0.5));
        assertThat(found.rSquared()).isGreaterThan(0.9999);
    }

    @Test
    void densitiesOfTwoPhasesGiveAThresholdBelowBoth() {
        // a body of 6 and, at x > 0, of 4 atoms/nm³
        for (double[] levels : new double[][] {{6, 4}, {5, 6}}) {
            Volume v = Synthetic.blur(Synthetic.box(16, 16, 16).occupancy(N, VOXEL), 0);
            for (int z = 0; z < N; z++) {
                for (int y = 0; y < N; y++) {
                    for (int x = 0; x < N; x++) {
                        v.set(z, y, x, (float) (v.at(z, y, x) * levels[x < 36 ? 0 : 1]));
                    }
                }
            }
            v = Synthetic.combine(Synthetic.blur(v, 1), 1, Synthetic.noise(N, VOXEL, 1, 3), 0.2, 0, true);
            EdgeSpreadFit fit = EdgeSpreadFit.fit(v);
            double lower = Math.min(levels[0], levels[1]);
            assertThat(fit.threshold()).isCloseTo(lower / 2, within(0.15));
            assertThat(fit.particleLevels()).hasSize(2);
            assertThat(fit.particleLevels().get(0)).isCloseTo(lower, within(0.2));
            assertThat(fit.particleLevel()).isCloseTo(levels[0], within(0.2)); // the larger part is at x < 36
        }
    }

    @Test
    void residualFilmDoesNotMoveTheThreshold() {
        Volume v = Synthetic.box(12, 14, 14).occupancy(N, VOXEL);
        for (int z = 19; z < 21; z++) { // a film below the particle, a tenth as bright
            for (int y = 0; y < N; y++) {
                for (int x = 0; x < N; x++) {
                    v.set(z - 1, y, x, Math.max(v.at(z - 1, y, x), 0.1f));
                }
            }
        }
        v = Synthetic.combine(Synthetic.blur(v, 1), 1000, Synthetic.noise(N, VOXEL, 1, 5), 20, 0, true);
        EdgeSpreadFit fit = EdgeSpreadFit.fit(v);
        assertThat(fit.threshold()).isCloseTo(500, within(15.0));
        Image thickness = ThicknessMap.of(v, fit.threshold());
        assertThat(thickness.at(3, 3)).isZero();
        assertThat((double) thickness.at(32, 32)).isCloseTo(24 * VOXEL, within(VOXEL));
    }

    @Test
    void curveCoversHundredStepsFromVacuumToParticleAndNeverRises() {
        EdgeSpreadFit fit = EdgeSpreadFit.fit(blurred(Synthetic.shard(4, 18), 1, 7, 0.03, 9));
        EdgeSpreadFit.Curve curve = fit.curve();
        assertThat(curve.threshold()).hasSize(EdgeSpreadFit.STEPS).isSorted();
        assertThat(curve.threshold()[0]).isGreaterThan(fit.vacuumLevel());
        assertThat(curve.threshold()[99]).isLessThan(fit.particleLevel());
        for (int k = 1; k < EdgeSpreadFit.STEPS; k++) {
            assertThat(curve.volumeNm3()[k]).isLessThanOrEqualTo(curve.volumeNm3()[k - 1]);
            assertThat(curve.meanThicknessNm()[k]).isLessThanOrEqualTo(curve.meanThicknessNm()[k - 1]);
            assertThat(curve.volumeNm3()[k - 1] - curve.volumeNm3()[k])
                    .isCloseTo(curve.deltaNm3()[k - 1], within(1e-6 * curve.volumeNm3()[0]));
        }
    }

    @Test
    void sameParticleInAnotherUnitGivesTheSameBody() {
        Volume v = blurred(Synthetic.shard(7, 18), 1, 1, 0.03, 2);
        Volume scaled = Synthetic.combine(v, 4096, v, 0, 0, false);
        assertThat(EdgeSpreadFit.fit(scaled).volumeHalfWayNm3())
                .isCloseTo(EdgeSpreadFit.fit(v).volumeHalfWayNm3(), within(0.001 * v.sum() * 64));
    }

    @Test
    void volumesWithoutAParticleAreRefused() {
        Volume empty = Volume.zeros(8, 8, 8, 1);
        assertThatThrownBy(() -> EdgeSpreadFit.fit(empty))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0.0")
                .hasMessageContaining("no particle");
        Volume broken = Synthetic.box(2, 2, 2).occupancy(8, 1);
        broken.set(1, 2, 3, Float.NaN);
        assertThatThrownBy(() -> EdgeSpreadFit.fit(broken))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not finite");
        Volume noise = Synthetic.noise(24, 1, 0, 8);
        assertThatThrownBy(() -> EdgeSpreadFit.fit(noise))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no particle stands out");
    }
}
