package org.hyalite.tomo;

import org.hyalite.grid.Blocks;

/** Total variation: forward differences, zero at the last voxel of an axis. */
final class FirstOrder extends Penalty {
    FirstOrder(Projector projector) {
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
            float[] u = s.u()[b];
            float[][] p = dual[b];
            for (int x = 0; x < nx; x++) {
                int o = (z * nx + x) * n;
                kernels.tvDual(
                        u,
                        o,
                        z + 1 < nz ? o + nx * n : o,
                        x + 1 < nx ? o + n : o,
                        next(s.u(), b, z * nx + x, n),
                        p[0],
                        p[1],
                        p[2],
                        n,
                        s.sigma(),
                        s.bound(),
                        s.rho());
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
                        s.u()[b],
                        s.v()[b],
                        s.g()[b],
                        row * n,
                        p[0],
                        oZm + x * n,
                        p[1],
                        previous,
                        p[2],
                        (z * nx + (x > 0 ? x - 1 : nx - 1)) * n,
                        n,
                        s.tau()[row],
                        s.rho());
            }
        }
    }

    @Override
    double norms(float[][][] us, int z, float[] into) {
        float[][] u = us[0];
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
