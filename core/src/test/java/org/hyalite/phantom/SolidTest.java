package org.hyalite.phantom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Protects the exact way of a ray through a faceted solid, on which all images of the twin rest. */
class SolidTest {
    private static final double[] Z = {0, 0, 1};

    @Test
    void aRayThroughABoxHasTheBoxesLength() {
        Solid box = Solid.box(new double[] {-10, -20, -30}, new double[] {10, 20, 50});
        double[] spans = new double[2];
        assertThat(box.cross(new double[] {9.99, -19.99, 0}, Z, spans)).isEqualTo(1);
        assertThat(spans).containsExactly(-30, 50);
        assertThat(box.cross(new double[] {10.01, 0, 0}, Z, spans)).isZero();
        double half = Math.sqrt(0.5);
        assertThat(box.cross(new double[3], new double[] {half, 0, half}, spans))
                .isEqualTo(1);
        assertThat(spans[1] - spans[0]).isCloseTo(20 / half, within(1e-9));
    }

    @Test
    void piecesThatOverlapCountOnceAndPiecesApartAreApart() {
        Solid both = Solid.of(List.of(facets(0, 0, 40), facets(0, 0, 10), facets(0, 50, 60), facets(0, 35, 45)));
        double[] spans = new double[8];
        assertThat(both.cross(new double[3], Z, spans)).isEqualTo(2);
        assertThat(spans).startsWith(0, 45, 50, 60);
    }

    @Test
    void movingAndScalingMoveTheCorners() {
        Solid box = Solid.box(new double[] {-1, -1, -1}, new double[] {1, 1, 1}).scaledThenMoved(3, 10, 20, 30);
        assertThat(box.centre()).containsExactly(10, 20, 30);
        assertThat(box.corners()).hasSize(8);
        assertThat(Solid.extent(box.corners(), 1)).containsExactly(13, 23, 33);
    }

    @Test
    void fragmentsStayWithinTheirReachAndDifferFromSeedToSeed() {
        List<Double> volumes = new ArrayList<>();
        for (int seed = 0; seed < 40; seed++) {
            Solid solid = Facets.fragment(Dice.of(seed), 140, Facets.SETTLED, 5, -3, 2);
            double reach = 0;
            for (double[] c : solid.corners()) {
                reach = Math.max(reach, Math.max(Math.hypot(c[0] - 5, c[2] - 2), Math.abs(c[1] + 3)));
            }
            assertThat(reach).as("seed %d", seed).isCloseTo(140, within(1e-6));
            double[] high = Solid.extent(solid.corners(), 1);
            double[] low = Solid.extent(solid.corners(), -1);
            assertThat(high[0] - low[0]).as("breadth of seed %d", seed).isBetween(180.0, 285.0);
            volumes.add(Phantom.uniform(solid, Compound.CO_ZIF_4, 1).volumeNm3());
        }
        assertThat(volumes)
                .doesNotHaveDuplicates()
                .allSatisfy(v -> assertThat(v).isBetween(4.4e6, 10e6));
    }

    @Test
    void someFragmentsAreNotConvex() {
        int stretches = 0;
        for (int seed = 0; seed < 10; seed++) {
            Solid solid = Facets.fragment(Dice.of(seed), 140, Facets.SETTLED, 0, 0, 0);
            double[] spans = new double[2 * solid.pieces()];
            for (double u = -140; u < 140; u += 4) {
                for (double v = -140; v < 140; v += 4) {
                    stretches += Math.max(0, solid.cross(new double[] {u, v, 0}, Z, spans) - 1);
                    stretches += Math.max(0, solid.cross(new double[] {0, u, v}, new double[] {1, 0, 0}, spans) - 1);
                    stretches += Math.max(0, solid.cross(new double[] {u, 0, v}, new double[] {0, 1, 0}, spans) - 1);
                }
            }
        }
        assertThat(stretches).isPositive();
    }

    private static double[] facets(double x, double low, double high) {
        return new double[] {1, 0, 0, x + 5, -1, 0, 0, 5 - x, 0, 1, 0, 5, 0, -1, 0, 5, 0, 0, 1, high, 0, 0, -1, -low};
    }
}
