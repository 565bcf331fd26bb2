package org.hyalite.study;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Two runs of one simulated sample side by side: what their presets made of the same files. */
public final class PresetTable {
    private PresetTable() {}

    /**
     * Adds the table to a result.
     *
     * @param folders results folders with {@code truth-comparison.json}, by preset, in the table's order
     */
    public static StudyResult of(Map<String, Path> folders, StudyResult result) {
        List<String> lines = new ArrayList<>(result.lines());
        lines.add("");
        StringBuilder heading = new StringBuilder(String.format(Locale.ROOT, "  %-42s", "presets side by side"));
        folders.keySet().forEach(preset -> heading.append(String.format(Locale.ROOT, "%9s", preset)));
        lines.add(heading.toString());
        ArrayNode json = result.summary().putArray("presets");
        List<JsonNode> truths = folders.values().stream()
                .map(f -> Json.read(f.resolve("truth-comparison.json")))
                .toList();
        List<JsonNode> phases = folders.values().stream()
                .map(f -> Json.read(f.resolve("phases.json")))
                .toList();
        for (int v = 0; v < truths.get(0).path("volumes").size(); v++) {
            String element =
                    truths.get(0).path("volumes").get(v).path("element").asString("");
            row(lines, "relative L2 error of " + element, values(truths, "/volumes/" + v + "/relative_l2_error"));
        }
        for (int p = 0; p < truths.get(0).path("phases").size(); p++) {
            String name = truths.get(0).path("phases").get(p).path("phase").asString("");
            row(lines, "N of " + name + ", error (atoms/nm³)", differences(truths, "/phases/" + p, "density_per_nm3"));
            row(lines, "X of " + name + ", error", differences(truths, "/phases/" + p, "fraction"));
        }
        row(lines, "± 2 sd of N within phases (atoms/nm³)", values(phases, "/precision/density_2sd_per_nm3"));
        row(lines, "± 2 sd of X within phases", values(phases, "/precision/fraction_2sd"));
        List<String> names = List.copyOf(folders.keySet());
        for (int i = 0; i < names.size(); i++) {
            ObjectNode entry = json.addObject().put("preset", names.get(i));
            entry.set("truth", truths.get(i));
            entry.set("precision", phases.get(i).path("precision"));
            entry.put(
                    "folder", Objects.requireNonNull(folders.get(names.get(i))).toString());
        }
        return new StudyResult(result.folder(), lines, result.summary(), result.warnings());
    }

    private static List<Double> values(List<JsonNode> from, String pointer) {
        return from.stream().map(n -> n.at(pointer).asDouble(Double.NaN)).toList();
    }

    private static List<Double> differences(List<JsonNode> from, String pointer, String what) {
        return from.stream()
                .map(n -> n.at(pointer + "/" + what).asDouble(Double.NaN)
                        - n.at(pointer + "/truth_" + what).asDouble(Double.NaN))
                .toList();
    }

    private static void row(List<String> lines, String name, List<Double> values) {
        StringBuilder row = new StringBuilder(String.format(Locale.ROOT, "  %-42s", name));
        values.forEach(v -> row.append(String.format(Locale.ROOT, "%9.3f", v)));
        lines.add(row.toString());
    }
}
