package org.hyalite.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import org.hyalite.align.Alignment;
import org.hyalite.grid.Volume;
import org.hyalite.progress.Progress;
import org.hyalite.study.recipe.Experiment;
import org.hyalite.study.recipe.ExperimentFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Replicas in a whole run: what they write, that they can be interrupted, and that threads do not matter. */
final class UncertaintyRunTest {
    @TempDir
    Path folder;

    private static Experiment experiment(String name) throws IOException {
        Path calibration = TinyTwin.run().folder().resolve("calibration.json");
        Path file = TinyTwin.variant(
                name,
                text -> TinyTwin.withoutStandards(text)
                        .replace("sample:", "calibration: " + calibration + "\nsample:")
                        .replace("alignment: {method: auto}", "alignment: {method: none}"));
        String text = Files.readString(file)
                .replace("preset: paper,", "preset: paper, max_iterations: 60, adf: {weight: 0.01},");
        Files.writeString(file, text + "uncertainty: {replicas: 3, seed: 2}\n");
        return ExperimentFile.read(file);
    }

    private static JsonNode withoutSeconds(Path results) {
        ObjectNode json = (ObjectNode) Json.read(results.resolve("uncertainty.json"));
        json.remove("seconds");
        return json;
    }

    @Test
    void anInterruptedRunGoesOnWithTheNextReplicaToTheSameNumbersOnAnyThreads() throws IOException {
        Experiment experiment = experiment("replicas.yaml");
        Path through = folder.resolve("through");
        StudyResult result = StudyRunner.run(experiment, through, TinyTwin.settings(2), Progress.NONE);
        assertThat(result.lines()).anyMatch(l -> l.startsWith("uncertainty from 3 replicas"));
        vacuumIsSureAndTheParticleNot(through);
        phasesHaveTheirIntervals(through);

        Path out = folder.resolve("interrupted");
        Progress stops = new Progress() {
            private boolean stopped;

            @Override
            public void report(String task, double fraction) {
                stopped |= task.contains("replica 3");
            }

            @Override
            public boolean cancelled() {
                return stopped;
            }
        };
        assertThatThrownBy(() -> StudyRunner.run(experiment, out, TinyTwin.settings(1), stops))
                .isInstanceOf(CancellationException.class);
        assertThat(out.resolve("sample/sd.mrc.checkpoint")).exists();
        assertThat(out.resolve("uncertainty.json")).doesNotExist();
        StudyRunner.run(experiment, out, TinyTwin.settings(1).resuming(), Progress.NONE);
        assertThat(Json.read(out.resolve("provenance.json")).toString()).contains("2 replicas were done");
        assertThat(withoutSeconds(out)).isEqualTo(withoutSeconds(through));
        for (String name : new String[] {"sd_Co.mrc", "sd_Zn.mrc"}) {
            assertThat(Files.readAllBytes(out.resolve("sample").resolve(name)))
                    .isEqualTo(Files.readAllBytes(through.resolve("sample").resolve(name)));
        }
        assertThat(out.resolve("sample/sd.mrc.checkpoint")).doesNotExist();
    }

    private static void vacuumIsSureAndTheParticleNot(Path results) {
        Volume sd = Stacks.volume(results.resolve("sample/sd_Zn.mrc"));
        Volume density = Stacks.volume(results.resolve("sample/density_Zn.mrc"));
        double corner = 0;
        double inside = 0;
        int n = 0;
        int m = 0;
        for (int z = 0; z < sd.nz(); z++) {
            for (int y = 0; y < sd.ny(); y++) {
                for (int x = 0; x < sd.nx(); x++) {
                    if (z < 3 && y < 3 && x < 3) {
                        corner += sd.at(z, y, x);
                        n++;
                    }
                    if (density.at(z, y, x) > 3) {
                        inside += sd.at(z, y, x);
                        m++;
                    }
                }
            }
        }
        assertThat(inside / m).isGreaterThan(0.02);
        assertThat(corner / n).isLessThan(0.05 * inside / m);
    }

