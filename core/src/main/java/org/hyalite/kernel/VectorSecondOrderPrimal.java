package org.hyalite.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The second-order primal step of {@link VectorKernels}; written like {@link VectorSecondOrder}. */
final class VectorSecondOrderPrimal {
    private static final VectorSpecies<Float> LANES = FloatVector.SPECIES_PREFERRED;
    private static final int L = LANES.length();
    private static final FloatVector LANE = FloatVector.zero(LANES).addIndex(1);

    private VectorSecondOrderPrimal() {}

    static void tv2Primal(
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
        int length = count * n;
        if (n < L || rows[0] == 0 || rows[0] + length == u.length) {
            ScalarSecondOrder.tv2Primal(u, v, g, rows, 0, count, p, shift, ends, n, 0, taus, tau, rho);
        } else if (n % L == 0) {
            primal(u, v, g, rows, 0, length, p, shift, ends, n, taus, tau, rho);
        } else {
            for (int row = 0; row < count; row++) {
                primal(u, v, g, rows, row, LANES.loopBound(n), p, shift, ends, n, taus, tau, rho);
            }
            ScalarSecondOrder.tv2Primal(u, v, g, rows, 0, count, p, shift, ends, n, LANES.loopBound(n), taus, tau, rho);
        }
    }

    /** Whole vectors from the beginning of a row on, across rows if these consist of whole vectors. */
    private static void primal(
            float[] u,
            float[] v,
            float[] g,
            int[] rows,
            int row,
            int length,
            float[][] p,
            int shift,
            float[] ends,
            int n,
            float[] taus,
            int tau,
            float rho) {
        FloatVector r = FloatVector.broadcast(LANES, rho);
        FloatVector twice = FloatVector.broadcast(LANES, 2f / rho);
        FloatVector minusTwo = FloatVector.broadcast(LANES, -2f);
        FloatVector mixedScale = FloatVector.broadcast(LANES, ScalarSecondOrder.MIXED);
        int start = row * n;
        int o = rows[0] + start;
        float[] zz = p[0];
        float[] yy = p[1];
        float[] xx = p[2];
        float[] zy = p[3];
        float[] zx = p[4];
        float[] yx = p[5];
        int zzZm = rows[1] + start;
        int zzZp = rows[2] + start;
        int yyO = o + shift;
        int xxO = o + 2 * shift;
        int xxXm = rows[3] + start + 2 * shift;
        int xxXp = rows[4] + start + 2 * shift;
        int zyO = o + 3 * shift;
        int zyZm = rows[1] + start + 3 * shift;
        int zyZp = rows[2] + start + 3 * shift;
        int zxO = o + 4 * shift;
        int zxZm = rows[1] + start + 4 * shift;
        int zxZp = rows[2] + start + 4 * shift;
        int zxXm = rows[3] + start + 4 * shift;
        int zxXp = rows[4] + start + 4 * shift;
        int zxZmXp = rows[5] + start + 4 * shift;
        int zxZpXm = rows[6] + start + 4 * shift;
        int yxO = o + 5 * shift;
        int yxXm = rows[3] + start + 5 * shift;
        int yxXp = rows[4] + start + 5 * shift;
        int end = row * 10;
        int at = tau + row;
        int y = 0;
        for (int i = 0; i < length; i += L) {
            FloatVector alongY;
            FloatVector a;
            FloatVector c;
            if (y > 0 && y + L < n) {
                alongY = FloatVector.fromArray(LANES, yy, yyO + i - 1)
                        .add(FloatVector.fromArray(LANES, yy, yyO + i + 1));
                a = FloatVector.fromArray(LANES, zy, zyZm + i)
                        .add(FloatVector.fromArray(LANES, zy, zyZp + i))
                        .add(FloatVector.fromArray(LANES, zy, zyO + i - 1)
                                .add(FloatVector.fromArray(LANES, zy, zyO + i + 1)))
                        .sub(FloatVector.fromArray(LANES, zy, zyZm + i + 1)
                                .add(FloatVector.fromArray(LANES, zy, zyZp + i - 1)));
                c = FloatVector.fromArray(LANES, yx, yxXm + i)
                        .add(FloatVector.fromArray(LANES, yx, yxXp + i))
                        .add(FloatVector.fromArray(LANES, yx, yxO + i - 1)
                                .add(FloatVector.fromArray(LANES, yx, yxO + i + 1)))
                        .sub(FloatVector.fromArray(LANES, yx, yxXm + i + 1)
                                .add(FloatVector.fromArray(LANES, yx, yxXp + i - 1)));
            } else {
                VectorMask<Float> first = LANE.compare(VectorOperators.EQ, (float) -y);
                VectorMask<Float> last = LANE.compare(VectorOperators.EQ, (float) (n - 1 - y));
                alongY = FloatVector.fromArray(LANES, yy, yyO + i - 1)
                        .blend(ends[end], first)
                        .add(FloatVector.fromArray(LANES, yy, yyO + i + 1).blend(ends[end + 1], last));
                a = FloatVector.fromArray(LANES, zy, zyZm + i)
                        .add(FloatVector.fromArray(LANES, zy, zyZp + i))
                        .add(FloatVector.fromArray(LANES, zy, zyO + i - 1)
                                .blend(ends[end + 2], first)
                                .add(FloatVector.fromArray(LANES, zy, zyO + i + 1)
                                        .blend(ends[end + 3], last)))
                        .sub(FloatVector.fromArray(LANES, zy, zyZm + i + 1)
                                .blend(ends[end + 4], last)
                                .add(FloatVector.fromArray(LANES, zy, zyZp + i - 1)
                                        .blend(ends[end + 5], first)));
                c = FloatVector.fromArray(LANES, yx, yxXm + i)
                        .add(FloatVector.fromArray(LANES, yx, yxXp + i))
                        .add(FloatVector.fromArray(LANES, yx, yxO + i - 1)
                                .blend(ends[end + 6], first)
                                .add(FloatVector.fromArray(LANES, yx, yxO + i + 1)
                                        .blend(ends[end + 7], last)))
                        .sub(FloatVector.fromArray(LANES, yx, yxXm + i + 1)
                                .blend(ends[end + 8], last)
                                .add(FloatVector.fromArray(LANES, yx, yxXp + i - 1)
                                        .blend(ends[end + 9], first)));
            }
            float minusTau = -taus[at];
            y += L;
            if (y == n) {
                y = 0;
                at++;
                end += 10;
            }
            FloatVector pure = FloatVector.fromArray(LANES, zz, zzZm + i)
                    .add(FloatVector.fromArray(LANES, zz, zzZp + i))
                    .add(FloatVector.fromArray(LANES, xx, xxXm + i)
                            .add(FloatVector.fromArray(LANES, xx, xxXp + i))
                            .add(alongY));
            FloatVector centre = FloatVector.fromArray(LANES, zz, o + i)
                    .add(FloatVector.fromArray(LANES, xx, xxO + i))
                    .add(FloatVector.fromArray(LANES, yy, yyO + i));
            FloatVector b = FloatVector.fromArray(LANES, zx, zxZm + i)
                    .add(FloatVector.fromArray(LANES, zx, zxZp + i))
                    .add(FloatVector.fromArray(LANES, zx, zxXm + i).add(FloatVector.fromArray(LANES, zx, zxXp + i)))
                    .sub(FloatVector.fromArray(LANES, zx, zxZmXp + i)
                            .add(FloatVector.fromArray(LANES, zx, zxZpXm + i)));
            FloatVector middle = FloatVector.fromArray(LANES, zy, zyO + i)
                    .add(FloatVector.fromArray(LANES, zx, zxO + i))
                    .add(FloatVector.fromArray(LANES, yx, yxO + i));
            FloatVector mixed = middle.fma(minusTwo, a.add(b.add(c)));
            FloatVector w =
                    FloatVector.fromArray(LANES, g, o + i).add(mixed.fma(mixedScale, centre.fma(minusTwo, pure)));
            FloatVector old = FloatVector.fromArray(LANES, v, o + i);
            FloatVector here = FloatVector.fromArray(LANES, u, o + i);
            FloatVector step = w.sub(old).fma(twice, old).fma(FloatVector.broadcast(LANES, minusTau), here);
            step.blend(0f, step.compare(VectorOperators.LT, 0f))
                    .sub(here)
                    .fma(r, here)
                    .intoArray(u, o + i);
            w.intoArray(v, o + i);
        }
    }
}
