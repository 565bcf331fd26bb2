package org.hyalite.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import org.hyalite.grid.Volume;
import org.hyalite.progress.Progress;
import org.hyalite.tomo.Onlooker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Protects whoever follows a run from being told what is not so, and the run from being followed. */
class LiveRunTest {
    @TempDir
    Path folder;

    private static final class Told implements Progress {
        private final List<String> tasks = new ArrayList<>();

        @Override
        public void report(String task, double fraction) {
            tasks.add(task);
        }

        @Override
        public boolean cancelled() {
            return tasks.size() > 2;
        }
    }

    private JsonNode told() {
        return Json.read(folder.resolve("progress.json"));
    }

    @Test
    void aRunTellsHowItGoesAndThatItIsFinished() {
        Told told = new Told();
        int made = LiveRun.watched(folder, told, progress -> {
            assertThat(told().path("state").asString("")).isEqualTo("running");
            assertThat(told().path("pid").asLong())
                    .isEqualTo(ProcessHandle.current().pid());
            assertThat(Results.of(folder).state()).isEqualTo(Results.State.RUNNING);
            progress.report("first", 0.5);
            progress.report("second: needs 1 GB of 5 GB", 0);
            assertThat(progress.cancelled()).isFalse();
            progress.report("second", 0.25);
            assertThat(progress.cancelled()).as("as it was told").isTrue();
            return 5;
        });
        assertThat(made).isEqualTo(5);
        assertThat(told.tasks).containsExactly("first", "second: needs 1 GB of 5 GB", "second");
        assertThat(told().path("state").asString("")).isEqualTo("finished");
        JsonNode steps = told().path("steps");
        assertThat(steps).hasSize(2);
        assertThat(steps.get(0).path("name").asString("")).isEqualTo("first");
        steps.forEach(step -> {
            assertThat(step.path("done").asBoolean()).isTrue();
            assertThat(step.path("seconds").isNumber()).isTrue();
        });
        Instant started = Instant.parse(told().path("started").asString(""));
        assertThat(Instant.parse(told().path("updated").asString(""))).isAfterOrEqualTo(started);
        assertThat(Results.of(folder).state()).isEqualTo(Results.State.FINISHED);
    }

    @Test
    void failuresAndEndsByCtrlCAreTold() {
        assertThatThrownBy(() -> LiveRun.watched(folder, Progress.NONE, progress -> {
                    throw new IllegalStateException("it diverged\nat 5");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(told().path("state").asString("")).isEqualTo("failed");
        assertThat(told().path("message").asString("")).isEqualTo("it diverged");
        assertThat(Results.of(folder).state()).isEqualTo(Results.State.FAILED);
        assertThatThrownBy(() -> LiveRun.watched(folder, Progress.NONE, progress -> {
                    throw new OutOfMemoryError("heap");
                }))
                .isInstanceOf(OutOfMemoryError.class);
        assertThat(told().path("message").asString("")).isEqualTo("heap");
        assertThatThrownBy(() -> LiveRun.watched(folder, Progress.NONE, progress -> {
                    throw new CancellationException("cancelled");
                }))
                .isInstanceOf(CancellationException.class);
        assertThat(told().path("state").asString("")).isEqualTo("cancelled");
        assertThat(Results.of(folder).state()).isEqualTo(Results.State.INTERRUPTED);
    }

    private void says(String state, long pid, String host, Instant updated) {
        ObjectNode json = Json.object().put("state", state).put("pid", pid).put("host", host);
        Json.write(folder.resolve("progress.json"), json.put("updated", updated.toString()));
    }

    @Test
    void aRunThatIsNotAliveAnyMoreWasInterrupted() throws IOException, InterruptedException {
        Process ended = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-version")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out.txt").toFile())
                .start();
        ended.waitFor();
        String here = ProgressWriter.Host.NAME;
        long alive = ProcessHandle.current().pid();
        says("running", alive, here, Instant.now());
        assertThat(Results.of(folder).state()).isEqualTo(Results.State.RUNNING);
        says("running", ended.pid(), here, Instant.now());
        assertThat(Results.of(folder).state()).isEqualTo(Results.State.INTERRUPTED);
        says("running", alive, here, Instant.now().minusSeconds(3600));
        assertThat(Results.of(folder).state()).as("silent for an hour").isEqualTo(Results.State.INTERRUPTED);
        says("running", ended.pid(), here + "-other", Instant.now());
        assertThat(Results.of(folder).state()).as("on another machine").isEqualTo(Results.State.RUNNING);
        for (String damaged :
                List.of("", "{", "[]", "{\"state\": 5}", "{\"state\": \"running\"}", "x".repeat(2_000_000))) {
            Files.writeString(folder.resolve("progress.json"), damaged);
            assertThat(Results.of(folder).state()).isIn(Results.State.EMPTY, Results.State.INTERRUPTED);
            assertThat(Results.of(folder).toJson().path("progress").isObject()).isTrue();
        }
    }

    @Test
    void workWithinWorkOnTheSameFolderIsPartOfIt() {
        LiveRun.watched(folder, Progress.NONE, outer -> {
            outer.report("before", 1);
            LiveRun.watched(folder.resolve("."), outer, inner -> {
                assertThat(inner).isSameAs(outer);
                inner.report("within", 1);
                return 0;
            });
            assertThat(told().path("state").asString("")).isEqualTo("running");
            LiveRun.watched(folder.resolve("other"), outer, inner -> {
                inner.report("beside", 1);
                return 0;
            });
            return 0;
        });
        assertThat(told().path("steps")).hasSize(3);
        assertThat(Json.read(folder.resolve("other/progress.json")).path("steps"))
                .hasSize(1);
    }

    @Test
    void aFolderThatCannotBeWrittenDisturbsNoWork() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThat(LiveRun.<Integer>watched(file, Progress.NONE, progress -> {
                    progress.report("on", 0.5);
                    return 5;
                }))
                .isEqualTo(5);
    }

