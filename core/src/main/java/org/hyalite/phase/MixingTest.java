package org.hyalite.phase;

import java.util.Arrays;
import org.hipparchus.distribution.continuous.TDistribution;

/**
 * Whether a particle is more mixed than blur explains. L is the logarithm of its {@link Mixedness}, whose values scatter by
 * factors; the particles it is held against are pure ({@link NullParticle}), recorded and reconstructed alike. Their shape
 * was taken from the measurement, which may itself bias L. So of each the pure particle is made once more, as it was of the
 * measurement, and pushed through again: what L loses there is taken to be lost in the first place, too, and
 * {@code E = mean(2 L_b − L'_b)} is what a pure particle's measurement should give. {@code t = (L − E)/s},
 * {@code s² = var(L_b) + var(2 L_b − L'_b)/B}, has B − 1 degrees of freedom; p is the probability of a t as large.
 *
 * @param measured L of the measurement
 * @param expected E
 * @param standardDeviation s
 * @param degrees B − 1
 * @param p one-sided
 */
public record MixingTest(double measured, double expected, double standardDeviation, int degrees, double p) {
    /** A p below this says: mixed. */
    public static final double LEVEL = 0.01;

    /** Where nothing at all is mixed, L is that of this. */
    private static final double LEAST = 1e-6;

    /** The scatter of replicas of which none differs is not believed to be none. */
    private static final double LEAST_SD = 1e-3;

    /**
     * Tests.
     *
     * @param measured mixedness of the measurement
     * @param pure of the pure particles, two or more
     * @param again of each one's own pure particle, in the same order; empty if that was not done, then L' = L
     */
    public static MixingTest of(double measured, double[] pure, double[] again) {
        if (pure.length < 2 || again.length != 0 && again.length != pure.length) {
            throw new IllegalArgumentException(pure.length + " pure particles and " + again.length
                    + " again: give two or more, all or none again");
        }
        double[] first = logarithms(pure);
        double[] second = again.length == 0 ? first : logarithms(again);
        double[] unbiased = new double[first.length];
        Arrays.setAll(unbiased, b -> 2 * first[b] - second[b]);
        double expected = mean(unbiased);
        double sd = Math.max(LEAST_SD, Math.sqrt(variance(first) + variance(unbiased) / first.length));
        double own = Math.log(Math.max(LEAST, measured));
        int degrees = first.length - 1;
        double p = new TDistribution(degrees).cumulativeProbability(-(own - expected) / sd);
        return new MixingTest(own, expected, sd, degrees, p);
    }

    /** Whether it is mixed beyond blur: p below 0.01. */
    public boolean mixed() {
        return p < LEVEL;
    }

    private static double[] logarithms(double[] values) {
        return Arrays.stream(values).map(v -> Math.log(Math.max(LEAST, v))).toArray();
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElse(Double.NaN);
    }

    private static double variance(double[] values) {
        double mean = mean(values);
        return Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / (values.length - 1);
    }
}
