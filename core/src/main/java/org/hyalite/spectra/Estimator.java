package org.hyalite.spectra;

/**
 * How the amplitudes of {@link Method#FIT} are estimated. Both fit the same columns to the same channels.
 */
public enum Estimator {
    /**
     * Weighted linear least squares with weights common to the map, 1 / (sum spectrum's fitted model): every amplitude
     * is a fixed filter of the pixel's counts. Unbiased however few the counts, hence negative in half of the pixels that
     * hold none of the element. Its scatter over the Cramér–Rao bound, measured on Co–Zn–Cu mixtures of 20 to 500 counts:
     * 0 to 3 % above where the line is present, 3 to 18 % where it is absent. The default, because everything that
     * follows (cross sections, projections) is linear in the counts.
     */
    LINEAR("linear"),
    /**
     * The maximum of the Poisson likelihood with every amplitude ≥ 0. Smallest scatter, never negative, and therefore
     * biased: in spectra of 130 counts a line that is absent gets 0.4 counts on average and a line of half a count gets
     * 0.75; of three counts and more, at most 3 %. The maps of a real tilt series of 14 counts a pixel added up to 20 to
     * 40 % too much, sulphur under platinum to four times its counts.
     */
    POISSON("poisson");

    private final String label;

    Estimator(String label) {
        this.label = label;
    }

    /** The name in reports: {@code poisson}. */
    public String label() {
        return label;
    }
}
