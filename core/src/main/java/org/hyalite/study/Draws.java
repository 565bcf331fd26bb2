package org.hyalite.study;

/**
 * Random numbers that depend on nothing but their names, so that they are the same on every machine and for any number of
 * threads: SplitMix64 (Steele, Lea, Flood 2014, OOPSLA, doi 10.1145/2660193.2660195), a stream for each list of numbers.
 */
final class Draws {
    private static final long STEP = 0x9E3779B97F4A7C15L;
    /** Means above this are drawn in pieces: {@code e⁻³²} is still far above the smallest double. */
    private static final double PIECE = 32;

    private static final double END_OF_PIECE = StrictMath.exp(-PIECE);

    private long state;

    private Draws(long state) {
        this.state = state;
    }

    /** The stream of a seed and of the numbers that name what is drawn. */
    static Draws of(long seed, long... names) {
        long state = mixed(seed);
        for (long name : names) {
            state = mixed(state ^ mixed(name + STEP));
        }
        return new Draws(state);
    }

    /** A seed of its own for each of the numbers that name what is drawn: neighbouring seeds share nothing. */
    static long seed(long seed, long... names) {
        return of(seed, names).state;
    }

    private static long mixed(long value) {
        long z = value + STEP;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }

    /** Uniform in 0 … 1, neither of them. */
    double uniform() {
        long bits = mixed(state) >>> 11;
        state += STEP;
        return (bits + 0.5) * 0x1p-53;
    }

    /** Normal with mean 0 and standard deviation 1 (Box and Muller 1958). */
    double normal() {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(uniform()));
        return radius * StrictMath.cos(2 * Math.PI * uniform());
    }

    /** Poisson, exactly, by the product of uniform numbers (Knuth); a mean that is not positive gives 0. */
    int poisson(double mean) {
        long drawn = 0;
        double rest = mean;
        while (rest > PIECE) {
            drawn += product(END_OF_PIECE);
            rest -= PIECE;
        }
        if (rest > 0) {
            drawn += product(StrictMath.exp(-rest));
        }
        return Math.toIntExact(drawn);
    }

    private int product(double end) {
        int n = -1;
        double product = 1;
        while (product > end) {
            product *= uniform();
            n++;
        }
        return n;
    }
}
