package org.hyalite.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** Where every number came from: inputs with SHA-256, versions, machine, parameters with their sources. */
final class ReportProvenance {
    private ReportProvenance() {}

    static void write(StringBuilder html, ReportData data) {
        JsonNode p = data.provenance;
        if (!p.has("program")) {
            return;
        }
        JsonNode machine = p.path("machine");
        Html.p(
                html,
                "Hyalite " + p.path("program").path("version").asString("") + " on "
                        + machine.path("os.name").asString("") + " "
                        + machine.path("os.arch").asString("") + ", "
                        + machine.path("java.vm.name").asString("") + " "
                        + machine.path("java.version").asString("") + ", "
                        + machine.path("cores").asString("")
                        + " cores; " + p.path("kernels").asString("") + ". Begun "
                        + moment(p.path("started").asString("")) + ", ended "
                        + moment(p.path("ended").asString(""))
                        + ".");
        inputs(html, p.path("inputs"));
        parameters(html, p.path("parameters"));
        steps(html, p.path("seconds"));
    }

    private static String moment(String instant) {
        return instant.replaceFirst("[.]\\d+Z$", "Z").replace('T', ' ').replace("Z", " UTC");
    }

    private static void fold(StringBuilder html, String summary) {
        html.append("<details><summary>").append(Html.escape(summary)).append("</summary>");
    }

    private static void inputs(StringBuilder html, JsonNode inputs) {
        html.append("<details class=\"print\"><summary>")
                .append(inputs.size())
                .append(" input files with their SHA-256</summary>");
        html.append(
                "<div class=\"scroll\"><table><thead><tr><th>role</th><th>file</th><th>SHA-256</th></tr></thead><tbody>");
        for (JsonNode input : inputs) {
            html.append("<tr><td>").append(Html.escape(input.path("role").asString("")));
            html.append("</td><td>").append(Html.escape(input.path("file").asString("")));
            html.append("</td><td><code>")
                    .append(Html.escape(input.path("sha256").asString("")));
            html.append("</code></td></tr>");
        }
        html.append("</tbody></table></div></details>");
    }

    private static void parameters(StringBuilder html, JsonNode parameters) {
        fold(html, parameters.size() + " parameters with their sources");
        List<List<String>> rows = new ArrayList<>();
        for (JsonNode p : parameters) {
            rows.add(List.of(
                    p.path("name").asString(""),
                    value(p.path("value")),
                    p.path("unit").asString(""),
                    p.path("source").asString(""),
                    p.path("where").asString("")));
        }
        Html.table(html, List.of("parameter", "value", "unit", "source", "where"), rows);
        html.append("</details>");
    }

    private static void steps(StringBuilder html, JsonNode seconds) {
        if (seconds.isEmpty()) {
            return;
        }
        fold(html, "time of each step");
        List<List<String>> rows = new ArrayList<>();
        seconds.propertyStream()
                .forEach(s -> rows.add(List.of(
                        s.getKey(),
                        String.format(Locale.ROOT, "%.1f", s.getValue().asDouble()))));
        Html.table(html, List.of("step", "#seconds"), rows);
        html.append("</details>");
    }

    static String value(JsonNode value) {
        return value.isFloatingPointNumber()
                ? String.format(Locale.ROOT, "%.6g", value.asDouble())
                : value.isString() ? value.asString() : value.toString().replace(",", ", ");
    }
}
