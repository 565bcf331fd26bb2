package org.hyalite.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** The loops with the Vector API; what does not fill a vector is left to {@link ScalarKernels}. */
final class VectorKernels extends Kernels {
    private static final VectorSpecies<Float> LANES = FloatVector.SPECIES_PREFERRED;
    private static final int L = LANES.length();
    private static final VectorShuffle<Float> UP = VectorShuffle.fromOp(LANES, i -> Math.min(i + 1, L - 1));
    private static final VectorShuffle<Float> DOWN = VectorShuffle.fromOp(LANES, i -> Math.max(i - 1, 0));
    private static final VectorMask<Float> FIRST = VectorMask.fromLong(LANES, 1L);
    private static final VectorMask<Float> LAST = VectorMask.fromLong(LANES, 1L << (L - 1));

    VectorKernels() {}

    @Override
    public String name() {
        return "vector: jdk.incubator.vector, " + L + " lanes";
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
        int y = 0;
        for (; y + 8 * L <= n; y += 8 * L) {
            rows8(start, target, from, to, index, weights, in, out, n, y, add);
        }
        for (; y + 4 * L <= n; y += 4 * L) {
            rows4(start, target, from, to, index, weights, in, out, n, y, add);
        }
        for (; y + L <= n; y += L) {
            rows1(start, target, from, to, index, weights, in, out, n, y, add);
        }
        if (y < n) {
            ScalarKernels.rows(start, target, from, to, index, weights, in, out, n, y, add);
        }
    }

    private static FloatVector at(float[] a, int i) {
        return FloatVector.fromArray(LANES, a, i);
    }

    private static void rows8(
            int[] start,
            int[] target,
            int from,
            int to,
            int[] index,
            float[] weights,
            float[] in,
            float[] out,
            int n,
            int y,
            boolean add) {
        boolean straight = target.length == 0;
        for (int r = from; r < to; r++) {
            int o = (straight ? r : target[r]) * n + y;
            int end = start[r + 1];
            FloatVector a = FloatVector.zero(LANES);
            FloatVector b = a;
            FloatVector c = a;
            FloatVector d = a;
            FloatVector e = a;
            FloatVector f = a;
            FloatVector g = a;
            FloatVector h = a;
            if (add) {
                a = at(out, o);
                b = at(out, o + L);
                c = at(out, o + 2 * L);
                d = at(out, o + 3 * L);
                e = at(out, o + 4 * L);
                f = at(out, o + 5 * L);
                g = at(out, o + 6 * L);
                h = at(out, o + 7 * L);
            }
            for (int k = start[r]; k < end; k++) {
                int i = index[k] * n + y;
                FloatVector w = FloatVector.broadcast(LANES, weights[k]);
                a = at(in, i).fma(w, a);
                b = at(in, i + L).fma(w, b);
                c = at(in, i + 2 * L).fma(w, c);
                d = at(in, i + 3 * L).fma(w, d);
                e = at(in, i + 4 * L).fma(w, e);
                f = at(in, i + 5 * L).fma(w, f);
                g = at(in, i + 6 * L).fma(w, g);
                h = at(in, i + 7 * L).fma(w, h);
            }
            a.intoArray(out, o);
            b.intoArray(out, o + L);
            c.intoArray(out, o + 2 * L);
            d.intoArray(out, o + 3 * L);
            e.intoArray(out, o + 4 * L);
            f.intoArray(out, o + 5 * L);
            g.intoArray(out, o + 6 * L);
            h.intoArray(out, o + 7 * L);
        }
    }

    private static void rows4(
            int[] start,
            int[] target,
            int from,
            int to,
            int[] index,
            float[] weights,
            float[] in,
            float[] out,
            int n,
            int y,
            boolean add) {
        boolean straight = target.length == 0;
        for (int r = from; r < to; r++) {
            int o = (straight ? r : target[r]) * n + y;
            int end = start[r + 1];
            FloatVector a = FloatVector.zero(LANES);
            FloatVector b = a;
            FloatVector c = a;
            FloatVector d = a;
            if (add) {
                a = at(out, o);
                b = at(out, o + L);
                c = at(out, o + 2 * L);
                d = at(out, o + 3 * L);
            }
            for (int k = start[r]; k < end; k++) {
                int i = index[k] * n + y;
                FloatVector w = FloatVector.broadcast(LANES, weights[k]);
                a = at(in, i).fma(w, a);
                b = at(in, i + L).fma(w, b);
                c = at(in, i + 2 * L).fma(w, c);
                d = at(in, i + 3 * L).fma(w, d);
            }
            a.intoArray(out, o);
            b.intoArray(out, o + L);
            c.intoArray(out, o + 2 * L);
            d.intoArray(out, o + 3 * L);
        }
    }

    private static void rows1(
            int[] start,
            int[] target,
            int from,
            int to,
            int[] index,
            float[] weights,
            float[] in,
            float[] out,
            int n,
            int y,
            boolean add) {
        for (int r = from; r < to; r++) {
            int o = (target.length == 0 ? r : target[r]) * n + y;
            int end = start[r + 1];
            FloatVector a = add ? at(out, o) : FloatVector.zero(LANES);
            for (int k = start[r]; k < end; k++) {
                a = at(in, index[k] * n + y).fma(FloatVector.broadcast(LANES, weights[k]), a);
            }
            a.intoArray(out, o);
        }
    }

