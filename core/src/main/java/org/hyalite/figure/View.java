package org.hyalite.figure;

/**
 * Where a volume is looked at from. At (0, 0) one looks along the beam: x to the right, y down, z away, as in the map
 * at zero tilt.
 *
 * @param azimuthDeg turn about the tilt axis, degrees, in the sense of the goniometer's tilt
 * @param elevationDeg how far from above, degrees
 */
public record View(double azimuthDeg, double elevationDeg) {
    /** Along the beam at zero tilt. */
    public static final View BEAM = new View(0, 0);

    public View {
        if (!Double.isFinite(azimuthDeg) || !(Math.abs(elevationDeg) <= 90)) {
            throw new IllegalArgumentException("view from " + azimuthDeg + "°, " + elevationDeg + "°");
        }
    }

    /** Screen's right, as {@code (x, y, z)}. */
    double[] right() {
        double a = Math.toRadians(azimuthDeg);
        return new double[] {Math.cos(a), 0, -Math.sin(a)};
    }

    /** Screen's down. */
    double[] down() {
        double a = Math.toRadians(azimuthDeg);
        double e = Math.toRadians(elevationDeg);
        return new double[] {-Math.sin(a) * Math.sin(e), Math.cos(e), -Math.cos(a) * Math.sin(e)};
    }

    /** Away from the eye. */
    double[] away() {
        double a = Math.toRadians(azimuthDeg);
        double e = Math.toRadians(elevationDeg);
        return new double[] {Math.sin(a) * Math.cos(e), Math.sin(e), Math.cos(a) * Math.cos(e)};
    }

    /** The direction in words for a caption: {@code 30°, 20° from above}. */
    String caption() {
        if (azimuthDeg == 0 && elevationDeg == 0) {
            return "along the beam";
        }
        return Numbers.significant(azimuthDeg, 3) + "° about y"
                + (elevationDeg == 0
                        ? ""
                        : ", " + Numbers.significant(Math.abs(elevationDeg), 3) + "° from "
                                + (elevationDeg > 0 ? "above" : "below"));
    }
}
