package org.hyalite.quantify;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.hyalite.grid.Image;
import org.hyalite.grid.LineMap;
import org.hyalite.physics.Dose;
import org.hyalite.physics.Element;
import org.hyalite.physics.LineFactors;
import org.hyalite.physics.Uncertain;
import org.hyalite.physics.XrayLine;
import org.hyalite.physics.Zeta;
import org.hyalite.quantify.Composition.Measured;
import org.hyalite.quantify.Composition.Part;
import org.hyalite.quantify.Composition.Total;

/**
 * Composition of maps from net counts: by Cliff–Lorimer with k-factors, {@code C_i = k_i I_i / Σ k_j I_j} by weight
 * (Cliff and Lorimer (1975), J. Microsc. 103, 203); by ζ-factors, the same fractions and the mass thickness
 * {@code ρt = Σ ζ_j I_j / D} with D electrons per pixel (Watanabe and Williams (2006), J. Microsc. 221, 89); by cross
 * sections, the same again with {@code ζ = M / (σ N_A)} and atoms per area. The elements measured are taken as all there
 * is, and absorption is left alone.
 *
 * <p>Lines and factors are matched by {@link XrayLine}. Counts of an element's lines are added, its factor then being
 * {@code 1 / Σ (1/ζ)}. Errors of the counts of different lines are taken as independent.
 */
public final class CompositionQuantifier {
    /** Standard errors by which a pixel's mass must differ from nothing. */
    public static final double USUAL_SIGNIFICANCE = 3;

    private final LineFactors factors;
    private final double significance;

    private CompositionQuantifier(LineFactors factors, double significance) {
        this.factors = factors;
        this.significance = significance;
    }

    /** Quantifies with these factors; fractions are stated where there is mass at three standard errors. */
    public static CompositionQuantifier of(LineFactors factors) {
        return new CompositionQuantifier(factors, USUAL_SIGNIFICANCE);
    }

    /** The same with another significance; 0 states a composition wherever there is mass above zero. */
    public CompositionQuantifier withSignificance(double standardErrors) {
        if (!(standardErrors >= 0)) {
            throw new IllegalArgumentException("significance " + standardErrors + " is below 0");
        }
        return new CompositionQuantifier(factors, standardErrors);
    }

    /** One element: the sum of its lines' counts, its mass per count, the relative error of that. */
    private record Row(Element element, double[] counts, double[] variance, double mass, Optional<Double> error) {}

    /**
     * The composition of one map.
     *
     * @param maps net counts of lines, {@code [y, x]}, all of one size; each must have a factor
     * @param dose of a pixel; without it there is no mass thickness
     * @throws IllegalArgumentException if a line has no factor or stands twice, or sizes differ
     */
    public Composition quantify(List<LineMap> maps, Optional<Dose> dose) {
        List<Row> rows = rows(maps);
        Image like = maps.get(0).counts();
        int pixels = like.values().length;
        int n = rows.size();
        Image stated = Image.zeros(like.ny(), like.nx(), like.pixelNm());
        Optional<Dose> used = factors.kind().relative() ? Optional.empty() : dose;
        Measured[] weight = new Measured[n];
        Measured[] atomic = new Measured[n];
        for (int e = 0; e < n; e++) {
            weight[e] = empty(like);
            atomic[e] = empty(like);
        }
        double[] mass = new double[n];
        double[] massError = new double[n];
        double[] atoms = new double[n];
        double[] atomsError = new double[n];
        int pixelsStated = 0;
        for (int i = 0; i < pixels; i++) {
            for (int e = 0; e < n; e++) {
                Row row = rows.get(e);
                mass[e] = row.mass() * row.counts()[i];
                massError[e] = row.mass() * Math.sqrt(row.variance()[i]);
                atoms[e] = mass[e] / row.element().molarMass();
                atomsError[e] = massError[e] / row.element().molarMass();
            }
            double total = Shares.sum(mass);
            if (!(total > 0 && total >= significance * Shares.length(massError) && Shares.sum(atoms) > 0)) {
                continue;
            }
            stated.values()[i] = 1;
            pixelsStated++;
            for (int e = 0; e < n; e++) {
                put(weight[e], i, Shares.share(mass, massError, e));
                put(atomic[e], i, Shares.share(atoms, atomsError, e));
            }
        }
        Map<Element, Part> parts = new LinkedHashMap<>();
        List<Total> totals = totals(rows);
        for (int e = 0; e < n; e++) {
            Row row = rows.get(e);
            Optional<Measured> areal =
                    used.map(d -> scaled(like, row, Zeta.atomsPerNm2(row.element(), row.mass() / d.electrons())));
            parts.put(row.element(), new Part(weight[e], atomic[e], areal, totals.get(e)));
        }
        return new Composition(parts, used.map(d -> thickness(like, rows, d)), stated, pixelsStated);
    }

