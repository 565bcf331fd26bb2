package org.hyalite.spectra;

/**
 * How the amplitudes of {@link Method#FIT} are estimated. Both fit the same columns to the same channels.
 */
public enum Estimator {
    /**
     * Weighted linear least squares with weights common to the map, 1 / (sum spectrum's fitted model): every amplitude
     * is a fixed filter of the pixel's counts. Exactly unbiased however few the counts, hence negative in half of the
     * pixels that hold none of the element; its variance is a few per cent above the Cramér–Rao bound. The default,
     * because everything that follows (cross sections, projections) is linear in the counts.
     */
    LINEAR("linear"),
    /**
     * The maximum of the Poisson likelihood with every amplitude ≥ 0. Smallest scatter, never negative, and therefore
     * biased: upwards for a line of which a pixel holds little or nothing, and its overlapped neighbours downwards.
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
