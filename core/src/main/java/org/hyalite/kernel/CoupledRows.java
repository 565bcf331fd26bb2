package org.hyalite.kernel;

/**
 * Total variation of several volumes together, in plain Java: the dual step of {@link Kernels#coupledDual} for two
 * volumes with the vector twin's order of operations, and for any number of them with a general eigenvalue solver.
 */
final class CoupledRows {
    /** Below it, twice the distance between eigenvalues is no divisor. */
    static final float TINY = 1e-30f;

    private CoupledRows() {}

    /** Voxels from y0 on. */
    static void dual(
            float[][] u,
            int o,
            int oZp,
            int oXp,
            float[] uNext,
            float[][] p,
            int n,
            int y0,
            float sigma,
            float bound,
            float rho,
            boolean nuclear) {
        if (u.length == 2) {
            pair(u, o, oZp, oXp, uNext, p, n, y0, sigma, bound, rho, nuclear);
            return;
        }
        float[] moved = new float[p.length];
        double[][] gram = new double[3][3];
        double[][] axes = new double[3][3];
        for (int y = y0; y < n; y++) {
            for (int c = 0; c < u.length; c++) {
                float here = u[c][o + y];
                float after = y + 1 < n ? u[c][o + y + 1] : uNext[c];
                moved[3 * c] = Math.fma(sigma, u[c][oZp + y] - here, p[3 * c][o + y]);
                moved[3 * c + 1] = Math.fma(sigma, after - here, p[3 * c + 1][o + y]);
                moved[3 * c + 2] = Math.fma(sigma, u[c][oXp + y] - here, p[3 * c + 2][o + y]);
            }
            float square = 0f;
            for (float value : moved) {
                square = Math.fma(value, value, square);
            }
            // no singular value is larger than the root of the sum of all squares
            if (square > bound * bound) {
                if (nuclear) {
                    gram(moved, gram);
                    SmallSymmetric.diagonalise(gram, axes);
                    shrink(moved, gram, axes, bound);
                } else {
                    float scale = bound / (float) Math.sqrt(square);
                    for (int i = 0; i < moved.length; i++) {
                        moved[i] *= scale;
                    }
                }
            }
            for (int i = 0; i < moved.length; i++) {
                float old = p[i][o + y];
                p[i][o + y] = Math.fma(rho, moved[i] - old, old);
            }
        }
    }

    private static void pair(
            float[][] u,
            int o,
            int oZp,
            int oXp,
            float[] uNext,
            float[][] p,
            int n,
            int y0,
            float sigma,
            float bound,
            float rho,
            boolean nuclear) {
        for (int y = y0; y < n; y++) {
            float z0 = step(u[0], oZp + y, o + y, sigma, p[0]);
            float y0next = y + 1 < n ? u[0][o + y + 1] : uNext[0];
            float b0 = Math.fma(sigma, y0next - u[0][o + y], p[1][o + y]);
            float x0 = step(u[0], oXp + y, o + y, sigma, p[2]);
            float z1 = step(u[1], oZp + y, o + y, sigma, p[3]);
            float y1next = y + 1 < n ? u[1][o + y + 1] : uNext[1];
            float b1 = Math.fma(sigma, y1next - u[1][o + y], p[4][o + y]);
            float x1 = step(u[1], oXp + y, o + y, sigma, p[5]);
            float g00 = Math.fma(z0, z0, Math.fma(b0, b0, x0 * x0));
            float g11 = Math.fma(z1, z1, Math.fma(b1, b1, x1 * x1));
            float s00;
            float s11;
            float s01;
            if (nuclear) {
                float g01 = Math.fma(z0, z1, Math.fma(b0, b1, x0 * x1));
                float mean = (g00 + g11) * 0.5f;
                float half = (g00 - g11) * 0.5f;
                float apart = (float) Math.sqrt(Math.fma(half, half, g01 * g01));
                float small = Math.max(0f, mean - apart);
                float f1 = Math.min(1f, bound / (float) Math.sqrt(mean + apart));
                float f2 = Math.min(1f, bound / (float) Math.sqrt(small));
                float slope = (f1 - f2) / Math.max(apart + apart, TINY);
                s00 = Math.fma(slope, g00 - small, f2);
                s11 = Math.fma(slope, g11 - small, f2);
                s01 = slope * g01;
            } else {
                s00 = Math.min(1f, bound / (float) Math.sqrt(g00 + g11));
                s11 = s00;
                s01 = 0f;
            }
            relax(p[0], o + y, z0, s00, z1, s01, rho);
            relax(p[1], o + y, b0, s00, b1, s01, rho);
            relax(p[2], o + y, x0, s00, x1, s01, rho);
            relax(p[3], o + y, z1, s11, z0, s01, rho);
            relax(p[4], o + y, b1, s11, b0, s01, rho);
            relax(p[5], o + y, x1, s11, x0, s01, rho);
        }
    }

