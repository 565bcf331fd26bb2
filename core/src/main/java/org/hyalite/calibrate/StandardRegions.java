package org.hyalite.calibrate;

import org.hyalite.grid.Image;

/**
 * Which pixels of a standard's maps serve for what, each {@code [y, x]} row by row.
 *
 * @param footprint covered by at least half a voxel
 * @param particle the footprint and a margin around it, in which the edges' misplaced counts are found again
 * @param interior the footprint without its edge: where thickness and counts of a pixel belong together
 * @param outside a ring beyond the margin, where no counts should be
 */
record StandardRegions(boolean[] footprint, boolean[] particle, boolean[] interior, boolean[] outside) {
    /** Pixels by which counts and thickness may be misplaced against each other. */
    static final int MARGIN = 2;

    /** Pixels at the edge whose thickness blur has mixed. */
    static final int EDGE = 3;

    private static final int RING = 3;

    static StandardRegions of(StandardMap map) {
        Image t = map.thicknessNm();
        int ny = t.ny();
        int nx = t.nx();
        boolean[] footprint = new boolean[ny * nx];
        for (int i = 0; i < footprint.length; i++) {
            footprint[i] = t.values()[i] >= 0.5 * t.pixelNm();
        }
        boolean[] particle = dilated(footprint, ny, nx, MARGIN);
        boolean[] interior = inverted(dilated(inverted(footprint), ny, nx, EDGE));
        boolean[] near = dilated(particle, ny, nx, 1);
        boolean[] outside = dilated(near, ny, nx, RING);
        for (int i = 0; i < outside.length; i++) {
            outside[i] &= !near[i];
        }
        return new StandardRegions(footprint, particle, interior, outside);
    }

    static int count(boolean[] mask) {
        int count = 0;
        for (boolean in : mask) {
            count += in ? 1 : 0;
        }
        return count;
    }

    private static boolean[] inverted(boolean[] mask) {
        boolean[] not = new boolean[mask.length];
        for (int i = 0; i < mask.length; i++) {
            not[i] = !mask[i];
        }
        return not;
    }

    private static boolean[] dilated(boolean[] mask, int ny, int nx, int reach) {
        boolean[] rows = new boolean[mask.length];
        boolean[] out = new boolean[mask.length];
        for (int y = 0; y < ny; y++) {
            for (int x = 0; x < nx; x++) {
                for (int k = Math.max(0, x - reach); k <= Math.min(nx - 1, x + reach); k++) {
                    rows[y * nx + x] |= mask[y * nx + k];
                }
            }
        }
        for (int y = 0; y < ny; y++) {
            for (int k = Math.max(0, y - reach); k <= Math.min(ny - 1, y + reach); k++) {
                for (int x = 0; x < nx; x++) {
                    out[y * nx + x] |= rows[k * nx + x];
                }
            }
        }
        return out;
    }
}