    private List<Row> rows(List<LineMap> maps) {
        if (maps.isEmpty()) {
            throw new IllegalArgumentException("no counts of any line");
        }
        Set<XrayLine> seen = new HashSet<>();
        Map<Element, List<LineMap>> byElement = new TreeMap<>();
        Image first = maps.get(0).counts();
        for (LineMap map : maps) {
            factors.factor(map.line());
            if (!seen.add(map.line())) {
                throw new IllegalArgumentException("two maps of " + map.line());
            }
            if (map.counts().ny() != first.ny() || map.counts().nx() != first.nx()) {
                throw new IllegalArgumentException("map of " + map.line() + " is "
                        + map.counts().ny() + " × " + map.counts().nx() + " pixels, expected ny × nx = " + first.ny()
                        + " × " + first.nx());
            }
            byElement
                    .computeIfAbsent(map.line().element(), e -> new ArrayList<>())
                    .add(map);
        }
        List<Row> rows = new ArrayList<>();
        byElement.forEach((element, own) -> rows.add(row(element, own)));
        return rows;
    }

    private Row row(Element element, List<LineMap> maps) {
        double[] counts = new double[maps.get(0).counts().values().length];
        double[] variance = new double[counts.length];
        double perMass = 0;
        Optional<Double> error = Optional.of(0.0);
        for (LineMap map : maps) {
            for (int i = 0; i < counts.length; i++) {
                counts[i] += map.counts().values()[i];
                double e = map.standardError().values()[i];
                variance[i] += e * e;
            }
            double inverse = 1 / factors.mass(map.line());
            perMass += inverse;
            // as in Quantifier: what moves one line's factor (thickness, threshold) moves those of all its lines
            Optional<Double> own = factors.ownError(map.line());
            error = error.flatMap(sum -> own.map(r -> sum + r * inverse));
        }
        double total = perMass;
        return new Row(element, counts, variance, 1 / perMass, error.map(sum -> sum / total));
    }

    private static List<Total> totals(List<Row> rows) {
        int n = rows.size();
        double[] mass = new double[n];
        double[] massError = new double[n];
        double[] atoms = new double[n];
        double[] atomsError = new double[n];
        List<Uncertain> counts = new ArrayList<>();
        for (int e = 0; e < n; e++) {
            Row row = rows.get(e);
            Uncertain total = new Uncertain(Shares.sum(row.counts()), Math.sqrt(Shares.sum(row.variance())));
            counts.add(total);
            mass[e] = row.mass() * total.value();
            massError[e] = row.mass() * total.standardError();
            atoms[e] = mass[e] / row.element().molarMass();
            atomsError[e] = massError[e] / row.element().molarMass();
        }
        if (!(Shares.sum(mass) > 0)) {
            throw new IllegalArgumentException("the counts of all lines add up to nothing: there is no composition");
        }
        List<Optional<Double>> relative = rows.stream().map(Row::error).toList();
        List<Total> totals = new ArrayList<>();
        for (int e = 0; e < n; e++) {
            totals.add(new Total(
                    counts.get(e),
                    Shares.share(mass, massError, e),
                    Shares.systematic(mass, relative, e),
                    Shares.share(atoms, atomsError, e),
                    Shares.systematic(atoms, relative, e)));
        }
        return totals;
    }

    private static Measured thickness(Image like, List<Row> rows, Dose dose) {
        Measured sum = empty(like);
        for (int i = 0; i < like.values().length; i++) {
            double mass = 0;
            double variance = 0;
            for (Row row : rows) {
                mass += row.mass() * row.counts()[i];
                variance += row.mass() * row.mass() * row.variance()[i];
            }
            sum.value().values()[i] = (float) (mass / dose.electrons());
            sum.standardError().values()[i] = (float) (Math.sqrt(variance) / dose.electrons());
        }
        return sum;
    }

    private static Measured scaled(Image like, Row row, double factor) {
        Measured all = empty(like);
        for (int i = 0; i < like.values().length; i++) {
            all.value().values()[i] = (float) (factor * row.counts()[i]);
            all.standardError().values()[i] = (float) (factor * Math.sqrt(row.variance()[i]));
        }
        return all;
    }

    private static Measured empty(Image like) {
        return new Measured(
                Image.zeros(like.ny(), like.nx(), like.pixelNm()), Image.zeros(like.ny(), like.nx(), like.pixelNm()));
    }

    private static void put(Measured into, int pixel, Uncertain value) {
        into.value().values()[pixel] = (float) value.value();
        into.standardError().values()[pixel] = (float) value.standardError();
    }
}
