package org.hyalite.tomo;

import java.util.Arrays;
import org.hyalite.grid.Blocks;
import org.hyalite.grid.Volume;

/** Second-order total variation: the symmetrised Hessian, entries whose stencil leaves the grid are zero. */
final class SecondOrder extends Penalty {
    private static final int COMPONENTS = 6;
    /**
     * Rows of one place in six arrays would fall into the same sets of the first-level cache wherever a plane is a
     * multiple of 4 KiB: so they stand ten lines apart.
     */
    private static final int SHIFT = 160;

    private final float[][] inner;

    SecondOrder(Projector projector) {
        super(projector, COMPONENTS, SHIFT);
        inner = new float[blocks][Blocks.WIDTH];
        for (int y = 1; y < ny - 1; y++) {
            inner[y / Blocks.WIDTH][y % Blocks.WIDTH] = 1;
        }
    }

    @Override
    int reach() {
        return 2;
    }

    @Override
    int order() {
        return 2;
    }

    @Override
    double normSquare() {
        return 144;
    }

    @Override
    double usualStep() {
        return 1;
    }

    private float[] sigmas(int z, int x, float sigma, float[] into) {
        float inZ = z > 0 && z < nz - 1 ? sigma : 0f;
        float inX = x > 0 && x < nx - 1 ? sigma : 0f;
        into[0] = inZ;
        into[1] = inX;
        into[2] = Math.min(inZ, inX);
        into[3] = sigma;
        into[4] = inZ;
        into[5] = inX;
        return into;
    }

    private void rows(int z, int x, int n, int[] into) {
        int zm = Math.max(0, z - 1);
        int zp = Math.min(nz - 1, z + 1);
        int xm = Math.max(0, x - 1);
        int xp = Math.min(nx - 1, x + 1);
        into[0] = (z * nx + x) * n;
        into[1] = (zm * nx + x) * n;
        into[2] = (zp * nx + x) * n;
        into[3] = (z * nx + xm) * n;
        into[4] = (z * nx + xp) * n;
        into[5] = (zm * nx + xp) * n;
        into[6] = (zp * nx + xm) * n;
    }

    /** Where the runs of columns begin whose neighbours stand alike: the first, those between, the last; then nx. */
    private int[] runs() {
        return nx == 1 ? new int[] {0, 1} : nx == 2 ? new int[] {0, 1, 2} : new int[] {0, 1, nx - 1, nx};
    }

    /**
     * Writes the values just before or after the rows of a plane in block b, zero where the grid ends, into every
     * {@code stride}-th place.
     *
     * @param shift of the arrays' beginning
     */
    private void beside(float[][] all, int shift, boolean after, int b, int z, float[] into, int place, int stride) {
        int other = after ? b + 1 : b - 1;
        if (other < 0 || other >= blocks) {
            return;
        }
        float[] from = all[other];
        int width = Blocks.width(ny, other);
        int o = z * nx * width + shift + (after ? 0 : width - 1);
        for (int x = 0; x < nx; x++) {
            into[x * stride + place] = from[o + x * width];
        }
    }

    /** Gives every column, at one place, what the column {@code step} further has at another. */
    private void fromColumn(int step, int from, float[] ends, int place, int stride) {
        for (int x = 0; x < nx; x++) {
            ends[x * stride + place] = ends[Math.min(nx - 1, Math.max(0, x + step)) * stride + from];
        }
    }

    private void ends(float[][] u, int b, int z, float[] into) {
        beside(u, 0, false, b, z, into, 0, 6);
        beside(u, 0, true, b, z, into, 1, 6);
        beside(u, 0, true, b, Math.max(0, z - 1), into, 2, 6);
        beside(u, 0, false, b, Math.min(nz - 1, z + 1), into, 3, 6);
        fromColumn(-1, 1, into, 4, 6);
        fromColumn(1, 0, into, 5, 6);
    }

