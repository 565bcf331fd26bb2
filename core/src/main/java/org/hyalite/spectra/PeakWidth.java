package org.hyalite.spectra;

/**
 * The width of a line, {@code FWHM(E)² = FWHM(Mn Kα)² + s · (E − 5898.7 eV)}, never below 25 eV: for resolutions under
 * 121 eV the law turns negative near 0 keV.
 *
 * @param mnKaEv full width at half maximum at Mn Kα, eV
 * @param slopeEv {@code s}, 2.5 eV for silicon
 */
record PeakWidth(double mnKaEv, double slopeEv) {
    static final double SILICON_SLOPE_EV = 2.5;
    static final double USUAL_EV = 130;

    private static final double MN_KA_EV = 5898.7;
    private static final double LEAST_EV = 25;
    private static final double FWHM_PER_SIGMA = 2 * Math.sqrt(2 * Math.log(2));

    /** Full width at half maximum at an energy, both keV. */
    double fwhmKeV(double energyKeV) {
        double square = mnKaEv * mnKaEv + slopeEv * (1000 * energyKeV - MN_KA_EV);
        return Math.sqrt(Math.max(square, LEAST_EV * LEAST_EV)) / 1000;
    }

    /** Standard deviation at an energy, both keV. */
    double sigmaKeV(double energyKeV) {
        return fwhmKeV(energyKeV) / FWHM_PER_SIGMA;
    }
}
