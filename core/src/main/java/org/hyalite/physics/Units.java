package org.hyalite.physics;

/** The conversion constants of the project, all of them, each named for what it converts. */
public final class Units {
    /** One barn in nm²: 1 b = 1e-28 m² = 1e-10 nm². */
    public static final double NM2_PER_BARN = 1e-10;

    /** Elementary charge in coulomb (exact, SI 2019). */
    public static final double ELEMENTARY_CHARGE_C = 1.602176634e-19;

    /** Coulomb per second in one nanoampere. */
    public static final double AMPERE_PER_NANOAMPERE = 1e-9;

    /** Avogadro's number, 1/mol (exact, SI 2019). */
    public static final double AVOGADRO_PER_MOL = 6.02214076e23;

    public static final double NM_PER_UM = 1000;
    public static final double NM_PER_MM = 1e6;
    public static final double NM_PER_M = 1e9;
    public static final double NM_PER_ANGSTROM = 0.1;
    public static final double ANGSTROM_PER_NM = 10;
    public static final double EV_PER_KEV = 1000;

    private Units() {}
}
