package org.hyalite.tomo;

import org.hyalite.grid.Blocks;
import org.hyalite.grid.TiltGeometry;
import org.hyalite.grid.TiltSeries;
import org.hyalite.grid.Volume;
import org.hyalite.kernel.Slabs;

/**
 * The same problem on voxels of twice the edge: an eighth of the work per iteration, and waves that the fine one carries
 * slowly. Images are means of 2 × 2 pixels. With D a mean per area, {@code h² Σ D}, and R an integral,
 * {@code h³ Σ |∇ⁿx| / hⁿ}, α of order n on the coarse grid is {@code 2^(1 − n)} α on the fine one.
 */
final class Coarser {
    /** Fewest columns and planes worth a level of their own. */
    private static final int FEWEST = 16;

    private Coarser() {}

    /** Whether columns and planes can be halved, so that the tilt axis stays between the same voxels. */
    static boolean possible(int nz, int columns, int beside) {
        return nz % 2 == 0 && columns % 2 == 0 && beside % 2 == 0 && Math.min(nz, columns + 2 * beside) >= 2 * FEWEST;
    }

    /** α of the coarse grid over α of the fine one. */
    static double weightRatio(int order) {
        return order == 2 ? 0.5 : 1;
    }

    /** Means of 2 × 2 pixels; an odd last row stands for itself. */
    static TiltSeries series(TiltSeries fine, Slabs slabs) {
        TiltGeometry geometry = fine.geometry();
        double[] shifts = geometry.shiftsXPx();
        for (int t = 0; t < shifts.length; t++) {
            shifts[t] /= 2;
        }
        TiltSeries coarse = TiltSeries.zeros(
                TiltGeometry.of(geometry.tiltsDeg(), shifts, geometry.axisOffsetPx() / 2),
                (fine.ny() + 1) / 2,
                fine.nx() / 2,
                2 * fine.pixelNm());
        slabs.run(coarse.tilts(), t -> {
            for (int y = 0; y < coarse.ny(); y++) {
                int next = Math.min(2 * y + 1, fine.ny() - 1);
                for (int x = 0; x < coarse.nx(); x++) {
                    float first = fine.at(t, 2 * y, 2 * x) + fine.at(t, 2 * y, 2 * x + 1);
                    coarse.set(t, y, x, (first + (fine.at(t, next, 2 * x) + fine.at(t, next, 2 * x + 1))) / 4);
                }
            }
        });
        return coarse;
    }

    /** Standard errors whose weights, one over their squares, are the means of the fine ones. */
    static TiltSeries errors(TiltSeries fine, Slabs slabs) {
        return inverseRoot(series(inverseSquare(fine), slabs));
    }

    private static TiltSeries inverseSquare(TiltSeries from) {
        TiltSeries to = from.copy();
        for (float[] block : to.blocks()) {
            for (int i = 0; i < block.length; i++) {
                block[i] = (float) (1 / ((double) block[i] * block[i]));
            }
        }
        return to;
    }

    private static TiltSeries inverseRoot(TiltSeries to) {
        for (float[] block : to.blocks()) {
            for (int i = 0; i < block.length; i++) {
                block[i] = (float) (1 / Math.sqrt(block[i]));
            }
        }
        return to;
    }

    /**
     * Writes {@code factor} times the coarse values over the fine ones, linear between the voxels' centres.
     *
     * @param staggered the axis (0 z, 1 y, 2 x) along which values stand between a voxel and its next, and are zero before
     *     the first; −1: none
     */
    static void spread(Volume coarse, Volume fine, int staggered, float factor, Slabs slabs) {
        slabs.run(fine.nz(), z -> {
            float[] row = new float[coarse.ny()];
            for (int x = 0; x < fine.nx(); x++) {
                java.util.Arrays.fill(row, 0f);
                for (int i = 0; i < 2; i++) {
                    int cz = place(z, i, coarse.nz(), staggered == 0);
                    for (int k = 0; k < 2; k++) {
                        int cx = place(x, k, coarse.nx(), staggered == 2);
                        float share = factor * share(z, i, staggered == 0) * share(x, k, staggered == 2);
                        if (cz >= 0 && cx >= 0 && share > 0) {
                            add(coarse, cz, cx, share, row);
                        }
                    }
                }
                for (int b = 0; b < Blocks.count(fine.ny()); b++) {
                    int n = Blocks.width(fine.ny(), b);
                    float[] to = fine.blocks()[b];
                    for (int i = 0; i < n; i++) {
                        int y = b * Blocks.WIDTH + i;
                        int near = place(y, 0, coarse.ny(), staggered == 1);
                        int far = place(y, 1, coarse.ny(), staggered == 1);
                        float own = share(y, 0, staggered == 1);
                        to[(z * fine.nx() + x) * n + i] = own * row[near] + (1 - own) * (far < 0 ? 0f : row[far]);
                    }
                }
            }
        });
    }

    private static int place(int fine, int which, int count, boolean staggered) {
        int near = fine / 2;
        if (which == 0) {
            return near;
        }
        int far = fine % 2 == 1 ? (staggered ? near : near + 1) : near - 1;
        return staggered ? far : Math.max(0, Math.min(count - 1, far));
    }

    private static float share(int fine, int which, boolean staggered) {
        float near = staggered ? (fine % 2 == 1 ? 1f : 0.5f) : 0.75f;
        return which == 0 ? near : 1 - near;
    }

    private static void add(Volume coarse, int z, int x, float share, float[] row) {
        for (int b = 0; b < Blocks.count(coarse.ny()); b++) {
            int n = Blocks.width(coarse.ny(), b);
            float[] from = coarse.blocks()[b];
            int o = (z * coarse.nx() + x) * n;
            for (int i = 0; i < n; i++) {
                row[b * Blocks.WIDTH + i] += share * from[o + i];
            }
        }
    }
}
