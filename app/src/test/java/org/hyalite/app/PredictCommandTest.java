package org.hyalite.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.hyalite.grid.TiltGeometry;
import org.hyalite.grid.TiltSeries;
import org.hyalite.io.mrc.MrcWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Protects the prediction of left-out tilts of a file: read, told, refused in one line. */
class PredictCommandTest {
    @TempDir
    Path folder;

    private Path series(double... tilts) {
        TiltSeries images = TiltSeries.zeros(TiltGeometry.of(tilts), 12, 16, 2);
        for (int t = 0; t < tilts.length; t++) {
            for (int y = 3; y < 9; y++) {
                for (int x = 5; x < 11; x++) {
                    images.set(t, y, x, 20 + (x * 7 + y * 5 + t * 3) % 4);
                }
            }
        }
        Path file = folder.resolve("adf.mrc");
        MrcWriter.writeSeries(file, images);
        return file;
    }

    @Test
    void everyInnerTiltIsInTheTable() {
        JsonNode found = Said.by("predict", series(-60, -40, -20, 0, 20, 40, 60), "--threads", 2, "--json")
                .json()
                .path("series")
                .path(0);
        assertThat(found.path("columns_beside_field").asInt()).isZero();
        assertThat(found.path("tilts").size()).isEqualTo(5);
        for (JsonNode tilt : found.path("tilts")) {
            assertThat(tilt.path("volume").path("error").asDouble()).isPositive();
            assertThat(tilt.path("volume").path("correlation").asDouble()).isBetween(0.5, 1.0);
            assertThat(tilt.path("gain").asDouble()).isBetween(0.5, 2.0);
        }
        JsonNode mean = found.path("mean");
        assertThat(mean.path("error_over_interpolation").asDouble())
                .isEqualTo(mean.path("error_volume").asDouble()
                        / mean.path("error_interpolation").asDouble());
    }

    @Test
    void whatCannotBePredictedIsRefusedInOneLine() {
        Said.by("predict", series(-30, 0, 30)).refused(Main.WRONG_INPUT, "3 tilts; at least 4");
        Said.by("predict", folder.resolve("adf.mrc"), "--elements", "Fe")
                .refused(Main.WRONG_INPUT, "--elements belong to an experiment.yaml");
        Said.by("predict", folder.resolve("e.yaml"), "--tilt-axis", "x")
                .refused(Main.WRONG_INPUT, "--tilt-axis belongs to a series");
    }
}
