package org.hyalite.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The second-order loops of {@link VectorKernels}. They are long: helpers of their own would not be inlined, and every
 * vector would be boxed.
 */
final class VectorSecondOrder {
    private static final VectorSpecies<Float> LANES = FloatVector.SPECIES_PREFERRED;
    private static final int L = LANES.length();
    private static final FloatVector LANE = FloatVector.zero(LANES).addIndex(1);

    private VectorSecondOrder() {}

    static void tv2Dual(
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
        FloatVector limitSquare = FloatVector.broadcast(LANES, bound * bound);
        FloatVector rLimit = FloatVector.broadcast(LANES, rho * bound);
        FloatVector r = FloatVector.broadcast(LANES, rho);
        FloatVector keep = FloatVector.broadcast(LANES, 1f - rho);
        FloatVector szz = FloatVector.broadcast(LANES, sigmas[0]);
        FloatVector sxx = FloatVector.broadcast(LANES, sigmas[1]);
        FloatVector szx = FloatVector.broadcast(LANES, sigmas[2] * ScalarSecondOrder.MIXED);
        float syy = sigmas[3];
        float szy = sigmas[4] * ScalarSecondOrder.MIXED;
        float syx = sigmas[5] * ScalarSecondOrder.MIXED;
        int o = rows[0];
        int zm = rows[1];
        int zp = rows[2];
        int xm = rows[3];
        int xp = rows[4];
        int zmXp = rows[5];
        int zpXm = rows[6];
        float[] pzz = p[0];
        float[] pyy = p[1];
        float[] pxx = p[2];
        float[] pzy = p[3];
        float[] pzx = p[4];
        float[] pyx = p[5];
        int o0 = o;
        int o1 = o + 1 * shift;
        int o2 = o + 2 * shift;
        int o3 = o + 3 * shift;
        int o4 = o + 4 * shift;
        int o5 = o + 5 * shift;
        if (n < L || o == 0 || o + n == u.length) {
            ScalarSecondOrder.tv2Dual(u, rows, ends, p, shift, inner, n, 0, n, sigmas, bound, rho);
            return;
        }
        FloatVector end0 = FloatVector.broadcast(LANES, ends[0]);
        FloatVector end1 = FloatVector.broadcast(LANES, ends[1]);
        FloatVector end2 = FloatVector.broadcast(LANES, ends[2]);
        FloatVector end3 = FloatVector.broadcast(LANES, ends[3]);
        FloatVector end4 = FloatVector.broadcast(LANES, ends[4]);
        FloatVector end5 = FloatVector.broadcast(LANES, ends[5]);
        int y = 0;
        int whole = LANES.loopBound(n);
        for (; y < whole; y += L) {
            VectorMask<Float> first = LANE.compare(VectorOperators.EQ, (float) -y);
            VectorMask<Float> last = LANE.compare(VectorOperators.EQ, (float) (n - 1 - y));
            FloatVector in = FloatVector.fromArray(LANES, inner, y);
            FloatVector c2 = FloatVector.fromArray(LANES, u, o + y).mul(2f);
            FloatVector zz = FloatVector.fromArray(LANES, u, zm + y)
                    .add(FloatVector.fromArray(LANES, u, zp + y))
                    .sub(c2);
            FloatVector yy = FloatVector.fromArray(LANES, u, o + y - 1)
                    .blend(end0, first)
                    .add(FloatVector.fromArray(LANES, u, o + y + 1).blend(end1, last))
                    .sub(c2);
            FloatVector xx = FloatVector.fromArray(LANES, u, xm + y)
                    .add(FloatVector.fromArray(LANES, u, xp + y))
                    .sub(c2);
            FloatVector zy = zz.add(yy)
                    .add(c2)
                    .sub(FloatVector.fromArray(LANES, u, zm + y + 1)
                            .blend(end2, last)
                            .add(FloatVector.fromArray(LANES, u, zp + y - 1).blend(end3, first)));
            FloatVector zx = zz.add(xx)
                    .add(c2)
                    .sub(FloatVector.fromArray(LANES, u, zmXp + y).add(FloatVector.fromArray(LANES, u, zpXm + y)));
            FloatVector yx = yy.add(xx)
                    .add(c2)
                    .sub(FloatVector.fromArray(LANES, u, xm + y + 1)
                            .blend(end4, last)
                            .add(FloatVector.fromArray(LANES, u, xp + y - 1).blend(end5, first)));
            FloatVector p0 = FloatVector.fromArray(LANES, pzz, o0 + y);
            FloatVector p1 = FloatVector.fromArray(LANES, pyy, o1 + y);
            FloatVector p2 = FloatVector.fromArray(LANES, pxx, o2 + y);
            FloatVector p3 = FloatVector.fromArray(LANES, pzy, o3 + y);
            FloatVector p4 = FloatVector.fromArray(LANES, pzx, o4 + y);
            FloatVector p5 = FloatVector.fromArray(LANES, pyx, o5 + y);
            zz = zz.fma(szz, p0);
            yy = yy.fma(in.mul(syy), p1);
            xx = xx.fma(sxx, p2);
            zy = zy.fma(in.mul(szy), p3);
            zx = zx.fma(szx, p4);
            yx = yx.fma(in.mul(syx), p5);
            FloatVector square = zz.fma(zz, yy.fma(yy, xx.mul(xx))).add(zy.fma(zy, zx.fma(zx, yx.mul(yx))));
            FloatVector scale = r;
            VectorMask<Float> beyond = square.compare(VectorOperators.GT, limitSquare);
            if (beyond.anyTrue()) {
                scale = r.blend(rLimit.div(square.lanewise(VectorOperators.SQRT)), beyond);
            }
            zz.fma(scale, p0.mul(keep)).intoArray(pzz, o0 + y);
            yy.fma(scale, p1.mul(keep)).intoArray(pyy, o1 + y);
            xx.fma(scale, p2.mul(keep)).intoArray(pxx, o2 + y);
            zy.fma(scale, p3.mul(keep)).intoArray(pzy, o3 + y);
            zx.fma(scale, p4.mul(keep)).intoArray(pzx, o4 + y);
            yx.fma(scale, p5.mul(keep)).intoArray(pyx, o5 + y);
        }
        if (y < n) {
            ScalarSecondOrder.tv2Dual(u, rows, ends, p, shift, inner, n, y, n, sigmas, bound, rho);
        }
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
            float tau,
            float rho) {
        FloatVector minusTau = FloatVector.broadcast(LANES, -tau);
        FloatVector r = FloatVector.broadcast(LANES, rho);
        FloatVector twice = FloatVector.broadcast(LANES, 2f / rho);
        FloatVector minusTwo = FloatVector.broadcast(LANES, -2f);
        FloatVector mixedScale = FloatVector.broadcast(LANES, ScalarSecondOrder.MIXED);
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
        if (n < L || o == 0 || o + n == u.length) {
            ScalarSecondOrder.tv2Primal(u, v, g, rows, p, shift, ends, n, 0, n, tau, rho);
            return;
        }
        int yyO = o + shift;
        int xxO = o + 2 * shift;
        int xxXm = xm + 2 * shift;
        int xxXp = xp + 2 * shift;
        int zyO = o + 3 * shift;
        int zyZm = zm + 3 * shift;
        int zyZp = zp + 3 * shift;
        int zxO = o + 4 * shift;
        int zxZm = zm + 4 * shift;
        int zxZp = zp + 4 * shift;
        int zxXm = xm + 4 * shift;
        int zxXp = xp + 4 * shift;
        int zxZmXp = zmXp + 4 * shift;
        int zxZpXm = zpXm + 4 * shift;
        int yxO = o + 5 * shift;
        int yxXm = xm + 5 * shift;
        int yxXp = xp + 5 * shift;
        FloatVector end0 = FloatVector.broadcast(LANES, ends[0]);
        FloatVector end1 = FloatVector.broadcast(LANES, ends[1]);
        FloatVector end2 = FloatVector.broadcast(LANES, ends[2]);
        FloatVector end3 = FloatVector.broadcast(LANES, ends[3]);
        FloatVector end4 = FloatVector.broadcast(LANES, ends[4]);
        FloatVector end5 = FloatVector.broadcast(LANES, ends[5]);
        FloatVector end6 = FloatVector.broadcast(LANES, ends[6]);
        FloatVector end7 = FloatVector.broadcast(LANES, ends[7]);
        FloatVector end8 = FloatVector.broadcast(LANES, ends[8]);
        FloatVector end9 = FloatVector.broadcast(LANES, ends[9]);
        int y = 0;
        int whole = LANES.loopBound(n);
        for (; y < whole; y += L) {
            VectorMask<Float> first = LANE.compare(VectorOperators.EQ, (float) -y);
            VectorMask<Float> last = LANE.compare(VectorOperators.EQ, (float) (n - 1 - y));
            FloatVector pure = FloatVector.fromArray(LANES, zz, zm + y)
                    .add(FloatVector.fromArray(LANES, zz, zp + y))
                    .add(FloatVector.fromArray(LANES, xx, xxXm + y)
                            .add(FloatVector.fromArray(LANES, xx, xxXp + y))
                            .add(FloatVector.fromArray(LANES, yy, yyO + y - 1)
                                    .blend(end0, first)
                                    .add(FloatVector.fromArray(LANES, yy, yyO + y + 1)
                                            .blend(end1, last))));
            FloatVector centre = FloatVector.fromArray(LANES, zz, o + y)
                    .add(FloatVector.fromArray(LANES, xx, xxO + y))
                    .add(FloatVector.fromArray(LANES, yy, yyO + y));
            FloatVector a = FloatVector.fromArray(LANES, zy, zyZm + y)
                    .add(FloatVector.fromArray(LANES, zy, zyZp + y))
                    .add(FloatVector.fromArray(LANES, zy, zyO + y - 1)
                            .blend(end2, first)
                            .add(FloatVector.fromArray(LANES, zy, zyO + y + 1).blend(end3, last)))
                    .sub(FloatVector.fromArray(LANES, zy, zyZm + y + 1)
                            .blend(end4, last)
                            .add(FloatVector.fromArray(LANES, zy, zyZp + y - 1).blend(end5, first)));
            FloatVector b = FloatVector.fromArray(LANES, zx, zxZm + y)
                    .add(FloatVector.fromArray(LANES, zx, zxZp + y))
                    .add(FloatVector.fromArray(LANES, zx, zxXm + y).add(FloatVector.fromArray(LANES, zx, zxXp + y)))
                    .sub(FloatVector.fromArray(LANES, zx, zxZmXp + y)
                            .add(FloatVector.fromArray(LANES, zx, zxZpXm + y)));
            FloatVector c = FloatVector.fromArray(LANES, yx, yxXm + y)
                    .add(FloatVector.fromArray(LANES, yx, yxXp + y))
                    .add(FloatVector.fromArray(LANES, yx, yxO + y - 1)
                            .blend(end6, first)
                            .add(FloatVector.fromArray(LANES, yx, yxO + y + 1).blend(end7, last)))
                    .sub(FloatVector.fromArray(LANES, yx, yxXm + y + 1)
                            .blend(end8, last)
                            .add(FloatVector.fromArray(LANES, yx, yxXp + y - 1).blend(end9, first)));
            FloatVector middle = FloatVector.fromArray(LANES, zy, zyO + y)
                    .add(FloatVector.fromArray(LANES, zx, zxO + y))
                    .add(FloatVector.fromArray(LANES, yx, yxO + y));
            FloatVector mixed = middle.fma(minusTwo, a.add(b.add(c)));
            FloatVector w =
                    FloatVector.fromArray(LANES, g, o + y).add(mixed.fma(mixedScale, centre.fma(minusTwo, pure)));
            FloatVector old = FloatVector.fromArray(LANES, v, o + y);
            FloatVector here = FloatVector.fromArray(LANES, u, o + y);
            FloatVector step = w.sub(old).fma(twice, old).fma(minusTau, here);
            step.blend(0f, step.compare(VectorOperators.LT, 0f))
                    .sub(here)
                    .fma(r, here)
                    .intoArray(u, o + y);
            w.intoArray(v, o + y);
        }
        if (y < n) {
            ScalarSecondOrder.tv2Primal(u, v, g, rows, p, shift, ends, n, y, n, tau, rho);
        }
    }

