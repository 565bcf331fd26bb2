package org.hyalite.app.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.hyalite.grid.Volume;
import org.hyalite.io.mrc.MrcWriter;
import org.hyalite.phase.PhaseDiagram;
import org.hyalite.physics.Element;
import org.hyalite.study.Json;
import org.hyalite.study.PhaseStep;
import org.hyalite.study.recipe.PhaseSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Protects the numbers that people read off a brushed diagram. */
class DiagramTest {
    @TempDir
    Path temp;

    private static final double[] LEFT = {0, 0.5};
    private static final double[] RIGHT = {0.5, 1};

    @Test
    void momentsAreThePhaseDiagrams() throws IOException {
        int[][] shapes = {{7, 9, 8}, {1, 70, 5}, {13, 3, 2}};
        int[] bins = {16, 33, 256};
        for (int i = 0; i < shapes.length; i++) {
            Path folder = temp.resolve("r" + i);
            SmallResults small = SmallResults.in(folder, shapes[i][0], shapes[i][1], shapes[i][2], 10 + i);
            PhaseDiagram should = PhaseDiagram.of(
                    Element.of("Zn"), small.densities(), small.threshold(), new PhaseDiagram.Bins(bins[i], bins[i]));
            double[][] volume = should.unthresholdedVolumeNm3();
            try (ViewServer server = ViewServer.start(folder, 0)) {
                Asked answer = Asked.get(server, "api/diagram?bins=" + bins[i]);
                assertThat(Double.parseDouble(answer.header("X-Density-Max")))
                        .isEqualTo(should.densityEdgesPerNm3()[bins[i]]);
                ByteBuffer moments = ByteBuffer.wrap(answer.body()).order(ByteOrder.LITTLE_ENDIAN);
                assertThat(answer.body()).hasSize(bins[i] * bins[i] * 5 * 8);
                double[] sums = new double[5];
                double voxel = Math.pow(SmallResults.VOXEL_NM, 3);
                for (int x = 0; x < bins[i]; x++) {
                    for (int n = 0; n < bins[i]; n++) {
                        double count = moments.getDouble();
                        assertThat(count * voxel).as("bin %d, %d", x, n).isEqualTo(volume[x][n]);
                        sums[0] += count;
                        for (int m = 1; m < 5; m++) {
                            sums[m] += moments.getDouble();
                        }
                    }
                }
                double[] direct = sums(should, (x, n) -> true, 0);
                for (int m = 0; m < 5; m++) {
                    assertThat(sums[m]).as("moment " + m).isCloseTo(direct[m], within(1e-6 * (1 + direct[m])));
                }
            }
        }
    }

    private interface Inside {
        boolean test(double x, double n);
    }

    private static double[] sums(PhaseDiagram diagram, Inside inside, double threshold) {
        double[] sums = new double[5];
        Volume density = diagram.density();
        for (int b = 0; b < density.blocks().length; b++) {
            for (int i = 0; i < density.blocks()[b].length; i++) {
                double n = density.blocks()[b][i];
                double x = diagram.fraction().blocks()[b][i];
                if (n > threshold && inside.test(x, n)) {
                    double[] values = {1, x, n, x * x, n * n};
                    for (int m = 0; m < 5; m++) {
                        sums[m] += values[m];
                    }
                }
            }
        }
        return sums;
    }

    private static void holds(JsonNode numbers, double[] sums, String as) {
        assertThat(numbers.path("voxels").asLong()).as(as).isEqualTo((long) sums[0]);
        assertThat(numbers.path("volume_nm3").asDouble())
                .as(as)
                .isEqualTo(sums[0] * Math.pow(SmallResults.VOXEL_NM, 3));
        if (sums[0] == 0) {
            assertThat(numbers.path("fraction_mean").isNull()).isTrue();
            return;
        }
        double x = sums[1] / sums[0];
        double n = sums[2] / sums[0];
        assertThat(numbers.path("fraction_mean").asDouble()).as(as).isCloseTo(x, within(1e-9));
        assertThat(numbers.path("density_mean_per_nm3").asDouble()).as(as).isCloseTo(n, within(1e-9));
        assertThat(numbers.path("fraction_sd").asDouble())
                .as(as)
                .isCloseTo(Math.sqrt(Math.max(0, sums[3] / sums[0] - x * x)), within(1e-6));
        assertThat(numbers.path("density_sd_per_nm3").asDouble())
                .as(as)
                .isCloseTo(Math.sqrt(Math.max(0, sums[4] / sums[0] - n * n)), within(1e-6));
    }

