package org.hyalite.tomo;

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

    private float before(float[][] u, int b, int z, int x) {
        int w = Blocks.WIDTH;
        return b > 0 ? u[b - 1][(z * nx + x) * w + w - 1] : 0f;
    }

    private float after(float[][] u, int b, int z, int x) {
        return b + 1 < blocks ? u[b + 1][(z * nx + x) * Blocks.width(ny, b + 1)] : 0f;
    }

    private void ends(float[][] u, int b, int z, int x, float[] into) {
        into[0] = before(u, b, z, x);
        into[1] = after(u, b, z, x);
        into[2] = after(u, b, Math.max(0, z - 1), x);
        into[3] = before(u, b, Math.min(nz - 1, z + 1), x);
        into[4] = after(u, b, z, Math.max(0, x - 1));
        into[5] = before(u, b, z, Math.min(nx - 1, x + 1));
    }

    @Override
    void dualPlane(Sweep s, int z) {
        int[] rows = new int[7];
        float[] ends = new float[6];
        float[] sigmas = new float[6];
        for (int b = 0; b < blocks; b++) {
            int n = Blocks.width(ny, b);
            for (int x = 0; x < nx; x++) {
                rows(z, x, n, rows);
                ends(s.u(), b, z, x, ends);
                sigmas(z, x, s.sigma(), sigmas);
                kernels.tv2Dual(s.u()[b], rows, ends, dual[b], SHIFT, inner[b], n, sigmas, s.bound(), s.rho());
            }
        }
    }

    private float beforeDual(int component, int b, int z, int x) {
        int w = Blocks.WIDTH;
        return b > 0 ? dual[b - 1][component][(z * nx + x) * w + w - 1 + component * SHIFT] : 0f;
    }

    private float afterDual(int component, int b, int z, int x) {
        return b + 1 < blocks ? dual[b + 1][component][(z * nx + x) * Blocks.width(ny, b + 1) + component * SHIFT] : 0f;
    }

    @Override
    void primalPlane(Sweep s, int z) {
        int[] rows = new int[7];
        float[] ends = new float[10];
        int zm = Math.max(0, z - 1);
        int zp = Math.min(nz - 1, z + 1);
        for (int b = 0; b < blocks; b++) {
            int n = Blocks.width(ny, b);
            for (int x = 0; x < nx; x++) {
                rows(z, x, n, rows);
                ends[0] = beforeDual(1, b, z, x);
                ends[1] = afterDual(1, b, z, x);
                ends[2] = beforeDual(3, b, z, x);
                ends[3] = afterDual(3, b, z, x);
                ends[4] = afterDual(3, b, zm, x);
                ends[5] = beforeDual(3, b, zp, x);
                ends[6] = beforeDual(5, b, z, x);
                ends[7] = afterDual(5, b, z, x);
                ends[8] = afterDual(5, b, z, Math.max(0, x - 1));
                ends[9] = beforeDual(5, b, z, Math.min(nx - 1, x + 1));
                kernels.tv2Primal(
                        s.u()[b], s.v()[b], s.g()[b], rows, dual[b], SHIFT, ends, n, s.tau()[z * nx + x], s.rho());
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
            for (int x = 0; x < nx; x++) {
                rows(z, x, n, rows);
                ends(u, b, z, x, ends);
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
