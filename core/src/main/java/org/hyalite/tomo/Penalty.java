package org.hyalite.tomo;

import java.util.ArrayList;
import java.util.List;
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
    /** Dual components, each in blocks like a volume; component c begins at {@code c shift} of its arrays. */
    final float[][][] dual;

    Penalty(Projector projector, int components) {
        this(projector, components, 0);
    }

    Penalty(Projector projector, int components, int shift) {
        this.nz = projector.nz();
        this.ny = projector.ny();
        this.nx = projector.nx();
        this.blocks = Blocks.count(ny);
        this.kernels = projector.kernels();
        this.slabs = projector.slabs();
        this.dual = new float[blocks][components][];
        for (int b = 0; b < blocks; b++) {
            for (int c = 0; c < components; c++) {
                dual[b][c] = new float[nz * nx * Blocks.width(ny, b) + c * shift];
            }
        }
    }

    static Penalty of(Regulariser regulariser, Projector projector, int channels) {
        if (regulariser instanceof Regulariser.CoupledTv coupled) {
            return new CoupledFirstOrder(projector, channels, coupled.coupling());
        }
        if (regulariser instanceof Regulariser.None) {
            return new Nothing(projector);
        }
        if (channels != 1) {
            throw new IllegalArgumentException(regulariser.label() + " does not couple " + channels + " volumes");
        }
        if (regulariser instanceof Regulariser.Tv) {
            return new FirstOrder(projector);
        }
        if (regulariser instanceof Regulariser.Tv2) {
            return new SecondOrder(projector);
        }
        if (regulariser instanceof Regulariser.Tgv) {
            return new GeneralisedVariation(projector);
        }
        throw new IllegalArgumentException(regulariser.label() + " is no regulariser known here");
    }

    /** What one sweep works on, by channel; arrays in blocks like a volume, {@code taus} by {@code [z][x]}. */
    record Sweep(float[][][] us, float[][][] vs, float[][][] gs, float[][] taus, float sigma, float bound, float rho) {
        static Sweep single(float[][] u, float[][] v, float[][] g, float[] tau, float sigma, float bound, float rho) {
            return new Sweep(
                    new float[][][] {u},
                    new float[][][] {v},
                    new float[][][] {g},
                    new float[][] {tau},
                    sigma,
                    bound,
                    rho);
        }

        /** Of a single channel. */
        float[][] u() {
            return us[0];
        }

        float[][] v() {
            return vs[0];
        }

        float[][] g() {
            return gs[0];
        }

        float[] tau() {
            return taus[0];
        }
    }

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
    final double value(float[][][] u) {
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
    void scaleDual(float factor) {
        for (float[][] block : dual) {
            for (float[] component : block) {
                for (int i = 0; i < component.length; i++) {
                    component[i] *= factor;
                }
            }
        }
    }

    /** All that it leaves to the next iteration: its own arrays. */
    List<float[]> state() {
        List<float[]> state = new ArrayList<>();
        for (float[][] block : dual) {
            state.addAll(List.of(block));
        }
        return state;
    }

    /**
     * Takes over the dual variable of the same regulariser on the coarser grid.
     *
     * @param coarseScratch of the coarser grid, overwritten, as is {@code scratch} of this one
     */
    void start(Penalty coarse, Volume coarseScratch, Volume scratch) {
        for (int c = 0; c < dual[0].length; c++) {
            float factor = (float) (1 / Coarser.weightRatio(order()));
            Volume own = component(c);
            Coarser.spread(coarse.component(c), own, order() == 1 ? c % 3 : -1, factor, slabs);
            clearOddLast(own.blocks());
        }
    }

    /**
     * Starts an odd last slice from zero: where differences along y are none the dual must be zero, and there the coarse
     * grid's last slice, which is zero, has but a share.
     */
    final void clearOddLast(float[][] component) {
        if (ny % 2 == 1) {
            int n = Blocks.width(ny, blocks - 1);
            for (int i = n - 1; i < component[blocks - 1].length; i += n) {
                component[blocks - 1][i] = 0;
            }
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

    /** What a primal variable of the regulariser's own, beside x, adds to the gap (before its division): never negative. */
    double gapTerm() {
        return 0;
    }

    abstract double norms(float[][][] us, int z, float[] into);

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
            for (int c = 0; c < s.us().length; c++) {
                for (int b = 0; b < blocks; b++) {
                    primalRows(s.us()[c][b], s.vs()[c][b], s.gs()[c][b], s.taus()[c], z, s.rho());
                }
            }
        }

        private void primalRows(float[] u, float[] v, float[] g, float[] taus, int z, float rho) {
            float twice = 2f / rho;
            int n = u.length / (nz * nx);
            for (int x = 0; x < nx; x++) {
                float tau = taus[z * nx + x];
                int o = (z * nx + x) * n;
                for (int i = o; i < o + n; i++) {
                    float slope = v[i] + twice * (g[i] - v[i]);
                    float step = Math.max(0f, u[i] - tau * slope);
                    u[i] += rho * (step - u[i]);
                    v[i] = g[i];
                }
            }
        }

        @Override
        double norms(float[][][] us, int z, float[] into) {
            return 0;
        }
    }
}
