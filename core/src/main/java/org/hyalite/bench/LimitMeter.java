package org.hyalite.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hyalite.kernel.Kernels;
import org.hyalite.kernel.Slabs;

/** Measures {@link MachineLimits}, between the kernels: what else runs on the machine then slows both alike. */
final class LimitMeter {
    private static final int PIECES = 16;
    private static final int ROUNDS = 1000;
    /** Many short calls: so the loop is compiled as it is in the kernels, not while it runs. */
    private static final int CALLS = 20;

    private final Slabs slabs;
    private final Kernels kernels = Kernels.get();
    private final float[] a;
    private final float[] b;
    private final float[] c;
    private final List<Double> triad = new ArrayList<>();
    private final List<Double> update = new ArrayList<>();
    private final List<Double> fma = new ArrayList<>();
    private volatile float kept;

    /**
     * A meter.
     *
     * @param floats length of its arrays
     */
    LimitMeter(Slabs slabs, int floats) {
        this.slabs = slabs;
        this.a = new float[floats];
        this.b = new float[floats];
        this.c = new float[floats];
        Arrays.fill(b, 1f);
        Arrays.fill(c, 2f);
    }

    /** Measures so many times more. */
    void sample(int times) {
        for (int i = 0; i < times; i++) {
            triad.add(12.0 * a.length / time(this::triad) / 1e9);
            update.add(8.0 * a.length / time(this::update) / 1e9);
            fma.add(2.0 * PIECES * CALLS * ROUNDS * kernels.multiplyAddsPerRound() / time(this::multiplyAdds) / 1e9);
        }
    }

    /** Without the clock, until the loops are compiled. */
    void warm(int times) {
        sample(times);
        triad.clear();
        update.clear();
        fma.clear();
    }

    /** The medians so far. */
    MachineLimits limits() {
        return new MachineLimits(Median.of(triad), Median.of(update), Median.of(fma));
    }

    private double time(java.util.function.IntConsumer piece) {
        long start = System.nanoTime();
        slabs.run(PIECES, piece);
        return (System.nanoTime() - start) * 1e-9;
    }

    private void triad(int piece) {
        triad(a, b, c, from(piece), from(piece + 1));
    }

    private void update(int piece) {
        update(a, from(piece), from(piece + 1));
    }

    private int from(int piece) {
        return (int) ((long) a.length * piece / PIECES);
    }

    private void multiplyAdds(int piece) {
        for (int i = 0; i < CALLS; i++) {
            kept = kernels.multiplyAdds(ROUNDS);
        }
    }

    private static void triad(float[] a, float[] b, float[] c, int from, int to) {
        for (int i = from; i < to; i++) {
            a[i] = b[i] + 3f * c[i];
        }
    }

    private static void update(float[] a, int from, int to) {
        for (int i = from; i < to; i++) {
            a[i] = a[i] * 0.99f + 1f;
        }
    }
}
