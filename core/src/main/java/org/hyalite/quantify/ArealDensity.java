package org.hyalite.quantify;

import org.hyalite.grid.Image;
import org.hyalite.physics.Element;

/**
 * Atoms of one element per area, {@code [y, x]}, at one tilt.
 *
 * @param element which element
 * @param atomsPerNm2 atoms/nm²; may be negative where the counts are
 * @param standardError from the counting errors alone, pixel by pixel, atoms/nm²
 * @param relativeSystematic what the cross sections' and the gain's errors move all pixels by together, as a share
 */
public record ArealDensity(Element element, Image atomsPerNm2, Image standardError, double relativeSystematic) {
    public ArealDensity {
        if (atomsPerNm2.ny() != standardError.ny() || atomsPerNm2.nx() != standardError.nx()) {
            throw new IllegalArgumentException("densities of " + atomsPerNm2.ny() + " × " + atomsPerNm2.nx()
                    + " pixels with errors of " + standardError.ny() + " × " + standardError.nx());
        }
        if (!(relativeSystematic >= 0)) {
            throw new IllegalArgumentException("relative systematic error " + relativeSystematic);
        }
    }
}
