package org.hyalite.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hyalite.physics.Units;
import tools.jackson.databind.JsonNode;

/** The method in words, with the numbers of this very run: what a paper's methods section needs. */
final class ReportMethod {
    private static final double ELECTRONS_PER_NA_S = Units.AMPERE_PER_NANOAMPERE / Units.ELEMENTARY_CHARGE_C;

    private final ReportData data;

    private ReportMethod(ReportData data) {
        this.data = data;
    }

    static void write(StringBuilder html, ReportData data) {
        ReportMethod method = new ReportMethod(data);
        section(html, "Recording", method.recording());
        section(html, "Counts", method.counts());
        section(html, "Cross sections", method.crossSections());
        section(html, "Alignment", method.alignment());
        section(html, "Reconstruction", method.reconstruction());
        section(html, "Phase diagram", method.diagram());
        section(html, "Errors", method.errors());
        Html.p(
                html,
                "The method is that of S. M. Collins, K. E. MacArthur et al., APL Mater. 7, 091111 (2019); the counts of a line"
                        + " from matter of thickness t and density ρ are I = (τ i/e) ρ σ t.");
    }

    private static void section(StringBuilder html, String title, List<String> sentences) {
        if (!sentences.isEmpty()) {
            html.append("<div class=\"keep\"><h3>").append(title).append("</h3>");
            Html.p(html, String.join(" ", sentences));
            html.append("</div>");
        }
    }

    private List<String> recording() {
        List<String> said = new ArrayList<>();
        tilts("sample.adf.tilts_deg").ifPresent(t -> said.add("ADF images: " + t + pixel("sample.adf") + "."));
        tilts("sample.eds.tilts_deg").ifPresent(t -> said.add("EDS maps: " + t + pixel("sample.eds") + "."));
        data.range("sample.beam_energy_keV", "keV", 1).ifPresent(e -> said.add("Beam energy " + e + "."));
        Optional<String> current = data.range("sample.beam_current_nA", "nA", 1);
        Optional<String> dwell = data.range("sample.dwell_time_s", "ms", 1000);
        current.ifPresent(c -> said.add("Beam current " + c + "."));
        dwell.ifPresent(d -> said.add("Dwell time per pixel " + d + "."));
        double electrons = data.mean("sample.beam_current_nA") * data.mean("sample.dwell_time_s") * ELECTRONS_PER_NA_S;
        if (Double.isFinite(electrons)) {
            said.add("That is " + ReportData.number(electrons, 3) + " electrons per pixel and tilt.");
        } else {
            said.add(
                    "The dose is not known: the beam current or the dwell time is given neither by the files nor by the"
                            + " experiment file.");
        }
        return said;
    }

    private Optional<String> tilts(String name) {
        return data.parameter(name).filter(t -> t.isArray() && !t.isEmpty()).map(t -> {
            double low = Double.POSITIVE_INFINITY;
            double high = Double.NEGATIVE_INFINITY;
            for (JsonNode v : t) {
                low = Math.min(low, v.asDouble());
                high = Math.max(high, v.asDouble());
            }
            return t.size() + " tilts, " + ReportData.number(low, 3) + "° … " + ReportData.number(high, 3) + "°";
        });
    }

    private String pixel(String of) {
        double nm = data.mean(of + ".pixel_size_nm");
        return Double.isFinite(nm) ? ", pixels of " + ReportData.number(nm, 4) + " nm" : "";
    }

    private List<String> counts() {
        List<String> said = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        for (JsonNode p : data.provenance.path("parameters")) {
            String name = p.path("name").asString("");
            if (name.startsWith("elements.")) {
                ReportData.strings(p.path("value"))
                        .forEach(l -> lines.add(ReportData.line(name.substring("elements.".length()), l)));
            }
        }
        if (!lines.isEmpty()) {
            said.add(
                    "Lines quantified: " + ReportData.list(lines) + ", by a model of the spectrum fitted in every pixel"
                            + (data.text("spectra.method").orElse("fit").equals("fit")
                                    ? ""
                                    : " (method " + data.text("spectra.method").orElse("") + ")")
                            + ".");
        }
        data.parameter("spectra.other_elements")
                .map(ReportData::strings)
                .filter(o -> !o.isEmpty())
                .ifPresent(o -> said.add("Also modelled, not quantified: " + ReportData.list(o) + "."));
        data.text("spectra.denoise")
                .filter(d -> !d.equals("none"))
                .ifPresent(d -> said.add("Spectra were denoised (" + d + ")."));
        JsonNode energy = data.counts.path("energy");
        if (energy.has("offset_keV")) {
            said.add(String.format(
                    Locale.ROOT,
                    "The energy axis, fitted to the sum spectrum: offset %s keV, %s eV per channel, FWHM %s eV at Mn Kα.",
                    ReportData.uncertain(
                            energy.path("offset_keV").asDouble(),
                            energy.path("offset_keV_se").asDouble()),
                    ReportData.uncertain(
                            1000 * energy.path("gain").asDouble(),
                            1000 * energy.path("gain_se").asDouble()),
                    ReportData.uncertain(
                            energy.path("fwhm_MnKa_eV").asDouble(),
                            energy.path("fwhm_MnKa_eV_se").asDouble())));
        }
        if (data.counts.path("degrees_of_freedom").asInt(0) > 0) {
            said.add("The fit to the sum spectrum has χ² = "
                    + ReportData.number(data.counts.path("chi_square").asDouble(), 4) + " for "
                    + data.counts.path("degrees_of_freedom").asInt() + " degrees of freedom.");
        }
        return said;
    }