    @Override
    void dualPlane(Sweep s, int z) {
        int[] rows = new int[7];
        float[] sigmas = new float[6];
        int[] runs = runs();
        for (int b = 0; b < blocks; b++) {
            int n = Blocks.width(ny, b);
            float[] ends = new float[6 * nx];
            ends(s.u(), b, z, ends);
            for (int i = 0; i + 1 < runs.length; i++) {
                int x = runs[i];
                int count = runs[i + 1] - x;
                rows(z, x, n, rows);
                sigmas(z, x, s.sigma(), sigmas);
                float[] own = count == nx ? ends : Arrays.copyOfRange(ends, 6 * x, 6 * (x + count));
                kernels.tv2Dual(s.u()[b], rows, count, own, dual[b], SHIFT, inner[b], n, sigmas, s.bound(), s.rho());
            }
        }
    }

    private float[][] blocksOf(int c) {
        float[][] all = new float[blocks][];
        for (int b = 0; b < blocks; b++) {
            all[b] = dual[b][c];
        }
        return all;
    }

    private void dualEnds(int b, int z, float[] into) {
        int zm = Math.max(0, z - 1);
        int zp = Math.min(nz - 1, z + 1);
        float[][] yy = blocksOf(1);
        float[][] zy = blocksOf(3);
        float[][] yx = blocksOf(5);
        beside(yy, SHIFT, false, b, z, into, 0, 10);
        beside(yy, SHIFT, true, b, z, into, 1, 10);
        beside(zy, 3 * SHIFT, false, b, z, into, 2, 10);
        beside(zy, 3 * SHIFT, true, b, z, into, 3, 10);
        beside(zy, 3 * SHIFT, true, b, zm, into, 4, 10);
        beside(zy, 3 * SHIFT, false, b, zp, into, 5, 10);
        beside(yx, 5 * SHIFT, false, b, z, into, 6, 10);
        beside(yx, 5 * SHIFT, true, b, z, into, 7, 10);
        fromColumn(-1, 7, into, 8, 10);
        fromColumn(1, 6, into, 9, 10);
    }

    @Override
    void primalPlane(Sweep s, int z) {
        int[] rows = new int[7];
        int[] runs = runs();
        for (int b = 0; b < blocks; b++) {
            int n = Blocks.width(ny, b);
            float[] ends = new float[10 * nx];
            dualEnds(b, z, ends);
            for (int i = 0; i + 1 < runs.length; i++) {
                int x = runs[i];
                int count = runs[i + 1] - x;
                rows(z, x, n, rows);
                float[] own = count == nx ? ends : Arrays.copyOfRange(ends, 10 * x, 10 * (x + count));
                kernels.tv2Primal(
                        s.u()[b],
                        s.v()[b],
                        s.g()[b],
                        rows,
                        count,
                        dual[b],
                        SHIFT,
                        own,
                        n,
                        s.tau(),
                        z * nx + x,
                        s.rho());
            }
        }
    }

    @Override
    double norms(float[][][] us, int z, float[] into) {
        float[][] u = us[0];
        int[] rows = new int[7];
        float[] ends = new float[6];
        float[] sigmas = new float[6];
        double sum = 0;
        for (int b = 0; b < blocks; b++) {
            int n = Blocks.width(ny, b);
            float[] all = new float[6 * nx];
            ends(u, b, z, all);
            for (int x = 0; x < nx; x++) {
                rows(z, x, n, rows);
                System.arraycopy(all, 6 * x, ends, 0, 6);
                kernels.tv2Norm(u[b], rows, ends, inner[b], into, n, sigmas(z, x, 1f, sigmas));
                sum += sum(into, n);
            }
        }
        return sum;
    }

    @Override
    void start(Penalty coarse, Volume from, Volume to) {
        float factor = (float) (1 / Coarser.weightRatio(order()));
        for (int c = 0; c < COMPONENTS; c++) {
            for (int b = 0; b < coarse.blocks; b++) {
                float[] block = from.blocks()[b];
                System.arraycopy(coarse.dual[b][c], c * SHIFT, block, 0, block.length);
            }
            Coarser.spread(from, to, -1, factor, slabs);
            clearOddLast(to.blocks());
            for (int b = 0; b < blocks; b++) {
                float[] block = to.blocks()[b];
                System.arraycopy(block, 0, dual[b][c], c * SHIFT, block.length);
            }
        }
    }
}
