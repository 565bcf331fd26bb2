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
        return factor(m, n, stride, new int[n]);
    }

    /**
     * The same, nothing being done left of each row's first entry, where the factor has zeros too.
     *
     * @param first becomes each row's first column that is not zero
     */
    static boolean factor(double[] m, int n, int stride, int[] first) {
        for (int i = 0; i < n; i++) {
            int row = i * stride;
            int begin = 0;
            while (begin < i && m[row + begin] == 0) {
                begin++;
            }
            first[i] = begin;
            for (int j = begin; j < i; j++) {
                m[row + j] = (m[row + j] - dot(m, row, j * stride, Math.max(begin, first[j]), j)) / m[j * stride + j];
            }
            double rest = m[row + i] - dot(m, row, row, begin, i);
            if (!(rest > 0)) {
                return false;
            }
            m[row + i] = Math.sqrt(rest);
        }
        return true;
    }

    /** Two sums, so that neither waits for the other. */
    private static double dot(double[] m, int row, int other, int from, int to) {
        double even = 0;
        double odd = 0;
        int k = from;
        for (; k + 1 < to; k += 2) {
            even += m[row + k] * m[other + k];
            odd += m[row + k + 1] * m[other + k + 1];
        }
        return k < to ? even + m[row + k] * m[other + k] + odd : even + odd;
    }

    /** Solves with a factor; {@code b} becomes the solution. */
    static void solve(double[] factor, int n, int stride, double[] b) {
        solve(factor, n, stride, new int[n], b);
    }

    /** The same with each row's first entry, as {@link #factor(double[], int, int, int[])} leaves it. */
    static void solve(double[] factor, int n, int stride, int[] first, double[] b) {
        for (int i = 0; i < n; i++) {
            double sum = b[i];
            for (int k = first[i]; k < i; k++) {
                sum -= factor[i * stride + k] * b[k];
            }
            b[i] = sum / factor[i * stride + i];
        }
        for (int i = n - 1; i >= 0; i--) {
            b[i] /= factor[i * stride + i];
            for (int k = first[i]; k < i; k++) {
                b[k] -= factor[i * stride + k] * b[i];
            }
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
