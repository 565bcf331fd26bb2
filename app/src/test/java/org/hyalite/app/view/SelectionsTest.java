package org.hyalite.app.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hyalite.grid.Image;
import org.hyalite.io.MicroscopeFile;
import org.hyalite.io.format.Signal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Protects what people select and keep. */
class SelectionsTest {
    private static final String LASSO =
            "{\"name\": \"other\", \"kind\": \"lasso\", \"vertices\": [[0.5, 0], [1, 0], [1, 9], [0.5, 9]],"
                    + " \"inside_threshold\": true}";

    @TempDir
    Path folder;

    private SmallResults small;
    private ViewServer server;
    private String path;

    @BeforeEach
    void start() throws IOException {
        small = SmallResults.in(folder, 6, 7, 8, 1);
        server = ViewServer.start(folder, 0);
        path = Asked.root(server) + "api/selections";
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aSelectionIsKeptWithItsMaskAndNumbers() throws IOException {
        assertThat(Asked.of(server, "GET", path).json()).isEmpty();
        Asked saved = Asked.with(server, "PUT", path + "/Zn-side_1", LASSO);
        assertThat(saved.status()).isEqualTo(200);
        JsonNode json = saved.json();
        assertThat(json.path("name").asString("")).isEqualTo("Zn-side_1");
        JsonNode numbers = Asked.with(server, "POST", Asked.root(server) + "api/numbers", LASSO)
                .json();
        assertThat(json.path("numbers")).isEqualTo(numbers);
        assertThat(Asked.of(server, "GET", path + "/Zn-side_1").json()).isEqualTo(json);
        JsonNode list = Asked.of(server, "GET", path).json();
        assertThat(list).hasSize(1);
        assertThat(list.get(0)).isEqualTo(json);
        JsonNode file = new ObjectMapper().readTree(Files.readString(folder.resolve("selections/Zn-side_1.json")));
        assertThat(file).isEqualTo(json);
        assertThat(mask("Zn-side_1")).isEqualTo(numbers.path("voxels").asInt());
        assertThat(Asked.with(
                                server,
                                "POST",
                                Asked.root(server) + "api/numbers",
                                Asked.of(server, "GET", path + "/Zn-side_1").text())
                        .json())
                .isEqualTo(numbers);

        List<String> csv = Files.readAllLines(folder.resolve("selections/Zn-side_1.csv"));
        assertThat(csv).hasSize(2);
        List<String> names = List.of(csv.get(0).split(","));
        List<String> values = List.of(csv.get(1).split(","));
        assertThat(values).hasSameSizeAs(names);
        assertThat(names).contains("volume_nm3", "density_mean_per_nm3", "density_unit", "threshold_per_nm3");
        assertThat(Double.parseDouble(values.get(names.indexOf("volume_nm3"))))
                .isEqualTo(numbers.path("volume_nm3").asDouble());
        assertThat(values.get(names.indexOf("among"))).isEqualTo("Co Zn");
        assertThat(values.get(names.indexOf("density_unit"))).isEqualTo("atoms/nm³");
    }

    /** Counts the voxels of a mask and holds each against the volumes. */
    private int mask(String name) {
        Signal signal = MicroscopeFile.open(folder.resolve("selections/" + name + ".mrc"))
                .signals()
                .get(0);
        List<Image> planes = ((Signal.Stack) signal.data()).images();
        assertThat(planes.get(0).pixelNm()).isEqualTo(SmallResults.VOXEL_NM);
        int count = 0;
        for (int z = 0; z < 6; z++) {
            for (int y = 0; y < 7; y++) {
                for (int x = 0; x < 8; x++) {
                    double n = small.co().at(z, y, x) + small.zn().at(z, y, x);
                    boolean should = n > small.threshold() && small.zn().at(z, y, x) / n >= 0.5;
                    assertThat(planes.get(z).at(y, x)).isEqualTo(should ? 1f : 0f);
                    count += should ? 1 : 0;
                }
            }
        }
        return count;
    }

    @Test
    void aSelectionIsReplacedAndRemovedWhole() throws IOException {
        Asked.with(server, "PUT", path + "/a", LASSO);
        Files.writeString(folder.resolve("selections/a.spectrum.json"), "{\"spectrum\": {}}");
        Files.writeString(folder.resolve("selections/notes.txt"), "mine");
        Asked again = Asked.with(server, "PUT", path + "/a", "{\"kind\": \"threshold\"}");
        assertThat(again.json().path("kind").asString("")).isEqualTo("threshold");
        assertThat(folder.resolve("selections/a.spectrum.json"))
                .as("the spectrum of what it was before")
                .doesNotExist();
        assertThat(Asked.of(server, "DELETE", path + "/a").status()).isEqualTo(200);
        assertThat(folder.resolve("selections")).isDirectoryNotContaining("glob:**a.*");
        assertThat(folder.resolve("selections/notes.txt")).exists();
        assertThat(Asked.of(server, "GET", path + "/a").status()).isEqualTo(404);
        assertThat(Asked.of(server, "DELETE", path + "/a").status()).isEqualTo(404);
    }

    @Test
    void namesAreNamesAlone() throws IOException {
        for (String name : List.of(
                "..",
                "%2e%2e",
                "a%2fb",
                "a%5cb",
                "a.b",
                ".a",
                "a%20b",
                "%C3%BC",
                "a%00",
                "%",
                "a".repeat(65),
                "a/b",
                "a/b/c",
                "a/spectrum/x")) {
            for (String method : List.of("PUT", "GET", "DELETE")) {
                int status =
                        Asked.with(server, method, path + "/" + name, LASSO).status();
                assertThat(status).as(method + " " + name).isIn(400, 404, 422);
            }
        }
        assertThat(folder.resolve("selections")).doesNotExist();
        assertThat(Asked.with(server, "PUT", path + "/" + "a".repeat(64), LASSO).status())
                .isEqualTo(200);
    }

    @Test
    void aSpectrumWithoutRecordedFilesFailsWithAWord() throws IOException, InterruptedException {
        assertThat(Asked.of(server, "POST", path + "/a/spectrum").status()).isEqualTo(404);
        Asked.with(server, "PUT", path + "/a", LASSO);
        assertThat(Asked.of(server, "GET", path + "/a/spectrum")
                        .json()
                        .path("state")
                        .asString(""))
                .isEqualTo("none");
        assertThat(Asked.of(server, "POST", path + "/a/spectrum").status()).isEqualTo(202);
        JsonNode told = Asked.of(server, "GET", path + "/a/spectrum").json();
        for (int i = 0; i < 100 && told.path("state").asString("").equals("running"); i++) {
            Thread.sleep(50);
            told = Asked.of(server, "GET", path + "/a/spectrum").json();
        }
        assertThat(told.path("state").asString("")).isEqualTo("failed");
        assertThat(told.path("error").asString("")).contains("provenance.json").doesNotContain("Exception");
    }

    @Test
    void damagedSelectionsAreToldAndLeaveTheOthersAlone() throws IOException {
        Asked.with(server, "PUT", path + "/a", LASSO);
        Files.writeString(folder.resolve("selections/b.json"), "{ not json");
        Files.writeString(folder.resolve("selections/c.json"), "[]");
        JsonNode list = Asked.of(server, "GET", path).json();
        assertThat(list).hasSize(3);
        assertThat(list.get(0).has("error")).isFalse();
        assertThat(list.get(1).path("error").asString("")).contains("b.json");
        assertThat(list.get(2).path("error").asString("")).contains("c.json");
    }
}
