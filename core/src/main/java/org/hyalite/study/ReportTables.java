package org.hyalite.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** The report's tables: cross sections, counts, volumes. */
final class ReportTables {
    private ReportTables() {}

    static void write(StringBuilder html, ReportData data) {
        crossSections(html, data);
        counts(html, data);
        volumes(html, data);
    }

    private static void heading(StringBuilder html, String title) {
        html.append("<h3>").append(title).append("</h3>");
    }

    private static void crossSections(StringBuilder html, ReportData data) {
        List<List<String>> rows = new ArrayList<>();
        for (JsonNode c : data.calibration.path("cross_sections")) {
            List<String> particles = new ArrayList<>();
            c.path("particles")
                    .forEach(p -> particles.add(p.path("name").asString("") + " "
                            + ReportData.uncertain(
                                    p.path("sigma_barn").asDouble(Double.NaN),
                                    p.path("standard_error_barn").asDouble(0))));
            rows.add(List.of(
                    ReportData.line(
                            c.path("element").asString(""), c.path("line").asString("")),
                    ReportData.uncertain(
                            c.path("sigma_barn").asDouble(Double.NaN),
                            c.path("standard_error_barn").asDouble(0)),
                    ReportData.uncertain(
                            c.path("intercept_counts").asDouble(Double.NaN),
                            c.path("intercept_standard_error_counts").asDouble(0)),
                    ReportData.number(c.path("r_squared").asDouble(Double.NaN), 4),
                    c.path("pixels").asString(""),
                    String.join("; ", particles)));
        }
        if (!rows.isEmpty()) {
            heading(html, "Cross sections");
            Html.table(
                    html,
                    List.of("line", "#σ (barn)", "#intercept (counts)", "#R²", "#pixels", "by particle (barn)"),
                    rows);
        }
    }

    private static void counts(StringBuilder html, ReportData data) {
        List<List<String>> rows = new ArrayList<>();
        for (JsonNode line : data.counts.path("lines")) {
            JsonNode residual = line.path("residual");
            rows.add(List.of(
                    ReportData.line(
                            line.path("element").asString(""), line.path("line").asString("")),
                    ReportData.uncertain(
                            line.path("total").asDouble(Double.NaN),
                            line.path("standard_error").asDouble(0)),
                    residual.has("reduced_chi_square")
                            ? ReportData.uncertain(
                                    residual.path("reduced_chi_square").asDouble(),
                                    residual.path("scatter_of_noise").asDouble(0))
                            : "–",
                    residual.has("share_beyond_3_sd")
                            ? String.format(
                                    Locale.ROOT,
                                    "%.2f %%",
                                    100 * residual.path("share_beyond_3_sd").asDouble())
                            : "–"));
        }
        if (!rows.isEmpty()) {
            heading(html, "Net counts, all maps together");
            Html.table(html, List.of("line", "#counts", "#χ² per pixel, 1 for noise", "#pixels beyond 3 sd"), rows);
        }
    }

    private static void volumes(StringBuilder html, ReportData data) {
        List<List<String>> rows = new ArrayList<>();
        for (JsonNode c : data.convergence) {
            double worst = 0;
            for (JsonNode p : c.path("mass_check")) {
                double measured = p.path("measured").asDouble(Double.NaN);
                double off = Math.abs(p.path("reprojected").asDouble(Double.NaN) / measured - 1);
                worst = off > worst ? off : worst;
            }
            rows.add(List.of(
                    c.path("volume").asString("").replace("density_", ""),
                    c.path("unit").asString(""),
                    c.path("regulariser").asString(""),
                    ReportData.number(c.path("weight").asDouble(Double.NaN), 3),
                    Integer.toString(c.path("iterations").asInt(0)),
                    ReportData.number(c.path("relative_gap").asDouble(Double.NaN), 2),
                    String.format(Locale.ROOT, "%.2f %%", 100 * worst),
                    ReportData.number(c.path("seconds").asDouble(Double.NaN), 3)));
        }
        if (!rows.isEmpty()) {
            heading(html, "Volumes");
            Html.table(
                    html,
                    List.of(
                            "of",
                            "unit",
                            "regulariser",
                            "#weight",
                            "#iterations",
                            "#relative gap",
                            "#mass, worst tilt",
                            "#seconds"),
                    rows);
        }
    }
}
