package org.hyalite.kernel;

/**
 * The loops in plain Java, with the same fused multiply-adds in the same order as the Vector API's twin. Its static
 * methods start at any place of a row, so that the twin can leave them its rest.
 */
final class ScalarKernels extends Kernels {
    /** √2 / 2: a mixed second difference is the mean of two, and counts twice in the Frobenius norm. */
    static final float MIXED = (float) Math.sqrt(0.5);

    private final String name;

    ScalarKernels() {
        this("scalar: asked for");
    }

    ScalarKernels(String name) {
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void rows(
            int[] start,
            int[] target,
            int from,
            int to,
            int[] index,
            float[] weights,
            float[] in,
            float[] out,
            int n,
            boolean add) {
        rows(start, target, from, to, index, weights, in, out, n, 0, add);
    }

    static void rows(
            int[] start,
            int[] target,
            int from,
            int to,
            int[] index,
            float[] weights,
            float[] in,
            float[] out,
            int n,
            int y0,
            boolean add) {
        for (int r = from; r < to; r++) {
            int o = (target.length == 0 ? r : target[r]) * n;
            int k = start[r];
            int end = start[r + 1];
            if (!add) {
                java.util.Arrays.fill(out, o + y0, o + n, 0f);
            }
            for (; k + 4 <= end; k += 4) {
                int a = index[k] * n;
                int b = index[k + 1] * n;
                int c = index[k + 2] * n;
                int d = index[k + 3] * n;
                float wa = weights[k];
                float wb = weights[k + 1];
                float wc = weights[k + 2];
                float wd = weights[k + 3];
                for (int y = y0; y < n; y++) {
                    float sum = Math.fma(wb, in[b + y], Math.fma(wa, in[a + y], out[o + y]));
                    out[o + y] = Math.fma(wd, in[d + y], Math.fma(wc, in[c + y], sum));
                }
            }
            for (; k < end; k++) {
                int a = index[k] * n;
                float wa = weights[k];
                for (int y = y0; y < n; y++) {
                    out[o + y] = Math.fma(wa, in[a + y], out[o + y]);
                }
            }
        }
    }

    @Override
    public void tvDual(
            float[] u,
            int o,
            int oZp,
            int oXp,
            float uNext,
            float[] pz,
            float[] py,
            float[] px,
            int n,
            float sigma,
            float bound,
            float rho) {
        tvDual(u, o, oZp, oXp, uNext, pz, py, px, n, 0, sigma, bound, rho);
    }

    static void tvDual(
            float[] u,
            int o,
            int oZp,
            int oXp,
            float uNext,
            float[] pz,
            float[] py,
            float[] px,
            int n,
            int y0,
            float sigma,
            float bound,
            float rho) {
        float keep = 1f - rho;
        for (int y = y0; y < n; y++) {
            float c = u[o + y];
            float z = pz[o + y];
            float w = py[o + y];
            float x = px[o + y];
            float a = Math.fma(sigma, u[oZp + y] - c, z);
            float b = Math.fma(sigma, (y + 1 < n ? u[o + y + 1] : uNext) - c, w);
            float d = Math.fma(sigma, u[oXp + y] - c, x);
            float scale = shrink(Math.fma(a, a, Math.fma(b, b, d * d)), bound, rho);
            pz[o + y] = Math.fma(a, scale, keep * z);
            py[o + y] = Math.fma(b, scale, keep * w);
            px[o + y] = Math.fma(d, scale, keep * x);
        }
    }

    /** ρ, times what brings a vector of that square within the bound. */
    private static float shrink(float square, float bound, float rho) {
        return square > bound * bound ? rho * bound / (float) Math.sqrt(square) : rho;
    }

    @Override
    public void tvPrimal(
            float[] u,
            float[] v,
            float[] g,
            int o,
            float[] pz,
            int oZm,
            float[] py,
            float pyPrevious,
            float[] px,
            int oXm,
            int n,
            float tau,
            float rho) {
        tvPrimal(u, v, g, o, pz, oZm, py, pyPrevious, px, oXm, n, 0, tau, rho);
    }

    static void tvPrimal(
            float[] u,
            float[] v,
            float[] g,
            int o,
            float[] pz,
            int oZm,
            float[] py,
            float pyPrevious,
            float[] px,
            int oXm,
            int n,
            int y0,
            float tau,
            float rho) {
        float twice = 2f / rho;
        for (int y = y0; y < n; y++) {
            float dz = pz[oZm + y] - pz[o + y];
            float dy = (y > 0 ? py[o + y - 1] : pyPrevious) - py[o + y];
            float dx = px[oXm + y] - px[o + y];
            float w = g[o + y] + (dz + (dy + dx));
            descend(u, v, o + y, w, tau, rho, twice);
        }
    }

    private static void descend(float[] u, float[] v, int i, float w, float tau, float rho, float twice) {
        float old = v[i];
        float slope = Math.fma(twice, w - old, old);
        float c = u[i];
        float step = Math.fma(-tau, slope, c);
        u[i] = Math.fma(rho, (step < 0f ? 0f : step) - c, c);
        v[i] = w;
    }

    @Override
    public void tvNorm(float[] u, int o, int oZp, int oXp, float uNext, float[] norms, int n) {
        tvNorm(u, o, oZp, oXp, uNext, norms, n, 0);
    }

    static void tvNorm(float[] u, int o, int oZp, int oXp, float uNext, float[] norms, int n, int y0) {
        for (int y = y0; y < n; y++) {
            float c = u[o + y];
            float a = u[oZp + y] - c;
            float b = (y + 1 < n ? u[o + y + 1] : uNext) - c;
            float d = u[oXp + y] - c;
            norms[y] = (float) Math.sqrt(Math.fma(a, a, Math.fma(b, b, d * d)));
        }
    }

    private static float before(float[] a, int o, int y, float end) {
        return y > 0 ? a[o + y - 1] : end;
    }

    private static float after(float[] a, int o, int y, int n, float end) {
        return y + 1 < n ? a[o + y + 1] : end;
    }

    @Override
    public void tv2Dual(
            float[] u,
            int[] rows,
            float[] ends,
            float[][] p,
            int shift,
            float[] inner,
            int n,
            float[] sigmas,
            float bound,
            float rho) {
        tv2Dual(u, rows, ends, p, shift, inner, n, 0, n, sigmas, bound, rho);
    }

    static void tv2Dual(
            float[] u,
            int[] rows,
            float[] ends,
            float[][] p,
            int shift,
            float[] inner,
            int n,
            int y0,
            int y1,
            float[] sigmas,
            float bound,
            float rho) {
        int o = rows[0];
        float szz = sigmas[0];
        float sxx = sigmas[1];
        float szx = sigmas[2] * MIXED;
        float keep = 1f - rho;
        for (int y = y0; y < y1; y++) {
            float in = inner[y];
            float syy = sigmas[3] * in;
            float szy = sigmas[4] * MIXED * in;
            float syx = sigmas[5] * MIXED * in;
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
            yy = Math.fma(syy, yy, p1);
            xx = Math.fma(sxx, xx, p2);
            zy = Math.fma(szy, zy, p3);
            zx = Math.fma(szx, zx, p4);
            yx = Math.fma(syx, yx, p5);
            float scale = shrink(square(zz, yy, xx, zy, zx, yx), bound, rho);
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

    @Override
    public void tv2Primal(
            float[] u, float[] v, float[] g, int[] rows, float[][] p, int shift, float[] ends, int n, float tau, float rho) {
        tv2Primal(u, v, g, rows, p, shift, ends, n, 0, n, tau, rho);
    }

    static void tv2Primal(
            float[] u,
            float[] v,
            float[] g,
            int[] rows,
            float[][] p,
            int shift,
            float[] ends,
            int n,
            int y0,
            int y1,
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
        for (int y = y0; y < y1; y++) {
            float pure = (zz[zm + y] + zz[zp + y])
                    + ((xx[xm + 2 * shift + y] + xx[xp + 2 * shift + y]) + (before(yy, o + shift, y, ends[0]) + after(yy, o + shift, y, n, ends[1])));
            float centre = (zz[o + y] + xx[o + 2 * shift + y]) + yy[o + shift + y];
            float a = (zy[zm + 3 * shift + y] + zy[zp + 3 * shift + y])
                    + (before(zy, o + 3 * shift, y, ends[2]) + after(zy, o + 3 * shift, y, n, ends[3]))
                    - (after(zy, zm + 3 * shift, y, n, ends[4]) + before(zy, zp + 3 * shift, y, ends[5]));
            float b = (zx[zm + 4 * shift + y] + zx[zp + 4 * shift + y]) + (zx[xm + 4 * shift + y] + zx[xp + 4 * shift + y]) - (zx[rows[5] + 4 * shift + y] + zx[rows[6] + 4 * shift + y]);
            float c = (yx[xm + 5 * shift + y] + yx[xp + 5 * shift + y])
                    + (before(yx, o + 5 * shift, y, ends[6]) + after(yx, o + 5 * shift, y, n, ends[7]))
                    - (after(yx, xm + 5 * shift, y, n, ends[8]) + before(yx, xp + 5 * shift, y, ends[9]));
            float middle = (zy[o + 3 * shift + y] + zx[o + 4 * shift + y]) + yx[o + 5 * shift + y];
            float mixed = Math.fma(-2f, middle, a + (b + c));
            float w = g[o + y] + Math.fma(MIXED, mixed, Math.fma(-2f, centre, pure));
            descend(u, v, o + y, w, tau, rho, twice);
        }
    }

    @Override
    public void tv2Norm(float[] u, int[] rows, float[] ends, float[] inner, float[] norms, int n, float[] sigmas) {
        tv2Norm(u, rows, ends, inner, norms, n, 0, n, sigmas);
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

    private static final int LIMIT_ROW = 512;

    @Override
    public float multiplyAdds(int rounds) {
        float[] row = new float[LIMIT_ROW];
        java.util.Arrays.fill(row, 2f);
        for (int i = 0; i < rounds; i++) {
            chain(row);
        }
        float sum = 0;
        for (float value : row) {
            sum += value;
        }
        return sum;
    }

    private static void chain(float[] row) {
        for (int y = 0; y < row.length; y++) {
            float a = Math.fma(row[y], 0.999f, 1e-3f);
            a = Math.fma(a, 0.999f, 1e-3f);
            a = Math.fma(a, 0.999f, 1e-3f);
            row[y] = Math.fma(a, 0.999f, 1e-3f);
        }
    }

    @Override
    public int multiplyAddsPerRound() {
        return 4 * LIMIT_ROW;
    }
}