    private static void phasesHaveTheirIntervals(Path results) {
        JsonNode json = Json.read(results.resolve("phases.json"));
        assertThat(json.path("threshold_interval95_per_nm3").size()).isEqualTo(2);
        assertThat(json.path("noise_source").asString()).isEqualTo("sd volumes");
        for (JsonNode phase : json.path("phases")) {
            double n = phase.path("density_mean_per_nm3").asDouble();
            assertThat(phase.path("density_mean_se_per_nm3").asDouble()).isBetween(1e-3, 2.0);
            JsonNode interval = phase.path("density_mean_interval95_per_nm3");
            assertThat(interval.get(0).asDouble()).isLessThan(n);
            assertThat(interval.get(1).asDouble()).isGreaterThan(n);
            JsonNode fraction = phase.path("fraction_mean_interval95");
            double x = phase.path("fraction_mean").asDouble();
            assertThat(fraction.get(0).asDouble()).isLessThanOrEqualTo(x).isNotNegative();
            assertThat(fraction.get(1).asDouble()).isGreaterThanOrEqualTo(x).isLessThanOrEqualTo(1);
            JsonNode c = phase.path("covariance");
            assertThat(c.get(0).get(1)).isEqualTo(c.get(1).get(0));
            assertThat(phase.path("volume_sd_nm3").isNumber()).isTrue();
        }
    }

    @Test
    void nothingIsDrawnWhereNothingIsAskedFor() throws IOException {
        assertThat(TinyTwin.run().folder().resolve("uncertainty.json")).doesNotExist();
        JsonNode line = Json.read(TinyTwin.run().folder().resolve("calibration.json"))
                .path("cross_sections")
                .get(0);
        assertThat(line.path("budget").propertyNames()).contains("counts", "thickness", "threshold", "surface");
        assertThat(line.path("budget_not_given").toString()).contains("density", "current");
        double sum = 0;
        for (JsonNode share : line.path("budget")) {
            sum += share.asDouble() * share.asDouble();
        }
        assertThat(line.path("budget_total").asDouble())
                .isCloseTo(Math.sqrt(sum), org.assertj.core.data.Offset.offset(1e-12));
        assertThat(line.path("standard_error_barn").asDouble()
                        / line.path("sigma_barn").asDouble())
                .isCloseTo(Math.sqrt(sum), org.assertj.core.data.Offset.offset(1e-12));
    }

    @Test
    void anAlignmentComesAsNearToAnotherAsNoDataCanTell() {
        double[] tilts = {-60, -20, 0, 20, 60};
        double[] y = {1, -2, 0, 3, 0.5};
        double[] x = {2, -1, 0, 1.5, -3};
        Alignment one = Alignment.of(tilts, y, x, 1.2, 0.4, "test", new double[0], java.util.List.of());
        double[] moved = new double[5];
        double[] up = new double[5];
        double offset = 0;
        for (int i = 0; i < 5; i++) {
            double angle = Math.toRadians(tilts[i]);
            double free = 1.7 * Math.cos(angle) - 0.8 * Math.sin(angle);
            // the axis' column in the recorded image is offset − shift
            offset = 1.2 + 1.7;
            moved[i] = offset - (1.2 - x[i] + free);
            up[i] = y[i] + 2.5;
        }
        Alignment other = Alignment.of(tilts, up, moved, offset, 0.4, "test", new double[0], java.util.List.of());
        double[] gains = {1, 0.9, 1, Double.NaN, 1.1};
        Alignment back = Replicas.asNearAs(other.withGains(gains), one);
        assertThat(back.gains().orElseThrow())
                .as("given gains hold for replicas too")
                .containsExactly(gains);
        for (int i = 0; i < 5; i++) {
            assertThat(back.axisOffsetPx() - back.shiftXPx()[i])
                    .isCloseTo(1.2 - x[i], org.assertj.core.data.Offset.offset(1e-9));
            assertThat(back.shiftYPx()[i]).isCloseTo(y[i], org.assertj.core.data.Offset.offset(1e-9));
        }
        assertThat(back.shiftXPx()[2]).isZero();
    }
}
