package org.hyalite.study;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
        crossSections(Json.read(files.calibration()), expected, lines, json.putArray("cross_sections"));
        phases(Json.read(files.phases()), expected, lines, json.putArray("phases"));
        volumes(files, truth, expected, lines, json.putArray("volumes"));
        Json.write(results.resolve("truth-comparison.json"), json);
        ObjectNode summary = result.summary();
        summary.set("truth", json);
        return new StudyResult(result.folder(), lines, summary, result.warnings());
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

    private static void volumes(ResultFiles files, Path truth, JsonNode expected, List<String> lines, ArrayNode json) {
        for (JsonNode line : expected.path("cross_sections")) {
            String element = line.path("element").asString("");
            boolean mapped = Files.exists(files.sample("density_" + element + ".mrc"));
            if (!mapped || !line.path("line").asString("").equals("Ka")) {
                continue;
            }
            Volume should = Stacks.volume(truth.resolve("density_" + element + ".mrc"));
            Volume found = Stacks.volume(files.sample("density_" + element + ".mrc"));
            double error = relativeError(found, should);
            json.addObject().put("element", element).put("relative_l2_error", error);
            lines.add(String.format(Locale.ROOT, "  volume of %s: relative L2 error %.3f", element, error));
        }
    }

    /** {@code ‖found − truth‖ / ‖truth‖} over all voxels, the volumes as they lie. */
    private static double relativeError(Volume found, Volume truth) {
        truth.requireSameGrid(found);
        double apart = 0;
        double norm = 0;
        for (int b = 0; b < truth.blocks().length; b++) {
            for (int i = 0; i < truth.blocks()[b].length; i++) {
                double t = truth.blocks()[b][i];
                double d = found.blocks()[b][i] - t;
                apart += d * d;
                norm += t * t;
            }
        }
        return Math.sqrt(apart / norm);
    }
}