    private static float step(float[] u, int to, int from, float sigma, float[] p) {
        return Math.fma(sigma, u[to] - u[from], p[from]);
    }

    private static void relax(float[] p, int i, float own, float s, float other, float mixed, float rho) {
        float old = p[i];
        p[i] = Math.fma(rho, Math.fma(own, s, Math.fma(other, mixed, -old)), old);
    }

    /** Σ over the row of the norm of the matrix of gradients, in double precision. */
    static double norm(float[][] u, int o, int oZp, int oXp, float[] uNext, int n, boolean nuclear) {
        double[][] gram = new double[3][3];
        double[][] axes = new double[3][3];
        float[] slopes = new float[3 * u.length];
        double sum = 0;
        for (int y = 0; y < n; y++) {
            for (int c = 0; c < u.length; c++) {
                float here = u[c][o + y];
                slopes[3 * c] = u[c][oZp + y] - here;
                slopes[3 * c + 1] = (y + 1 < n ? u[c][o + y + 1] : uNext[c]) - here;
                slopes[3 * c + 2] = u[c][oXp + y] - here;
            }
            double square = 0;
            for (float value : slopes) {
                square += (double) value * value;
            }
            if (!nuclear || square == 0 || u.length == 1) {
                sum += Math.sqrt(square);
            } else if (u.length == 2) {
                // (s₁ + s₂)² = s₁² + s₂² + 2 s₁s₂, and s₁s₂ is the length of the cross product
                double z = (double) slopes[1] * slopes[5] - (double) slopes[2] * slopes[4];
                double w = (double) slopes[2] * slopes[3] - (double) slopes[0] * slopes[5];
                double x = (double) slopes[0] * slopes[4] - (double) slopes[1] * slopes[3];
                sum += Math.sqrt(square + 2 * Math.sqrt(z * z + w * w + x * x));
            } else {
                gram(slopes, gram);
                SmallSymmetric.diagonalise(gram, axes);
                for (int i = 0; i < 3; i++) {
                    sum += Math.sqrt(Math.max(0, gram[i][i]));
                }
            }
        }
        return sum;
    }

    /** {@code Σ_c m_c m_cᵀ}, 3 × 3. */
    private static void gram(float[] m, double[][] into) {
        for (int i = 0; i < 3; i++) {
            for (int k = 0; k < 3; k++) {
                double sum = 0;
                for (int c = 0; c < m.length; c += 3) {
                    sum += (double) m[c + i] * m[c + k];
                }
                into[i][k] = sum;
            }
        }
    }

    /** {@code V min(1, bound/√λ) Vᵀ m_c} for every c. */
    private static void shrink(float[] m, double[][] eigen, double[][] axes, float bound) {
        double[] out = new double[3];
        for (int c = 0; c < m.length; c += 3) {
            java.util.Arrays.fill(out, 0);
            for (int k = 0; k < 3; k++) {
                double along = axes[0][k] * m[c] + axes[1][k] * m[c + 1] + axes[2][k] * m[c + 2];
                double kept = eigen[k][k] <= (double) bound * bound ? along : along * bound / Math.sqrt(eigen[k][k]);
                for (int i = 0; i < 3; i++) {
                    out[i] += kept * axes[i][k];
                }
            }
            for (int i = 0; i < 3; i++) {
                m[c + i] = (float) out[i];
            }
        }
    }
}
