package org.hyalite.study;

import java.util.Locale;
import java.util.Optional;
import org.hyalite.phantom.TwinSettings.Kind;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One interval against the truth.
 *
 * @param truth what was simulated in the voxels that the mean was taken of
 * @param ofWholePhase what was simulated in the whole phase, less its blurred rim
 * @param found whether there was such a phase; if not, nothing was covered
 * @param report what the run says of it, as {@code uncertainty.json} has it
 */
record CoverageRow(
        String kind,
        long seed,
        String phase,
        Quantity quantity,
        boolean found,
        double value,
        double truth,
        double ofWholePhase,
        double low,
        double high,
        ObjectNode report) {
    static final String HEADING =
            "sample      seed phase    quantity     value     truth   interval            statistical   bias of: volumes, phases  systematic  whole phase";

    /** Which mean. */
    enum Quantity {
        /** X. */
        FRACTION("fraction", ""),
        /** N, atoms/nm³. */
        DENSITY("density", "_per_nm3");

        private final String key;
        private final String unit;

        Quantity(String key, String unit) {
            this.key = key;
            this.unit = unit;
        }
    }

    static CoverageRow of(
            Kind kind,
            long seed,
            String phase,
            Quantity quantity,
            Optional<JsonNode> nearest,
            double truth,
            double ofWholePhase) {
        JsonNode own = nearest.map(p -> p.path(quantity.key)).orElse(Json.object());
        boolean found = nearest.isPresent() && own instanceof ObjectNode;
        JsonNode interval = own.path("interval95" + quantity.unit);
        double value = own.path("value" + quantity.unit).asDouble(Double.NaN);
        return new CoverageRow(
                kind.label(),
                seed,
                phase,
                quantity,
                found,
                value,
                truth,
                ofWholePhase,
                interval.path(0).asDouble(Double.NaN),
                interval.path(1).asDouble(Double.NaN),
                own instanceof ObjectNode node ? node : Json.object());
    }

    boolean covered() {
        return found && low <= truth && truth <= high;
    }

    double error() {
        return value - truth;
    }

    String group() {
        return kind + " " + phase + " " + quantity.key;
    }

    ObjectNode toJson() {
        ObjectNode json = Json.object();
        json.put("kind", kind).put("seed", seed).put("phase", phase).put("quantity", quantity.key);
        json.put("truth", truth).put("covered", covered()).put("truth_of_whole_phase", ofWholePhase);
        json.setAll(report);
        return json;
    }

    String line() {
        return String.format(
                Locale.ROOT,
                "%-11s %4d %-8s %-9s %9.5f %9.5f   %9.5f … %-9.5f %9.5f %9.5f %9.5f %9.5f %9.5f%s",
                kind,
                seed,
                phase,
                quantity.key,
                value,
                truth,
                low,
                high,
                report.path("statistical_sd" + quantity.unit).asDouble(),
                report.path("bias_of_volumes" + quantity.unit).asDouble(),
                report.path("bias_of_homogeneous_phases" + quantity.unit).asDouble(),
                report.path("systematic_sd" + quantity.unit).asDouble(),
                ofWholePhase,
                covered() ? "" : found ? "  outside" : "  no such phase");
    }
}
