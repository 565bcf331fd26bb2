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

    /**
     * Total variation of several volumes together: {@code Σ |[∇y₁ … ∇yₘ]|} over voxels, of the 3 × m matrix of their
     * gradients, each volume in units of its own typical density. An edge that they share costs less than two.
     */
    record CoupledTv(Coupling coupling) implements Regulariser {
        @Override
        public String label() {
            return "tv-" + coupling.label();
        }
    }

    /** The norm of the matrix of gradients. */
    enum Coupling {
        /** Root of the sum of squares: edges in the same place. */
        FROBENIUS("frobenius"),
        /** Sum of the singular values: edges in the same place and direction. */
        NUCLEAR("nuclear");

        private final String label;

        Coupling(String label) {
            this.label = label;
        }

        /** The word users read. */
        public String label() {
            return label;
        }
    }

    /**
     * {@code min over w of Σ |∇x − w|₂ + 2 Σ |Ew|_F}: second-order total generalised variation (Bredies, Kunisch and Pock
     * 2010), with w a slope per voxel and E its symmetrised difference. It favours pieces of constant gradient, as
     * {@link Tv2} does, but lets x jump between them, as {@link Tv} does: it is at most Σ |∇x|₂, and at most 2 Σ |∇²x|_F.
     */
    record Tgv() implements Regulariser {
        /** What a change of slope costs over what a jump costs, in voxels: fixed. */
        static final double RATIO = 2;

        @Override
        public String label() {
            return "tgv";
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
