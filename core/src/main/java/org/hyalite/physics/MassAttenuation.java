package org.hyalite.physics;

import com.github.tschoonj.xraylib.Xraylib;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How much X-rays are weakened by matter, from xraylib (photoelectric absorption, elastic and inelastic scattering):
 * {@code dI = −I n s dl}, n in atoms/nm³ and s in nm². The photons of an atom's unmeasured neighbours are lost with its
 * own: a metal with six carbon atoms around it has the s of all seven.
 */
public final class MassAttenuation {
    /** Where xraylib's tables begin, keV. */
    private static final double LOWEST_KEV = 0.1;

    private static final double WITHIN_KEV = 0.101;

    private MassAttenuation() {}

    /** Attenuation cross section of an atom at an energy, nm². */
    public static double nm2PerAtom(Element element, double energyKeV) {
        return Xraylib.CSb_Total(element.atomicNumber(), energyKeV) * Units.NM2_PER_BARN;
    }

    /** Mass attenuation coefficient {@code μ/ρ}, cm²/g; below 0.101 keV, where the tables end, that of 0.101 keV. */
    public static double cm2PerGram(Element element, double energyKeV) {
        return Xraylib.CS_Total(element.atomicNumber(), Math.max(energyKeV, WITHIN_KEV));
    }

    /**
     * Attenuation cross section of an atom with its matrix for a line, nm²: the mean over the line's components, by their
     * weights.
     *
     * @param perAtom atoms of each matrix element that come with one atom of {@code element}; may be empty
     */
    public static double nm2PerAtom(Element element, Map<Element, Double> perAtom, XrayLine line) {
        Map<Element, Double> all = new LinkedHashMap<>(perAtom);
        all.merge(element, 1.0, Double::sum);
        double sum = 0;
        double weights = 0;
        for (XrayLine.Component component : line.components()) {
            if (component.energyKeV() < LOWEST_KEV) {
                continue; // softer than any detector sees
            }
            weights += component.weight();
            for (Map.Entry<Element, Double> part : all.entrySet()) {
                sum += component.weight() * part.getValue() * nm2PerAtom(part.getKey(), component.energyKeV());
            }
        }
        if (!(weights > 0)) {
            throw new IllegalArgumentException(
                    line + " lies below " + LOWEST_KEV + " keV, where tables of absorption begin");
        }
        return sum / weights;
    }

    /**
     * Mean transmission of X-rays that come from all depths of a slab alike, of optical thickness {@code μ t}:
     * {@code (1 − e^{−μt}) / (μt)}.
     */
    public static double ofSlab(double opticalThickness) {
        if (!(opticalThickness >= 0)) {
            throw new IllegalArgumentException("optical thickness " + opticalThickness + " is below zero");
        }
        return opticalThickness < 1e-8 ? 1 - opticalThickness / 2 : -Math.expm1(-opticalThickness) / opticalThickness;
    }
}
