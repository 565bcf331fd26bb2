package org.hyalite.tomo;

/** How strongly the regulariser counts; given as more than w = 1, it is taken as w = 1, see {@link Doubts}. */
public sealed interface Weight {
    /** Found from the data, see {@link WeightSearch}. */
    record Auto() implements Weight {}

    /**
     * A dimensionless number, carried over between data sets: {@code α = w · max |Aᵀ∇D(0)|}, which is
     * {@code w · max |Aᵀb|} for least squares. For counts, whose ∇D(0) is as large as their background is small, the
     * least squares near by take its place: {@code w · max |Aᵀ c (k − r)/max(1, k)|}.
     */
    record Relative(double w) implements Weight {
        public Relative {
            if (!(w >= 0) || Double.isInfinite(w)) {
                throw new IllegalArgumentException("weight " + w + " is not a finite number ≥ 0");
            }
        }
    }

    /** α itself, in the unit of the data term per unit of x. */
    record Absolute(double alpha) implements Weight {
        public Absolute {
            if (!(alpha >= 0) || Double.isInfinite(alpha)) {
                throw new IllegalArgumentException("weight α = " + alpha + " is not a finite number ≥ 0");
            }
        }
    }
}
