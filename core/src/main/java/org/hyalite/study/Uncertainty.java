package org.hyalite.study;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.hyalite.figure.PhaseDiagramFigure;
import org.hyalite.physics.Element;
import org.hyalite.study.recipe.UncertaintySettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the replicas of a run say.
 *
 * @param settings how many, named by which seed
 * @param simulations of the reconstructed volumes, and as many of homogeneous phases, for the bias
 * @param unit of densities
 * @param systematic of each element's density
 * @param voxels standard deviations in short, by element
 * @param crossSections replicas of the standards' spectra; none without standards
 */
record Uncertainty(
        UncertaintySettings settings,
        int simulations,
        String unit,
        Map<Element, Systematic> systematic,
        Map<Element, Voxels> voxels,
        List<PhaseUncertainty> phases,
        List<SigmaReplicas.Line> crossSections,
        double seconds) {
    private static final String METHOD =
            "statistical: standard deviation over Poisson replicas of the measured counts, phases' regions and weights held;"
                    + " bias: reconstructions of what is simulated of the reconstructed volumes, and of homogeneous phases with"
                    + " sharp edges, less what was put in; systematic: errors of cross sections and of what is given,"
                    + " independent between elements. interval95 holds the value, and the value less either bias, and reaches"
                    + " sqrt(t² (statistical² + bias_se²) + 1.96² systematic² + (larger bias)²/4) beyond; the value itself is"
                    + " not corrected";

    /** What is known of the phases' means, for the diagram. */
    List<PhaseDiagramFigure.Ellipse> ellipses() {
        return phases.stream()
                .map(p -> new PhaseDiagramFigure.Ellipse(
                        "",
                        p.region().fractionMean(),
                        p.region().densityMeanPerNm3(),
                        p.covariance()[0][0],
                        p.covariance()[0][1],
                        p.covariance()[1][1]))
                .toList();
    }

    /**
     * Relative standard deviations that move all voxels of an element together.
     *
     * @param crossSections by source, from the calibration's budget; of lines that err together
     * @param beamCurrent of the sample's maps; NaN if nobody gave it
     * @param tiltGain mean standard error of the gains; in the replicas already
     */
    record Systematic(double crossSections, double beamCurrent, double tiltGain) {}

    /** Mean standard deviation of single voxels inside and outside of the particle. */
    record Voxels(double meanInside, double meanOutside) {}

    ObjectNode toJson() {
        ObjectNode json = Json.object();
        json.put("replicas", settings.replicas());
        json.put("seed", settings.seed());
        json.put("alignment", settings.realigned() ? "repeated" : "held");
        json.put("bias_simulations", simulations);
        json.put("unit", unit);
        json.put("method", METHOD);
        ArrayNode elements = json.putArray("elements");
        voxels.forEach((element, v) -> {
            ObjectNode entry = elements.addObject();
            entry.put("element", element.symbol());
            entry.put("file", "sample/sd_" + element.symbol() + ".mrc");
            entry.put("mean_voxel_sd_inside", v.meanInside()).put("mean_voxel_sd_outside", v.meanOutside());
            Systematic s = systematic.get(element);
            ObjectNode scale = entry.putObject("systematic_relative");
            if (s != null) {
                scale.put("cross_sections", s.crossSections());
                if (Double.isFinite(s.beamCurrent())) {
                    scale.put("beam_current", s.beamCurrent());
                } else {
                    entry.putArray("not_given").add("beam_current");
                }
                entry.put("tilt_gain_relative_se", s.tiltGain());
            }
        });
        ArrayNode all = json.putArray("phases");
        for (PhaseUncertainty p : phases) {
            ObjectNode entry = all.addObject();
            entry.put("name", p.region().name());
            entry.set("fraction", p.fraction().toJson(""));
            entry.set("density", p.density().toJson("_per_nm3"));
            entry.set("covariance", matrix(p.covariance()));
            entry.set("statistical_covariance", matrix(p.statisticalCovariance()));
            entry.put("volume_nm3", p.volumeNm3());
            entry.put("volume_sd_nm3", p.volumeSdNm3());
            entry.put("volume_replicas", p.volumeReplicas());
        }
        ArrayNode lines = json.putArray("cross_sections");
        crossSections.forEach(l -> lines.add(l.toJson()));
        json.put("seconds", seconds);
        return json;
    }

    private static ArrayNode matrix(double[][] rows) {
        ArrayNode all = Json.array();
        for (double[] row : rows) {
            all.add(Json.numbers(row));
        }
        return all;
    }

    /** Adds standard errors and intervals to the phases of a {@code phases.json} that is written. */
    void addTo(Path phasesFile) {
        if (!(Json.read(phasesFile) instanceof ObjectNode json)) {
            return;
        }
        for (JsonNode phase : json.path("phases")) {
            for (PhaseUncertainty p : phases) {
                if (phase instanceof ObjectNode entry
                        && p.region().name().equals(phase.path("name").asString(""))) {
                    entry.put("fraction_mean_se", p.fraction().standardError());
                    entry.set(
                            "fraction_mean_interval95",
                            Json.numbers(p.fraction().low(), p.fraction().high()));
                    entry.put("density_mean_se_per_nm3", p.density().standardError());
                    entry.set(
                            "density_mean_interval95_per_nm3",
                            Json.numbers(p.density().low(), p.density().high()));
                    entry.set("covariance", matrix(p.covariance()));
                    entry.put("volume_sd_nm3", p.volumeSdNm3());
                }
            }
        }
        Json.write(phasesFile, json);
    }

    /** For people. */
    List<String> summary() {
        List<String> rows = new ArrayList<>();
        rows.add(String.format(
                Locale.ROOT,
                "uncertainty from %d replicas of the counts (alignment %s), bias from %d simulations, 95 %% intervals:",
                settings.replicas(),
                settings.realigned() ? "repeated" : "held",
                simulations));
        for (PhaseUncertainty p : phases) {
            rows.add(String.format(
                    Locale.ROOT,
                    "   %-8s X %.4f … %.4f, N %.3f … %.3f %s (statistical ± %.4f, ± %.3f; scale ± %.3f); volume ± %.2g nm³",
                    p.region().name(),
                    p.fraction().low(),
                    p.fraction().high(),
                    p.density().low(),
                    p.density().high(),
                    unit,
                    p.fraction().statisticalSd(),
                    p.density().statisticalSd(),
                    p.density().systematicSd(),
                    p.volumeSdNm3()));
        }
        voxels.forEach((element, v) -> rows.add(String.format(
                Locale.ROOT,
                "   %-2s single voxels ± %.2g %s inside, ± %.2g outside (one sd, noise alone)",
                element,
                v.meanInside(),
                unit,
                v.meanOutside())));
        crossSections.forEach(l -> rows.add(String.format(
                Locale.ROOT,
                "   σ(%s): replicas of the spectra ± %.4f b, ± %.4f b stated for counts, ± %.4f b in all",
                l.line().name(),
                l.sdBarn(),
                l.statedCountsBarn(),
                l.statedBarn())));
        return rows;
    }
}
