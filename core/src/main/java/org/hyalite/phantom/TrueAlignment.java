package org.hyalite.phantom;

/**
 * How the images of a series really lie. The image content must first be moved by {@code +shift} in the recorded
 * image's own rows and columns; the tilt axis then lies {@code axisOffsetPx} beside the image's centre
 * {@code ((ny − 1)/2, (nx − 1)/2)}, and its direction is the y axis rotated by {@code +axisRotationDeg} from y towards x
 * in pixel coordinates with y down: {@code (dy, dx) = (cos φ, sin φ)}. The aligned image, whose axis lies along y, is
 * read in the shifted one at {@code y' = c_y + v cos φ − u sin φ, x' = c_x + v sin φ + u cos φ}, where {@code (v, u)} is
 * its own row and column from the centre; the axis passes through {@code u = axisOffsetPx}.
 *
 * @param tiltsDeg ascending, degrees; the record's own array, as the others
 * @param shiftYPx what each image's content must be moved by along y, pixels; 0 nearest zero tilt
 * @param shiftXPx likewise along x
 * @param axisOffsetPx where the axis passes beside the centre, pixels
 * @param axisRotationDeg {@code φ}, degrees
 */
public record TrueAlignment(
        double[] tiltsDeg, double[] shiftYPx, double[] shiftXPx, double axisOffsetPx, double axisRotationDeg) {
    public TrueAlignment {
        if (shiftYPx.length != tiltsDeg.length || shiftXPx.length != tiltsDeg.length) {
            throw new IllegalArgumentException(
                    shiftYPx.length + " and " + shiftXPx.length + " shifts for " + tiltsDeg.length + " tilts");
        }
    }

    /** A series that needs no alignment. */
    static TrueAlignment perfect(double... tiltsDeg) {
        return new TrueAlignment(tiltsDeg, new double[tiltsDeg.length], new double[tiltsDeg.length], 0, 0);
    }

    /**
     * A series as a goniometer leaves it.
     *
     * @param worstShiftPx bound of the shifts, pixels
     * @param worstOffsetPx bound of the axis offset, pixels
     * @param worstRotationDeg bound of the axis rotation, degrees
     */
    static TrueAlignment drawn(
            Dice dice, double[] tiltsDeg, double worstShiftPx, double worstOffsetPx, double worstRotationDeg) {
        int n = tiltsDeg.length;
        double[] y = new double[n];
        double[] x = new double[n];
        int still = 0;
        for (int i = 0; i < n; i++) {
            y[i] = dice.uniform(-worstShiftPx, worstShiftPx);
            x[i] = dice.uniform(-worstShiftPx, worstShiftPx);
            if (Math.abs(tiltsDeg[i]) < Math.abs(tiltsDeg[still])) {
                still = i;
            }
        }
        y[still] = 0;
        x[still] = 0;
        double offset = dice.uniform(-worstOffsetPx, worstOffsetPx);
        return new TrueAlignment(tiltsDeg, y, x, offset, dice.uniform(-worstRotationDeg, worstRotationDeg));
    }
}
