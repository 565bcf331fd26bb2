package org.hyalite.study;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import org.hyalite.grid.Image;
import org.hyalite.grid.LineMap;
import org.hyalite.grid.SpectrumImage;
import org.hyalite.phantom.KnownSpectra;
import org.hyalite.phantom.KnownSpectra.Mixture;
import org.hyalite.physics.XrayLine;
import org.hyalite.progress.Progress;
import org.hyalite.spectra.Estimator;
import org.hyalite.spectra.FitSettings;
import org.hyalite.spectra.LineFitter;
import org.hyalite.study.recipe.InputException;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Holds net counts against the truth of simulated spectra of 20 to 20,000 counts, Co + Zn + Cu with Zn : Cu from 1 : 10 to
 * 10 : 1: bias, how often the stated error covers the truth, and the variance over the least one possible (Cramér and Rao).
 * All mixtures of one number of counts lie in one map and share its calibration, as regions of a specimen do. The verdict
 * is that of {@link CountsCriterion}.
 */
public final class CountsAccuracy {
    private static final List<Double> COUNTS = List.of(20.0, 60.0, 200.0, 600.0, 2000.0, 6000.0, 20000.0);
    private static final List<Double> ZN_PER_CU = List.of(0.1, 0.3, 1.0, 3.0, 10.0);
    private static final List<XrayLine> LINES =
            List.of(XrayLine.of("Co_Ka"), XrayLine.of("Co_Kb"), XrayLine.of("Zn_Ka"), XrayLine.of("Zn_Kb"));

    /** Counts of a line above which non-negativity hardly matters and the errors are near normal. */
    private static final double ENOUGH = 20;

    /** One line of one mixture by one estimator. */
    private record Row(
            Estimator estimator,
            Mixture mixture,
            XrayLine line,
            double expected,
            double mean,
            double sd,
            double coverage,
            double leastSd,
            int number) {
        double z() {
            return (mean - expected) / (sd / Math.sqrt(number));
        }

        double efficiency() {
            return sd * sd / (leastSd * leastSd);
        }

        boolean enough() {
            return expected > ENOUGH;
        }

        CountsCriterion.Judged judged() {
            String name = String.format(
                    Locale.ROOT,
                    "%s, %.0f counts, Zn:Cu %.1f, %s",
                    estimator.label(),
                    mixture.counts(),
                    mixture.znPerCu(),
                    line.name());
            return new CountsCriterion.Judged(
                    name, z(), coverage, efficiency(), enough(), estimator == Estimator.LINEAR);
        }
    }

    private CountsAccuracy() {}

    /**
     * Simulates, fits and compares.
     *
     * @param number spectra of each mixture
     * @throws InputException where there are too few or too many
     */
    public static StudyResult run(int number, long seed, int threads, Progress progress) {
        if (number < 10 || number > 20_000) {
            throw new InputException(number + " spectra of each mixture: give 10 to 20000");
        }
        List<Row> rows = new ArrayList<>();
        for (double counts : COUNTS) {
            progress.report(String.format(Locale.ROOT, "%.0f counts", counts), 0);
            KnownSpectra spectra = KnownSpectra.of(
                    ZN_PER_CU.stream().map(r -> new Mixture(counts, r)).toList(), seed);
            SpectrumImage map = spectra.draw(number);
            FitSettings settings = FitSettings.of(LINES, KnownSpectra.others(), KnownSpectra.beamKeV())
                    .withResolutionEv(KnownSpectra.statedResolutionEv());
            for (Estimator estimator : Estimator.values()) {
                progress.check();
                LineFitter fitter = LineFitter.calibrate(List.of(map), settings.with(estimator));
                List<LineMap> maps = fitter.counts(map, threads, progress);
                for (int m = 0; m < ZN_PER_CU.size(); m++) {
                    double[] least = fitter.leastVariance(spectra.mean(m));
                    for (int k = 0; k < LINES.size(); k++) {
                        rows.add(row(estimator, spectra, m, maps.get(k), Math.sqrt(least[k])));
                    }
                }
            }
        }
        CountsCriterion criterion =
                new CountsCriterion(rows.stream().map(Row::judged).toList(), number);
        List<String> lines = lines(rows, number);
        lines.addAll(criterion.lines());
        ObjectNode json = json(rows, number);
        json.set("criterion", criterion.json());
        return new StudyResult(Path.of(""), lines, json, List.of());
    }