    @Test
    void previewsAreMeansOfCubesOfTheField() {
        Random random = new Random(4);
        int[][] shapes = {{5, 9, 4}, {64, 64, 64}, {65, 10, 70}, {3, 130, 129}};
        for (int[] n : shapes) {
            for (int beside : new int[] {0, 2}) {
                Volume volume = Volume.zeros(n[0], n[1], n[2] + 2 * beside, 1.5);
                for (float[] block : volume.blocks()) {
                    for (int i = 0; i < block.length; i++) {
                        block[i] = random.nextFloat();
                    }
                }
                Onlooker preview = (Onlooker) LivePreview.watch(
                        Progress.NONE, List.of(folder.resolve("sample/density_Co.mrc")), beside, n[2]);
                assertThat(preview.curious()).as("at once").isFalse();
                preview.look(List.of(volume), new double[] {3});
                Volume coarse = Stacks.volume(folder.resolve("live/density_Co.mrc"));
                int step = (Math.max(n[0], Math.max(n[1], n[2])) + 63) / 64;
                assertThat(new int[] {coarse.nz(), coarse.ny(), coarse.nx()})
                        .containsExactly(Math.max(1, n[0] / step), Math.max(1, n[1] / step), Math.max(1, n[2] / step));
                assertThat(coarse.voxelNm()).isCloseTo(1.5 * step, within(1e-6));
                int z = random.nextInt(coarse.nz());
                int y = random.nextInt(coarse.ny());
                int x = random.nextInt(coarse.nx());
                double sum = 0;
                int count = 0;
                for (int i = 0; i < step * step * step; i++) {
                    int at = z * step + i / step / step;
                    if (at < n[0]) {
                        sum += volume.at(at, y * step + i / step % step, beside + x * step + i % step);
                        count++;
                    }
                }
                assertThat((double) coarse.at(z, y, x)).isCloseTo(3 * sum / count, within(1e-5));
            }
        }
    }

    @Test
    void previewsAreThereWhileARunGoesOnAndGoneAfter() {
        LiveRun.watched(folder, Progress.NONE, progress -> {
            Onlooker preview = (Onlooker) LivePreview.watch(
                    progress,
                    List.of(folder.resolve("sample/density_Co.mrc"), folder.resolve("sample/uncorrected_Zn_2.mrc")),
                    0,
                    4);
            Volume some = Volume.zeros(4, 4, 4, 2);
            preview.look(List.of(some, some), new double[] {1, 1});
            JsonNode shown = Results.of(folder).toJson().path("preview");
            assertThat(shown.path("volumes")).hasSize(2);
            assertThat(shown.path("volumes").get(1).path("path").asString("")).isEqualTo("live/density_Zn.mrc");
            assertThat(shown.path("volumes").get(1).path("element").asString(""))
                    .isEqualTo("Zn");
            preview.look(List.of(some), new double[] {1}); // a solver of another problem: not for us
            assertThat(LivePreview.watch(progress, List.of(folder.resolve("sample/volume_ADF.mrc")), 0, 4))
                    .as("not an element's")
                    .isSameAs(progress);
            return 0;
        });
        assertThat(folder.resolve("live")).doesNotExist();
        assertThat(Results.of(folder).toJson().path("preview").isNull()).isTrue();
    }
}
