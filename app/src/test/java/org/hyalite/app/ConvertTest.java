package org.hyalite.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Protects data on their way through formats: values, axes and what is known of the recording. */
class ConvertTest {
    @TempDir
    Path temp;

    private Path twin;

    @BeforeEach
    void copy() throws IOException {
        twin = Experiments.sampleTo(temp.resolve("twin"));
    }

    @Test
    void spectrumImageThroughRippleAndBack() {
        Path zspy = twin.resolve("sample/eds/tilt_70.zspy");
        Path rpl = temp.resolve("map.rpl");
        Path back = temp.resolve("back.zspy");
        Said.by("convert", zspy, rpl).worked();
        Said.by("convert", rpl, back).worked();
        JsonNode before = signal(zspy);
        for (Path file : List.of(rpl, back)) {
            JsonNode after = signal(file);
            for (String key : List.of("kind", "shape", "sum", "min", "max", "missing")) {
                assertThat(after.path(key)).as(file + " " + key).isEqualTo(before.path(key));
            }
            assertThat(after.path("axes")).isEqualTo(before.path("axes"));
            for (String key :
                    List.of("beam_energy_keV", "beam_current_nA", "dwell_time_s", "tilt_deg", "pixel_size_nm")) {
                assertThat(after.path("metadata").path(key).path("value"))
                        .as(file + " " + key)
                        .isEqualTo(before.path("metadata").path(key).path("value"));
            }
        }
    }

    @Test
    void tiltSeriesThroughZspyAndBack() {
        Path mrc = twin.resolve("sample/adf.mrc");
        Path zspy = temp.resolve("adf.zspy");
        Path back = temp.resolve("back.mrc");
        Said.by("convert", mrc, zspy).worked();
        Said.by("convert", zspy, back).worked();
        assertThat(back).hasSameBinaryContentAs(mrc);
        assertThat(temp.resolve("back.rawtlt")).hasSameTextualContentAs(twin.resolve("sample/adf.rawtlt"));
    }

    @Test
    void descriptionAsJson() {
        Path json = temp.resolve("adf.json");
        Said.by("convert", twin.resolve("sample/adf.mrc"), json).worked();
        JsonNode written = new tools.jackson.databind.ObjectMapper().readTree(json.toFile());
        assertThat(written.path("signals"))
                .isEqualTo(file(twin.resolve("sample/adf.mrc")).path("signals"));
    }

    @Test
    void pictureAsTable() throws IOException {
        Path counts = temp.resolve("counts");
        Said.by("counts", twin.resolve("sample/eds/tilt_0.zspy"), "-l", "Zn_Ka", "-o", counts)
                .worked();
        Path csv = temp.resolve("zn.csv");
        Said.by("convert", counts.resolve("Zn_Ka.mrc"), csv).worked();
        List<String> rows = Files.readAllLines(csv);
        assertThat(rows).hasSize(16);
        double sum = 0;
        for (String row : rows) {
            assertThat(row.split(",")).hasSize(16);
            for (String value : row.split(",")) {
                sum += Double.parseDouble(value);
            }
        }
        assertThat(sum)
                .isCloseTo(
                        signal(counts.resolve("Zn_Ka.mrc")).path("sum").asDouble(),
                        org.assertj.core.api.Assertions.offset(0.1));
    }

    @Test
    void whatAFormatCannotHoldIsRefused() {
        Said.by("convert", twin.resolve("sample/eds/tilt_0.zspy"), temp.resolve("map.mrc"))
                .refused(2, "tilt_0.zspy", "spectrum-image", ".zspy");
        Said.by("convert", twin.resolve("sample/adf.mrc"), temp.resolve("adf.rpl"))
                .refused(2, "adf.mrc", "tilt-series");
        assertThat(temp.resolve("map.mrc")).doesNotExist();
    }

    private static JsonNode file(Path file) {
        return Said.by("info", file, "--json").json().get(0);
    }

    private static JsonNode signal(Path file) {
        return file(file).path("signals").get(0);
    }
}
