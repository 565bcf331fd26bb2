package org.hyalite.physics;

/**
 * A partial ionisation cross section: ionisation, yield, detector and holder in one number.
 *
 * @param barn {@code σ}, barn
 * @param standardErrorBarn its standard error, barn; zero if it is given as exact
 */
public record CrossSection(double barn, double standardErrorBarn) {
    public CrossSection {
        if (!(barn > 0) || Double.isInfinite(barn)) {
            throw new IllegalArgumentException("cross section " + barn + " b is not a positive number");
        }
        if (!(standardErrorBarn >= 0)) {
            throw new IllegalArgumentException("standard error " + standardErrorBarn + " b of a cross section");
        }
    }

    /** {@code σ} in nm². */
    public double nm2() {
        return barn * Units.NM2_PER_BARN;
    }
}
