package org.hyalite.physics;

import com.github.tschoonj.xraylib.Xraylib;

/** How strongly matter attenuates X-rays: xraylib's total cross sections (photo-ionisation and scattering), with edges. */
public final class Attenuation {
    /** The tables begin at 0.1 keV. */
    private static final double LEAST_KEV = 0.101;

    private Attenuation() {}

    /**
     * Mass attenuation coefficient {@code μ/ρ}, cm²/g. Below 0.101 keV, where the tables end, it is that of 0.101 keV.
     *
     * @param energyKeV photon energy, keV
     */
    public static double perMass(Element element, double energyKeV) {
        return Xraylib.CS_Total(element.atomicNumber(), Math.max(energyKeV, LEAST_KEV));
    }
}
