package org.hyalite.grid;

import org.hyalite.physics.XrayLine;

/**
 * Net counts of one X-ray line at every pixel of one map, {@code [y, x]}.
 *
 * @param line which line
 * @param counts net counts; may be negative where the estimator allows it
 * @param standardError their standard error, counts
 */
public record LineMap(XrayLine line, Image counts, Image standardError) {
    public LineMap {
        if (counts.ny() != standardError.ny() || counts.nx() != standardError.nx()) {
            throw new IllegalArgumentException("counts of " + counts.ny() + " × " + counts.nx()
                    + " pixels with errors of " + standardError.ny() + " × " + standardError.nx());
        }
    }
}
