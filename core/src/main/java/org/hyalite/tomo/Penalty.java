package org.hyalite.tomo;

import org.hyalite.grid.Blocks;
import org.hyalite.grid.Volume;
import org.hyalite.kernel.Kernels;
import org.hyalite.kernel.Slabs;

/**
 * The regulariser's part of a primal–dual iteration, with its dual variable. Each sweep goes once through the volume:
 * a plane's dual rows are moved just before its primal rows, so that they are still in the cache; planes at the borders
 * of the slabs have their dual rows moved in a round before, because two slabs need them.
 */
abstract class Penalty {
    /** Planes per slab: fixed, so that sums do not depend on the number of threads. */
    private static final int PLANES = 16;

    final int nz;
    final int ny;
    final int nx;
    final int blocks;
    final Kernels kernels;
    final Slabs slabs;
    /** Dual components, each in blocks like a volume. */
    final float[][][] dual;

    private Penalty(Projector projector, int components) {
        this.nz = projector.nz();
        this.ny = projector.ny();
        this.nx = projector.nx();
        this.blocks = Blocks.count(ny);
        this.kernels = projector.kernels();
        this.slabs = projector.slabs();
        this.dual = new float[blocks][components][];
        for (int b = 0; b < blocks; b++) {
            for (int c = 0; c < components; c++) {
                dual[b][c] = new float[nz * nx * Blocks.width(ny, b)];
            }
        }
    }

    static Penalty of(Regulariser regulariser, Projector projector) {
        if (regulariser instanceof Regulariser.Tv) {
            return new First(projector);
        }
        if (regulariser instanceof Regulariser.Tv2) {
            return new Second(projector);
        }
        return new Nothing(projector);
    }

    /** What one sweep works on; arrays in blocks like a volume, {@code tau} by {@code [z][x]}. */
    record Sweep(float[][] u, float[][] v, float[][] g, float[] tau, float sigma, float bound, float rho) {}

    /** One iteration: the dual variable, then {@code v = g + Kᵀp}, then u. */
    final void sweep(Sweep s) {
        int count = (nz + PLANES - 1) / PLANES;
        if (reach() > 0) {
            slabs.run(count, i -> {
                int z0 = i * PLANES;
                int last = Math.min(nz, z0 + PLANES) - 1;
                if (reach() > 1 && z0 < last) {
                    dualPlane(s, z0);
                }
                dualPlane(s, last);
            });
        }
        slabs.run(count, i -> {
            int z0 = i * PLANES;
            int last = Math.min(nz, z0 + PLANES) - 1;
            for (int z = z0; z <= last; z++) {
                // with a reach of two the dual is one plane ahead of the primal
                int ahead = z + reach() - 1;
                if (reach() > 0 && ahead < last && ahead > z0 - (reach() > 1 ? 0 : 1)) {
                    dualPlane(s, ahead);
                }
                primalPlane(s, z);
            }
        });
    }

    /** R(u) = Σ |Ku|, over all voxels. */
    final double value(float[][] u) {
        int count = (nz + PLANES - 1) / PLANES;
        return slabs.sum(count, i -> {
            float[] norms = new float[Blocks.WIDTH];
            double sum = 0;
            for (int z = i * PLANES; z < Math.min(nz, (i + 1) * PLANES); z++) {
                sum += norms(u, z, norms);
            }
            return sum;
        });
    }

    /** Scales the dual variable, for a start with another weight. */
    final void scaleDual(float factor) {
        for (float[][] block : dual) {
            for (float[] component : block) {
                for (int i = 0; i < component.length; i++) {
                    component[i] *= factor;
                }
            }
        }
    }

    /** Takes over the dual variable of the same regulariser on the coarser grid. */
    final void start(Penalty coarse) {
        for (int c = 0; c < dual[0].length; c++) {
            float factor = (float) (1 / Coarser.weightRatio(order()));
            Coarser.spread(coarse.component(c), component(c), order() == 1 ? c : -1, factor, slabs);
        }
    }

    private Volume component(int c) {
        float[][] own = new float[blocks][];
        for (int b = 0; b < blocks; b++) {
            own[b] = dual[b][c];
        }
        return Volume.of(nz, ny, nx, 1, own);
    }

    /** The length of the dual variable, squared. */
    final double dualSquare() {
        return slabs.sum(blocks * dual[0].length, i -> {
            double sum = 0;
            for (float p : dual[i / dual[0].length][i % dual[0].length]) {
                sum += (double) p * p;
            }
            return sum;
        });
    }

    /** How many planes a slab's border needs in advance. */
    abstract int reach();

    /** Of the differences; 0: none. */
    abstract int order();

    /** A bound on |K|². */
    abstract double normSquare();

    /** σ times typical density over α: found by trial on particles of 32³ to 64³ voxels. */
    abstract double usualStep();

    abstract void dualPlane(Sweep s, int z);

    abstract void primalPlane(Sweep s, int z);

    abstract double norms(float[][] u, int z, float[] into);

    static double sum(float[] row, int n) {
        double a = 0;
        double b = 0;
        for (int y = 0; y + 1 < n; y += 2) {
            a += row[y];
            b += row[y + 1];
        }
        return n % 2 == 1 ? a + b + row[n - 1] : a + b;
    }

