package org.hyalite.study;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.hyalite.physics.Element;
import org.hyalite.tomo.Convergence;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What one method made of one sample.
 *
 * @param total relative error of the sum over the elements
 * @param totalOfBest the same at the best weights
 * @param seconds with the search for the weight
 */
record AccuracyRow(
        String kind,
        long seed,
        String method,
        Map<Element, Entry> entries,
        double total,
        double totalOfBest,
        double seconds) {
    /**
     * One element.
     *
     * @param error relative L2 error at the chosen weight
     * @param misfit see {@link AccuracyMethod.Part#misfit}
     * @param leastError at the best weight that was seen
     */
    record Entry(
            double error,
            Convergence convergence,
            double misfit,
            double leastError,
            double bestWeight,
            double misfitOfBest,
            double misfitOfTruth) {}

    static String heading(Collection<Element> elements, boolean best) {
        String head = String.format(Locale.ROOT, "%-11s %-5s %-18s", "kind", "seed", "method")
                + columns(elements, "%8s")
                + String.format(Locale.ROOT, "%8s  ", "N")
                + columns(elements, "   w %-5s")
                + String.format(Locale.ROOT, "%8s", "s");
        return best
                ? head + "  best:" + columns(elements, "%7s") + "       N   error over best,  weight over best"
                : head;
    }

    private static String columns(Collection<Element> elements, String format) {
        return elements.stream()
                .map(e -> String.format(Locale.ROOT, format, e.symbol()))
                .collect(Collectors.joining());
    }

    String line(boolean best) {
        return line(String.valueOf(seed), List.of(this), best);
    }

    static String meanLine(List<AccuracyRow> rows, boolean best) {
        return line("mean", rows, best);
    }

    private static String line(String seed, List<AccuracyRow> rows, boolean best) {
        AccuracyRow first = rows.get(0);
        StringBuilder text = new StringBuilder();
        text.append(String.format(Locale.ROOT, "%-11s %-5s %-18s", first.kind, seed, first.method));
        each(rows, "%8.4f", Entry::error, text);
        text.append(String.format(Locale.ROOT, "%8.4f  ", mean(rows, AccuracyRow::total)));
        each(rows, " %9.2e", e -> e.convergence().weight(), text);
        text.append(String.format(Locale.ROOT, "%8.1f", mean(rows, AccuracyRow::seconds)));
        if (best) {
            text.append("       ");
            each(rows, "%7.4f", Entry::leastError, text);
            text.append(String.format(Locale.ROOT, " %7.4f  ", mean(rows, AccuracyRow::totalOfBest)));
            each(rows, " %6.3f", e -> e.error() / e.leastError(), text);
            text.append("  ");
            each(rows, " %6.2f", e -> e.convergence().weight() / e.bestWeight(), text);
        }
        return text.toString();
    }

    private static void each(List<AccuracyRow> rows, String format, ToDoubleFunction<Entry> value, StringBuilder text) {
        for (Element element : rows.get(0).entries.keySet()) {
            text.append(String.format(
                    Locale.ROOT,
                    format,
                    mean(rows, r -> value.applyAsDouble(Objects.requireNonNull(r.entries.get(element))))));
        }
    }

    private static double mean(List<AccuracyRow> rows, ToDoubleFunction<AccuracyRow> value) {
        return rows.stream().mapToDouble(value).average().orElse(Double.NaN);
    }

    ObjectNode toJson(boolean best) {
        ObjectNode json = Json.object();
        json.put("kind", kind);
        json.put("seed", seed);
        json.put("method", method);
        ObjectNode elements = json.putObject("elements");
        entries.forEach((element, e) -> {
            ObjectNode node = elements.putObject(element.symbol());
            node.put("error", e.error());
            node.put("weight", e.convergence().weight());
            node.put("alpha", e.convergence().alpha());
            node.put("criterion", e.convergence().criterion());
            node.put("misfit", e.misfit());
            node.put("misfit_of_truth", e.misfitOfTruth());
            ArrayNode curve = node.putArray("weight_curve");
            e.convergence().weightCurve().forEach(p -> curve.add(Json.numbers(p.weight(), p.value())));
            node.put("relative_gap", e.convergence().relativeGap());
            node.put("iterations", e.convergence().iterations());
            if (best) {
                node.put("best_error", e.leastError());
                node.put("best_weight", e.bestWeight());
                node.put("best_misfit", e.misfitOfBest());
            }
        });
        json.put("error_N", total);
        if (best) {
            json.put("best_error_N", totalOfBest);
        }
        json.put("seconds", seconds);
        return json;
    }

    static ObjectNode meanJson(List<AccuracyRow> rows, boolean best) {
        ObjectNode json = Json.object();
        json.put("kind", rows.get(0).kind);
        json.put("method", rows.get(0).method);
        ObjectNode elements = json.putObject("elements");
        for (Element element : rows.get(0).entries.keySet()) {
            ObjectNode node = elements.putObject(element.symbol());
            node.put("error", mean(rows, r -> entry(r, element).error()));
            if (best) {
                node.put("best_error", mean(rows, r -> entry(r, element).leastError()));
            }
        }
        json.put("error_N", mean(rows, AccuracyRow::total));
        if (best) {
            json.put("best_error_N", mean(rows, AccuracyRow::totalOfBest));
        }
        json.put("seconds", mean(rows, AccuracyRow::seconds));
        return json;
    }

    private static Entry entry(AccuracyRow row, Element element) {
        return Objects.requireNonNull(row.entries.get(element));
    }
}
