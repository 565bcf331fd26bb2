package org.hyalite.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** The result in one paragraph, and as a table of the phases. */
final class ReportResult {
    private ReportResult() {}

    static String paragraph(ReportData data, String sample) {
        JsonNode phases = data.phases.path("phases");
        if (phases.isEmpty()) {
            return "No phase was found inside the threshold.";
        }
        String of = data.phases.path("fraction_of").asString("");
        String kind = data.absolute() ? "atomic fraction of " + of : "fraction of " + of + " in the counts";
        double total = total(phases);
        List<String> parts = new ArrayList<>();
        for (JsonNode p : phases) {
            parts.add(String.format(
                    Locale.ROOT,
                    "%s, %s nm³ (%.1f %%), with X = %s and N = %s %s",
                    p.path("name").asString(""),
                    volume(p),
                    100 * p.path("volume_nm3").asDouble() / total,
                    fraction(p),
                    density(p),
                    data.unit()));
        }
        StringBuilder text = new StringBuilder();
        text.append(sample)
                .append(" holds ")
                .append(count(phases.size()))
                .append(": ")
                .append(String.join("; ", parts))
                .append(". X is the ")
                .append(kind)
                .append(" among ")
                .append(ReportData.list(ReportData.strings(data.phases.path("among"))))
                .append(", N the ")
                .append(data.absolute() ? "density of these atoms" : "density of their counts")
                .append("; ")
                .append(meaning(phases))
                .append('.');
        for (JsonNode c : data.phases.path("contacts")) {
            text.append(String.format(
                    Locale.ROOT,
                    " %s and %s touch over %s nm².",
                    c.path("phases").path(0).asString(""),
                    c.path("phases").path(1).asString(""),
                    ReportData.number(c.path("area_nm2").asDouble(Double.NaN), 3)));
        }
        text.append(interfaceWidth(data));
        if (data.nullControl.has("verdict")) {
            text.append(" Mixing or blur? It is ")
                    .append(data.nullControl.path("verdict").asString(""));
        }
        return text.toString();
    }

    private static String interfaceWidth(ReportData data) {
        JsonNode i = data.interfaces;
        if (!i.has("measured")) {
            return "";
        }
        String text = String.format(
                Locale.ROOT,
                " Their interface is %s nm wide (10–90 %%) as measured",
                ReportData.number(i.path("measured").path("ten_to_ninety_nm").asDouble(Double.NaN), 3));
        return i.has("corrected")
                ? text
                        + String.format(
                                Locale.ROOT,
                                ", %s nm (at most %s nm) less the resolution.",
                                ReportData.number(
                                        i.path("corrected")
                                                .path("ten_to_ninety_nm")
                                                .asDouble(Double.NaN),
                                        3),
                                ReportData.number(
                                        i.path("corrected_at_most")
                                                .path("ten_to_ninety_nm")
                                                .asDouble(Double.NaN),
                                        3))
                : text + "; the resolution is not known.";
    }

    private static String count(int n) {
        List<String> words =
                List.of("no phase", "one phase", "two phases", "three phases", "four phases", "five phases");
        return n < words.size() ? words.get(n) : n + " phases";
    }

    private static boolean estimated(JsonNode phases) {
        return phases.path(0).has("density_mean_se_per_nm3");
    }

    private static String meaning(JsonNode phases) {
        return estimated(phases)
                ? "± of X and N are standard errors of the means: repeated counts, simulated biases and, of N, cross sections;"
                        + " ± of volumes is the spread over replicas"
                : "after ± stands the standard deviation between the voxels of a phase's core, which is no error of the mean"
                        + " (a run with --replicas N estimates that)";
    }

    private static double total(JsonNode phases) {
        double total = 0;
        for (JsonNode p : phases) {
            total += p.path("volume_nm3").asDouble(0);
        }
        return total;
    }

    private static String volume(JsonNode p) {
        return ReportData.uncertain(
                p.path("volume_nm3").asDouble(Double.NaN),
                p.path("volume_sd_nm3").asDouble(0));
    }

