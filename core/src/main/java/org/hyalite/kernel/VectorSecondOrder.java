package org.hyalite.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The second-order dual step and norm of {@link VectorKernels}. They are long: helpers of their own would not be inlined,
 * and every vector would be boxed. Only a row's first and last vector ask what stands beside the row; all others are read
 * straight through.
 */
final class VectorSecondOrder {
    private static final VectorSpecies<Float> LANES = FloatVector.SPECIES_PREFERRED;
    private static final int L = LANES.length();
    private static final FloatVector LANE = FloatVector.zero(LANES).addIndex(1);

    private VectorSecondOrder() {}

    static void tv2Dual(
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
        int length = count * n;
        if (n < L || rows[0] == 0 || rows[0] + length == u.length) {
            ScalarSecondOrder.tv2Dual(u, rows, 0, count, ends, p, shift, inner, n, 0, sigmas, bound, rho);
        } else if (n % L == 0) {
            dual(u, rows, 0, length, ends, p, shift, inner, n, sigmas, bound, rho);
        } else {
            for (int row = 0; row < count; row++) {
                dual(u, rows, row, LANES.loopBound(n), ends, p, shift, inner, n, sigmas, bound, rho);
            }
            ScalarSecondOrder.tv2Dual(
                    u, rows, 0, count, ends, p, shift, inner, n, LANES.loopBound(n), sigmas, bound, rho);
        }
    }

    /** Whole vectors from the beginning of a row on, across rows if these consist of whole vectors. */
    private static void dual(
            float[] u,
            int[] rows,
            int row,
            int length,
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
        FloatVector syy = FloatVector.broadcast(LANES, sigmas[3]);
        FloatVector szy = FloatVector.broadcast(LANES, sigmas[4] * ScalarSecondOrder.MIXED);
        FloatVector syx = FloatVector.broadcast(LANES, sigmas[5] * ScalarSecondOrder.MIXED);
        int start = row * n;
        int o = rows[0] + start;
        int zm = rows[1] + start;
        int zp = rows[2] + start;
        int xm = rows[3] + start;
        int xp = rows[4] + start;
        int zmXp = rows[5] + start;
        int zpXm = rows[6] + start;
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
        int end = row * 6;
        int y = 0;
        for (int i = 0; i < length; i += L) {
            FloatVector c2 = FloatVector.fromArray(LANES, u, o + i).mul(2f);
            FloatVector zz = FloatVector.fromArray(LANES, u, zm + i)
                    .add(FloatVector.fromArray(LANES, u, zp + i))
                    .sub(c2);
            FloatVector xx = FloatVector.fromArray(LANES, u, xm + i)
                    .add(FloatVector.fromArray(LANES, u, xp + i))
                    .sub(c2);
            FloatVector zx = zz.add(xx)
                    .add(c2)
                    .sub(FloatVector.fromArray(LANES, u, zmXp + i).add(FloatVector.fromArray(LANES, u, zpXm + i)));
            FloatVector yy;
            FloatVector zy;
            FloatVector yx;
            int next = y + L;
            if (y > 0 && next < n) {
                yy = FloatVector.fromArray(LANES, u, o + i - 1)
                        .add(FloatVector.fromArray(LANES, u, o + i + 1))
                        .sub(c2);
                zy = zz.add(yy)
                        .add(c2)
                        .sub(FloatVector.fromArray(LANES, u, zm + i + 1)
                                .add(FloatVector.fromArray(LANES, u, zp + i - 1)));
                yx = yy.add(xx)
                        .add(c2)
                        .sub(FloatVector.fromArray(LANES, u, xm + i + 1)
                                .add(FloatVector.fromArray(LANES, u, xp + i - 1)));
            } else {
                FloatVector in = FloatVector.fromArray(LANES, inner, y);
                VectorMask<Float> first = LANE.compare(VectorOperators.EQ, (float) -y);
                VectorMask<Float> last = LANE.compare(VectorOperators.EQ, (float) (n - 1 - y));
                FloatVector plain = FloatVector.fromArray(LANES, u, o + i - 1)
                        .blend(ends[end], first)
                        .add(FloatVector.fromArray(LANES, u, o + i + 1).blend(ends[end + 1], last))
                        .sub(c2);
                yy = plain.mul(in);
                zy = zz.add(plain)
                        .add(c2)
                        .sub(FloatVector.fromArray(LANES, u, zm + i + 1)
                                .blend(ends[end + 2], last)
                                .add(FloatVector.fromArray(LANES, u, zp + i - 1).blend(ends[end + 3], first)))
                        .mul(in);
                yx = plain.add(xx)
                        .add(c2)
                        .sub(FloatVector.fromArray(LANES, u, xm + i + 1)
                                .blend(ends[end + 4], last)
                                .add(FloatVector.fromArray(LANES, u, xp + i - 1).blend(ends[end + 5], first)))
                        .mul(in);
            }
            FloatVector p0 = FloatVector.fromArray(LANES, pzz, o0 + i);
            FloatVector p1 = FloatVector.fromArray(LANES, pyy, o1 + i);
            FloatVector p2 = FloatVector.fromArray(LANES, pxx, o2 + i);
            FloatVector p3 = FloatVector.fromArray(LANES, pzy, o3 + i);
            FloatVector p4 = FloatVector.fromArray(LANES, pzx, o4 + i);
            FloatVector p5 = FloatVector.fromArray(LANES, pyx, o5 + i);
            zz = zz.fma(szz, p0);
            yy = yy.fma(syy, p1);
            xx = xx.fma(sxx, p2);
            zy = zy.fma(szy, p3);
            zx = zx.fma(szx, p4);
            yx = yx.fma(syx, p5);
            FloatVector square = zz.fma(zz, yy.fma(yy, xx.mul(xx))).add(zy.fma(zy, zx.fma(zx, yx.mul(yx))));
            FloatVector scale = r;
            VectorMask<Float> beyond = square.compare(VectorOperators.GT, limitSquare);
            if (beyond.anyTrue()) {
                scale = r.blend(rLimit.div(square.lanewise(VectorOperators.SQRT)), beyond);
            }
            zz.fma(scale, p0.mul(keep)).intoArray(pzz, o0 + i);
            yy.fma(scale, p1.mul(keep)).intoArray(pyy, o1 + i);
            xx.fma(scale, p2.mul(keep)).intoArray(pxx, o2 + i);
            zy.fma(scale, p3.mul(keep)).intoArray(pzy, o3 + i);
            zx.fma(scale, p4.mul(keep)).intoArray(pzx, o4 + i);
            yx.fma(scale, p5.mul(keep)).intoArray(pyx, o5 + i);
            y = next;
            if (y == n) {
                y = 0;
                end += 6;
            }
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
