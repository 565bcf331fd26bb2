package org.hyalite.physics;

/**
 * A number with its standard error, in the same unit.
 *
 * @param value the number
 * @param standardError its standard error, not negative
 */
public record Uncertain(double value, double standardError) {
    public Uncertain {
        if (!(standardError >= 0)) {
            throw new IllegalArgumentException("standard error " + standardError + " of " + value);
        }
    }
}
