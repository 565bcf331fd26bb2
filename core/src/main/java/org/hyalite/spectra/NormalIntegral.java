package org.hyalite.spectra;

import org.hipparchus.special.Erf;

/** The integral of the standard normal density, from a table with cubic interpolation: to 1e-10, and fast. */
final class NormalIntegral {
    /** Beyond this many standard deviations a Gaussian counts as zero. */
    static final double REACH = 6;

    private static final int PER_SIGMA = 64;
    private static final int N = (int) (2 * REACH * PER_SIGMA);
    private static final double[] INTEGRAL = new double[N + 1];
    private static final double[] SLOPE = new double[N + 1];

    static {
        for (int i = 0; i <= N; i++) {
            double t = (double) i / PER_SIGMA - REACH;
            INTEGRAL[i] = 0.5 * Erf.erfc(-t / Math.sqrt(2));
            SLOPE[i] = Math.exp(-t * t / 2) / Math.sqrt(2 * Math.PI) / PER_SIGMA;
        }
    }

    private NormalIntegral() {}

    /** The integral from −∞ to {@code t}. */
    static double below(double t) {
        double at = (t + REACH) * PER_SIGMA;
        if (!(at > 0)) {
            return 0;
        }
        int i = (int) at;
        if (i >= N) {
            return 1;
        }
        double f = at - i;
        double g = 1 - f;
        return INTEGRAL[i] * g * g * (1 + 2 * f)
                + SLOPE[i] * f * g * g
                + INTEGRAL[i + 1] * f * f * (3 - 2 * f)
                - SLOPE[i + 1] * f * f * g;
    }

    /**
     * Adds a Gaussian, integrated over every channel, to {@code into}.
     *
     * @param area its whole area
     * @param edge lower edge of channel 0 of {@code into}, keV
     * @param gain width of a channel, keV
     */
    static void add(double[] into, double area, double centre, double sigma, double edge, double gain) {
        int from = (int) Math.floor((centre - REACH * sigma - edge) / gain);
        int to = (int) Math.ceil((centre + REACH * sigma - edge) / gain);
        from = Math.max(from, 0);
        to = Math.min(to, into.length);
        if (from >= to) {
            return;
        }
        double last = below((edge + from * gain - centre) / sigma);
        for (int c = from; c < to; c++) {
            double next = below((edge + (c + 1) * gain - centre) / sigma);
            into[c] += area * (next - last);
            last = next;
        }
    }
}
