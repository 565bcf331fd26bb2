package org.hyalite.phantom;

/**
 * Random numbers that are the same on every machine: SplitMix64 (Steele, Lea, Flood 2014, OOPSLA, doi
 * 10.1145/2660193.2660195) with {@link StrictMath}. Each stream is named by its numbers, so that what one thread draws
 * depends on no other.
 */
final class Dice {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    /** Knuth's product of uniforms must stay far above the smallest double: {@code e⁻³² ≈ 1e-14}. */
    private static final double POISSON_PIECE = 32;

    private long state;

    private Dice(long state) {
        this.state = state;
    }

    /** The dice of one stream: the seed, and the numbers that name what is drawn. */
    static Dice of(long seed, long... stream) {
        long state = mix(seed + GOLDEN);
        for (long name : stream) {
            state = mix(state + GOLDEN * (2 * name + 1));
        }
        return new Dice(state);
    }

    long next() {
        state += GOLDEN;
        return mix(state);
    }

    /** Uniform within [0, 1). */
    double uniform() {
        return (next() >>> 11) * 0x1p-53;
    }

    /** Uniform within [low, high). */
    double uniform(double low, double high) {
        return low + (high - low) * uniform();
    }

    /** Normal of mean 0 and standard deviation 1, by Box and Muller. */
    double normal() {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - uniform()));
        return radius * StrictMath.cos(2 * Math.PI * uniform());
    }

    /** A direction, uniform on the sphere. */
    double[] direction() {
        double z = uniform(-1, 1);
        double azimuth = uniform(0, 2 * Math.PI);
        double across = StrictMath.sqrt(1 - z * z);
        return new double[] {across * StrictMath.cos(azimuth), across * StrictMath.sin(azimuth), z};
    }

    /**
     * Poisson of any mean, exactly: a large mean is drawn in pieces, each by Knuth's product of uniforms. The cost is
     * one uniform a count, as much as placing that count in a channel costs anyway.
     */
    int poisson(double mean) {
        int drawn = 0;
        double rest = mean;
        while (rest > POISSON_PIECE) {
            drawn += knuth(LIMIT_OF_PIECE);
            rest -= POISSON_PIECE;
        }
        return rest > 0 ? drawn + knuth(StrictMath.exp(-rest)) : drawn;
    }

    private static final double LIMIT_OF_PIECE = StrictMath.exp(-POISSON_PIECE);

    private int knuth(double limit) {
        int n = -1;
        double product = 1;
        do {
            product *= 1 - uniform();
            n++;
        } while (product > limit);
        return n;
    }

    private static long mix(long z) {
        long m = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        m = (m ^ (m >>> 27)) * 0x94D049BB133111EBL;
        return m ^ (m >>> 31);
    }
}
