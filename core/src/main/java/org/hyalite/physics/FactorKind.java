package org.hyalite.physics;

import java.util.Arrays;
import java.util.stream.Collectors;

/** What a sensitivity factor of a line says. All four are conversions of each other (see {@link LineFactors}). */
public enum FactorKind {
    /** Partial cross section σ, barn: counts = electrons · σ · atoms per area. */
    SIGMA("sigma", "sigma_barn", "barn"),
    /** ζ, kg/m²: mass per area = ζ · counts / electrons. */
    ZETA("zeta", "zeta_kg_per_m2", "kg/m²"),
    /** Cliff–Lorimer factor by weight: {@code C_A / C_ref = k I_A / I_ref}, C in weight %. */
    K_WEIGHT("k", "k_weight", "by weight"),
    /** Cliff–Lorimer factor by atoms: the same with C in atomic %. */
    K_ATOMIC("k-atomic", "k_atomic", "by atoms");

    private final String label;
    private final String key;
    private final String unit;

    FactorKind(String label, String key, String unit) {
        this.label = label;
        this.key = key;
        this.unit = unit;
    }

    /** The name on the command line. */
    public String label() {
        return label;
    }

    /** The name of the value in files; its unit, or by what a ratio is meant, is part of it. */
    public String key() {
        return key;
    }

    public String unit() {
        return unit;
    }

    /** Whether such factors are ratios to those of a reference line. */
    public boolean relative() {
        return this == K_WEIGHT || this == K_ATOMIC;
    }

    /** The kind of a name as {@code zeta}. */
    public static FactorKind of(String label) {
        for (FactorKind kind : values()) {
            if (kind.label.equals(label)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("unknown kind of factor '" + label + "'; known: "
                + Arrays.stream(values()).map(FactorKind::label).collect(Collectors.joining(", ")));
    }
}
