package org.hyalite.kernel;

/** The second-order loops of {@link ScalarKernels}, from any place of a row to any other. */
final class ScalarSecondOrder {
    /** √2 / 2: a mixed second difference is the mean of two, and counts twice in the Frobenius norm. */
    static final float MIXED = (float) Math.sqrt(0.5);

    private ScalarSecondOrder() {}

    private static float before(float[] a, int o, int y, float end) {
        return y > 0 ? a[o + y - 1] : end;
    }

    private static float after(float[] a, int o, int y, int n, float end) {
        return y + 1 < n ? a[o + y + 1] : end;
    }

    /** Rows {@code from} to {@code to}, each from place y0 on. */
    static void tv2Dual(
            float[] u,
            int[] rows,
            int from,
            int to,
            float[] ends,
            float[][] p,
            int shift,
            float[] inner,
            int n,
            int y0,
            float[] sigmas,
            float bound,
            float rho) {
        int[] own = new int[rows.length];
        float[] ownEnds = new float[6];
        for (int row = from; row < to; row++) {
            for (int i = 0; i < own.length; i++) {
                own[i] = rows[i] + row * n;
            }
            System.arraycopy(ends, row * ownEnds.length, ownEnds, 0, ownEnds.length);
            dualRow(u, own, ownEnds, p, shift, inner, n, y0, sigmas, bound, rho);
        }
    }

    private static void dualRow(
            float[] u,
            int[] rows,
            float[] ends,
            float[][] p,
            int shift,
            float[] inner,
            int n,
            int y0,
            float[] sigmas,
            float bound,
            float rho) {
        int o = rows[0];
        float szz = sigmas[0];
        float sxx = sigmas[1];
        float szx = sigmas[2] * MIXED;
        float syy = sigmas[3];
        float szy = sigmas[4] * MIXED;
        float syx = sigmas[5] * MIXED;
        float keep = 1f - rho;
        for (int y = y0; y < n; y++) {
            float in = inner[y];
            float c2 = 2f * u[o + y];
            float zm = u[rows[1] + y];
            float zp = u[rows[2] + y];
            float xm = u[rows[3] + y];
            float xp = u[rows[4] + y];
            float zz = (zm + zp) - c2;
            float yy = (before(u, o, y, ends[0]) + after(u, o, y, n, ends[1])) - c2;
            float xx = (xm + xp) - c2;
            // the mixed stencil is the sum of both axes' second differences, less the two corners around it
            float zy = ((zz + yy) + c2) - (after(u, rows[1], y, n, ends[2]) + before(u, rows[2], y, ends[3]));
            float zx = ((zz + xx) + c2) - (u[rows[5] + y] + u[rows[6] + y]);
            float yx = ((yy + xx) + c2) - (after(u, rows[3], y, n, ends[4]) + before(u, rows[4], y, ends[5]));
            float p0 = p[0][o + y];
            float p1 = p[1][o + shift + y];
            float p2 = p[2][o + 2 * shift + y];
            float p3 = p[3][o + 3 * shift + y];
            float p4 = p[4][o + 4 * shift + y];
            float p5 = p[5][o + 5 * shift + y];
            zz = Math.fma(szz, zz, p0);
            yy = Math.fma(syy, yy * in, p1);
            xx = Math.fma(sxx, xx, p2);
            zy = Math.fma(szy, zy * in, p3);
            zx = Math.fma(szx, zx, p4);
            yx = Math.fma(syx, yx * in, p5);
            float scale = ScalarKernels.shrink(square(zz, yy, xx, zy, zx, yx), bound, rho);
            p[0][o + y] = Math.fma(zz, scale, keep * p0);
            p[1][o + shift + y] = Math.fma(yy, scale, keep * p1);
            p[2][o + 2 * shift + y] = Math.fma(xx, scale, keep * p2);
            p[3][o + 3 * shift + y] = Math.fma(zy, scale, keep * p3);
            p[4][o + 4 * shift + y] = Math.fma(zx, scale, keep * p4);
            p[5][o + 5 * shift + y] = Math.fma(yx, scale, keep * p5);
        }
    }

    private static float square(float a, float b, float c, float d, float e, float f) {
        return Math.fma(a, a, Math.fma(b, b, c * c)) + Math.fma(d, d, Math.fma(e, e, f * f));
    }

