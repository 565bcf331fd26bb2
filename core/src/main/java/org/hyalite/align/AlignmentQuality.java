package org.hyalite.align;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How well an alignment is known, image by image. Arrays are empty where the method does not know.
 *
 * @param residualBeforePx distance of each image from its reprojection before the refinement, without what nobody can see,
 *     pixels
 * @param residualPx the same after it
 * @param errorYPx standard error of each shift along the axis, pixels
 * @param errorXPx standard error of each shift across the axis, pixels
 * @param rotationErrorDeg standard error of the axis rotation, degrees; infinite where the images do not show it, not a
 *     number where it is not known
 * @param unexplained share of each image's variance that its reprojection leaves
 */
public record AlignmentQuality(
        double[] residualBeforePx,
        double[] residualPx,
        double[] errorYPx,
        double[] errorXPx,
        double rotationErrorDeg,
        double[] unexplained) {
    private static final double[] NONE = {};

    /** Only the rotation's error is known. */
    static AlignmentQuality ofRotation(double errorDeg) {
        return new AlignmentQuality(NONE, NONE, NONE, NONE, errorDeg, NONE);
    }

    /** That of some of the images, in the order given. */
    AlignmentQuality select(int... chosen) {
        return new AlignmentQuality(
                pick(residualBeforePx, chosen),
                pick(residualPx, chosen),
                pick(errorYPx, chosen),
                pick(errorXPx, chosen),
                rotationErrorDeg,
                pick(unexplained, chosen));
    }

    /** Without what is no longer so for images that were moved: NaN there. */
    AlignmentQuality without(boolean... moved) {
        return new AlignmentQuality(
                residualBeforePx,
                unknown(residualPx, moved),
                unknown(errorYPx, moved),
                unknown(errorXPx, moved),
                rotationErrorDeg,
                unknown(unexplained, moved));
    }

    private static double[] unknown(double[] from, boolean... where) {
        return IntStream.range(0, from.length)
                .mapToDouble(i -> where[i] ? Double.NaN : from[i])
                .toArray();
    }

    private static double[] pick(double[] from, int... chosen) {
        return from.length == 0
                ? from
                : IntStream.of(chosen).mapToDouble(i -> from[i]).toArray();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AlignmentQuality q
                && Arrays.equals(residualBeforePx, q.residualBeforePx)
                && Arrays.equals(residualPx, q.residualPx)
                && Arrays.equals(errorYPx, q.errorYPx)
                && Arrays.equals(errorXPx, q.errorXPx)
                && Double.compare(rotationErrorDeg, q.rotationErrorDeg) == 0
                && Arrays.equals(unexplained, q.unexplained);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(residualPx);
    }
}
