package org.hyalite.align;

import java.util.Locale;

/**
 * An image that was left out, since nothing explains it.
 *
 * @param tiltDeg its tilt, degrees
 * @param reason what was found, for people
 */
public record Refused(double tiltDeg, String reason) {
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "the image at %.1f° is left out: %s", tiltDeg, reason);
    }
}