    /** No regulariser: x ≥ 0 alone. */
    private static final class Nothing extends Penalty {
        Nothing(Projector projector) {
            super(projector, 0);
        }

        @Override
        int reach() {
            return 0;
        }

        @Override
        int order() {
            return 0;
        }

        @Override
        double normSquare() {
            return 0;
        }

        @Override
        double usualStep() {
            return 0;
        }

        @Override
        void dualPlane(Sweep s, int z) {}

        @Override
        void primalPlane(Sweep s, int z) {
            float twice = 2f / s.rho;
            for (int b = 0; b < blocks; b++) {
                int n = Blocks.width(ny, b);
                float[] u = s.u[b];
                float[] v = s.v[b];
                float[] g = s.g[b];
                for (int x = 0; x < nx; x++) {
                    float tau = s.tau[z * nx + x];
                    int o = (z * nx + x) * n;
                    for (int i = o; i < o + n; i++) {
                        float slope = v[i] + twice * (g[i] - v[i]);
                        float step = Math.max(0f, u[i] - tau * slope);
                        u[i] += s.rho * (step - u[i]);
                        v[i] = g[i];
                    }
                }
            }
        }

        @Override
        double norms(float[][] u, int z, float[] into) {
            return 0;
        }
    }

    /** Total variation: forward differences, zero at the last voxel of an axis. */
    private static final class First extends Penalty {
        First(Projector projector) {
            super(projector, 3);
        }

        @Override
        int reach() {
            return 1;
        }

        @Override
        int order() {
            return 1;
        }

        @Override
        double normSquare() {
            return 12;
        }

        @Override
        double usualStep() {
            return 6;
        }

        @Override
        void dualPlane(Sweep s, int z) {
            for (int b = 0; b < blocks; b++) {
                int n = Blocks.width(ny, b);
                float[] u = s.u[b];
                float[][] p = dual[b];
                for (int x = 0; x < nx; x++) {
                    int o = (z * nx + x) * n;
                    kernels.tvDual(
                            u,
                            o,
                            z + 1 < nz ? o + nx * n : o,
                            x + 1 < nx ? o + n : o,
                            next(s.u, b, z * nx + x, n),
                            p[0],
                            p[1],
                            p[2],
                            n,
                            s.sigma,
                            s.bound,
                            s.rho);
                }
            }
        }

        private float next(float[][] u, int b, int row, int n) {
            return b + 1 < blocks ? u[b + 1][row * Blocks.width(ny, b + 1)] : u[b][row * n + n - 1];
        }

        @Override
        void primalPlane(Sweep s, int z) {
            for (int b = 0; b < blocks; b++) {
                int n = Blocks.width(ny, b);
                float[][] p = dual[b];
                // before the first voxel of an axis the dual is zero, as it is at its last
                int oZm = ((z > 0 ? z - 1 : nz - 1) * nx) * n;
                for (int x = 0; x < nx; x++) {
                    int row = z * nx + x;
                    int w = Blocks.WIDTH;
                    float previous = b > 0 ? dual[b - 1][1][row * w + w - 1] : 0f;
                    kernels.tvPrimal(
                            s.u[b],
                            s.v[b],
                            s.g[b],
                            row * n,
                            p[0],
                            oZm + x * n,
                            p[1],
                            previous,
                            p[2],
                            (z * nx + (x > 0 ? x - 1 : nx - 1)) * n,
                            n,
                            s.tau[row],
                            s.rho);
                }
            }
        }

        @Override
        double norms(float[][] u, int z, float[] into) {
            double sum = 0;
            for (int b = 0; b < blocks; b++) {
                int n = Blocks.width(ny, b);
                for (int x = 0; x < nx; x++) {
                    int o = (z * nx + x) * n;
                    int oZp = z + 1 < nz ? o + nx * n : o;
                    int oXp = x + 1 < nx ? o + n : o;
                    kernels.tvNorm(u[b], o, oZp, oXp, next(u, b, z * nx + x, n), into, n);
                    sum += sum(into, n);
                }
            }
            return sum;
        }
    }

    /** Second-order total variation: the symmetrised Hessian, entries whose stencil leaves the grid are zero. */
    private static final class Second extends Penalty {
        private final float[][] inner;

        Second(Projector projector) {
            super(projector, 6);
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
                    ends(s.u, b, z, x, ends);
                    sigmas(z, x, s.sigma, sigmas);
                    kernels.tv2Dual(s.u[b], rows, ends, dual[b], inner[b], n, sigmas, s.bound, s.rho);
                }
            }
        }

        private float beforeDual(int component, int b, int z, int x) {
            int w = Blocks.WIDTH;
            return b > 0 ? dual[b - 1][component][(z * nx + x) * w + w - 1] : 0f;
        }

        private float afterDual(int component, int b, int z, int x) {
            return b + 1 < blocks ? dual[b + 1][component][(z * nx + x) * Blocks.width(ny, b + 1)] : 0f;
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
                    kernels.tv2Primal(s.u[b], s.v[b], s.g[b], rows, dual[b], ends, n, s.tau[z * nx + x], s.rho);
                }
            }
        }

        @Override
        double norms(float[][] u, int z, float[] into) {
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
    }
}
