package org.hyalite.physics;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where an X-ray detector stands, seen from the specimen.
 *
 * <p>In the microscope's frame (u to the right in the images across the tilt axis, y along it, w down the beam) the
 * direction is {@code (cos ε cos φ, cos ε sin φ, −sin ε)}: detectors stand on the side that the beam comes from. An
 * azimuth of zero is across the tilt axis, on the side that the specimen faces at positive tilt (+x of the maps, in the
 * convention of {@code TiltGeometry}); 90° is along the axis, towards larger y. At tilt θ the specimen's axes are
 * {@code x = u cos θ + w sin θ}, {@code z = −u sin θ + w cos θ}; so the take-off angle α from a flat specimen's plane has
 * {@code sin α = sin θ cos ε cos φ + cos θ sin ε}.
 *
 * @param elevationDeg ε above the plane normal to the beam, degrees
 * @param azimuthDeg φ, degrees
 * @param weight its share of the solid angle, in any unit that all detectors share
 */
public record DetectorDirection(double elevationDeg, double azimuthDeg, double weight) {
    private static final Pattern SEGMENTED = Pattern.compile("super.?x|quad|dual");
    private static final Pattern ELEVATION = Pattern.compile("elevation\\s*[=:]?\\s*([-+]?[0-9.]+)\\s*(?:deg|°)");
    private static final Pattern AZIMUTH = Pattern.compile("azimuth\\s*[=:]?\\s*([-+]?[0-9.]+)\\s*(?:deg|°)");

    public DetectorDirection {
        if (!(Math.abs(elevationDeg) <= 90)) {
            throw new IllegalArgumentException("detector elevation " + elevationDeg + "° is not within ±90°");
        }
        if (!(Math.abs(azimuthDeg) <= 360)) {
            throw new IllegalArgumentException("detector azimuth " + azimuthDeg + "° is not within ±360°");
        }
        if (!(weight > 0) || Double.isInfinite(weight)) {
            throw new IllegalArgumentException("detector weight " + weight + " is not a positive number");
        }
    }

    /** One of several detectors that see alike, or the only one. */
    public static DetectorDirection of(double elevationDeg, double azimuthDeg) {
        return new DetectorDirection(elevationDeg, azimuthDeg, 1);
    }

    /**
     * What a file says of a detector in words, such as {@code "XFlash 6, elevation 18.0 deg, azimuth 45.0 deg"}; empty
     * unless both angles stand there, and for a detector of several segments (Super-X), which one direction does not
     * describe.
     */
    public static Optional<DetectorDirection> in(String words) {
        String lower = words.toLowerCase(Locale.ROOT);
        if (SEGMENTED.matcher(lower).find()) {
            return Optional.empty();
        }
        Matcher elevation = ELEVATION.matcher(lower);
        Matcher azimuth = AZIMUTH.matcher(lower);
        if (!elevation.find() || !azimuth.find()) {
            return Optional.empty();
        }
        try {
            return Optional.of(of(Double.parseDouble(elevation.group(1)), Double.parseDouble(azimuth.group(1))));
        } catch (IllegalArgumentException e) { // no number, or no angle
            return Optional.empty();
        }
    }

    /** The unit vector from specimen to detector in the specimen's own frame at a tilt: {@code {z, y, x}}. */
    public double[] inSpecimen(double tiltDeg) {
        double elevation = Math.toRadians(elevationDeg);
        double azimuth = Math.toRadians(azimuthDeg);
        double tilt = Math.toRadians(tiltDeg);
        double u = Math.cos(elevation) * Math.cos(azimuth);
        double y = Math.cos(elevation) * Math.sin(azimuth);
        double w = -Math.sin(elevation);
        return new double[] {-u * Math.sin(tilt) + w * Math.cos(tilt), y, u * Math.cos(tilt) + w * Math.sin(tilt)};
    }
}
