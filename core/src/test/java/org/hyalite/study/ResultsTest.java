package org.hyalite.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hyalite.grid.Volume;
import org.hyalite.io.mrc.MrcWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Protects what is said of a results folder, whatever state it is in. */
class ResultsTest {
    @TempDir
    Path temp;

    private static List<String> all(JsonNode list, String key) {
        List<String> found = new ArrayList<>();
        list.forEach(n -> found.add(key.isEmpty() ? n.asString("") : n.path(key).asString("")));
        return found;
    }

    @Test
    void aFolderThatIsNotThereOrEmptyIsToldWithWhatToDo() throws IOException {
        for (Path folder : List.of(temp.resolve("none"), Files.createDirectories(temp.resolve("empty")))) {
            JsonNode json = Results.of(folder).toJson();
            assertThat(json.path("state").asString("")).isEqualTo("empty");
            assertThat(json.path("name").asString(""))
                    .isEqualTo(folder.getFileName().toString());
            assertThat(json.path("missing")).hasSize(1);
            assertThat(json.path("missing").get(0).path("what_to_do").asString(""))
                    .contains("hyalite run", "hyalite demo");
            assertThat(json.path("zarr").isNull()).isTrue();
            assertThat(json.path("shape").isNull()).isTrue();
            for (String list : List.of("elements", "among", "volumes", "series", "json", "figures", "warnings")) {
                assertThat(json.path(list).isArray()).as(list).isTrue();
                assertThat(json.path(list)).as(list).isEmpty();
            }
        }
    }

    private Path sample() {
        Path folder = temp.resolve("results");
        MrcWriter.writeVolume(folder.resolve("sample/density_Zn.mrc"), Volume.zeros(3, 4, 5, 2));
        MrcWriter.writeVolume(folder.resolve("sample/density_Co.mrc"), Volume.zeros(3, 4, 5, 2));
        MrcWriter.writeVolume(folder.resolve("sample/sd_Co.mrc"), Volume.zeros(3, 4, 5, 2));
        ObjectNode convergence = Json.object().put("volume", "density_Co").put("unit", "counts/nm");
        Json.write(folder.resolve("sample/convergence.json"), Json.array().add(convergence));
        return folder;
    }

    @Test
    void aHalfFinishedRunIsToldWithWhatIsThere() {
        Path folder = sample();
        JsonNode json = Results.of(folder).toJson();
        assertThat(json.path("state").asString("")).isEqualTo("interrupted");
        assertThat(all(json.path("elements"), "")).containsExactly("Co", "Zn");
        assertThat(json.path("unit").asString("")).isEqualTo("counts/nm");
        assertThat(json.path("voxel_nm").asDouble()).isEqualTo(2);
        assertThat(json.path("shape").toString()).isEqualTo("[3,4,5]");
        assertThat(json.path("threshold_per_nm3").isNull()).isTrue();
        assertThat(all(json.path("missing"), "path"))
                .contains("phases.json", "sample/volume.ome.zarr", "provenance.json")
                .doesNotContain("sample/convergence.json");
        assertThat(all(json.path("missing"), "what_to_do").get(0)).contains("hyalite phases");
        for (JsonNode volume : json.path("volumes")) {
            boolean sd = volume.path("path").asString("").contains("/sd_");
            assertThat(volume.path("sd").asBoolean()).isEqualTo(sd);
            assertThat(volume.path("unit").asString("")).isEqualTo("counts/nm");
            assertThat(volume.path("element").asString("")).isIn("Co", "Zn");
        }
    }

    @Test
    void damagedFilesAreToldAndTheRestIsStillThere() throws IOException {
        Path folder = sample();
        Path zinc = folder.resolve("sample/density_Zn.mrc");
        Files.write(zinc, Arrays.copyOf(Files.readAllBytes(zinc), 1100));
        Files.writeString(folder.resolve("phases.json"), "{ not json");
        Files.writeString(folder.resolve("provenance.json"), "[1, 2");
        Files.createDirectories(folder.resolve("sample/density_Fe.mrc"));
        Files.writeString(folder.resolve("sample/density_Xx.mrc"), "");
        JsonNode json = Results.of(folder).toJson();
        List<String> warnings = all(json.path("warnings"), "");
        assertThat(warnings).anyMatch(w -> w.contains("density_Zn.mrc") && w.contains("cut off"));
        assertThat(warnings).anyMatch(w -> w.contains("phases.json"));
        assertThat(warnings).anyMatch(w -> w.contains("provenance.json"));
        assertThat(all(json.path("volumes"), "path"))
                .contains("sample/density_Co.mrc")
                .hasSize(2);
        assertThat(all(json.path("elements"), "")).doesNotContain("Xx", "Fe");
    }

    @Test
    void theRevisionFollowsTheResultsAlone() throws IOException {
        Path folder = sample();
        String first = Results.of(folder).revision();
        assertThat(Results.of(folder).revision()).isEqualTo(first);
        Files.writeString(folder.resolve("progress.json"), "{}");
        Files.createDirectories(folder.resolve("live"));
        Files.writeString(folder.resolve("live/density_Co.mrc"), "");
        Files.createDirectories(folder.resolve("selections"));
        Files.writeString(folder.resolve("selections/a.json"), "{}");
        assertThat(Results.of(folder).revision())
                .as("what a run tells and a viewer keeps")
                .isEqualTo(first);
        Files.writeString(folder.resolve("phases.json"), "{}");
        String second = Results.of(folder).revision();
        assertThat(second).isNotEqualTo(first);
        Files.delete(folder.resolve("phases.json"));
        assertThat(Results.of(folder).revision()).isEqualTo(first);
    }

    @Test
    void figuresAndTablesAreNamed() throws IOException {
        Path folder = sample();
        Files.createDirectories(folder.resolve("figures"));
        for (String name : List.of("weights.svg", "weights.png", "fit_Co.png", "notes.txt")) {
            Files.writeString(folder.resolve("figures").resolve(name), "");
        }
        Files.writeString(folder.resolve("sample/alignment.csv"), "");
        Files.writeString(folder.resolve("report.html"), "");
        JsonNode json = Results.of(folder).toJson();
        assertThat(all(json.path("figures"), "name")).containsExactly("fit_Co", "weights");
        assertThat(json.path("figures").get(0).path("svg").isNull()).isTrue();
        assertThat(json.path("figures").get(1).path("svg").asString("")).isEqualTo("figures/weights.svg");
        assertThat(all(json.path("tables"), "")).containsExactly("sample/alignment.csv");
        assertThat(json.path("report").asString("")).isEqualTo("report.html");
    }
}