    /** A straightforward even–odd rule to hold the banded one against. */
    private static boolean evenOdd(double[][] polygon, double x, double n) {
        boolean inside = false;
        for (int i = 0, j = polygon.length - 1; i < polygon.length; j = i++) {
            double[] a = polygon[i];
            double[] b = polygon[j];
            if ((a[1] > n) != (b[1] > n) && x < (b[0] - a[0]) * (n - a[1]) / (b[1] - a[1]) + a[0]) {
                inside = !inside;
            }
        }
        return inside;
    }

    private static String json(double[][] polygon, String kind, boolean inside) {
        return Json.text(Json.object()
                .put("kind", kind)
                .put("inside_threshold", inside)
                .set(
                        "vertices",
                        Json.array()
                                .addAll(java.util.Arrays.stream(polygon)
                                        .map(v -> Json.numbers(v))
                                        .toList())));
    }

    @Test
    void numbersAreTheVoxels() throws IOException {
        SmallResults small = SmallResults.in(temp, 9, 12, 11, 5);
        PhaseDiagram diagram = PhaseDiagram.of(Element.of("Zn"), small.densities(), small.threshold());
        double end = diagram.densityEdgesPerNm3()[100] * (1 - 1e-9);
        Random random = new Random(2);
        try (ViewServer server = ViewServer.start(temp, 0)) {
            String path = Asked.root(server) + "api/numbers";
            for (int i = 0; i < 30; i++) {
                double[][] polygon = new double[3 + random.nextInt(40)][];
                for (int v = 0; v < polygon.length; v++) {
                    polygon[v] = new double[] {random.nextDouble(), 8 * random.nextDouble()};
                }
                boolean inside = random.nextBoolean();
                Asked answer = Asked.with(server, "POST", path, json(polygon, "lasso", inside));
                Inside rule = (x, n) -> evenOdd(polygon, Math.max(1e-9, Math.min(1 - 1e-9, x)), Math.min(n, end));
                holds(answer.json(), sums(diagram, rule, inside ? small.threshold() : 0), "lasso " + i);
            }
            double[][] corners = {{0.2, 5}, {0.9, 1}};
            holds(
                    Asked.with(server, "POST", path, json(corners, "rectangle", false))
                            .json(),
                    sums(diagram, (x, n) -> x >= 0.2 && x <= 0.9 && n >= 1 && n <= 5, 0),
                    "rectangle");
            String band = "{\"kind\": \"threshold\", \"minimum_density_per_nm3\": 1, \"maximum_density_per_nm3\": 5,"
                    + " \"inside_threshold\": false}";
            holds(
                    Asked.with(server, "POST", path, band).json(),
                    sums(diagram, (x, n) -> n >= 1 && n <= 5, 0),
                    "threshold");
            holds(
                    Asked.with(server, "POST", path, "{\"kind\": \"threshold\"}")
                            .json(),
                    sums(diagram, (x, n) -> true, small.threshold()),
                    "all that is inside");
            String none = "{\"kind\": \"threshold\", \"minimum_density_per_nm3\": 1000}";
            holds(Asked.with(server, "POST", path, none).json(), new double[5], "nothing");
        }
    }

    /** What the finder of phases counts, by another way: brush each side and read the volume of its phases. */
    @Test
    void aBrushedSideHasThePhasesVolume() throws IOException {
        SmallResults.in(temp, 32, 32, 32, 3);
        PhaseStep.again(
                temp,
                PhaseSettings.of(Optional.empty(), List.of(), Optional.empty(), Optional.empty(), List.of()),
                Optional.empty());
        JsonNode phases = Json.read(temp.resolve("phases.json")).path("phases");
        try (ViewServer server = ViewServer.start(temp, 0)) {
            for (double[] side : List.of(LEFT, RIGHT)) {
                double should = 0;
                for (JsonNode phase : phases) {
                    double x = phase.path("fraction_mean").asDouble();
                    should += x > side[0] && x < side[1]
                            ? phase.path("volume_nm3").asDouble()
                            : 0;
                }
                assertThat(should).isPositive();
                double[][] box = {{side[0], 0}, {side[1], 0}, {side[1], 99}, {side[0], 99}};
                for (String kind : List.of("lasso", "rectangle")) {
                    JsonNode numbers = Asked.with(
                                    server, "POST", Asked.root(server) + "api/numbers", json(box, kind, true))
                            .json();
                    assertThat(numbers.path("volume_nm3").asDouble())
                            .as(kind + " " + side[1])
                            .isCloseTo(should, within(0.01 * should));
                }
            }
        }
    }

