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
    private static FloatVector after(float[] a, int o, int y, int n, float end) {
        return y + L < n ? at(a, o + y + 1) : at(a, o + y).rearrange(UP).blend(end, LAST);
    }

    /** The row one place back; {@code end} is the value before the row. */
    private static FloatVector before(float[] a, int o, int y, float end) {
        return y > 0 ? at(a, o + y - 1) : at(a, o).rearrange(DOWN).blend(end, FIRST);
    }

    private static FloatVector shrink(FloatVector square, FloatVector bound) {
        return bound.div(square.lanewise(VectorOperators.SQRT)).min(1f);
    }

    private static void relax(float[] p, int i, FloatVector moved, FloatVector scale, FloatVector old, FloatVector rho) {
        moved.fma(scale, old.neg()).fma(rho, old).intoArray(p, i);
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
        FloatVector limit = FloatVector.broadcast(LANES, bound);
        FloatVector r = FloatVector.broadcast(LANES, rho);
        int y = 0;
        for (; y + L <= n; y += L) {
            FloatVector c = at(u, o + y);
            FloatVector z = at(pz, o + y);
            FloatVector w = at(py, o + y);
            FloatVector x = at(px, o + y);
            FloatVector a = at(u, oZp + y).sub(c).fma(s, z);
            FloatVector b = after(u, o, y, n, uNext).sub(c).fma(s, w);
            FloatVector d = at(u, oXp + y).sub(c).fma(s, x);
            FloatVector scale = shrink(a.fma(a, b.fma(b, d.mul(d))), limit);
            relax(pz, o + y, a, scale, z, r);
            relax(py, o + y, b, scale, w, r);
            relax(px, o + y, d, scale, x, r);
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
        FloatVector step = slope.fma(minusTau, c).max(0f);
        step.sub(c).fma(rho, c).intoArray(u, i);
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
        for (; y + L <= n; y += L) {
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
        for (; y + L <= n; y += L) {
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
            float[] u, int[] rows, float[] ends, float[][] p, float[] inner, int n, float[] sigmas, float bound, float rho) {
        FloatVector limit = FloatVector.broadcast(LANES, bound);
        FloatVector r = FloatVector.broadcast(LANES, rho);
        float szz = sigmas[0];
        float sxx = sigmas[1];
        float szx = sigmas[2] * ScalarKernels.MIXED;
        float syy = sigmas[3];
        float szy = sigmas[4] * ScalarKernels.MIXED;
        float syx = sigmas[5] * ScalarKernels.MIXED;
        int o = rows[0];
        int zmRow = rows[1];
        int zpRow = rows[2];
        int xmRow = rows[3];
        int xpRow = rows[4];
        int zmXp = rows[5];
        int zpXm = rows[6];
        float[] pzz = p[0];
        float[] pyy = p[1];
        float[] pxx = p[2];
        float[] pzy = p[3];
        float[] pzx = p[4];
        float[] pyx = p[5];
        int y = 0;
        for (; y + L <= n; y += L) {
            FloatVector in = at(inner, y);
            FloatVector c2 = at(u, o + y).mul(2f);
            FloatVector zz = at(u, zmRow + y).add(at(u, zpRow + y)).sub(c2);
            FloatVector yy = before(u, o, y, ends[0]).add(after(u, o, y, n, ends[1])).sub(c2);
            FloatVector xx = at(u, xmRow + y).add(at(u, xpRow + y)).sub(c2);
            FloatVector zy = zz.add(yy)
                    .add(c2)
                    .sub(after(u, zmRow, y, n, ends[2]).add(before(u, zpRow, y, ends[3])));
            FloatVector zx = zz.add(xx).add(c2).sub(at(u, zmXp + y).add(at(u, zpXm + y)));
            FloatVector yx = yy.add(xx)
                    .add(c2)
                    .sub(after(u, xmRow, y, n, ends[4]).add(before(u, xpRow, y, ends[5])));
            FloatVector p0 = at(pzz, o + y);
            FloatVector p1 = at(pyy, o + y);
            FloatVector p2 = at(pxx, o + y);
            FloatVector p3 = at(pzy, o + y);
            FloatVector p4 = at(pzx, o + y);
            FloatVector p5 = at(pyx, o + y);
            zz = zz.fma(FloatVector.broadcast(LANES, szz), p0);
            yy = yy.fma(in.mul(syy), p1);
            xx = xx.fma(FloatVector.broadcast(LANES, sxx), p2);
            zy = zy.fma(in.mul(szy), p3);
            zx = zx.fma(FloatVector.broadcast(LANES, szx), p4);
            yx = yx.fma(in.mul(syx), p5);
            FloatVector scale = shrink(square(zz, yy, xx, zy, zx, yx), limit);
            relax(pzz, o + y, zz, scale, p0, r);
            relax(pyy, o + y, yy, scale, p1, r);
            relax(pxx, o + y, xx, scale, p2, r);
            relax(pzy, o + y, zy, scale, p3, r);
            relax(pzx, o + y, zx, scale, p4, r);
            relax(pyx, o + y, yx, scale, p5, r);
        }
        if (y < n) {
            ScalarKernels.tv2Dual(u, rows, ends, p, inner, n, y, sigmas, bound, rho);
        }
    }

    private static FloatVector square(
            FloatVector a, FloatVector b, FloatVector c, FloatVector d, FloatVector e, FloatVector f) {
        return a.fma(a, b.fma(b, c.mul(c))).add(d.fma(d, e.fma(e, f.mul(f))));
    }

    @Override
    public void tv2Primal(
            float[] u, float[] v, float[] g, int[] rows, float[][] p, float[] ends, int n, float tau, float rho) {
        FloatVector minusTau = FloatVector.broadcast(LANES, -tau);
        FloatVector r = FloatVector.broadcast(LANES, rho);
        FloatVector twice = FloatVector.broadcast(LANES, 2f / rho);
        FloatVector minusTwo = FloatVector.broadcast(LANES, -2f);
        FloatVector mixedScale = FloatVector.broadcast(LANES, ScalarKernels.MIXED);
        int o = rows[0];
        int zm = rows[1];
        int zp = rows[2];
        int xm = rows[3];
        int xp = rows[4];
        int zmXp = rows[5];
        int zpXm = rows[6];
        float[] zz = p[0];
        float[] yy = p[1];
        float[] xx = p[2];
        float[] zy = p[3];
        float[] zx = p[4];
        float[] yx = p[5];
        int y = 0;
        for (; y + L <= n; y += L) {
            FloatVector pure = at(zz, zm + y)
                    .add(at(zz, zp + y))
                    .add(at(xx, xm + y)
                            .add(at(xx, xp + y))
                            .add(before(yy, o, y, ends[0]).add(after(yy, o, y, n, ends[1]))));
            FloatVector centre = at(zz, o + y).add(at(xx, o + y)).add(at(yy, o + y));
            FloatVector a = at(zy, zm + y)
                    .add(at(zy, zp + y))
                    .add(before(zy, o, y, ends[2]).add(after(zy, o, y, n, ends[3])))
                    .sub(after(zy, zm, y, n, ends[4]).add(before(zy, zp, y, ends[5])));
            FloatVector b = at(zx, zm + y)
                    .add(at(zx, zp + y))
                    .add(at(zx, xm + y).add(at(zx, xp + y)))
                    .sub(at(zx, zmXp + y).add(at(zx, zpXm + y)));
            FloatVector c = at(yx, xm + y)
                    .add(at(yx, xp + y))
                    .add(before(yx, o, y, ends[6]).add(after(yx, o, y, n, ends[7])))
                    .sub(after(yx, xm, y, n, ends[8]).add(before(yx, xp, y, ends[9])));
            FloatVector middle = at(zy, o + y).add(at(zx, o + y)).add(at(yx, o + y));
            FloatVector mixed = middle.fma(minusTwo, a.add(b.add(c)));
            FloatVector w = at(g, o + y).add(mixed.fma(mixedScale, centre.fma(minusTwo, pure)));
            descend(u, v, o + y, w, minusTau, r, twice);
        }
        if (y < n) {
            ScalarKernels.tv2Primal(u, v, g, rows, p, ends, n, y, tau, rho);
        }
    }

    @Override
    public void tv2Norm(float[] u, int[] rows, float[] ends, float[] inner, float[] norms, int n, float[] sigmas) {
        float szx = sigmas[2] * ScalarKernels.MIXED;
        float szy = sigmas[4] * ScalarKernels.MIXED;
        float syx = sigmas[5] * ScalarKernels.MIXED;
        int o = rows[0];
        int y = 0;
        for (; y + L <= n; y += L) {
            FloatVector in = at(inner, y);
            FloatVector c2 = at(u, o + y).mul(2f);
            FloatVector zz = at(u, rows[1] + y).add(at(u, rows[2] + y)).sub(c2);
            FloatVector yy = before(u, o, y, ends[0]).add(after(u, o, y, n, ends[1])).sub(c2);
            FloatVector xx = at(u, rows[3] + y).add(at(u, rows[4] + y)).sub(c2);
            FloatVector zy = zz.add(yy)
                    .add(c2)
                    .sub(after(u, rows[1], y, n, ends[2]).add(before(u, rows[2], y, ends[3])));
            FloatVector zx = zz.add(xx).add(c2).sub(at(u, rows[5] + y).add(at(u, rows[6] + y)));
            FloatVector yx = yy.add(xx)
                    .add(c2)
                    .sub(after(u, rows[3], y, n, ends[4]).add(before(u, rows[4], y, ends[5])));
            square(
                            zz.mul(sigmas[0]),
                            yy.mul(in.mul(sigmas[3])),
                            xx.mul(sigmas[1]),
                            zy.mul(in.mul(szy)),
                            zx.mul(szx),
                            yx.mul(in.mul(syx)))
                    .lanewise(VectorOperators.SQRT)
                    .intoArray(norms, y);
        }
        if (y < n) {
            ScalarKernels.tv2Norm(u, rows, ends, inner, norms, n, y, sigmas);
        }
    }
}
