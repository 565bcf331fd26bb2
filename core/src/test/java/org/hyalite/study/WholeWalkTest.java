package org.hyalite.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.hyalite.grid.Volume;
import org.hyalite.io.MicroscopeFile;
import org.hyalite.io.format.Recording;
import org.hyalite.io.format.Signal;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Protects the walk from microscope files to a phase diagram, and the results folder that the contract promises. */
class WholeWalkTest {
    private static StudyResult result;
    private static Path folder;

    @BeforeAll
    static void run() throws IOException {
        result = TinyTwin.run();
        folder = result.folder();
    }

    @Test
    void crossSectionsAreThoseOfTheTwin() {
        JsonNode truth = Json.read(TinyTwin.experiment().resolve("truth/truth.json"));
        JsonNode found = Json.read(folder.resolve("calibration.json")).path("cross_sections");
        assertThat(found).hasSize(4);
        for (JsonNode line : found) {
            String element = line.path("element").asString();
            String name = line.path("line").asString();
            double sigma = truth.path("cross_sections")
                    .valueStream()
                    .filter(t -> t.path("element").asString().equals(element)
                            && t.path("line").asString().equals(name))
                    .findFirst()
                    .orElseThrow()
                    .path("sigma_barn")
                    .asDouble();
            double tolerance = name.equals("Ka") ? 0.04 : 0.07;
            assertThat(line.path("sigma_barn").asDouble())
                    .as(element + " " + name)
                    .isCloseTo(sigma, within(tolerance * sigma));
        }
    }

    @Test
    void bothPhasesAreFound() {
        JsonNode phases = Json.read(folder.resolve("phases.json")).path("phases");
        assertThat(phases).hasSize(2);
        assertThat(phases.get(0).path("fraction_mean").asDouble()).isLessThan(0.05);
        assertThat(phases.get(1).path("fraction_mean").asDouble()).isGreaterThan(0.95);
        assertThat(phases.get(0).path("density_mean_per_nm3").asDouble()).isCloseTo(5, within(0.7));
        assertThat(phases.get(1).path("density_mean_per_nm3").asDouble()).isCloseTo(6, within(0.7));
    }

    @Test
    void atomsAreNeitherLostNorMade() {
        for (String element : List.of("Co", "Zn")) {
            Volume truth = Stacks.volume(TinyTwin.experiment().resolve("truth/density_" + element + ".mrc"));
            Volume found = Stacks.volume(folder.resolve("sample/density_" + element + ".mrc"));
            assertThat(found.sum()).as(element).isCloseTo(truth.sum(), within(0.05 * truth.sum()));
        }
    }

    @Test
    void elementsStandTogetherForViewers() {
        Recording recording = MicroscopeFile.open(folder.resolve("sample/volume.ome.zarr"));
        assertThat(recording.signals()).extracting(Signal::name).containsExactly("Co", "Zn");
        for (Signal signal : recording.signals()) {
            Volume density = Stacks.volume(folder.resolve("sample/density_" + signal.name() + ".mrc"));
            Volume shown =
                    Stacks.volume(signal.as(Signal.Stack.class).orElseThrow().images());
            assertThat(shown.blocks()).isDeepEqualTo(density.blocks());
            assertThat(shown.voxelNm()).isCloseTo(density.voxelNm(), within(1e-6));
        }
    }

    @Test
    void nothingHadToBeWarnedOf() {
        assertThat(result.warnings()).isEmpty();
    }

    @Test
    void calibrationHoldsWhatTheContractLists() {
        JsonNode calibration = Json.read(folder.resolve("calibration.json"));
        assertThat(calibration.propertyNames())
                .contains("microscope", "beam_energy_keV", "detectors", "line_definition", "date", "cross_sections");
        for (JsonNode line : calibration.path("cross_sections")) {
            assertThat(line.propertyNames())
                    .contains(
                            "element",
                            "line",
                            "sigma_barn",
                            "standard_error_barn",
                            "intercept_counts",
                            "intercept_standard_error_counts",
                            "curvature_per_nm",
                            "curvature_standard_error_per_nm",
                            "r_squared",
                            "pixels",
                            "budget",
                            "particles");
            assertThat(line.path("particles")).hasSize(2);
            assertThat(line.path("particles").get(0).propertyNames())
                    .contains("name", "sigma_barn", "standard_error_barn");
        }
    }