    private static String fraction(JsonNode p) {
        return fixed(
                p.path("fraction_mean").asDouble(Double.NaN),
                p.path("fraction_mean_se").asDouble(p.path("fraction_sd").asDouble(0)),
                3);
    }

    private static String density(JsonNode p) {
        return ReportData.uncertain(
                p.path("density_mean_per_nm3").asDouble(Double.NaN),
                p.path("density_mean_se_per_nm3")
                        .asDouble(p.path("density_sd_per_nm3").asDouble(0)));
    }

    /** A fraction needs no power of ten. */
    private static String fixed(double value, double error, int least) {
        int decimals = error > 0 ? Math.max(least, Math.min(6, 1 - (int) Math.floor(Math.log10(error)))) : least;
        String text = String.format(Locale.ROOT, "%." + decimals + "f", value);
        return (error > 0 ? text + String.format(Locale.ROOT, " ± %." + decimals + "f", error) : text)
                .replace('-', '−');
    }

    /** The phases with all their errors. */
    static void table(StringBuilder html, ReportData data) {
        JsonNode phases = data.phases.path("phases");
        boolean errors = estimated(phases);
        List<String> headings = new ArrayList<>(List.of("phase", "#volume (nm³)", "#share"));
        headings.add("#X(" + data.phases.path("fraction_of").asString("") + ")");
        headings.add("#sd of X");
        headings.add("#N (" + data.unit() + ")");
        headings.add("#sd of N");
        if (errors) {
            headings.add("#95 % of X");
            headings.add("#95 % of N");
        }
        headings.add("#core voxels");
        double total = total(phases);
        List<List<String>> rows = new ArrayList<>();
        for (JsonNode p : phases) {
            List<String> row = new ArrayList<>();
            row.add(p.path("name").asString(""));
            row.add(volume(p));
            row.add(String.format(
                    Locale.ROOT, "%.1f %%", 100 * p.path("volume_nm3").asDouble() / total));
            row.add(fixed(
                    p.path("fraction_mean").asDouble(Double.NaN),
                    p.path("fraction_mean_se").asDouble(0),
                    4));
            row.add(fixed(p.path("fraction_sd").asDouble(Double.NaN), 0, 4));
            row.add(ReportData.uncertain(
                    p.path("density_mean_per_nm3").asDouble(Double.NaN),
                    p.path("density_mean_se_per_nm3").asDouble(0)));
            row.add(ReportData.number(p.path("density_sd_per_nm3").asDouble(Double.NaN), 2));
            if (errors) {
                row.add(interval(p.path("fraction_mean_interval95")));
                row.add(interval(p.path("density_mean_interval95_per_nm3")));
            }
            row.add(p.path("core_voxels").asString(""));
            rows.add(row);
        }
        List<String> top = new ArrayList<>(List.of(""));
        rows.forEach(r -> top.add("#" + r.get(0)));
        List<List<String>> turned = new ArrayList<>();
        for (int i = 1; i < headings.size(); i++) {
            List<String> line = new ArrayList<>(List.of(headings.get(i).substring(1)));
            for (List<String> r : rows) {
                line.add(r.get(i));
            }
            turned.add(line);
        }
        Html.table(html, top, turned);
        JsonNode precision = data.phases.path("precision");
        if (precision.has("fraction_2sd")) {
            Html.p(
                    html,
                    String.format(
                            Locale.ROOT,
                            "Precision, ± 2 standard deviations within phases: ± %s in X, ± %s %s in N.",
                            ReportData.number(precision.path("fraction_2sd").asDouble(), 2),
                            ReportData.number(
                                    precision.path("density_2sd_per_nm3").asDouble(), 2),
                            data.unit()));
        }
    }

    private static String interval(JsonNode ends) {
        return ReportData.number(ends.path(0).asDouble(Double.NaN), 4) + " … "
                + ReportData.number(ends.path(1).asDouble(Double.NaN), 4);
    }
}
