package org.hyalite.calibrate;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.hyalite.physics.CrossSection;
import org.hyalite.physics.FactorKind;
import org.hyalite.physics.LineFactors;
import org.hyalite.physics.XrayLine;

/**
 * A table of sensitivity factors as text, JSON or CSV, one entry per line with {@code line} and {@code sigma_barn},
 * {@code zeta_kg_per_m2}, {@code k_weight} or {@code k_atomic}, and {@code standard_error} in the same unit where it is
 * known. A {@code calibration.json} is read as a table of cross sections.
 */
public final class FactorTable {
    private FactorTable() {}

    /**
     * Reads a table; JSON if it begins as such, else CSV.
     *
     * @throws IllegalArgumentException naming the place and what is wrong there
     */
    public static LineFactors read(String text) {
        String start = text.stripLeading();
        if (start.startsWith("\uFEFF")) {
            start = start.substring(1).stripLeading();
        }
        return start.startsWith("{") || start.startsWith("[") ? FactorJson.read(start) : FactorCsv.read(start);
    }

    /** The cross sections of a calibration. */
    public static LineFactors of(Calibration calibration) {
        Map<XrayLine, CrossSection> all = new LinkedHashMap<>();
        calibration.lines().forEach(l -> all.put(l.line(), l.crossSection()));
        return LineFactors.of(all);
    }

    /** As JSON, with kind, unit, reference line and what the errors mean. */
    public static String toJson(LineFactors factors) {
        return FactorJson.write(factors);
    }

    /** As CSV with a header; lines that begin with {@code #} say what the numbers are. */
    public static String toCsv(LineFactors factors) {
        return FactorCsv.write(factors);
    }

    /** What the numbers are by, in words. */
    public static String basis(FactorKind kind) {
        return switch (kind) {
            case SIGMA -> "atoms per area = counts / (electrons * sigma)";
            case ZETA -> "mass per area = zeta * counts / electrons; fractions that follow directly are by weight";
            case K_WEIGHT -> "C_A / C_ref = k * I_A / I_ref with C in weight %, not atomic %";
            case K_ATOMIC -> "C_A / C_ref = k * I_A / I_ref with C in atomic %, not weight %";
        };
    }

    /** What is known of the errors' correlation, in words. */
    public static String correlationInWords(LineFactors factors) {
        if (!factors.kind().relative()) {
            return "the standard errors of different lines are taken as independent";
        }
        return factors.referenceError().isPresent()
                ? "every k shares the reference line's relative standard error r: the correlation of k_a and k_b is r^2 / (s_a/k_a * s_b/k_b)"
                : "the share of the reference line in the errors is not known: the k are taken as independent";
    }

    /** The table of what was read: k-factors need their reference line, named or the only one with k = 1. */
    static LineFactors table(
            FactorKind kind,
            Map<XrayLine, LineFactors.Factor> factors,
            Optional<XrayLine> reference,
            Optional<Double> referenceError) {
        if (!kind.relative()) {
            return LineFactors.absolute(kind, factors);
        }
        if (reference.isPresent()) {
            return LineFactors.relative(kind, factors, reference.get(), referenceError);
        }
        var ones = factors.entrySet().stream()
                .filter(e -> e.getValue().value() == 1)
                .map(Map.Entry::getKey)
                .toList();
        if (ones.size() != 1) {
            throw new IllegalArgumentException(
                    ones.size() + " lines have a " + kind.key()
                            + " of 1; name the one that the others are relative to as 'reference' (in CSV: '# reference: Co_Ka')");
        }
        return LineFactors.relative(kind, factors, ones.get(0), referenceError);
    }
}