    private static Row row(Estimator estimator, KnownSpectra spectra, int mixture, LineMap map, double leastSd) {
        Image counts = map.counts();
        int number = counts.ny();
        double truth = spectra.expected(mixture, map.line());
        double sum = 0;
        int covered = 0;
        for (int y = 0; y < number; y++) {
            double value = counts.at(y, mixture);
            sum += value;
            covered += Math.abs(value - truth) <= map.standardError().at(y, mixture) ? 1 : 0;
        }
        double mean = sum / number;
        double squares = 0;
        for (int y = 0; y < number; y++) {
            squares += Math.pow(counts.at(y, mixture) - mean, 2);
        }
        return new Row(
                estimator,
                spectra.mixtures().get(mixture),
                map.line(),
                truth,
                mean,
                Math.sqrt(squares / (number - 1)),
                (double) covered / number,
                leastSd,
                number);
    }

    private static List<String> lines(List<Row> rows, int number) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%d spectra of each mixture; Co and Zn lines that expect over %.0f counts, the worst of each row:",
                number,
                ENOUGH));
        lines.add(String.format(
                "%-10s %8s %7s %10s %14s %22s",
                "estimator", "counts", "lines", "worst |z|", "covered (%)", "variance over least"));
        for (Estimator estimator : Estimator.values()) {
            for (double counts : COUNTS) {
                List<Row> some = rows.stream()
                        .filter(r -> r.estimator() == estimator && r.mixture().counts() == counts && r.enough())
                        .toList();
                if (!some.isEmpty()) {
                    lines.add(String.format(
                            Locale.ROOT,
                            "%-10s %8.0f %7d %10.2f %7.1f–%.1f %14.3f–%.3f",
                            estimator.label(),
                            counts,
                            some.size(),
                            values(some, Value.Z).map(Math::abs).max().orElse(0),
                            100 * values(some, Value.COVERAGE).min().orElse(0),
                            100 * values(some, Value.COVERAGE).max().orElse(0),
                            values(some, Value.EFFICIENCY).min().orElse(0),
                            values(some, Value.EFFICIENCY).max().orElse(0)));
                }
            }
        }
        lines.add("lines that expect fewer: mean less truth, counts (± its standard error)");
        lines.add(String.format("%-10s %8s %7s  %s", "estimator", "counts", "Zn:Cu", LINES));
        for (Estimator estimator : Estimator.values()) {
            for (double counts : COUNTS) {
                for (double ratio : ZN_PER_CU) {
                    List<Row> some = rows.stream()
                            .filter(r ->
                                    r.estimator() == estimator && r.mixture().equals(new Mixture(counts, ratio)))
                            .toList();
                    if (some.stream().anyMatch(r -> !r.enough())) {
                        StringBuilder line = new StringBuilder(
                                String.format(Locale.ROOT, "%-10s %8.0f %7.1f ", estimator.label(), counts, ratio));
                        for (Row r : some) {
                            line.append(
                                    r.enough()
                                            ? String.format("%26s", "")
                                            : String.format(
                                                    Locale.ROOT,
                                                    "  %6.2f %+7.3f ± %.3f",
                                                    r.expected(),
                                                    r.mean() - r.expected(),
                                                    r.sd() / Math.sqrt(number)));
                        }
                        lines.add(line.toString());
                    }
                }
            }
        }
        return lines;
    }

    private enum Value {
        Z,
        COVERAGE,
        EFFICIENCY
    }

    private static DoubleStream values(List<Row> rows, Value value) {
        return rows.stream().mapToDouble(r -> switch (value) {
            case Z -> r.z();
            case COVERAGE -> r.coverage();
            case EFFICIENCY -> r.efficiency();
        });
    }

    private static ObjectNode json(List<Row> rows, int number) {
        ObjectNode json = Json.object();
        json.put("spectra", number);
        ArrayNode all = json.putArray("rows");
        for (Row r : rows) {
            ObjectNode node = all.addObject();
            node.put("estimator", r.estimator().label());
            node.put("counts", r.mixture().counts());
            node.put("zn_per_cu", r.mixture().znPerCu());
            node.put("line", r.line().name());
            node.put("expected", r.expected());
            node.put("mean", r.mean());
            node.put("standard_deviation", r.sd());
            node.put("z", r.z());
            node.put("covered", r.coverage());
            node.put("least_standard_deviation", r.leastSd());
            node.put("variance_over_least", r.efficiency());
        }
        return json;
    }
}
