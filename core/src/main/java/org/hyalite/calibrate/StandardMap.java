package org.hyalite.calibrate;

import org.hyalite.grid.Image;
import org.hyalite.physics.Dose;
import org.hyalite.physics.Units;

/**
 * What one particle of a standard gives at zero tilt: counts of a line and thickness, {@code [y, x]} on one grid.
 *
 * @param name the particle's name
 * @param counts net counts per pixel
 * @param standardError their standard error, counts
 * @param thicknessNm thickness along the beam, nm
 * @param densityPerNm3 reference density of the line's element, atoms/nm³
 * @param dose electrons per pixel
 */
public record StandardMap(
        String name, Image counts, Image standardError, Image thicknessNm, double densityPerNm3, Dose dose) {
    public StandardMap {
        requireSize(name, "standard errors", counts, standardError);
        requireSize(name, "thickness", counts, thicknessNm);
        if (!(densityPerNm3 > 0) || Double.isInfinite(densityPerNm3)) {
            throw new IllegalArgumentException(
                    "standard " + name + ": density " + densityPerNm3 + " atoms/nm³ is not a positive number");
        }
        if (!(thicknessNm.pixelNm() > 0)) {
            throw new IllegalArgumentException("standard " + name + ": the thickness map's pixel size is not known");
        }
        requireFinite(name, "counts", counts);
        requireFinite(name, "standard errors", standardError);
        requireFinite(name, "thickness", thicknessNm);
    }

    /** {@code k = (τ i / e) ρ · 1e-10}: counts per barn and nm of thickness. */
    public double countsPerBarnNm() {
        return dose.electrons() * densityPerNm3 * Units.NM2_PER_BARN;
    }

    private static void requireSize(String name, String what, Image counts, Image other) {
        if (other.ny() != counts.ny() || other.nx() != counts.nx()) {
            throw new IllegalArgumentException("standard " + name + ": " + what + " of " + other.ny() + " × "
                    + other.nx() + " pixels, counts of " + counts.ny() + " × " + counts.nx());
        }
    }

    private static void requireFinite(String name, String what, Image image) {
        float[] values = image.values();
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw new IllegalArgumentException("standard " + name + ": " + what + " at y = " + i / image.nx()
                        + ", x = " + i % image.nx() + " is " + values[i]);
            }
        }
    }
}
