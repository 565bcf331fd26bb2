package org.hyalite.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.hyalite.grid.TiltGeometry;
import org.hyalite.grid.TiltSeries;
import org.hyalite.io.mrc.MrcWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Protects the judgement of criteria on a file: read, judged, refused in one line. */
class WeightsCommandTest {
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
    void criteriaAndTheScanAreInTheTable() {
        JsonNode found = Said.by("weights", series(-60, -40, -20, 0, 20, 40, 60), "--threads", 2, "--json")
                .json()
                .path("series")
                .path(0);
        assertThat(found.path("tilts_seen").asInt()).isEqualTo(4);
        assertThat(found.path("tilts_left_out").asInt()).isEqualTo(3);
        assertThat(found.path("scan").size()).isGreaterThan(3);
        double best = found.path("best").path("residual_rms").asDouble();
        for (String criterion : new String[] {"tilts", "discrepancy"}) {
            JsonNode chosen = found.path("criteria").path(criterion);
            assertThat(chosen.path("residual_rms").asDouble()).as(criterion).isGreaterThanOrEqualTo(best);
            assertThat(chosen.path("residual_over_best").asDouble()).isGreaterThanOrEqualTo(1);
        }
    }

    @Test
    void whatCannotBeJudgedIsRefusedInOneLine() {
        Said.by("weights", series(-30, 0, 30)).refused(Main.WRONG_INPUT, "3 tilts; at least 4");
        Said.by("weights", folder.resolve("adf.mrc"), "--elements", "Fe")
                .refused(Main.WRONG_INPUT, "--elements belong to an experiment.yaml");
        Said.by("weights", folder.resolve("e.yaml"), "--tilt-axis", "x")
                .refused(Main.WRONG_INPUT, "--tilt-axis belongs to a series");
        Said.by("weights", folder.resolve("adf.mrc"), "--background", "0")
                .refused(Main.WRONG_INPUT, "--background 0 is not a positive number");
    }
}
