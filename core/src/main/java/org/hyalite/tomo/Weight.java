package org.hyalite.tomo;

/** How strongly the regulariser counts; given as more than w = 1, it is taken as w = 1, see {@link Doubts}. */
public sealed interface Weight {
    /** Found from the data, see {@link WeightSearch}. */
    record Auto(Criterion criterion) implements Weight {
        public Auto() {
            this(Criterion.LEFT_OUT_TILTS);
        }
    }

    /** What a weight found from the data is best at. */
    enum Criterion {
        /** Predicting the images of tilts that it has not seen; asks for nothing, and is the default because it came nearest on simulated samples. */
        LEFT_OUT_TILTS("tilts"),
        /** Predicting counts that were set aside at random; for counts, which must be whole numbers. */
        THINNING("thinning"),
        /** Leaving as much as the noise is (Morozov 1966); for counts, or where standard errors are given. */
        DISCREPANCY("discrepancy");

        private final String label;

        Criterion(String label) {
            this.label = label;
        }

        /** The word users write. */
        public String label() {
            return label;
        }

        /** The criterion of a word. */
        public static java.util.Optional<Criterion> of(String label) {
            return java.util.Arrays.stream(values())
                    .filter(c -> c.label.equals(label))
                    .findFirst();
        }
    }

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
