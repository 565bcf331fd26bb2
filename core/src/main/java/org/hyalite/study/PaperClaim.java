package org.hyalite.study;

/**
 * One statement of the paper beside what the twin gave.
 *
 * @param place where it stands in the paper
 * @param claim the statement
 * @param paper the paper's number
 * @param truth what the twin was made with
 * @param ours what the chain found
 * @param verdict whether ours agrees by {@code criterion}
 * @param criterion by which it is judged
 */
record PaperClaim(
        String place, String claim, String paper, String truth, String ours, Verdict verdict, String criterion) {
    /** How a claim fared. */
    enum Verdict {
        HOLDS("holds"),
        MISSES("misses"),
        /** Shown beside, not judged. */
        SHOWN("shown");

        private final String label;

        Verdict(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }

        static Verdict of(boolean holds) {
            return holds ? HOLDS : MISSES;
        }
    }
}
