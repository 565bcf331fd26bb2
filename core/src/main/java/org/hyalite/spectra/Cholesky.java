package org.hyalite.spectra;

/** Symmetric positive definite systems of a few dozen unknowns, in place, row by row. */
final class Cholesky {
    private Cholesky() {}

    /**
     * Replaces the lower triangle of {@code m}, {@code [n × n]} with rows {@code stride} long, by its factor.
     *
     * @return false if the matrix is not positive definite
     */
    static boolean factor(double[] m, int n, int stride) {
        for (int i = 0; i < n; i++) {
            int row = i * stride;
            for (int j = 0; j <= i; j++) {
                int other = j * stride;
                double sum = m[row + j];
                double beside = 0; // two sums, so that neither waits for the other
                int k = 0;
                for (; k + 1 < j; k += 2) {
                    sum -= m[row + k] * m[other + k];
                    beside += m[row + k + 1] * m[other + k + 1];
                }
                if (k < j) {
                    sum -= m[row + k] * m[other + k];
                }
                sum -= beside;
                if (i == j) {
                    if (!(sum > 0)) {
                        return false;
                    }
                    m[row + i] = Math.sqrt(sum);
                } else {
                    m[row + j] = sum / m[other + j];
                }
            }
        }
        return true;
    }

    /** Solves with a factor; {@code b} becomes the solution. */
    static void solve(double[] factor, int n, int stride, double[] b) {
        for (int i = 0; i < n; i++) {
            double sum = b[i];
            for (int k = 0; k < i; k++) {
                sum -= factor[i * stride + k] * b[k];
            }
            b[i] = sum / factor[i * stride + i];
        }
        for (int i = n - 1; i >= 0; i--) {
            double sum = b[i];
            for (int k = i + 1; k < n; k++) {
                sum -= factor[k * stride + i] * b[k];
            }
            b[i] = sum / factor[i * stride + i];
        }
    }

    /**
     * The inverse of a symmetric matrix of which the lower triangle is given, {@code [n × n]}. The matrix is scaled to
     * a unit diagonal and given a ridge of 1e-10 (more only if it is still singular), so that columns that cannot be
     * told apart get a huge variance and not none.
     */
    static double[] inverse(double[] matrix, int n) {
        double[] scale = new double[n];
        for (int i = 0; i < n; i++) {
            double d = matrix[i * n + i];
            scale[i] = d > 0 ? 1 / Math.sqrt(d) : 0;
        }
        double[] f = new double[n * n];
        double ridge = 1e-10;
        do {
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < i; j++) {
                    f[i * n + j] = matrix[i * n + j] * scale[i] * scale[j];
                }
                f[i * n + i] = 1 + ridge;
            }
            ridge *= 10;
        } while (!factor(f, n, n));
        double[] inverse = new double[n * n];
        double[] unit = new double[n];
        for (int i = 0; i < n; i++) {
            java.util.Arrays.fill(unit, 0);
            unit[i] = 1;
            solve(f, n, n, unit);
            for (int j = 0; j < n; j++) {
                inverse[j * n + i] = unit[j] * scale[i] * scale[j];
            }
        }
        return inverse;
    }
}
