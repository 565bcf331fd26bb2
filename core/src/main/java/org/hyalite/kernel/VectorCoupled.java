package org.hyalite.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The dual step of two volumes' coupled total variation with the Vector API; what does not fill a vector is left to {@link CoupledRows}. */
final class VectorCoupled {
    private static final VectorSpecies<Float> LANES = FloatVector.SPECIES_PREFERRED;
    private static final int L = LANES.length();

    private VectorCoupled() {}

    static void dual(
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
        if (u.length != 2) {
            int done = nuclear ? 0 : frobenius(u, o, oZp, oXp, uNext, p, n, sigma, bound, rho);
            if (done < n) {
                CoupledRows.dual(u, o, oZp, oXp, uNext, p, n, done, sigma, bound, rho, nuclear);
            }
            return;
        }
        float[] u0 = u[0];
        float[] u1 = u[1];
        FloatVector s = FloatVector.broadcast(LANES, sigma);
        FloatVector limit = FloatVector.broadcast(LANES, bound);
        FloatVector r = FloatVector.broadcast(LANES, rho);
        int y = 0;
        for (int end = LANES.loopBound(n); y < end; y += L) {
            FloatVector c0 = at(u0, o + y);
            FloatVector c1 = at(u1, o + y);
            FloatVector z0 = at(u0, oZp + y).sub(c0).fma(s, at(p[0], o + y));
            FloatVector b0 = VectorKernels.after(u0, o, y, n, uNext[0]).sub(c0).fma(s, at(p[1], o + y));
            FloatVector x0 = at(u0, oXp + y).sub(c0).fma(s, at(p[2], o + y));
            FloatVector z1 = at(u1, oZp + y).sub(c1).fma(s, at(p[3], o + y));
            FloatVector b1 = VectorKernels.after(u1, o, y, n, uNext[1]).sub(c1).fma(s, at(p[4], o + y));
            FloatVector x1 = at(u1, oXp + y).sub(c1).fma(s, at(p[5], o + y));
            FloatVector g00 = z0.fma(z0, b0.fma(b0, x0.mul(x0)));
            FloatVector g11 = z1.fma(z1, b1.fma(b1, x1.mul(x1)));
            if (nuclear) {
                FloatVector g01 = z0.fma(z1, b0.fma(b1, x0.mul(x1)));
                FloatVector mean = g00.add(g11).mul(0.5f);
                FloatVector half = g00.sub(g11).mul(0.5f);
                FloatVector apart = half.fma(half, g01.mul(g01)).lanewise(VectorOperators.SQRT);
                FloatVector small = mean.sub(apart).max(0f);
                FloatVector f1 = limit.div(mean.add(apart).lanewise(VectorOperators.SQRT))
                        .min(1f);
                FloatVector f2 = limit.div(small.lanewise(VectorOperators.SQRT)).min(1f);
                FloatVector slope = f1.sub(f2).div(apart.add(apart).max(CoupledRows.TINY));
                FloatVector s00 = slope.fma(g00.sub(small), f2);
                FloatVector s11 = slope.fma(g11.sub(small), f2);
                FloatVector s01 = slope.mul(g01);
                relax(p[0], o + y, z0, s00, z1, s01, r);
                relax(p[1], o + y, b0, s00, b1, s01, r);
                relax(p[2], o + y, x0, s00, x1, s01, r);
                relax(p[3], o + y, z1, s11, z0, s01, r);
                relax(p[4], o + y, b1, s11, b0, s01, r);
                relax(p[5], o + y, x1, s11, x0, s01, r);
            } else {
                FloatVector scale =
                        limit.div(g00.add(g11).lanewise(VectorOperators.SQRT)).min(1f);
                FloatVector none = FloatVector.zero(LANES);
                relax(p[0], o + y, z0, scale, z1, none, r);
                relax(p[1], o + y, b0, scale, b1, none, r);
                relax(p[2], o + y, x0, scale, x1, none, r);
                relax(p[3], o + y, z1, scale, z0, none, r);
                relax(p[4], o + y, b1, scale, b0, none, r);
                relax(p[5], o + y, x1, scale, x0, none, r);
            }
        }
        if (y < n) {
            CoupledRows.dual(u, o, oZp, oXp, uNext, p, n, y, sigma, bound, rho, nuclear);
        }
    }

    /** Any number of volumes, as far as whole vectors go; returns how far. */
    private static int frobenius(
            float[][] u,
            int o,
            int oZp,
            int oXp,
            float[] uNext,
            float[][] p,
            int n,
            float sigma,
            float bound,
            float rho) {
        float[][] moved = new float[p.length][L];
        FloatVector s = FloatVector.broadcast(LANES, sigma);
        FloatVector r = FloatVector.broadcast(LANES, rho);
        FloatVector limit = FloatVector.broadcast(LANES, bound);
        int end = LANES.loopBound(n);
        for (int y = 0; y < end; y += L) {
            FloatVector square = FloatVector.zero(LANES);
            for (int c = 0; c < u.length; c++) {
                FloatVector here = at(u[c], o + y);
                FloatVector z = at(u[c], oZp + y).sub(here).fma(s, at(p[3 * c], o + y));
                FloatVector b =
                        VectorKernels.after(u[c], o, y, n, uNext[c]).sub(here).fma(s, at(p[3 * c + 1], o + y));
                FloatVector x = at(u[c], oXp + y).sub(here).fma(s, at(p[3 * c + 2], o + y));
                square = x.fma(x, b.fma(b, z.fma(z, square)));
                z.intoArray(moved[3 * c], 0);
                b.intoArray(moved[3 * c + 1], 0);
                x.intoArray(moved[3 * c + 2], 0);
            }
            FloatVector scale = FloatVector.broadcast(LANES, 1f)
                    .blend(
                            limit.div(square.lanewise(VectorOperators.SQRT)),
                            square.compare(VectorOperators.GT, bound * bound));
            for (int i = 0; i < p.length; i++) {
                FloatVector old = at(p[i], o + y);
                at(moved[i], 0).mul(scale).sub(old).fma(r, old).intoArray(p[i], o + y);
            }
        }
        return end;
    }

    private static FloatVector at(float[] a, int i) {
        return FloatVector.fromArray(LANES, a, i);
    }

    private static void relax(
            float[] p, int i, FloatVector own, FloatVector s, FloatVector other, FloatVector mixed, FloatVector rho) {
        FloatVector old = at(p, i);
        own.fma(s, other.fma(mixed, old.neg())).fma(rho, old).intoArray(p, i);
    }
}
