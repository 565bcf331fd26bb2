package org.hyalite.tomo;

import org.hyalite.grid.Blocks;

/** Total variation of several volumes together, see {@link Regulariser.CoupledTv}; forward differences. */
final class CoupledFirstOrder extends Penalty {
    private final int channels;
    private final boolean nuclear;

    CoupledFirstOrder(Projector projector, int channels, Regulariser.Coupling coupling) {
        super(projector, 3 * channels);
        this.channels = channels;
        this.nuclear = coupling == Regulariser.Coupling.NUCLEAR;
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

    private float[][] block(float[][][] us, int b) {
        float[][] all = new float[channels][];
        for (int c = 0; c < channels; c++) {
            all[c] = us[c][b];
        }
        return all;
    }

    private void next(float[][][] us, int b, int row, int n, float[] into) {
        for (int c = 0; c < channels; c++) {
            into[c] = b + 1 < blocks ? us[c][b + 1][row * Blocks.width(ny, b + 1)] : us[c][b][row * n + n - 1];
        }
    }

    @Override
    void dualPlane(Sweep s, int z) {
        float[] next = new float[channels];
        for (int b = 0; b < blocks; b++) {
            int n = Blocks.width(ny, b);
            float[][] u = block(s.us(), b);
            for (int x = 0; x < nx; x++) {
                int o = (z * nx + x) * n;
                next(s.us(), b, z * nx + x, n, next);
                kernels.coupledDual(
                        u,
                        o,
                        z + 1 < nz ? o + nx * n : o,
                        x + 1 < nx ? o + n : o,
                        next,
                        dual[b],
                        n,
                        s.sigma(),
                        s.bound(),
                        s.rho(),
                        nuclear);
            }
        }
    }

    @Override
    void primalPlane(Sweep s, int z) {
        for (int b = 0; b < blocks; b++) {
            int n = Blocks.width(ny, b);
            // before the first voxel of an axis the dual is zero, as it is at its last
            int oZm = ((z > 0 ? z - 1 : nz - 1) * nx) * n;
            for (int x = 0; x < nx; x++) {
                int row = z * nx + x;
                int last = row * Blocks.WIDTH + Blocks.WIDTH - 1;
                int oXm = (z * nx + (x > 0 ? x - 1 : nx - 1)) * n;
                for (int c = 0; c < channels; c++) {
                    float[] pz = dual[b][3 * c];
                    float[] py = dual[b][3 * c + 1];
                    float[] px = dual[b][3 * c + 2];
                    float previous = b > 0 ? dual[b - 1][3 * c + 1][last] : 0f;
                    float tau = s.taus()[c][row];
                    float[] u = s.us()[c][b];
                    float[] v = s.vs()[c][b];
                    float[] g = s.gs()[c][b];
                    kernels.tvPrimal(u, v, g, row * n, pz, oZm + x * n, py, previous, px, oXm, n, tau, s.rho());
                }
            }
        }
    }

    @Override
    double norms(float[][][] us, int z, float[] into) {
        float[] next = new float[channels];
        double sum = 0;
        for (int b = 0; b < blocks; b++) {
            int n = Blocks.width(ny, b);
            float[][] u = block(us, b);
            for (int x = 0; x < nx; x++) {
                int o = (z * nx + x) * n;
                next(us, b, z * nx + x, n, next);
                sum += kernels.coupledNorm(u, o, z + 1 < nz ? o + nx * n : o, x + 1 < nx ? o + n : o, next, n, nuclear);
            }
        }
        return sum;
    }
}