    /** Rows {@code from} to {@code to}, each from place y0 on. */
    static void tv2Primal(
            float[] u,
            float[] v,
            float[] g,
            int[] rows,
            int from,
            int to,
            float[][] p,
            int shift,
            float[] ends,
            int n,
            int y0,
            float[] taus,
            int tau,
            float rho) {
        int[] own = new int[rows.length];
        float[] ownEnds = new float[10];
        for (int row = from; row < to; row++) {
            for (int i = 0; i < own.length; i++) {
                own[i] = rows[i] + row * n;
            }
            System.arraycopy(ends, row * ownEnds.length, ownEnds, 0, ownEnds.length);
            primalRow(u, v, g, own, p, shift, ownEnds, n, y0, taus[tau + row], rho);
        }
    }

    private static void primalRow(
            float[] u,
            float[] v,
            float[] g,
            int[] rows,
            float[][] p,
            int shift,
            float[] ends,
            int n,
            int y0,
            float tau,
            float rho) {
        float twice = 2f / rho;
        int o = rows[0];
        int zm = rows[1];
        int zp = rows[2];
        int xm = rows[3];
        int xp = rows[4];
        float[] zz = p[0];
        float[] yy = p[1];
        float[] xx = p[2];
        float[] zy = p[3];
        float[] zx = p[4];
        float[] yx = p[5];
        for (int y = y0; y < n; y++) {
            float pure = (zz[zm + y] + zz[zp + y])
                    + ((xx[xm + 2 * shift + y] + xx[xp + 2 * shift + y])
                            + (before(yy, o + shift, y, ends[0]) + after(yy, o + shift, y, n, ends[1])));
            float centre = (zz[o + y] + xx[o + 2 * shift + y]) + yy[o + shift + y];
            float a = (zy[zm + 3 * shift + y] + zy[zp + 3 * shift + y])
                    + (before(zy, o + 3 * shift, y, ends[2]) + after(zy, o + 3 * shift, y, n, ends[3]))
                    - (after(zy, zm + 3 * shift, y, n, ends[4]) + before(zy, zp + 3 * shift, y, ends[5]));
            float b = (zx[zm + 4 * shift + y] + zx[zp + 4 * shift + y])
                    + (zx[xm + 4 * shift + y] + zx[xp + 4 * shift + y])
                    - (zx[rows[5] + 4 * shift + y] + zx[rows[6] + 4 * shift + y]);
            float c = (yx[xm + 5 * shift + y] + yx[xp + 5 * shift + y])
                    + (before(yx, o + 5 * shift, y, ends[6]) + after(yx, o + 5 * shift, y, n, ends[7]))
                    - (after(yx, xm + 5 * shift, y, n, ends[8]) + before(yx, xp + 5 * shift, y, ends[9]));
            float middle = (zy[o + 3 * shift + y] + zx[o + 4 * shift + y]) + yx[o + 5 * shift + y];
            float mixed = Math.fma(-2f, middle, a + (b + c));
            float w = g[o + y] + Math.fma(MIXED, mixed, Math.fma(-2f, centre, pure));
            ScalarKernels.descend(u, v, o + y, w, tau, rho, twice);
        }
    }

    static void tv2Norm(
            float[] u, int[] rows, float[] ends, float[] inner, float[] norms, int n, int y0, int y1, float[] sigmas) {
        int o = rows[0];
        for (int y = y0; y < y1; y++) {
            float in = inner[y];
            float c2 = 2f * u[o + y];
            float zz = (u[rows[1] + y] + u[rows[2] + y]) - c2;
            float yy = (before(u, o, y, ends[0]) + after(u, o, y, n, ends[1])) - c2;
            float xx = (u[rows[3] + y] + u[rows[4] + y]) - c2;
            float zy = ((zz + yy) + c2) - (after(u, rows[1], y, n, ends[2]) + before(u, rows[2], y, ends[3]));
            float zx = ((zz + xx) + c2) - (u[rows[5] + y] + u[rows[6] + y]);
            float yx = ((yy + xx) + c2) - (after(u, rows[3], y, n, ends[4]) + before(u, rows[4], y, ends[5]));
            norms[y] = (float) Math.sqrt(square(
                    zz * sigmas[0],
                    yy * (sigmas[3] * in),
                    xx * sigmas[1],
                    zy * (sigmas[4] * MIXED * in),
                    zx * (sigmas[2] * MIXED),
                    yx * (sigmas[5] * MIXED * in)));
        }
    }
}