    private List<String> crossSections() {
        if (data.calibration.path("cross_sections").isEmpty()) {
            return List.of("None were measured or given: densities are in " + data.unit()
                    + ", relative, and fractions are of counts.");
        }
        List<String> standards = new ArrayList<>();
        for (int i = 0; data.text("standards[" + i + "].name").isPresent(); i++) {
            String at = "standards[" + i + "].";
            String name = data.text(at + "name").orElse("");
            standards.add(name + " (" + data.text(at + "element").orElse("") + ", "
                    + data.parameter(at + "density_per_nm3")
                            .map(d -> ReportData.number(d.asDouble(), 4) + " atoms/nm³")
                            .orElse("density not given")
                    + ")");
        }
        List<String> said = new ArrayList<>();
        if (standards.isEmpty()) {
            said.add("Taken from an earlier calibration"
                    + text(data.calibration.path("date"), " of ") + text(data.calibration.path("microscope"), " at ")
                    + ".");
        } else {
            said.add("Measured on the standards " + ReportData.list(standards)
                    + ": thickness from the segmented ADF volume, counts fitted as proportional to it.");
        }
        List<String> sigma = new ArrayList<>();
        for (JsonNode c : data.calibration.path("cross_sections")) {
            sigma.add("σ("
                    + ReportData.line(
                            c.path("element").asString(""), c.path("line").asString("")) + ") = "
                    + ReportData.uncertain(
                            c.path("sigma_barn").asDouble(Double.NaN),
                            c.path("standard_error_barn").asDouble(0))
                    + " b");
        }
        said.add(ReportData.list(sigma) + ".");
        return said;
    }

    private static String text(JsonNode node, String before) {
        return node.isString() && !node.asString().isBlank() ? before + node.asString() : "";
    }

    private List<String> alignment() {
        JsonNode a = data.alignment;
        if (!a.has("method")) {
            return List.of();
        }
        List<String> said = new ArrayList<>();
        said.add("Of the ADF images, applied to every map: " + a.path("method").asString("") + ".");
        said.add(String.format(
                Locale.ROOT,
                "Tilt axis %s px from the middle, turned by %s°%s.",
                ReportData.number(a.path("axis_offset_px").asDouble(Double.NaN), 3),
                ReportData.number(a.path("axis_rotation_deg").asDouble(Double.NaN), 2),
                a.has("axis_rotation_standard_error_deg")
                        ? " ± "
                                + ReportData.number(
                                        a.path("axis_rotation_standard_error_deg")
                                                .asDouble(),
                                        2) + "°"
                        : ""));
        double after = ReportData.rms(a.path("residuals_px"));
        double before = ReportData.rms(a.path("refinement").path("residuals_before_px"));
        if (Double.isFinite(after)) {
            said.add("Residual of the images' places " + ReportData.number(after, 2) + " px rms"
                    + (Double.isFinite(before)
                            ? " (" + ReportData.number(before, 2) + " px before "
                                    + a.path("refinement").path("method").asString("refinement") + ")"
                            : "")
                    + ".");
        }
        for (JsonNode refused : a.path("refused")) {
            said.add(
                    "The image at " + ReportData.number(refused.path("tilt_deg").asDouble(), 3) + "° was left out: "
                            + refused.path("reason").asString("") + ".");
        }
        JsonNode gain = a.path("gain");
        if (gain.has("source")) {
            said.add("Share of the X-rays seen at each tilt: "
                    + gain.path("source").asString("").replace('_', ' ')
                    + (gain.path("degrees_of_freedom").asInt(0) > 0
                            ? ", χ² = "
                                    + ReportData.number(gain.path("chi_square").asDouble(), 3) + " for "
                                    + gain.path("degrees_of_freedom").asInt() + " degrees of freedom"
                            : "")
                    + ".");
        }
        return said;
    }

