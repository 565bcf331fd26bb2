package org.hyalite.tomo;

/** What is asked of a volume beside agreeing with the images; x ≥ 0 is asked always. Differences are per voxel, not per nm. */
public sealed interface Regulariser {
    /** The word users write. */
    String label();

    /** {@code Σ |∇x|₂}, forward differences, replicated edge: favours pieces of constant density. */
    record Tv() implements Regulariser {
        @Override
        public String label() {
            return "tv";
        }
    }

    /**
     * {@code Σ |∇²x|_F}, the symmetrised Hessian (backward of forward differences): favours pieces of constant gradient.
     * Entries whose stencil leaves the grid are zero, so that a linear ramp costs nothing.
     */
    record Tv2() implements Regulariser {
        @Override
        public String label() {
            return "tv2";
        }
    }

    /** Nothing: non-negative least squares, which fits the noise if it is let run. */
    record None() implements Regulariser {
        @Override
        public String label() {
            return "none";
        }
    }
}
