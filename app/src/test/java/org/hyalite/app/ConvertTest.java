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
    void sumSpectrumThroughMsa() {
        Path zspy = twin.resolve("sample/eds/tilt_0.zspy");
        Path msa = temp.resolve("sum.msa");
        Said.by("convert", zspy, msa).worked();
        JsonNode map = signal(zspy);
        JsonNode spectrum = signal(msa);
        assertThat(spectrum.path("kind").asString()).isEqualTo("spectrum");
        assertThat(spectrum.path("sum")).isEqualTo(map.path("sum"));
        assertThat(spectrum.path("axes").get(0)).isEqualTo(map.path("axes").get(2));
        double pixels =
                map.path("shape").get(0).asInt() * map.path("shape").get(1).asInt();
        double dwell = map.path("metadata").path("dwell_time_s").path("value").asDouble();
        assertThat(spectrum.path("metadata").path("live_time_s").path("value").asDouble())
                .isCloseTo(pixels * dwell, org.assertj.core.api.Assertions.offset(1e-9));
        for (String key : List.of("beam_energy_keV", "beam_current_nA", "tilt_deg")) {
            assertThat(spectrum.path("metadata").path(key).path("value"))
                    .isEqualTo(map.path("metadata").path(key).path("value"));
        }
    }

    @Test
    void tiltSeriesThroughTiffAndBack() {
        Path mrc = twin.resolve("sample/adf.mrc");
        for (String name : List.of("adf.tif", "adf.ome.tif")) {
            Path tiff = temp.resolve(name);
            Path back = temp.resolve(name + ".mrc");
            Said.by("convert", mrc, tiff).worked();
            JsonNode written = signal(tiff);
            for (String key : List.of("kind", "shape", "sum", "min", "max", "missing")) {
                assertThat(written.path(key))
                        .as(name + " " + key)
                        .isEqualTo(signal(mrc).path(key));
            }
            assertThat(written.path("metadata").path("tilts_deg").path("value"))
                    .isEqualTo(signal(mrc).path("metadata").path("tilts_deg").path("value"));
            Said.by("convert", tiff, back).worked();
            assertThat(back).hasSameBinaryContentAs(mrc);
        }
    }

    @Test
    void volumeThroughOmeZarrAndTiffAndBack() throws IOException {
        Path truth = volume();
        Path from = truth;
        for (String name : List.of("v.ome.zarr", "v.tif", "v.ome.tif")) {
            Path to = temp.resolve(name);
            Said.by("convert", from, to).worked();
            assertThat(signal(to).path("kind").asString()).isEqualTo("volume");
            from = to;
        }
        Path back = temp.resolve("v.mrc");
        Said.by("convert", from, back).worked();
        assertThat(back).hasSameBinaryContentAs(truth);
    }

    /** A surface is written in every format; a level outside the volume, or none, is refused with what there is. */
    @Test
    void volumeAsSurface() throws IOException {
        Path volume = volume();
        for (String name : List.of("v.ply", "v.stl", "v.glb")) {
            Said.by("convert", volume, temp.resolve(name), "--level", 1).worked();
            assertThat(temp.resolve(name)).isNotEmptyFile();
        }
        Path none = temp.resolve("none.ply");
        Said.by("convert", volume, none).refused(2, volume.toString(), "--level between 0.0 and ");
        Said.by("convert", volume, none, "--level", 1e6).refused(2, volume.toString(), "1000000.0", "between 0.0 and ");
        Said.by("convert", volume, temp.resolve("v.tif"), "--level", 1).refused(2, "v.tif", "--level", ".ply");
        Said.by("convert", twin.resolve("sample/adf.mrc"), none, "--level", 1).refused(2, "adf.mrc", "tilt-series");
        assertThat(none).doesNotExist();
    }

    @Test
    void whatAFormatCannotHoldIsRefused() {
        Said.by("convert", twin.resolve("sample/eds/tilt_0.zspy"), temp.resolve("map.mrc"))
                .refused(2, "tilt_0.zspy", "spectrum-image", ".zspy");
        Said.by("convert", twin.resolve("sample/adf.mrc"), temp.resolve("adf.rpl"))
                .refused(2, "adf.mrc", "tilt-series");
        Said.by("convert", twin.resolve("sample/adf.mrc"), temp.resolve("adf.ome.zarr"))
                .refused(2, "adf.mrc", "tilt-series");
        Said.by("convert", twin.resolve("sample/adf.mrc"), temp.resolve("adf.msa"))
                .refused(2, "adf.mrc", "tilt-series");
        Said.by("convert", twin.resolve("sample/eds/tilt_0.zspy"), temp.resolve("map.tif"))
                .refused(2, "tilt_0.zspy", "spectrum-image");
        assertThat(temp.resolve("map.mrc")).doesNotExist();
    }

    private Path volume() throws IOException {
        Path whole = Experiments.copyTo(temp.resolve("whole"));
        try (var files = Files.list(whole.resolve("truth"))) {
            return files.filter(f -> f.getFileName().toString().matches("density_.*[.]mrc"))
                    .sorted()
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static JsonNode file(Path file) {
        return Said.by("info", file, "--json").json().get(0);
    }

    private static JsonNode signal(Path file) {
        return file(file).path("signals").get(0);
    }
}