    static void tv2Norm(float[] u, int[] rows, float[] ends, float[] inner, float[] norms, int n, float[] sigmas) {
        float szz = sigmas[0];
        float sxx = sigmas[1];
        float syy = sigmas[3];
        float szx = sigmas[2] * ScalarSecondOrder.MIXED;
        float szy = sigmas[4] * ScalarSecondOrder.MIXED;
        float syx = sigmas[5] * ScalarSecondOrder.MIXED;
        int o = rows[0];
        int zm = rows[1];
        int zp = rows[2];
        int xm = rows[3];
        int xp = rows[4];
        int zmXp = rows[5];
        int zpXm = rows[6];
        if (n < L || o == 0 || o + n == u.length) {
            ScalarSecondOrder.tv2Norm(u, rows, ends, inner, norms, n, 0, n, sigmas);
            return;
        }
        FloatVector end0 = FloatVector.broadcast(LANES, ends[0]);
        FloatVector end1 = FloatVector.broadcast(LANES, ends[1]);
        FloatVector end2 = FloatVector.broadcast(LANES, ends[2]);
        FloatVector end3 = FloatVector.broadcast(LANES, ends[3]);
        FloatVector end4 = FloatVector.broadcast(LANES, ends[4]);
        FloatVector end5 = FloatVector.broadcast(LANES, ends[5]);
        int y = 0;
        int whole = LANES.loopBound(n);
        for (; y < whole; y += L) {
            VectorMask<Float> first = LANE.compare(VectorOperators.EQ, (float) -y);
            VectorMask<Float> last = LANE.compare(VectorOperators.EQ, (float) (n - 1 - y));
            FloatVector in = FloatVector.fromArray(LANES, inner, y);
            FloatVector c2 = FloatVector.fromArray(LANES, u, o + y).mul(2f);
            FloatVector zz = FloatVector.fromArray(LANES, u, zm + y)
                    .add(FloatVector.fromArray(LANES, u, zp + y))
                    .sub(c2);
            FloatVector yy = FloatVector.fromArray(LANES, u, o + y - 1)
                    .blend(end0, first)
                    .add(FloatVector.fromArray(LANES, u, o + y + 1).blend(end1, last))
                    .sub(c2);
            FloatVector xx = FloatVector.fromArray(LANES, u, xm + y)
                    .add(FloatVector.fromArray(LANES, u, xp + y))
                    .sub(c2);
            FloatVector zy = zz.add(yy)
                    .add(c2)
                    .sub(FloatVector.fromArray(LANES, u, zm + y + 1)
                            .blend(end2, last)
                            .add(FloatVector.fromArray(LANES, u, zp + y - 1).blend(end3, first)));
            FloatVector zx = zz.add(xx)
                    .add(c2)
                    .sub(FloatVector.fromArray(LANES, u, zmXp + y).add(FloatVector.fromArray(LANES, u, zpXm + y)));
            FloatVector yx = yy.add(xx)
                    .add(c2)
                    .sub(FloatVector.fromArray(LANES, u, xm + y + 1)
                            .blend(end4, last)
                            .add(FloatVector.fromArray(LANES, u, xp + y - 1).blend(end5, first)));
            zz = zz.mul(szz);
            yy = yy.mul(in.mul(syy));
            xx = xx.mul(sxx);
            zy = zy.mul(in.mul(szy));
            zx = zx.mul(szx);
            yx = yx.mul(in.mul(syx));
            zz.fma(zz, yy.fma(yy, xx.mul(xx)))
                    .add(zy.fma(zy, zx.fma(zx, yx.mul(yx))))
                    .lanewise(VectorOperators.SQRT)
                    .intoArray(norms, y);
        }
        if (y < n) {
            ScalarSecondOrder.tv2Norm(u, rows, ends, inner, norms, n, y, n, sigmas);
        }
    }
}
