package org.hyalite.phantom;

import java.util.function.DoubleUnaryOperator;

/**
 * What a particle is made of: the densities of its metals as functions of the signed distance from one plane, the
 * interface between its phases. Kept as cells of a quarter nanometre with their running sums, so that the integral along
 * any straight stretch is two look-ups.
 */
final class Matter {
    private static final double CELL_NM = 0.25;
    private static final double REACH_NM = 400;
    private static final int CELLS = (int) (2 * REACH_NM / CELL_NM);

    /** Below this change of distance the density is taken as constant along the stretch, nm. */
    private static final double PARALLEL_NM = 1e-6;

    /** {@code {nx, ny, nz, d}}: the distance of a point r is {@code n · r − d}. */
    private final double[] plane;

    /** {@code [metal][cell]}, atoms/nm³. */
    private final double[][] density;

    /** {@code [metal][cell]}: the integral up to the cell's begin, atoms/nm². */
    private final double[][] running;

    private Matter(double[] plane, double[][] density) {
        this.plane = plane;
        this.density = density;
        this.running = new double[density.length][CELLS + 1];
        for (int m = 0; m < density.length; m++) {
            for (int c = 0; c < CELLS; c++) {
                running[m][c + 1] = running[m][c] + density[m][c] * CELL_NM;
            }
        }
    }

    /** The same everywhere. */
    static Matter uniform(double... densitiesPerNm3) {
        double[][] cells = new double[densitiesPerNm3.length][CELLS];
        for (int m = 0; m < cells.length; m++) {
            java.util.Arrays.fill(cells[m], densitiesPerNm3[m]);
        }
        return new Matter(new double[4], cells);
    }

    /**
     * Layered along a plane's normal.
     *
     * @param plane {@code {nx, ny, nz, d}}, the normal of length one
     * @param profiles for each metal atoms/nm³ against the signed distance in nm
     */
    static Matter layered(double[] plane, DoubleUnaryOperator... profiles) {
        double[][] cells = new double[profiles.length][CELLS];
        for (int m = 0; m < cells.length; m++) {
            for (int c = 0; c < CELLS; c++) {
                cells[m][c] = profiles[m].applyAsDouble((c + 0.5) * CELL_NM - REACH_NM);
            }
        }
        return new Matter(plane.clone(), cells);
    }

    int metals() {
        return density.length;
    }

    /** Signed distance of a point from the interface, nm. */
    double distance(double x, double y, double z) {
        return plane[0] * x + plane[1] * y + plane[2] * z - plane[3];
    }

    /** Atoms/nm³ of a metal at a signed distance from the interface. */
    double density(int metal, double distanceNm) {
        return density[metal][cell(place(distanceNm))];
    }

    /**
     * Atoms/nm² of a metal along a stretch of a ray.
     *
     * @param from signed distance of the stretch's begin, nm
     * @param to signed distance of its end, nm
     * @param lengthNm how long it is, nm
     */
    double integral(int metal, double from, double to, double lengthNm) {
        if (Math.abs(to - from) < PARALLEL_NM) {
            return lengthNm * density(metal, 0.5 * (from + to));
        }
        return lengthNm * (running(metal, to) - running(metal, from)) / (to - from);
    }

    private double running(int metal, double distanceNm) {
        double place = place(distanceNm);
        int c = cell(place);
        return running[metal][c] + (place - c) * CELL_NM * density[metal][c];
    }

    private static double place(double distanceNm) {
        return (distanceNm + REACH_NM) / CELL_NM;
    }

    private static int cell(double place) {
        return Math.max(0, Math.min(CELLS - 1, (int) place));
    }
}
