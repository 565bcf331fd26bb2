package org.hyalite.phantom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Protects the geometry that the contract fixes: where a point of the specimen lands in a recorded image. */
class ViewTest {
    private static final int SIZE = 48;
    private static final double PIXEL_NM = 4;
    private static final double MIDDLE = (SIZE - 1) / 2.0;

    @Test
    void aPointLandsWhereTheContractSays() {
        double[] point = {31, -22, 17};
        for (double tilt : new double[] {-70, -20, 0, 35, 60}) {
            double[] at = landing(point, TrueAlignment.perfect(tilt));
            double theta = Math.toRadians(tilt);
            assertThat(at[0]).isCloseTo(MIDDLE - 22 / PIXEL_NM, within(0.02));
            assertThat(at[1])
                    .isCloseTo(MIDDLE + (31 * Math.cos(theta) - 17 * Math.sin(theta)) / PIXEL_NM, within(0.02));
        }
    }

    @Test
    void movingTheContentByTheShiftBringsItWhereItBelongs() {
        double[] point = {11, 8, -30};
        double[] there = landing(point, TrueAlignment.perfect(40));
        double[] recorded =
                landing(point, new TrueAlignment(new double[] {40}, new double[] {2.5}, new double[] {-1.75}, 0, 0));
        assertThat(recorded[0] + 2.5).isCloseTo(there[0], within(0.02));
        assertThat(recorded[1] - 1.75).isCloseTo(there[1], within(0.02));
    }

    @Test
    void pointsOnTheAxisShowItsOffsetAndTurnAndStayThereAtEveryTilt() {
        double turn = 3;
        double offset = 2;
        for (double tilt : new double[] {-60, 0, 45}) {
            TrueAlignment as = new TrueAlignment(new double[] {tilt}, new double[1], new double[1], offset, turn);
            for (double y : new double[] {-60, 0, 60}) {
                double[] at = landing(new double[] {0, y, 0}, as);
                double cos = Math.cos(Math.toRadians(turn));
                double sin = Math.sin(Math.toRadians(turn));
                // along the axis (dy, dx) = (cos, sin), beside it (−sin, cos)
                assertThat(at[0]).isCloseTo(MIDDLE + y / PIXEL_NM * cos - offset * sin, within(0.02));
                assertThat(at[1]).isCloseTo(MIDDLE + y / PIXEL_NM * sin + offset * cos, within(0.02));
            }
        }
    }

    @Test
    void theFilmThickensWithTiltAndItsTextureMovesWithTheSpecimen() {
        Film film = Film.uneven(Dice.of(2), 100);
        double[] flat = film.areal(View.of(SIZE, PIXEL_NM, TrueAlignment.perfect(0), 0));
        double[] steep = film.areal(View.of(SIZE, PIXEL_NM, TrueAlignment.perfect(60), 0));
        // film point x = 60 nm appears at 60 cos 60° − 100 sin 60° = −56.6 nm, in column 9.35 of row 20
        double at = MIDDLE + (60 * 0.5 - 100 * Math.sqrt(0.75)) / PIXEL_NM;
        double beforeX = MIDDLE + 60 / PIXEL_NM;
        assertThat(between(steep, at)).isCloseTo(2 * between(flat, beforeX), within(0.01 * between(flat, beforeX)));
        double mean = 0;
        double low = Double.MAX_VALUE;
        for (double v : flat) {
            mean += v / flat.length;
            low = Math.min(low, v);
        }
        assertThat(mean).isBetween(1500.0, 2500.0);
        assertThat(low).isBetween(0.5 * mean, 0.97 * mean);
    }

    private static double between(double[] image, double column) {
        int left = (int) Math.floor(column);
        double part = column - left;
        return (1 - part) * image[20 * SIZE + left] + part * image[20 * SIZE + left + 1];
    }

    /** Centre of mass of an octahedron of 24 nm at a point. */
    private static double[] landing(double[] p, TrueAlignment as) {
        double[] facets = new double[4 * 8];
        for (int i = 0; i < 8; i++) {
            double[] n = {(i & 1) * 2 - 1, (i & 2) - 1, (i & 4) / 2 - 1};
            System.arraycopy(n, 0, facets, 4 * i, 3);
            facets[4 * i + 3] = 12 + n[0] * p[0] + n[1] * p[1] + n[2] * p[2];
        }
        Solid octahedron = Solid.of(List.of(facets));
        double[] areal = Phantom.uniform(octahedron, Compound.CO_ZIF_4, 1).areal(View.of(SIZE, PIXEL_NM, as, 0))[0];
        double total = 0;
        double y = 0;
        double x = 0;
        for (int i = 0; i < areal.length; i++) {
            total += areal[i];
            y += areal[i] * (i / SIZE);
            x += areal[i] * (i % SIZE);
        }
        return new double[] {y / total, x / total};
    }
}
