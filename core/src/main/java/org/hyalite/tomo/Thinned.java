package org.hyalite.tomo;

import org.hyalite.grid.TiltSeries;

/**
 * Counts set aside at random, each with the same probability: what is left and what is set aside are independent, so the
 * one can say how well the other predicts it (count thinning).
 *
 * @param setAside the counts set aside, {@code [tilt, y, x]}, a part of all
 * @param share the probability
 */
public record Thinned(TiltSeries setAside, double share) {
    public Thinned {
        if (!(share > 0 && share < 1)) {
            throw new IllegalArgumentException("a share of " + share + " set aside is not between 0 and 1");
        }
    }
}
