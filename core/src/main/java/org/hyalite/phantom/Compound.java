package org.hyalite.phantom;

import org.hyalite.physics.Element;

/**
 * What comes with each metal atom of a zeolitic imidazolate framework: the atoms of its linkers.
 *
 * @param metal the metal
 * @param carbon carbon atoms per metal atom; likewise the others
 */
record Compound(Element metal, double carbon, double hydrogen, double nitrogen) {
    /** Co ZIF-4, Co(C3H3N2)2. */
    static final Compound CO_ZIF_4 = new Compound(Element.of("Co"), 6, 6, 4);

    /** ZIF-62, Zn(C3H3N2)1.75(C7H5N2)0.25. */
    static final Compound ZIF_62 = new Compound(Element.of("Zn"), 7, 6.5, 4);

    /** ZIF-67, Co(C4H5N2)2. */
    static final Compound ZIF_67 = new Compound(Element.of("Co"), 8, 10, 4);

    static final int CARBON_Z = 6;
    private static final int HYDROGEN_Z = 1;
    private static final int NITROGEN_Z = 7;

    /** {@code Σ Z^p} over a metal atom and its linkers: what it scatters (p = 1.7) or slows electrons by (p = 2). */
    double atomicNumbersToThe(double p) {
        return StrictMath.pow(metal.atomicNumber(), p)
                + carbon * StrictMath.pow(CARBON_Z, p)
                + hydrogen * StrictMath.pow(HYDROGEN_Z, p)
                + nitrogen * StrictMath.pow(NITROGEN_Z, p);
    }
}
