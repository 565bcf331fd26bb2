package org.hyalite.physics;

/**
 * Cross sections as ζ-factors: {@code ζ = M / (σ N_A)}, kg/m² (Watanabe and Williams (2006), J. Microsc. 221, 89;
 * MacArthur et al. (2016), Microsc. Microanal. 22, 71). The ratio of two ζ is a k-factor.
 */
public final class Zeta {
    /** A gram in kg. */
    private static final double KG_PER_GRAM = 1e-3;

    private static final double M2_PER_BARN = Units.NM2_PER_BARN / (Units.NM_PER_M * Units.NM_PER_M);

    private Zeta() {}

    /** {@code ζ} of a line of an element, kg/m². */
    public static double kgPerM2(Element element, CrossSection crossSection) {
        return atomKg(element) / (crossSection.barn() * M2_PER_BARN);
    }

    /**
     * The cross section of a {@code ζ}, with the same relative error.
     *
     * @param kgPerM2 {@code ζ}, kg/m²
     * @param standardErrorKgPerM2 its standard error, kg/m²
     */
    public static CrossSection crossSection(Element element, double kgPerM2, double standardErrorKgPerM2) {
        if (!(kgPerM2 > 0) || Double.isInfinite(kgPerM2)) {
            throw new IllegalArgumentException("zeta " + kgPerM2 + " kg/m² is not a positive number");
        }
        double barn = atomKg(element) / (kgPerM2 * M2_PER_BARN);
        return new CrossSection(barn, barn * standardErrorKgPerM2 / kgPerM2);
    }

    /** Atoms of an element in a mass per area: kg/m² to atoms/nm². */
    public static double atomsPerNm2(Element element, double kgPerM2) {
        return kgPerM2 / (atomKg(element) * Units.NM_PER_M * Units.NM_PER_M);
    }

    /** Mass of one atom, kg. */
    private static double atomKg(Element element) {
        return element.molarMass() * KG_PER_GRAM / Units.AVOGADRO_PER_MOL;
    }
}
