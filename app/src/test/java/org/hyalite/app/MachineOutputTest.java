package org.hyalite.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Protects scripts: what {@code --json} prints is JSON with the contract's keys and nothing else. */
class MachineOutputTest {
    @TempDir
    static Path temp;

    private static Path twin;

    @BeforeAll
    static void copy() throws IOException {
        twin = Experiments.copyTo(temp.resolve("twin"));
    }

    @Test
    void infoSaysWhatTheContractLists() {
        JsonNode all = Said.by("info", twin.resolve("sample/adf.mrc"), twin.resolve("sample/eds/tilt_0.zspy"), "--json")
                .json();
        assertThat(all).hasSize(2);
        for (JsonNode file : all) {
            assertThat(file.propertyNames()).contains("file", "format", "signals");
            for (JsonNode signal : file.path("signals")) {
                assertThat(signal.propertyNames())
                        .contains("name", "kind", "shape", "axes", "sum", "min", "max", "metadata", "missing");
                for (JsonNode axis : signal.path("axes")) {
                    assertThat(axis.propertyNames()).contains("name", "size", "scale", "offset", "unit");
                }
                for (JsonNode known : signal.path("metadata")) {
                    assertThat(known.propertyNames()).containsExactly("value", "unit", "source");
                }
            }
        }
        assertThat(all.at("/0/signals/0/kind").asString()).isEqualTo("tilt-series");
        assertThat(all.at("/0/signals/0/metadata/tilts_deg/value")).hasSize(3);
        assertThat(all.at("/1/signals/0/kind").asString()).isEqualTo("spectrum-image");
        assertThat(all.at("/1/signals/0/metadata").propertyNames())
                .contains("beam_energy_keV", "beam_current_nA", "dwell_time_s", "tilt_deg", "pixel_size_nm");
        String words =
                Said.by("info", twin.resolve("sample/eds/tilt_0.zspy")).worked().out();
        assertThat(words).contains("spectrum-image", "beam_current_nA", "0.9", "energy 1024");
    }

    @Test
    void countsWritesMapsWithErrorsAndTotals() {
        Path out = temp.resolve("counts");
        JsonNode counts = Said.by(
                        "counts",
                        twin.resolve("sample/eds/tilt_70.zspy"),
                        twin.resolve("sample/eds/tilt_-70.zspy"),
                        "-l",
                        "Co_Ka,Zn_Ka",
                        "--others",
                        "Cu,C,N,Si",
                        "-o",
                        out,
                        "--json")
                .json();
        assertThat(counts).isEqualTo(read(out.resolve("counts.json")));
        assertThat(counts.path("energy").propertyNames()).contains("offset_keV", "gain", "fwhm_MnKa_eV");
        assertThat(counts.path("lines")).hasSize(2);
        for (JsonNode line : counts.path("lines")) {
            assertThat(line.propertyNames()).contains("line", "total", "standard_error", "per_image");
            assertThat(line.path("per_image")).hasSize(2);
            String name = line.path("name").asString();
            assertThat(out.resolve(name + ".mrc")).hasSize(1024 + 4 * 2 * 16 * 16);
            assertThat(out.resolve(name + "_se.mrc")).exists();
            assertThat(out.resolve(name + ".rawtlt")).hasContent("-70.0\n70.0");
        }
        assertThat(counts.at("/tilts_deg/0").asDouble()).as("ascending").isEqualTo(-70);
        assertThat(counts.at("/lines/0/total").asDouble())
                .isEqualTo(counts.at("/lines/0/per_image/0").asDouble()
                        + counts.at("/lines/0/per_image/1").asDouble());
    }

    @Test
    void calibrateRunAndPhasesSummariseWhatTheyFound() throws IOException {
        Path calibration = temp.resolve("my calibration.json");
        JsonNode calibrated = Said.by(
                        "calibrate", twin.resolve("experiment.yaml"), "-o", calibration, "--no-figures", "--json")
                .json();
        assertThat(calibrated.path("cross_sections")).hasSize(4);
        assertThat(calibrated.at("/cross_sections/0").propertyNames())
                .contains("element", "line", "sigma_barn", "standard_error_barn");
        assertThat(read(calibration).path("cross_sections")).hasSize(4);
        Path evidence = temp.resolve("my calibration-evidence");
        assertThat(evidence.resolve("provenance.json")).exists();
        assertThat(evidence.resolve("standards/co-1/thickness.mrc")).exists();
        assertThat(evidence.resolve("figures")).as("none were asked for").doesNotExist();
        assertThat(temp.resolve("provenance.json"))
                .as("all evidence lies in its own folder")
                .doesNotExist();

        Path experiment = twin.resolve("sample-only.yaml");
        Files.copy(twin.resolve("experiment.yaml"), experiment);
        Experiments.withoutStandards(experiment);
        Experiments.replace(experiment, "sample:", "calibration: ../my calibration.json\nsample:");
        Path results = temp.resolve("results");
        JsonNode run = Said.by("run", experiment, "-o", results, "--no-figures", "--json")
                .json();
        assertThat(run.propertyNames()).contains("cross_sections", "phases", "results", "warnings");
        assertThat(run.path("phases").size()).isPositive();

        JsonNode phases =
                Said.by("phases", results, "--threshold", "2.5", "--json").json();
        assertThat(phases).isEqualTo(read(results.resolve("phases.json")));
        assertThat(phases.path("threshold_per_nm3").asDouble()).isEqualTo(2.5);
        Said.by("phases", results, "--fraction-of", "Fe").refused(2, "Fe", "Co");
        Said.by("phases", results, "--threshold", "-1").refused(2, "--threshold", "0 or more");
    }

    private static JsonNode read(Path file) {
        return new tools.jackson.databind.ObjectMapper().readTree(file.toFile());
    }
}
