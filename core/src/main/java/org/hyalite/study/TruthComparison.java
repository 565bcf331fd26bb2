package org.hyalite.study;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Objects;
import org.hyalite.align.Alignment;
import org.hyalite.grid.Volume;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Holds the results of a simulated experiment against its truth. */
public final class TruthComparison {
    private TruthComparison() {}

    /**
     * Compares cross sections, phases and volumes, and adds the comparison to the result.
     *
     * @param results folder of {@link StudyRunner#run}
     * @param truth the experiment's {@code truth} folder
     */
    public static StudyResult of(Path results, Path truth, StudyResult result) {
        ResultFiles files = ResultFiles.existing(results);
        JsonNode expected = Json.read(truth.resolve("truth.json"));
        List<String> lines = new ArrayList<>(result.lines());
        ObjectNode json = Json.object();
        lines.add("");
        lines.add("against the twin's truth:");
        AlignmentMisses alignment = alignment(files, truth, expected);
        lines.add("  alignment: " + alignment.summary());
        json.set("alignment", alignment.toJson());
        crossSections(Json.read(files.calibration()), expected, lines, json.putArray("cross_sections"));
        phases(Json.read(files.phases()), expected, lines, json.putArray("phases"));
        volumes(files, truth, expected, lines, json.putArray("volumes"));
        Json.write(results.resolve("truth-comparison.json"), json);
        ObjectNode summary = result.summary();
        summary.set("truth", json);
        return new StudyResult(result.folder(), lines, summary, result.warnings());
    }

    private static AlignmentMisses alignment(ResultFiles files, Path truth, JsonNode expected) {
        StudyRecord nobody = new StudyRecord();
        Alignment should = AlignmentFiles.read(nobody, truth.resolve("alignment.csv"), StackFrame.AS_STORED)
                .withAxis(
                        expected.path("sample").path("axis_offset_px").asDouble(),
                        expected.path("sample").path("axis_rotation_deg").asDouble());
        Alignment found = AlignmentFiles.read(nobody, files.sample("alignment.csv"), StackFrame.AS_STORED);
        return AlignmentMisses.of(found, should);
    }

    private static void crossSections(JsonNode found, JsonNode expected, List<String> lines, ArrayNode json) {
        for (JsonNode truth : expected.path("cross_sections")) {
            for (JsonNode line : found.path("cross_sections")) {
                boolean same = line.path("element")
                                .asString("")
                                .equals(truth.path("element").asString(""))
                        && line.path("line")
                                .asString("")
                                .equals(truth.path("line").asString(""));
                if (!same) {
                    continue;
                }
                double sigma = line.path("sigma_barn").asDouble();
                double should = truth.path("sigma_barn").asDouble();
                json.addObject()
                        .put("element", truth.path("element").asString(""))
                        .put("line", truth.path("line").asString(""))
                        .put("sigma_barn", sigma)
                        .put("truth_barn", should)
                        .put("relative_error", sigma / should - 1);
                lines.add(String.format(
                        Locale.ROOT,
                        "  σ(%s_%s)  %.3f b, truth %.3f b: %+.1f %%",
                        truth.path("element").asString(""),
                        truth.path("line").asString(""),
                        sigma,
                        should,
                        100 * (sigma / should - 1)));
            }
        }
    }

    /** Each true phase with the found one nearest in fraction. */
    private static void phases(JsonNode found, JsonNode expected, List<String> lines, ArrayNode json) {
        for (JsonNode truth : expected.path("sample").path("phases")) {
            double x = truth.path("fraction_mean").asDouble();
            double n = truth.path("density_mean_per_nm3").asDouble();
            JsonNode nearest = null;
            for (JsonNode phase : found.path("phases")) {
                if (nearest == null
                        || Math.abs(phase.path("fraction_mean").asDouble() - x)
                                < Math.abs(nearest.path("fraction_mean").asDouble() - x)) {
                    nearest = phase;
                }
            }
            ObjectNode entry = json.addObject().put("phase", truth.path("name").asString(""));
            entry.put("truth_fraction", x).put("truth_density_per_nm3", n);
            if (nearest == null) {
                lines.add("  phase " + truth.path("name").asString("") + ": not found");
                continue;
            }
            double foundX = nearest.path("fraction_mean").asDouble();
            double foundN = nearest.path("density_mean_per_nm3").asDouble();
            entry.put("fraction", foundX).put("density_per_nm3", foundN);
            entry.put("volume_nm3", nearest.path("volume_nm3").asDouble());
            entry.put("truth_volume_nm3", truth.path("volume_nm3").asDouble());
            lines.add(String.format(
                    Locale.ROOT,
                    "  phase %-8s X %.3f, truth %.3f; N %.2f, truth %.2f atoms/nm³; volume %.3g, truth %.3g nm³",
                    truth.path("name").asString(""),
                    foundX,
                    x,
                    foundN,
                    n,
                    nearest.path("volume_nm3").asDouble(),
                    truth.path("volume_nm3").asDouble()));
        }
    }

    /**
     * Volumes against the truth after one movement of all elements together: where along the beam the particle lies, and
     * a common shift along the axis, no alignment can know.
     */
    private static void volumes(ResultFiles files, Path truth, JsonNode expected, List<String> lines, ArrayNode json) {
        Map<String, Volume> should = new LinkedHashMap<>();
        Map<String, Volume> found = new LinkedHashMap<>();
        for (JsonNode line : expected.path("cross_sections")) {
            String element = line.path("element").asString("");
            Path mapped = files.sample("density_" + element + ".mrc");
            if (Files.exists(mapped) && !found.containsKey(element)) {
                should.put(element, Stacks.volume(truth.resolve("density_" + element + ".mrc")));
                found.put(element, Stacks.volume(mapped));
            }
        }
        double[] there = VolumeDifference.centreOfMass(total(should));
        double[] here = VolumeDifference.centreOfMass(total(found));
        double[] by = {there[0] - here[0], there[1] - here[1], there[2] - here[2]};
        for (Entry<String, Volume> entry : should.entrySet()) {
            Volume moved = VolumeDifference.moved(Objects.requireNonNull(found.get(entry.getKey())), by);
            double error = VolumeDifference.relativeL2(moved, entry.getValue());
            json.addObject()
                    .put("element", entry.getKey())
                    .put("relative_l2_error", error)
                    .set("moved_voxels", Json.numbers(by));
            lines.add(String.format(
                    Locale.ROOT,
                    "  volume of %s: relative L2 error %.3f (moved by z %.2f, y %.2f, x %.2f voxels)",
                    entry.getKey(),
                    error,
                    by[0],
                    by[1],
                    by[2]));
        }
    }

    private static Volume total(Map<String, Volume> volumes) {
        Volume sum = null;
        for (Volume v : volumes.values()) {
            sum = sum == null ? v : sum.plus(v);
        }
        return Objects.requireNonNull(sum);
    }
}
