package org.hyalite.physics;

/**
 * The electrons that one pixel received.
 *
 * @param currentNa beam current {@code i}, nA
 * @param dwellS live (dwell) time per pixel {@code τ}, s
 */
public record Dose(double currentNa, double dwellS) {
    public Dose {
        if (!(currentNa > 0) || Double.isInfinite(currentNa)) {
            throw new IllegalArgumentException("beam current " + currentNa + " nA is not a positive number");
        }
        if (!(dwellS > 0) || Double.isInfinite(dwellS)) {
            throw new IllegalArgumentException("dwell time " + dwellS + " s is not a positive number");
        }
    }

    /** {@code τ i / e}: electrons per pixel. */
    public double electrons() {
        return currentNa * Units.AMPERE_PER_NANOAMPERE * dwellS / Units.ELEMENTARY_CHARGE_C;
    }

    /** The dose of a pixel made of {@code bin × bin} such pixels. */
    public Dose binned(int bin) {
        return new Dose(currentNa, dwellS * bin * bin);
    }

    /**
     * Counts expected from a slab, Collins et al. (2019), APL Mater. 7, 091111, Eq. (1): {@code I = (τ i / e) ρ σ t}.
     *
     * @param densityPerNm3 {@code ρ}, atoms/nm³
     * @param crossSection {@code σ}
     * @param thicknessNm {@code t}, nm
     */
    public double counts(double densityPerNm3, CrossSection crossSection, double thicknessNm) {
        return electrons() * densityPerNm3 * crossSection.nm2() * thicknessNm;
    }
}