    @Test
    void standardsHaveVolumeThicknessAndThreshold() {
        for (String name : List.of("co-1", "co-2", "zn-1", "zn-2")) {
            Path here = folder.resolve("standards").resolve(name);
            assertThat(here.resolve("volume.mrc")).hasSize(1024 + 4 * 32 * 32 * 32);
            assertThat(here.resolve("thickness.mrc")).hasSize(1024 + 4 * 32 * 32);
            JsonNode threshold = Json.read(here.resolve("threshold.json"));
            assertThat(threshold.propertyNames()).contains("threshold", "curve");
            assertThat(threshold.path("curve").path("delta_nm3")).hasSize(100);
        }
    }

    @Test
    void sampleFilesHaveTheirShapes() throws IOException {
        for (String element : List.of("Co", "Zn")) {
            assertThat(folder.resolve("sample/density_" + element + ".mrc")).hasSize(1024 + 4 * 32 * 32 * 32);
            for (String line : List.of("Ka", "Kb")) {
                String counts = "sample/counts_" + element + "_" + line;
                assertThat(folder.resolve(counts + ".mrc")).hasSize(1024 + 4 * 7 * 32 * 32);
                assertThat(folder.resolve(counts + "_se.mrc")).hasSize(1024 + 4 * 7 * 32 * 32);
                assertThat(Files.readAllLines(folder.resolve(counts + ".rawtlt")))
                        .hasSize(7);
            }
        }
        List<String> alignment = Files.readAllLines(folder.resolve("sample/alignment.csv"));
        assertThat(alignment).hasSize(8);
        assertThat(alignment.get(0)).isEqualTo("tilt_deg,shift_y_px,shift_x_px,gain");
        assertThat(Json.read(folder.resolve("sample/alignment.json")).propertyNames())
                .contains("axis_offset_px", "axis_rotation_deg", "method", "residuals_px");
    }

    @Test
    void convergenceHasAnEntryForEveryVolume() {
        JsonNode all = Json.read(folder.resolve("sample/convergence.json"));
        assertThat(all.isArray()).isTrue();
        assertThat(all).hasSize(3);
        for (JsonNode entry : all) {
            assertThat(entry.propertyNames())
                    .contains(
                            "volume",
                            "unit",
                            "preset",
                            "regulariser",
                            "data_term",
                            "iterations",
                            "relative_gap",
                            "weight",
                            "alpha",
                            "weight_criterion",
                            "weight_curve",
                            "mass_check",
                            "seconds");
            assertThat(entry.path("mass_check")).hasSize(7);
            assertThat(entry.path("mass_check").get(0).propertyNames()).contains("tilt_deg", "measured", "reprojected");
            assertThat(entry.path("relative_gap").asDouble()).isBetween(-1e-6, 1e-3);
        }
        assertThat(all.get(0).path("weight_curve").size())
                .as("the ADF weight was searched for")
                .isGreaterThan(2);
        assertThat(all.get(0).path("weight_curve").get(0)).hasSize(2);
        assertThat(all.get(1).path("unit").asString()).isEqualTo("atoms/nm³");
    }

