package org.hyalite.phantom;

import java.util.LinkedHashMap;
import java.util.Map;
import org.hyalite.physics.CrossSection;
import org.hyalite.physics.XrayLine;

/**
 * The paper's two microscopes, with the partial cross sections of its Table I (Collins et al. 2019, APL Mater. 7, 091111;
 * 80 kV, zero tilt). Lines that the table does not give are plausible for the same detector, and the same for both.
 */
public enum Instrument {
    /** FEI Titan at the Ernst Ruska-Centre, on which the flux-melted glass was recorded. */
    TITAN("ER-C Titan", 2.70, 0.36, 2.51, 0.30),
    /** FEI Osiris at Cambridge, on which the segregated blend was recorded. */
    OSIRIS("Cambridge Osiris", 3.38, 0.45, 2.48, 0.32);

    private final String label;
    private final Map<String, Double> barn = new LinkedHashMap<>();

    Instrument(String label, double coKa, double coKb, double znKa, double znKb) {
        this.label = label;
        barn.put("Co_Ka", coKa);
        barn.put("Co_Kb", coKb);
        barn.put("Co_La", 2.1);
        barn.put("Zn_Ka", znKa);
        barn.put("Zn_Kb", znKb);
        barn.put("Zn_La", 2.3);
        barn.put("C_Ka", 0.15);
        barn.put("N_Ka", 0.25);
    }

    /** The paper's name for it. */
    public String label() {
        return label;
    }

    /** The partial cross section of every line that the specimens give, exact. */
    public Map<XrayLine, CrossSection> crossSections() {
        Map<XrayLine, CrossSection> all = new LinkedHashMap<>();
        barn.forEach((line, value) -> all.put(XrayLine.of(line), new CrossSection(value, 0)));
        return all;
    }

    /** The partial cross section of a line, barn. */
    double barn(String line) {
        Double value = barn.get(line);
        if (value == null) {
            throw new IllegalArgumentException("the " + label + " gives no line " + line);
        }
        return value;
    }
}
