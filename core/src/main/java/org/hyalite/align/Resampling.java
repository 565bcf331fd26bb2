package org.hyalite.align;

/**
 * How an image is resampled when an alignment is applied.
 *
 * @param kernel what a value between pixels is made of
 * @param outside what stands where the recorded field ends
 */
public record Resampling(Kernel kernel, Outside outside) {
    /** What a value between pixels is made of. */
    public enum Kernel {
        /** The nearest two pixels on each axis: never below the smallest or above the largest, at the price of blur. */
        LINEAR,
        /**
         * The nearest four pixels on each axis (cubic convolution, Keys 1981, a = −1/2): keeps detail; beside a sharp edge
         * it may go below zero by up to some percent of the step.
         */
        CUBIC
    }

    /** What stands where the recorded field ends. */
    public enum Outside {
        /** Nothing: right for counts and for images without background around a free particle. */
        ZERO,
        /** The nearest recorded pixel: right where the specimen goes on beyond the field. */
        EDGE
    }

    /** For maps and images of a free particle. */
    public static final Resampling FREE = new Resampling(Kernel.CUBIC, Outside.ZERO);

    /** For a specimen that fills the field. */
    public static final Resampling FILLED = new Resampling(Kernel.CUBIC, Outside.EDGE);

    /** For what must not become negative, such as raw counts and variances. */
    public static final Resampling NON_NEGATIVE = new Resampling(Kernel.LINEAR, Outside.ZERO);
}
