package org.hyalite.study;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.hyalite.phantom.TwinSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** How one whole study of a twin fared against its truth and against what is asked of it. */
final class ChainRow {
    /**
     * One figure that is asked for.
     *
     * @param most its bound
     */
    record Figure(String key, String heading, double value, double most, String format) {
        boolean met() {
            return value <= most;
        }

        String text() {
            return String.format(Locale.ROOT, format, value) + (met() ? " " : "!");
        }
    }

    private final TwinSettings settings;
    private final double seconds;
    private final List<Figure> figures;

    private ChainRow(TwinSettings settings, double seconds, List<Figure> figures) {
        this.settings = settings;
        this.seconds = seconds;
        this.figures = figures;
    }

    /**
     * Reads the figures of a finished study.
     *
     * @param results its folder, with {@code truth-comparison.json}
     */
    static ChainRow of(TwinSettings settings, Path results, double seconds) {
        JsonNode truth = Json.read(results.resolve("truth-comparison.json"));
        JsonNode phases = Json.read(results.resolve("phases.json"));
        List<Figure> figures = new ArrayList<>();
        JsonNode alignment = truth.path("alignment");
        add(figures, "shift_rms_px", "shift", alignment.path("shift_rms_px").asDouble(Double.NaN), 0.25, "%6.3f");
        add(figures, "axis_px", "axis", Math.abs(alignment.path("axis_px").asDouble(Double.NaN)), 0.5, "%6.2f");
        add(
                figures,
                "rotation_deg",
                "rot",
                Math.abs(alignment.path("rotation_deg").asDouble(Double.NaN)),
                0.2,
                "%6.3f");
        add(figures, "sigma_Ka_relative_error", "σ Kα", worstSigma(truth), 0.015, "%7.4f");
        add(figures, "fraction_error", "X", worst(truth, "fraction"), 0.02, "%6.3f");
        add(figures, "density_error_per_nm3", "N", worst(truth, "density_per_nm3"), 0.2, "%6.3f");
        JsonNode precision = phases.path("precision");
        add(figures, "fraction_2sd", "2sd X", precision.path("fraction_2sd").asDouble(Double.NaN), 0.03, "%6.3f");
        add(
                figures,
                "density_2sd_per_nm3",
                "2sd N",
                precision.path("density_2sd_per_nm3").asDouble(Double.NaN),
                1,
                "%6.2f");
        truth.path("volumes")
                .forEach(v -> add(
                        figures,
                        "relative_l2_" + v.path("element").asString(""),
                        "L2 " + v.path("element").asString(""),
                        v.path("relative_l2_error").asDouble(),
                        Double.POSITIVE_INFINITY,
                        "%6.3f"));
        Path width = results.resolve("interface.json");
        if (Files.exists(width) && settings.kind() == TwinSettings.Kind.SEGREGATED) {
            double voxels = Json.read(width)
                    .path("corrected")
                    .path("ten_to_ninety_voxels")
                    .asDouble(Double.NaN);
            add(figures, "interface_10_90_voxels", "width", voxels, 1.5, "%6.2f");
        }
        Path control = results.resolve("null_control.json");
        if (Files.exists(control)) {
            JsonNode json = Json.read(control);
            double p = json.path("p").asDouble(Double.NaN);
            // the mixed sample is to be called so, the segregated one is not
            figures.add(
                    settings.kind() == TwinSettings.Kind.FLUX
                            ? new Figure("p_of_mixed", "p", p, 0.01, "%9.1e")
                            : new Figure("one_less_p_of_segregated", "1 - p", 1 - p, 0.999, "%9.6f"));
        }
        return new ChainRow(settings, seconds, figures);
    }

    private static void add(
            List<Figure> figures, String key, String heading, double value, double most, String format) {
        figures.add(new Figure(key, heading, value, most, format));
    }

    private static double worstSigma(JsonNode truth) {
        double worst = Double.NaN;
        for (JsonNode line : truth.path("cross_sections")) {
            if (line.path("line").asString("").equals("Ka")) {
                double error = Math.abs(line.path("relative_error").asDouble());
                worst = Double.isNaN(worst) ? error : Math.max(worst, error);
            }
        }
        return worst;
    }

    private static double worst(JsonNode truth, String what) {
        double worst = Double.NaN;
        for (JsonNode phase : truth.path("phases")) {
            double error = phase.has(what)
                    ? Math.abs(phase.path(what).asDouble()
                            - phase.path("truth_" + what).asDouble())
                    : Double.POSITIVE_INFINITY;
            worst = Double.isNaN(worst) ? error : Math.max(worst, error);
        }
        return worst;
    }

    List<Figure> figures() {
        return figures;
    }

    String heading() {
        StringBuilder line = new StringBuilder("sample      tilts seed");
        for (Figure f : figures) {
            int width = String.format(Locale.ROOT, f.format(), 0.0).length() + 1;
            line.append(' ')
                    .append(" ".repeat(Math.max(0, width - f.heading().length())))
                    .append(f.heading());
        }
        return line.append("     s").toString();
    }

    String line() {
        StringBuilder line = new StringBuilder(String.format(
                Locale.ROOT, "%-11s %5d %4d", settings.kind().label(), settings.tilts(), settings.seed()));
        figures.forEach(f -> line.append(' ').append(f.text()));
        return line.append(String.format(Locale.ROOT, " %5.0f", seconds)).toString();
    }

    ObjectNode toJson() {
        ObjectNode json = Json.object();
        json.put("kind", settings.kind().label());
        json.put("tilts", settings.tilts());
        json.put("seed", settings.seed());
        json.put("seconds", seconds);
        figures.forEach(f -> json.set(f.key(), Json.numbers(f.value()).get(0)));
        return json;
    }
}
