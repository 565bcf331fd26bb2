package org.hyalite.kernel;

/**
 * The loops in plain Java, with the same fused multiply-adds in the same order as the Vector API's twin. Its static
 * methods start at any place of a row, so that the twin can leave them its rest.
 */
final class ScalarKernels extends Kernels {
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
    static float shrink(float square, float bound, float rho) {
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

    static void descend(float[] u, float[] v, int i, float w, float tau, float rho, float twice) {
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

    @Override
    public void tv2Dual(
            float[] u,
            int[] rows,
            int count,
            float[] ends,
            float[][] p,
            int shift,
            float[] inner,
            int n,
            float[] sigmas,
            float bound,
            float rho) {
        ScalarSecondOrder.tv2Dual(u, rows, 0, count, ends, p, shift, inner, n, 0, sigmas, bound, rho);
    }

    @Override
    public void tv2Primal(
            float[] u,
            float[] v,
            float[] g,
            int[] rows,
            int count,
            float[][] p,
            int shift,
            float[] ends,
            int n,
            float[] taus,
            int tau,
            float rho) {
        ScalarSecondOrder.tv2Primal(u, v, g, rows, 0, count, p, shift, ends, n, 0, taus, tau, rho);
    }

    @Override
    public void tv2Norm(float[] u, int[] rows, float[] ends, float[] inner, float[] norms, int n, float[] sigmas) {
        ScalarSecondOrder.tv2Norm(u, rows, ends, inner, norms, n, 0, n, sigmas);
    }

    @Override
    public float multiplyAdds(int rounds) {
        return ScalarLimit.multiplyAdds(rounds);
    }

    @Override
    public int multiplyAddsPerRound() {
        return ScalarLimit.PER_ROUND;
    }

    @Override
    public void coupledDual(
            float[][] u,
            int o,
            int oZp,
            int oXp,
            float[] uNext,
            float[][] p,
            int n,
            float sigma,
            float bound,
            float rho,
            boolean nuclear) {
        CoupledRows.dual(u, o, oZp, oXp, uNext, p, n, 0, sigma, bound, rho, nuclear);
    }
}
