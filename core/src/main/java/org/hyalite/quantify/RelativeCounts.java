package org.hyalite.quantify;

import org.hyalite.grid.Image;
import org.hyalite.physics.Element;

/**
 * Net counts of one element, {@code [y, x]}, at one tilt, the tilt gain taken out: what there is without a calibration.
 * They are counts, never atoms, and those of two elements cannot be compared as atoms.
 *
 * @param element which element
 * @param counts counts of all its lines
 * @param standardError from the counting errors, counts
 */
public record RelativeCounts(Element element, Image counts, Image standardError) {
    public RelativeCounts {
        if (counts.ny() != standardError.ny() || counts.nx() != standardError.nx()) {
            throw new IllegalArgumentException("counts of " + counts.ny() + " × " + counts.nx()
                    + " pixels with errors of " + standardError.ny() + " × " + standardError.nx());
        }
    }
}