    @Test
    void theDiagramFollowsItsFiles() throws IOException {
        SmallResults small = SmallResults.in(temp, 4, 5, 6, 1);
        try (ViewServer server = ViewServer.start(temp, 0)) {
            String first = Asked.get(server, "api/diagram?bins=8").header("X-Density-Max");
            String before =
                    Asked.get(server, "api/study").json().path("revision").asString("");
            Volume more = small.zn().copy();
            for (float[] block : more.blocks()) {
                for (int i = 0; i < block.length; i++) {
                    block[i] *= 2;
                }
            }
            MrcWriter.writeVolume(temp.resolve("sample/density_Zn.mrc"), more);
            Files.setLastModifiedTime(
                    temp.resolve("sample/density_Zn.mrc"), java.nio.file.attribute.FileTime.fromMillis(5));
            assertThat(Asked.get(server, "api/diagram?bins=8").header("X-Density-Max"))
                    .isNotEqualTo(first);
            assertThat(Asked.get(server, "api/study").json().path("revision").asString(""))
                    .isNotEqualTo(before);
        }
    }

    @Test
    void whatIsNoSelectionIsRefusedInOneLine() throws IOException {
        SmallResults.in(temp, 4, 5, 6, 1);
        try (ViewServer server = ViewServer.start(temp, 0)) {
            String path = Asked.root(server) + "api/numbers";
            for (String text : new String[] {
                "",
                "x",
                "[]",
                "null",
                "{}",
                "{\"kind\": \"circle\"}",
                "{\"kind\": \"lasso\"}",
                "{\"kind\": \"lasso\", \"vertices\": 5}",
                "{\"kind\": \"lasso\", \"vertices\": [[0, 0], [1, 1]]}",
                "{\"kind\": \"lasso\", \"vertices\": [[0, 0], [1, 1], [2]]}",
                "{\"kind\": \"lasso\", \"vertices\": [[0, 0], [1, 1], [\"a\", 2]]}",
                "{\"kind\": \"lasso\", \"vertices\": [[0, 0], [1, 1], [1e999, 2]]}",
                "{\"kind\": \"lasso\", \"vertices\": [[0, 0], [1, 1], [null, 2]]}",
                "{\"kind\": \"rectangle\", \"vertices\": [[0, 0]]}",
                "{\"kind\": \"threshold\", \"minimum_density_per_nm3\": \"a\"}",
                "{\"kind\": \"threshold\", \"minimum_density_per_nm3\": 5, \"maximum_density_per_nm3\": 4}",
                "{\"kind\": \"lasso\", \"vertices\": [" + "[0, 1],".repeat(3000) + "[1, 1]]}"
            }) {
                Asked answer = Asked.with(server, "POST", path, text);
                assertThat(answer.status()).as(text).isEqualTo(422);
                assertThat(answer.error()).as(text).isNotEmpty().doesNotContain("Exception", "\n");
            }
        }
    }

    @Test
    void volumesThatDoNotFitAreTold() throws IOException {
        SmallResults.in(temp, 4, 5, 6, 1);
        try (ViewServer server = ViewServer.start(temp, 0)) {
            MrcWriter.writeVolume(temp.resolve("sample/density_Zn.mrc"), Volume.zeros(4, 5, 7, 2));
            assertThat(Asked.get(server, "api/diagram").error()).contains("density_Zn.mrc", "4 × 5 × 7");
            Files.delete(temp.resolve("sample/density_Zn.mrc"));
            assertThat(Asked.get(server, "api/diagram").error()).contains("Zn", "hyalite phases");
            Files.delete(temp.resolve("sample/density_Co.mrc"));
            assertThat(Asked.get(server, "api/diagram").error()).contains("no element's volume");
        }
    }
}
