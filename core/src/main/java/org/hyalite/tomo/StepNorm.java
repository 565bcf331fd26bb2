package org.hyalite.tomo;

/**
 * How much longer the steps of {@link PrimalDual} may be than the sum of its parts' bounds allows: the projections answer
 * long waves most, the differences short ones, so the largest eigenvalue λ of both together is about half the sum's.
 * {@code λ = max T^½ (Aᵀ Σ A + σ KᵀK) T^½}, by Lanczos's method on one slice: with {@code KᵀK ≤ (L + 4)^order}, where L is
 * the second difference along z and x of what continues as zero, and 4 bounds it along y; A knows no y, and T is alike for
 * all y. So the slice bounds the volume. Of several volumes, whose images add up in a term, there is a slice of each.
 */
final class StepNorm {
    private static final int STEPS = 30;
    /** Lanczos's method comes from below; what 30 steps leave, this covers (the tests hold it to a long power iteration). */
    private static final double MARGIN = 1.04;

    private final SliceMatrix matrix;
    private final Terms terms;
    private final float[][] sigma;
    private final float[][] tau;
    private final double sigmaK;
    private final int order;
    private final double[][] ray;
    private final double[] wide;

    private StepNorm(SliceMatrix matrix, Terms terms, float[][] sigma, float[][] tau, double sigmaK, int order) {
        this.matrix = matrix;
        this.terms = terms;
        this.sigma = sigma;
        this.tau = tau;
        this.sigmaK = sigmaK;
        this.order = order;
        this.ray = new double[tau.length][sigma[0].length];
        this.wide = new double[(matrix.nz + 2) * (matrix.nx + 2)];
    }

    /**
     * λ, from above.
     *
     * @param sigma by term and ray
     * @param tau by channel and {@code [z][x]}; voxels with zero stand still
     * @param order of the differences: 1 or 2
     */
    static double bound(SliceMatrix matrix, Terms terms, float[][] sigma, float[][] tau, double sigmaK, int order) {
        return MARGIN * new StepNorm(matrix, terms, sigma, tau, sigmaK, order).largest();
    }

    private double largest() {
        int n = tau.length * tau[0].length;
        double[] before = new double[n];
        double[] now = new double[n];
        long state = 1;
        for (int i = 0; i < n; i++) {
            state = state * 6364136223846793005L + 1442695040888963407L;
            now[i] = tau[i / tau[0].length][i % tau[0].length] > 0 ? (state >> 33) * 0x1p-30 : 0;
        }
        scale(now, 1 / Math.sqrt(dot(now, now)));
        double[] diagonal = new double[STEPS];
        double[] beside = new double[STEPS];
        int size = 0;
        while (size < STEPS) {
            double[] next = apply(now);
            double along = dot(next, now);
            diagonal[size] = along;
            for (int i = 0; i < n; i++) {
                next[i] -= along * now[i] + (size > 0 ? beside[size - 1] * before[i] : 0);
            }
            double rest = Math.sqrt(dot(next, next));
            beside[size++] = rest;
            if (rest < 1e-9 * along) {
                break;
            }
            scale(next, 1 / rest);
            before = now;
            now = next;
        }
        return largest(diagonal, beside, size);
    }

    /** The largest eigenvalue of a symmetric tridiagonal matrix, by bisection on the signs of its leading minors. */
    private static double largest(double[] diagonal, double[] beside, int size) {
        double high = 0;
        for (int i = 0; i < size; i++) {
            high = Math.max(high, diagonal[i] + (i > 0 ? beside[i - 1] : 0) + (i + 1 < size ? beside[i] : 0));
        }
        double low = 0;
        for (int step = 0; step < 40; step++) {
            double middle = (low + high) / 2;
            boolean above = true;
            double pivot = 1;
            for (int i = 0; i < size && above; i++) {
                pivot = middle - diagonal[i] - (i > 0 ? beside[i - 1] * beside[i - 1] / pivot : 0);
                above = pivot > 0;
            }
            if (above) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return high;
    }

    private double[] apply(double[] u) {
        int slice = tau[0].length;
        double[] out = new double[u.length];
        double[][] x = new double[tau.length][slice];
        for (int c = 0; c < tau.length; c++) {
            java.util.Arrays.fill(ray[c], 0);
            for (int i = 0; i < slice; i++) {
                x[c][i] = Math.sqrt(tau[c][i]) * u[c * slice + i];
                for (int k = matrix.voxelStart[i]; k < matrix.voxelStart[i + 1]; k++) {
                    ray[c][matrix.voxelRay[k]] += matrix.voxelWeight[k] * x[c][i];
                }
            }
        }
        answer();
        for (int c = 0; c < tau.length; c++) {
            double[] own = differences(x[c]);
            for (int i = 0; i < slice; i++) {
                double pulled = 0;
                for (int k = matrix.voxelStart[i]; k < matrix.voxelStart[i + 1]; k++) {
                    pulled += matrix.voxelWeight[k] * ray[c][matrix.voxelRay[k]];
                }
                out[c * slice + i] = Math.sqrt(tau[c][i]) * (pulled + sigmaK * own[i]);
            }
        }
        return out;
    }

    /** {@code ray ← Rᵀ Σ R ray}. */
    private void answer() {
        double[][] pulled = new double[ray.length][ray[0].length];
        for (int j = 0; j < terms.count(); j++) {
            float[] response = terms.get(j).response();
            for (int r = 0; r < ray[0].length; r++) {
                double seen = 0;
                for (int c = 0; c < response.length; c++) {
                    seen += response[c] * ray[c][r];
                }
                for (int c = 0; c < response.length; c++) {
                    pulled[c][r] += response[c] * sigma[j][r] * seen;
                }
            }
        }
        for (int c = 0; c < ray.length; c++) {
            System.arraycopy(pulled[c], 0, ray[c], 0, ray[0].length);
        }
    }

    /** {@code (L + 4)^order x}; in second order with a margin of one voxel between the two. */
    private double[] differences(double[] x) {
        int nz = matrix.nz;
        int nx = matrix.nx;
        double[] out = new double[x.length];
        if (order == 1) {
            for (int z = 0; z < nz; z++) {
                for (int c = 0; c < nx; c++) {
                    out[z * nx + c] = second(x, nz, nx, z, c);
                }
            }
            return out;
        }
        for (int z = -1; z <= nz; z++) {
            for (int c = -1; c <= nx; c++) {
                wide[(z + 1) * (nx + 2) + c + 1] = second(x, nz, nx, z, c);
            }
        }
        for (int z = 0; z < nz; z++) {
            for (int c = 0; c < nx; c++) {
                out[z * nx + c] = second(wide, nz + 2, nx + 2, z + 1, c + 1);
            }
        }
        return out;
    }

    private static double second(double[] x, int nz, int nx, int z, int c) {
        return 8 * at(x, nz, nx, z, c)
                - (at(x, nz, nx, z - 1, c) + at(x, nz, nx, z + 1, c))
                - (at(x, nz, nx, z, c - 1) + at(x, nz, nx, z, c + 1));
    }

    private static double at(double[] x, int nz, int nx, int z, int c) {
        return z < 0 || c < 0 || z >= nz || c >= nx ? 0 : x[z * nx + c];
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static void scale(double[] a, double factor) {
        for (int i = 0; i < a.length; i++) {
            a[i] *= factor;
        }
    }
}
