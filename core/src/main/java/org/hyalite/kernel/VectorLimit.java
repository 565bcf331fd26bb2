package org.hyalite.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** How many multiply-adds the Vector API manages on registers: twelve sums, so that one's latency hides behind the others. */
final class VectorLimit {
    private static final VectorSpecies<Float> LANES = FloatVector.SPECIES_PREFERRED;
    static final int PER_ROUND = 12 * LANES.length();

    private VectorLimit() {}

    static float multiplyAdds(int rounds) {
        FloatVector scale = FloatVector.broadcast(LANES, 0.999f);
        FloatVector add = FloatVector.broadcast(LANES, 1e-3f);
        FloatVector a = FloatVector.broadcast(LANES, 1f);
        FloatVector b = FloatVector.broadcast(LANES, 2f);
        FloatVector c = FloatVector.broadcast(LANES, 3f);
        FloatVector d = FloatVector.broadcast(LANES, 4f);
        FloatVector e = FloatVector.broadcast(LANES, 5f);
        FloatVector f = FloatVector.broadcast(LANES, 6f);
        FloatVector g = FloatVector.broadcast(LANES, 7f);
        FloatVector h = FloatVector.broadcast(LANES, 8f);
        FloatVector i = FloatVector.broadcast(LANES, 9f);
        FloatVector j = FloatVector.broadcast(LANES, 10f);
        FloatVector k = FloatVector.broadcast(LANES, 11f);
        FloatVector l = FloatVector.broadcast(LANES, 12f);
        for (int round = 0; round < rounds; round++) {
            a = a.fma(scale, add);
            b = b.fma(scale, add);
            c = c.fma(scale, add);
            d = d.fma(scale, add);
            e = e.fma(scale, add);
            f = f.fma(scale, add);
            g = g.fma(scale, add);
            h = h.fma(scale, add);
            i = i.fma(scale, add);
            j = j.fma(scale, add);
            k = k.fma(scale, add);
            l = l.fma(scale, add);
        }
        return a.add(b)
                .add(c)
                .add(d)
                .add(e)
                .add(f)
                .add(g)
                .add(h)
                .add(i)
                .add(j)
                .add(k)
                .add(l)
                .reduceLanes(VectorOperators.ADD);
    }
}
