package org.hyalite.phantom;

/**
 * Bounds of what a simulated microscope does wrong; drawn evenly within ± these.
 *
 * @param shiftPx of each image along y and along x, pixels
 * @param axisOffsetPx of the tilt axis beside the image's centre, pixels
 * @param axisRotationDeg of the tilt axis from the images' columns, degrees
 */
public record Misalignment(double shiftPx, double axisOffsetPx, double axisRotationDeg) {
    public Misalignment {
        if (!(shiftPx >= 0) || !(axisOffsetPx >= 0) || !(axisRotationDeg >= 0)) {
            throw new IllegalArgumentException("misalignment within ± " + shiftPx + " px, " + axisOffsetPx + " px, "
                    + axisRotationDeg + "°: give numbers that are not negative");
        }
    }
}
