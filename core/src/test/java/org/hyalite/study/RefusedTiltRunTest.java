package org.hyalite.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.hyalite.grid.Image;
import org.hyalite.grid.TiltSeries;
import org.hyalite.io.mrc.MrcWriter;
import org.hyalite.progress.Progress;
import org.hyalite.study.recipe.Experiment.Source;
import org.hyalite.study.recipe.ExperimentFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Protects a run from an image that shows nothing of the specimen: its tilt is left out of everything, and that is said. */
class RefusedTiltRunTest {
    @TempDir
    Path folder;

    @Test
    void tiltOfARefusedImageIsLeftOutWithItsMapAndItsCurrent() throws IOException {
        Path twin = folder.resolve("twin");
        TinyTwin.copy(TinyTwin.experiment(), twin);
        Path adf = twin.resolve("sample/adf.mrc");
        TiltSeries series = new SeriesLoader(new StudyRecord(), 1)
                .adf(
                        "sample",
                        new Source(
                                Path.of(""),
                                adf.toString(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty()),
                        false);
        List<Image> images = new ArrayList<>();
        Random random = new Random(1);
        for (int t = 0; t < series.tilts(); t++) {
            Image image = series.image(t);
            for (int i = 0; t == 1 && i < image.values().length; i++) {
                image.values()[i] = (float) (100 + random.nextGaussian());
            }
            images.add(image);
        }
        MrcWriter.writeSeries(adf, TiltSeries.of(series.geometry(), images));
        String text = Files.readString(TinyTwin.variant("refused.yaml", TinyTwin::withoutStandards))
                .replace(
                        "sample:\n",
                        "calibration: " + TinyTwin.run().folder().resolve("calibration.json") + "\nsample:\n")
                .replace(
                        "  tilt_axis: y\n", "  tilt_axis: y\n  beam_current_nA: [0.9, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9]\n");
        String replicas = "uncertainty: {replicas: 3}\n";
        Path file = Files.writeString(
                twin.resolve("refused.yaml"),
                text.replace("preset: paper,", "preset: paper, max_iterations: 30,") + replicas);
        StudyResult result =
                StudyRunner.run(ExperimentFile.read(file), folder.resolve("out"), TinyTwin.settings(2), Progress.NONE);
        assertThat(result.warnings()).anyMatch(w -> w.contains("-46.7") && w.contains("is left out"));
        assertThat(result.warnings()).anyMatch(w -> w.contains("its map at") && w.contains("is left out too"));
        JsonNode json = Json.read(folder.resolve("out/sample/alignment.json"));
        assertThat(json.path("refused").size()).isEqualTo(1);
        assertThat(json.path("refused").get(0).path("tilt_deg").asDouble()).isBetween(-46.7, -46.6);
        assertThat(json.path("refused").get(0).path("reason").asString()).contains("no particle");
        assertThat(json.path("tilts_deg").size()).isEqualTo(6);
        assertThat(json.path("refinement").path("residuals_after_px").size()).isEqualTo(6);
        assertThat(Files.readAllLines(folder.resolve("out/sample/alignment.csv")))
                .hasSize(1 + 6);
        assertThat(folder.resolve("out/sample/density_Co.mrc")).exists();
        // replicas take the currents of the maps that are used
        assertThat(Json.read(folder.resolve("out/uncertainty.json"))
                        .path("replicas")
                        .asInt())
                .isEqualTo(3);
    }
}