    /** The row one place on; {@code end} is the value after the row. Asks that a whole vector starts at y. */
    static FloatVector after(float[] a, int o, int y, int n, float end) {
        return y + L < n ? at(a, o + y + 1) : at(a, o + y).rearrange(UP).blend(end, LAST);
    }

    /** The row one place back; {@code end} is the value before the row. */
    private static FloatVector before(float[] a, int o, int y, float end) {
        return y > 0 ? at(a, o + y - 1) : at(a, o).rearrange(DOWN).blend(end, FIRST);
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
        FloatVector s = FloatVector.broadcast(LANES, sigma);
        FloatVector limitSquare = FloatVector.broadcast(LANES, bound * bound);
        FloatVector rLimit = FloatVector.broadcast(LANES, rho * bound);
        FloatVector r = FloatVector.broadcast(LANES, rho);
        FloatVector keep = FloatVector.broadcast(LANES, 1f - rho);
        int y = 0;
        int whole = LANES.loopBound(n);
        for (; y < whole; y += L) {
            FloatVector c = at(u, o + y);
            FloatVector z = at(pz, o + y);
            FloatVector w = at(py, o + y);
            FloatVector x = at(px, o + y);
            FloatVector a = at(u, oZp + y).sub(c).fma(s, z);
            FloatVector b = after(u, o, y, n, uNext).sub(c).fma(s, w);
            FloatVector d = at(u, oXp + y).sub(c).fma(s, x);
            FloatVector square = a.fma(a, b.fma(b, d.mul(d)));
            FloatVector scale = r;
            VectorMask<Float> beyond = square.compare(VectorOperators.GT, limitSquare);
            // where no gradient is steep, as in most of a volume, roots and divisions are spared
            if (beyond.anyTrue()) {
                scale = r.blend(rLimit.div(square.lanewise(VectorOperators.SQRT)), beyond);
            }
            a.fma(scale, z.mul(keep)).intoArray(pz, o + y);
            b.fma(scale, w.mul(keep)).intoArray(py, o + y);
            d.fma(scale, x.mul(keep)).intoArray(px, o + y);
        }
        if (y < n) {
            ScalarKernels.tvDual(u, o, oZp, oXp, uNext, pz, py, px, n, y, sigma, bound, rho);
        }
    }

    private static void descend(
            float[] u, float[] v, int i, FloatVector w, FloatVector minusTau, FloatVector rho, FloatVector twice) {
        FloatVector old = at(v, i);
        FloatVector slope = w.sub(old).fma(twice, old);
        FloatVector c = at(u, i);
        FloatVector step = slope.fma(minusTau, c);
        // not max(0, step), which minds the sign of zero and costs five instructions
        step.blend(0f, step.compare(VectorOperators.LT, 0f)).sub(c).fma(rho, c).intoArray(u, i);
        w.intoArray(v, i);
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
        FloatVector minusTau = FloatVector.broadcast(LANES, -tau);
        FloatVector r = FloatVector.broadcast(LANES, rho);
        FloatVector twice = FloatVector.broadcast(LANES, 2f / rho);
        int y = 0;
        int whole = LANES.loopBound(n);
        for (; y < whole; y += L) {
            FloatVector dz = at(pz, oZm + y).sub(at(pz, o + y));
            FloatVector dy = before(py, o, y, pyPrevious).sub(at(py, o + y));
            FloatVector dx = at(px, oXm + y).sub(at(px, o + y));
            FloatVector w = at(g, o + y).add(dz.add(dy.add(dx)));
            descend(u, v, o + y, w, minusTau, r, twice);
        }
        if (y < n) {
            ScalarKernels.tvPrimal(u, v, g, o, pz, oZm, py, pyPrevious, px, oXm, n, y, tau, rho);
        }
    }

    @Override
    public void tvNorm(float[] u, int o, int oZp, int oXp, float uNext, float[] norms, int n) {
        int y = 0;
        int whole = LANES.loopBound(n);
        for (; y < whole; y += L) {
            FloatVector c = at(u, o + y);
            FloatVector a = at(u, oZp + y).sub(c);
            FloatVector b = after(u, o, y, n, uNext).sub(c);
            FloatVector d = at(u, oXp + y).sub(c);
            a.fma(a, b.fma(b, d.mul(d))).lanewise(VectorOperators.SQRT).intoArray(norms, y);
        }
        if (y < n) {
            ScalarKernels.tvNorm(u, o, oZp, oXp, uNext, norms, n, y);
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
        VectorSecondOrder.tv2Dual(u, rows, count, ends, p, shift, inner, n, sigmas, bound, rho);
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
        VectorSecondOrderPrimal.tv2Primal(u, v, g, rows, count, p, shift, ends, n, taus, tau, rho);
    }

    @Override
    public void tv2Norm(float[] u, int[] rows, float[] ends, float[] inner, float[] norms, int n, float[] sigmas) {
        VectorSecondOrder.tv2Norm(u, rows, ends, inner, norms, n, sigmas);
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
        VectorCoupled.dual(u, o, oZp, oXp, uNext, p, n, sigma, bound, rho, nuclear);
    }

    @Override
    public float multiplyAdds(int rounds) {
        return VectorLimit.multiplyAdds(rounds);
    }

    @Override
    public int multiplyAddsPerRound() {
        return VectorLimit.PER_ROUND;
    }
}
