package org.hyalite.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hyalite.progress.Progress;
import org.hyalite.study.recipe.ExperimentFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The preset joint on the whole walk: nearer the truth than the paper's, its record, and going on after a loss. */
final class JointRunTest {
    @TempDir
    Path folder;

    private static Path file(String name, String reconstruction) throws IOException {
        Path calibration = TinyTwin.run().folder().resolve("calibration.json");
        Path file = TinyTwin.variant(
                name,
                text -> TinyTwin.withoutStandards(text)
                        .replace("sample:", "calibration: " + calibration + "\nsample:"));
        String text = Files.readString(file);
        assertThat(text).contains("preset: paper, eds: {weight: 0.003}");
        return Files.writeString(file, text.replace("preset: paper, eds: {weight: 0.003}", reconstruction));
    }

    private static List<Double> errors(Path results, StudyResult result) {
        StudyResult compared = TruthComparison.of(results, TinyTwin.experiment().resolve("truth"), result);
        return compared.summary()
                .path("truth")
                .path("volumes")
                .valueStream()
                .map(v -> v.path("relative_l2_error").asDouble())
                .toList();
    }

    @Test
    void elementsTogetherComeNearerTheTruthAndAreReadBackAsTheyWere() throws IOException {
        Path out = folder.resolve("joint");
        Path joint = file("joint.yaml", "preset: joint");
        StudyResult result = StudyRunner.run(ExperimentFile.read(joint), out, TinyTwin.settings(2), Progress.NONE);
        Path alone = folder.resolve("paper");
        StudyResult paper = StudyRunner.run(
                ExperimentFile.read(file("alone.yaml", "preset: paper")), alone, TinyTwin.settings(2), Progress.NONE);
        List<Double> together = errors(out, result);
        List<Double> apart = errors(alone, paper);
        for (int i = 0; i < 2; i++) {
            assertThat(together.get(i)).isLessThan(0.9 * apart.get(i));
        }
        JsonNode convergence = Json.read(out.resolve("sample/convergence.json"));
        for (JsonNode volume : List.of(convergence.get(1), convergence.get(2))) {
            assertThat(volume.path("preset").asString("")).isEqualTo("joint");
            assertThat(volume.path("data_term").asString("")).isEqualTo("kl");
            assertThat(volume.path("regulariser").asString("")).isEqualTo("tv-nuclear");
            assertThat(volume.path("adf_fused").asBoolean()).isTrue();
            assertThat(volume.path("adf_response").asDouble()).isPositive();
            assertThat(volume.path("weight_curve").size()).isGreaterThan(2);
        }
        Path zinc = out.resolve("sample/density_Zn.mrc");
        byte[] before = Files.readAllBytes(zinc);
        Files.delete(zinc);
        StudyRunner.run(ExperimentFile.read(joint), out, TinyTwin.settings(1).resuming(), Progress.NONE);
        assertThat(Files.readAllBytes(zinc)).isEqualTo(before);
    }

    @Test
    void withoutCalibrationTheElementsAreInCountsPerNanometre() throws IOException {
        Path file = TinyTwin.variant("relative-joint.yaml", TinyTwin::withoutStandards);
        String text = Files.readString(file);
        Files.writeString(
                file, text.replace("preset: paper, eds: {weight: 0.003}", "preset: joint, eds: {weight: 0.05}"));
        Path out = folder.resolve("relative");
        StudyRunner.run(ExperimentFile.read(file), out, TinyTwin.settings(2), Progress.NONE);
        JsonNode cobalt = Json.read(out.resolve("sample/convergence.json")).get(1);
        assertThat(cobalt.path("unit").asString("")).isEqualTo("counts/nm");
        double measured = 0;
        double cast = 0;
        for (JsonNode tilt : cobalt.path("mass_check")) {
            measured += tilt.path("measured").asDouble();
            cast += tilt.path("reprojected").asDouble();
        }
        assertThat(cast / measured).isBetween(0.97, 1.03);
    }
}