    @Test
    void phasesHoldWhatTheContractLists() {
        JsonNode phases = Json.read(folder.resolve("phases.json"));
        assertThat(phases.propertyNames())
                .contains(
                        "fraction_of",
                        "threshold_per_nm3",
                        "fraction_edges",
                        "density_edges_per_nm3",
                        "volume_nm3",
                        "unit",
                        "phases",
                        "precision");
        assertThat(phases.path("fraction_of").asString()).isEqualTo("Zn");
        assertThat(phases.path("threshold_source").asString()).isIn("steepest_point", "half_way");
        assertThat(phases.path("volume_nm3"))
                .hasSize(phases.path("fraction_edges").size() - 1);
        assertThat(phases.path("volume_nm3").get(0))
                .hasSize(phases.path("density_edges_per_nm3").size() - 1);
        for (JsonNode phase : phases.path("phases")) {
            assertThat(phase.propertyNames())
                    .contains(
                            "name",
                            "volume_nm3",
                            "fraction_mean",
                            "fraction_sd",
                            "density_mean_per_nm3",
                            "density_sd_per_nm3");
        }
        assertThat(phases.path("precision").propertyNames()).contains("fraction_2sd", "density_2sd_per_nm3");
    }

    @Test
    void everyFigureStandsAsPngAndAsSvg() throws IOException {
        try (Stream<Path> all = Files.list(folder.resolve("figures"))) {
            List<String> names =
                    all.map(p -> p.getFileName().toString()).sorted().toList();
            assertThat(names)
                    .contains(
                            "fig1-standards.png",
                            "fig2-cross-sections.png",
                            "fig3-sample.png",
                            "fig5-renderings.png",
                            "fig6-phase-diagram.png",
                            "figS8-phase-diagram-unthresholded.png",
                            "figS9-phase-diagram-full-scale.png");
            assertThat(names.stream().filter(n -> n.endsWith(".png")).map(n -> n.replace(".png", ".svg")))
                    .isEqualTo(names.stream().filter(n -> n.endsWith(".svg")).toList());
        }
    }

    @Test
    void reportStandsByItself() throws IOException {
        String report = Files.readString(folder.resolve("report.html"));
        assertThat(report).contains("σ(Co\u00a0Kα)", "phase Co-rich", "data:image/", "standards[0].density_per_nm3");
    }

    @Test
    void provenanceNamesInputsAndTheSourceOfEveryParameter() {
        JsonNode provenance = Json.read(folder.resolve("provenance.json"));
        assertThat(provenance.path("inputs"))
                .as("experiment, 4 × 2 files of standards, ADF and 7 maps")
                .hasSize(17);
        for (JsonNode input : provenance.path("inputs")) {
            assertThat(input.path("sha256").asString())
                    .as(input.path("file").asString())
                    .matches("[0-9a-f]{64}");
        }
        assertThat(provenance.path("inputs").get(0).path("sha256").asString())
                .isEqualTo(Digest.of(TinyTwin.experiment().resolve("whole.yaml")));
        for (JsonNode parameter : provenance.path("parameters")) {
            assertThat(parameter.path("source").asString()).isIn("file", "user", "derived", "default");
            assertThat(parameter.path("where").asString()).isNotEmpty();
        }
        assertThat(source(provenance, "reconstruction.eds.weight")).isEqualTo("user");
        assertThat(source(provenance, "reconstruction.adf.weight")).isEqualTo("default");
        assertThat(source(provenance, "standards[0].density_per_nm3")).isEqualTo("user");
        assertThat(source(provenance, "sample.adf.pixel_size_nm")).isEqualTo("file");
        assertThat(source(provenance, "sample.spectra.offset_keV")).isEqualTo("derived");
        assertThat(provenance.propertyNames()).contains("program", "machine", "kernels", "started", "ended", "seconds");
    }

    private static String source(JsonNode provenance, String name) {
        return provenance
                .path("parameters")
                .valueStream()
                .filter(p -> p.path("name").asString().equals(name))
                .map(p -> p.path("source").asString())
                .findFirst()
                .orElse("missing");
    }

    @Test
    void nothingPassingIsLeftBehind() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            assertThat(all.filter(p -> p.getFileName().toString().endsWith(".part")))
                    .isEmpty();
        }
    }
}
