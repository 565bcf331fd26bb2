package org.hyalite.tomo;

import java.util.SplittableRandom;
import org.hyalite.grid.TiltSeries;

/**
 * Counts set aside at random, each with the same probability: what is left and what is set aside are independent Poisson
 * numbers, so the one can say how well the other predicts it (count thinning).
 *
 * @param setAside the counts set aside, {@code [tilt, y, x]}, a part of all
 * @param share the probability
 */
record Thinned(TiltSeries setAside, double share) {
    /**
     * Draws.
     *
     * @param counts whole numbers ≥ 0
     * @throws IllegalArgumentException if one is not, or the share is not within (0, 1)
     */
    static Thinned of(TiltSeries counts, double share, long seed) {
        if (!(share > 0 && share < 1)) {
            throw new IllegalArgumentException("share of " + share + " is not within (0, 1)");
        }
        SplittableRandom random = new SplittableRandom(seed);
        TiltSeries aside = counts.copy();
        for (float[] block : aside.blocks()) {
            for (int i = 0; i < block.length; i++) {
                int n = (int) block[i];
                if (n != block[i] || n < 0) {
                    throw new IllegalArgumentException(
                            block[i] + " counts: only whole numbers can be thinned; choose another criterion");
                }
                int drawn = 0;
                for (int k = 0; k < n; k++) {
                    drawn += random.nextDouble() < share ? 1 : 0;
                }
                block[i] = drawn;
            }
        }
        return new Thinned(aside, share);
    }
}