    private List<String> reconstruction() {
        List<String> said = new ArrayList<>();
        for (JsonNode c : data.convergence) {
            String of = c.path("volume").asString("");
            String name = of.startsWith("density_") ? of.substring("density_".length()) : "ADF";
            said.add(String.format(
                    Locale.ROOT,
                    "%s: preset %s, %s, data term %s, weight %s (%s), %d iterations, relative gap %s%s.",
                    name,
                    c.path("preset").asString("–"),
                    regulariser(c.path("regulariser").asString("")),
                    dataTerm(c.path("data_term").asString("")),
                    ReportData.number(c.path("weight").asDouble(Double.NaN), 2),
                    c.path("weight_criterion").asString(""),
                    c.path("iterations").asInt(0),
                    ReportData.number(c.path("relative_gap").asDouble(Double.NaN), 2),
                    c.path("converged").asBoolean(true) ? "" : ", not converged"));
            if (c.path("adf_fused").asBoolean(false)) {
                said.add("The ADF images are fused in; the elements explain "
                        + ReportData.number(100 * c.path("adf_explained").asDouble(Double.NaN), 3) + " % of them.");
            }
        }
        return said.stream().distinct().toList();
    }

    private static String regulariser(String label) {
        return switch (label) {
            case "tv" -> "total variation";
            case "tv2" -> "second-order total variation";
            case "tgv" -> "total generalised variation";
            case "tv-nuclear" -> "total nuclear variation over all elements";
            case "tv-frobenius" -> "total variation coupled over all elements (Frobenius norm)";
            case "" -> "no regulariser named";
            default -> label;
        };
    }

    private static String dataTerm(String label) {
        return switch (label) {
            case "l2" -> "least squares";
            case "kl" -> "Poisson likelihood of the counts with their background";
            case "wl2" -> "weighted least squares";
            default -> label;
        };
    }

    private List<String> diagram() {
        JsonNode p = data.phases;
        List<String> said = new ArrayList<>();
        if (p.has("threshold_per_nm3")) {
            String interval = p.has("threshold_interval95_per_nm3")
                    ? ", 95 %: "
                            + ReportData.number(
                                    p.path("threshold_interval95_per_nm3")
                                            .path(0)
                                            .asDouble(Double.NaN),
                                    4)
                            + " … "
                            + ReportData.number(
                                    p.path("threshold_interval95_per_nm3")
                                            .path(1)
                                            .asDouble(Double.NaN),
                                    4)
                    : "";
            said.add("Inside are voxels with N > "
                    + ReportData.number(p.path("threshold_per_nm3").asDouble(), 4) + " "
                    + data.unit() + " ("
                    + p.path("threshold_source").asString("").replace('_', ' ') + ": "
                    + p.path("threshold_reason").asString("") + interval + ").");
        }
        if (p.path("volume_relative_sd_by_threshold").asDouble(0) > 0) {
            said.add("Through the threshold the volume inside is known to ± "
                    + ReportData.number(
                            100 * p.path("volume_relative_sd_by_threshold").asDouble(), 2) + " %.");
        }
        said.add("Phases by "
                + (p.path("criterion").asString("").equals("bic")
                        ? "a mixture of normal distributions, their number by least BIC."
                        : "the hills of the diagram; their means and deviations are of cores below their surfaces: "
                                + ReportData.list(cores(p)) + "."));
        p.path("threshold_alarms").forEach(a -> said.add("Threshold: " + a.asString("") + "."));
        return said;
    }

    private static List<String> cores(JsonNode p) {
        List<String> all = new ArrayList<>();
        p.path("phases").forEach(q -> {
            int depth = q.path("core_depth_voxels").asInt(0);
            all.add(q.path("name").asString("") + " " + depth + (depth == 1 ? " voxel" : " voxels"));
        });
        return all;
    }

    private List<String> errors() {
        List<String> said = new ArrayList<>();
        JsonNode u = data.uncertainty;
        if (u.has("replicas")) {
            said.add("From " + u.path("replicas").asInt() + " replicas of the counts (seed "
                    + u.path("seed").asInt(0)
                    + ", alignment " + u.path("alignment").asString("") + "), biases from "
                    + u.path("bias_simulations").asInt(0) + " simulations.");
        }
        for (JsonNode c : data.volumes()) {
            if (c.has("relative_systematic")) {
                said.add("The scale of " + c.path("volume").asString("").replace("density_", "") + " is known to ± "
                        + ReportData.number(100 * c.path("relative_systematic").asDouble(), 2)
                        + " % (cross sections and tilt gain).");
            }
        }
        if (data.nullControl.has("replicas")) {
            said.add(
                    "Null control: " + data.nullControl.path("replicas").asInt()
                            + " particles of the same outline and pure phases, recorded with the same noise and reconstructed alike.");
        }
        return said;
    }
}
