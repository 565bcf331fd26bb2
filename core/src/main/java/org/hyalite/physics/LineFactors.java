package org.hyalite.physics;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Sensitivity factors of X-ray lines, all of one kind, looked up by line and never by order. With M the molar mass,
 * {@code ζ = M / (σ N_A)}, {@code k = ζ / ζ_ref} by weight and {@code σ_ref / σ} by atoms (Cliff and Lorimer (1975),
 * J. Microsc. 103, 203; Watanabe and Williams (2006), J. Microsc. 221, 89).
 *
 * <p>Standard errors: those of different lines are taken as independent where factors are converted. So
 * {@code (s_k/k)² = r² + r_ref²}, r the relative error of the line's own factor, and all k of a table share the
 * reference line's {@code r_ref}: the correlation of two of them is {@code r_ref² / √((r_a² + r_ref²)(r_b² + r_ref²))}
 * (see {@link #correlation}).
 */
public final class LineFactors {
    /**
     * The factor of one line.
     *
     * @param value in the unit of the table's kind, positive
     * @param standardError in the same unit; empty if nobody knows it
     */
    public record Factor(double value, Optional<Double> standardError) {
        public Factor {
            if (!(value > 0) || Double.isInfinite(value)) {
                throw new IllegalArgumentException("the factor " + value + " is not a positive number");
            }
            standardError.ifPresent(e -> {
                if (!(e >= 0) || Double.isInfinite(e)) {
                    throw new IllegalArgumentException("the standard error " + e + " is not a number from 0 up");
                }
            });
        }

        /** The error as a share of the value, if it is known. */
        public Optional<Double> relativeError() {
            return standardError.map(e -> e / value);
        }

        private static Factor of(double value, Optional<Double> relativeError) {
            return new Factor(value, relativeError.map(r -> r * value));
        }
    }

    private final FactorKind kind;
    private final Map<XrayLine, Factor> factors;
    private final Optional<XrayLine> reference;
    private final Optional<Double> referenceError;

    private LineFactors(
            FactorKind kind,
            Map<XrayLine, Factor> factors,
            Optional<XrayLine> reference,
            Optional<Double> referenceError) {
        if (factors.isEmpty()) {
            throw new IllegalArgumentException("a table of factors without any line");
        }
        this.kind = kind;
        this.factors = Collections.unmodifiableMap(new LinkedHashMap<>(factors));
        this.reference = reference;
        this.referenceError = referenceError;
    }

    /** σ in barn or ζ in kg/m², by line; the map is copied. */
    public static LineFactors absolute(FactorKind kind, Map<XrayLine, Factor> factors) {
        if (kind.relative()) {
            throw new IllegalArgumentException(kind.key() + " has a reference line: use relative");
        }
        return new LineFactors(kind, factors, Optional.empty(), Optional.empty());
    }

    /** Cross sections; a standard error of zero is taken as exact. */
    public static LineFactors of(Map<XrayLine, CrossSection> crossSections) {
        Map<XrayLine, Factor> factors = new LinkedHashMap<>();
        crossSections.forEach(
                (line, sigma) -> factors.put(line, new Factor(sigma.barn(), Optional.of(sigma.standardErrorBarn()))));
        return absolute(FactorKind.SIGMA, factors);
    }

    /**
     * k-factors, by line; the map is copied.
     *
     * @param reference the line whose k is 1; it must be in the map
     * @param referenceError relative standard error of the reference line's own factor, which all k share; empty if it
     *     is not known, and the k are then taken as independent
     */
    public static LineFactors relative(
            FactorKind kind, Map<XrayLine, Factor> factors, XrayLine reference, Optional<Double> referenceError) {
        if (!kind.relative()) {
            throw new IllegalArgumentException(kind.key() + " has no reference line: use absolute");
        }
        Factor one = factors.get(reference);
        if (one == null || Math.abs(one.value() - 1) > 1e-9) {
            throw new IllegalArgumentException(kind.key() + " of the reference line " + reference + " is "
                    + (one == null ? "missing" : one.value()) + ", expected 1");
        }
        return new LineFactors(kind, factors, Optional.of(reference), referenceError);
    }

    public FactorKind kind() {
        return kind;
    }

    /** The factors by line, in the order they were given; not to be changed. */
    public Map<XrayLine, Factor> factors() {
        return factors;
    }

    /** The line that k-factors are relative to. */
    public Optional<XrayLine> reference() {
        return reference;
    }

    /** Relative standard error of the reference line's own factor, which is a part of every k's error. */
    public Optional<Double> referenceError() {
        return referenceError;
    }

    /** The factor of a line, or a refusal that names those there are. */
    public Factor factor(XrayLine line) {
        Factor found = factors.get(line);
        if (found == null) {
            throw new IllegalArgumentException("no " + kind.key() + " of " + line + "; there are "
                    + factors.keySet().stream().map(XrayLine::name).collect(Collectors.joining(", ")));
        }
        return found;
    }

    /**
     * Relative standard error of a line's own factor: without the reference line's share where the table holds k-factors
     * and says what that is. Empty if no error is known.
     */
    public Optional<Double> ownError(XrayLine line) {
        Optional<Double> relative = factor(line).relativeError();
        double shared = referenceError.orElse(0.0);
        return reference.filter(line::equals).isPresent()
                ? Optional.of(shared)
                : relative.map(r -> Math.sqrt(Math.max(0, r * r - shared * shared)));
    }

    /** Correlation of the errors of two k-factors; 0 for absolute factors, or where no shared error is known. */
    public double correlation(XrayLine a, XrayLine b) {
        if (a.equals(b)) {
            return 1;
        }
        boolean withReference =
                reference.filter(r -> r.equals(a) || r.equals(b)).isPresent();
        double shared = referenceError.orElse(0.0);
        double product = factor(a).relativeError().orElse(0.0)
                * factor(b).relativeError().orElse(0.0);
        return withReference || product == 0 ? 0 : Math.min(1, shared * shared / product);
    }

    /**
     * The same as ζ or σ.
     *
     * @throws IllegalStateException if these are k-factors, whose scale needs a reference: see {@link #scaledBy}
     */
    public LineFactors toAbsolute(FactorKind other) {
        if (kind.relative()) {
            throw new IllegalStateException(
                    "k-factors have no scale; give the " + other.key() + " of " + reference.orElseThrow());
        }
        if (other.relative()) {
            throw new IllegalArgumentException(other.key() + " is relative to a line: use toRelative");
        }
        Map<XrayLine, Factor> converted = new LinkedHashMap<>();
        factors.forEach((line, f) ->
                converted.put(line, Factor.of(absolute(line, f.value(), kind, other), f.relativeError())));
        return absolute(other, converted);
    }

    /**
     * The same as k-factors relative to a line of this table. Known errors are propagated as the class says; the reference
     * line's k is exactly 1.
     */
    public LineFactors toRelative(FactorKind other, XrayLine to) {
        double unit = mass(to);
        Optional<Double> shared = ownError(to);
        Map<XrayLine, Factor> converted = new LinkedHashMap<>();
        for (XrayLine line : factors.keySet()) {
            double byWeight = mass(line) / unit;
            double value = other == FactorKind.K_WEIGHT
                    ? byWeight
                    : byWeight * to.element().molarMass() / line.element().molarMass();
            Optional<Double> relative = ownError(line).flatMap(r -> shared.map(s -> Math.hypot(r, s)));
            converted.put(line, line.equals(to) ? new Factor(1, Optional.of(0.0)) : Factor.of(value, relative));
        }
        return relative(other, converted, to, shared);
    }

    /**
     * k-factors as ζ or σ, by what the reference line's is. That is taken as measured independently of the k: its error is
     * added to all of theirs.
     */
    public LineFactors scaledBy(FactorKind other, Factor ofReference) {
        XrayLine one = reference.orElseThrow(() -> new IllegalStateException(kind.key() + " needs no scale"));
        double zeta = absolute(one, ofReference.value(), other, FactorKind.ZETA);
        Map<XrayLine, Factor> converted = new LinkedHashMap<>();
        factors.forEach((line, f) -> {
            double value = absolute(line, mass(line) / mass(one) * zeta, FactorKind.ZETA, other);
            Optional<Double> relative = line.equals(one)
                    ? ofReference.relativeError()
                    : f.relativeError().flatMap(r -> ofReference.relativeError().map(s -> Math.hypot(r, s)));
            converted.put(line, Factor.of(value, relative));
        });
        return absolute(other, converted);
    }

    /**
     * Mass per count of a line: ζ, kg/m², or what is proportional to it where only ratios are known. A factor of an element
     * of several lines is {@code 1 / Σ (1/ζ)}, since their counts are added.
     */
    public double mass(XrayLine line) {
        double value = factor(line).value();
        return switch (kind) {
            case SIGMA, ZETA -> absolute(line, value, kind, FactorKind.ZETA);
            case K_WEIGHT -> value;
            case K_ATOMIC ->
                value
                        * line.element().molarMass()
                        / reference.orElseThrow().element().molarMass();
        };
    }

    /** The same lines, sorted by element and family, for tables that people read. */
    public Map<XrayLine, Factor> sorted() {
        return new TreeMap<>(factors);
    }

    private static double absolute(XrayLine line, double value, FactorKind from, FactorKind to) {
        if (from == to) {
            return value;
        }
        return to == FactorKind.ZETA
                ? Zeta.kgPerM2(line.element(), new CrossSection(value, 0))
                : Zeta.crossSection(line.element(), value, 0).barn();
    }
}
