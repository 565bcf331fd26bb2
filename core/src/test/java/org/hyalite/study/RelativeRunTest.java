package org.hyalite.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.hyalite.progress.Progress;
import org.hyalite.study.RunSettings.Figures;
import org.hyalite.study.recipe.ExperimentFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Protects a run that knows no cross section from claiming atoms. */
class RelativeRunTest {
    @TempDir
    Path folder;

    @Test
    void withoutCalibrationEverythingIsInCountsPerNm() throws IOException {
        Path file = TinyTwin.variant("relative.yaml", TinyTwin::withoutStandards);
        StudyResult result = StudyRunner.run(
                ExperimentFile.read(file), folder, TinyTwin.settings(2).with(Figures.DRAWN), Progress.NONE);
        assertThat(result.warnings()).anyMatch(w -> w.contains("relative") && w.contains("counts/nm"));
        JsonNode phases = Json.read(folder.resolve("phases.json"));
        assertThat(phases.path("unit").asString()).isEqualTo("counts/nm");
        assertThat(phases.path("fraction_kind").asString()).isEqualTo("counts");
        JsonNode convergence = Json.read(folder.resolve("sample/convergence.json"));
        assertThat(convergence.get(1).path("unit").asString()).isEqualTo("counts/nm");
        assertThat(folder.resolve("calibration.json")).doesNotExist();
        assertThat(String.join("\n", result.lines())).contains("counts/nm").doesNotContain("atoms");
        for (Path text : texts()) {
            assertThat(Files.readString(text)).as(text.toString()).doesNotContain("atoms");
        }
        assertThat(Files.readString(folder.resolve("report.html"))).contains("neither standards nor a calibration");
    }

    private List<Path> texts() throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            List<Path> texts = all.filter(p -> p.toString().matches(".*[.](json|html|svg|csv)"))
                    .toList();
            assertThat(texts).hasSizeGreaterThan(12);
            return texts;
        }
    }
}
