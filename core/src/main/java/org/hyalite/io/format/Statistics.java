package org.hyalite.io.format;

/**
 * Sum and range over all raw values of a signal, exact for whole numbers below 2⁵³.
 */
public record Statistics(double sum, double min, double max) {
    /** Collects statistics value by value. */
    public static final class Collector {
        private double sum;
        private double min = Double.POSITIVE_INFINITY;
        private double max = Double.NEGATIVE_INFINITY;

        public void add(double value) {
            sum += value;
            min = Math.min(min, value);
            max = Math.max(max, value);
        }

        public Statistics get() {
            return new Statistics(sum, min, max);
        }
    }
}
