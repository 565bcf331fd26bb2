package org.hyalite.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hyalite.physics.Element;
import org.hyalite.progress.Progress;
import org.hyalite.study.recipe.Experiment.PhaseSpec;
import org.hyalite.study.recipe.ExperimentFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Protects runs that stand on an earlier one: resumed, with its calibration, or with its diagram drawn again. */
class RepeatedRunsTest {
    private static Path first;

    @TempDir
    Path folder;

    @BeforeAll
    static void run() throws IOException {
        first = TinyTwin.run().folder();
    }

    @Test
    void resumingMakesOnlyWhatIsMissingAndThatTheSame() throws IOException {
        Path out = folder.resolve("results");
        TinyTwin.copy(first, out);
        Path kept = out.resolve("sample/density_Co.mrc");
        Files.setLastModifiedTime(kept, FileTime.fromMillis(0));
        for (String lost :
                List.of("sample/density_Zn.mrc", "phases.json", "calibration.json", "sample/alignment.csv")) {
            Files.delete(out.resolve(lost));
        }
        StudyRunner.run(
                ExperimentFile.read(TinyTwin.experiment().resolve("whole.yaml")),
                out,
                TinyTwin.settings(2).resuming(),
                Progress.NONE);
        for (Path volume : volumes(first)) {
            assertThat(out.resolve(first.relativize(volume).toString())).hasSameBinaryContentAs(volume);
        }
        assertThat(Files.getLastModifiedTime(kept)).as("read back, not written").isEqualTo(FileTime.fromMillis(0));
        JsonNode seconds = Json.read(out.resolve("provenance.json")).path("seconds");
        assertThat(seconds.propertyNames()).containsExactly("reconstruct density_Zn");
        assertThat(out.resolve("phases.json")).hasSameTextualContentAs(first.resolve("phases.json"));
        assertThat(out.resolve("sample/alignment.csv")).hasSameTextualContentAs(first.resolve("sample/alignment.csv"));
        assertThat(out.resolve("calibration.json")).exists();
    }

    @Test
    void resumingWithOtherSettingsMakesAnew() throws IOException {
        Path out = folder.resolve("results");
        TinyTwin.copy(first, out);
        Path other = TinyTwin.variant(
                "other.yaml",
                text -> TinyTwin.withoutStandards(text)
                        .replace("sample:", "calibration: " + first.resolve("calibration.json") + "\nsample:"));
        Files.writeString(other, Files.readString(other).replace("weight: 0.003", "weight: 0.02"));
        List<Path> ofOtherVolumes = Stream.of(
                        "uncertainty.json",
                        "null_control.json",
                        "sample/sd_Co.mrc",
                        "figures/null-control-statistic.png")
                .map(out::resolve)
                .toList();
        for (Path stale : ofOtherVolumes) {
            Files.writeString(stale, "of the first run");
        }
        StudyRunner.run(ExperimentFile.read(other), out, TinyTwin.settings(2).resuming(), Progress.NONE);
        JsonNode seconds = Json.read(out.resolve("provenance.json")).path("seconds");
        assertThat(seconds.propertyNames()).containsExactly("reconstruct density_Co", "reconstruct density_Zn");
        assertThat(ofOtherVolumes)
                .as("nothing that was said of the first volumes")
                .allMatch(Files::notExists);
    }

    @Test
    void withAnotherRunsCalibrationAndOneThreadTheVolumesAreTheSame() throws IOException {
        Path file = TinyTwin.variant(
                "calibrated.yaml",
                text -> TinyTwin.withoutStandards(text)
                        .replace("sample:", "calibration: " + first.resolve("calibration.json") + "\nsample:"));
        StudyResult result = StudyRunner.run(
                ExperimentFile.read(file), folder.resolve("results"), TinyTwin.settings(1), Progress.NONE);
        for (String name : List.of("density_Co", "density_Zn", "volume_ADF", "counts_Zn_Kb", "counts_Zn_Kb_se")) {
            assertThat(folder.resolve("results/sample/" + name + ".mrc"))
                    .hasSameBinaryContentAs(first.resolve("sample/" + name + ".mrc"));
        }
        assertThat(folder.resolve("results/calibration.json"))
                .hasSameTextualContentAs(first.resolve("calibration.json"));
        assertThat(result.warnings()).isEmpty();
        assertThat(folder.resolve("results/figures")).as("none were asked for").doesNotExist();
        assertThat(Files.readString(folder.resolve("results/report.html"))).doesNotContain("<img");
    }

    @Test
    void diagramIsDrawnAgainWithoutReconstructing() throws IOException {
        Path out = folder.resolve("results");
        TinyTwin.copy(first, out);
        StudyResult again = PhaseStep.again(out, new PhaseSpec(Optional.empty(), List.of()), Optional.of(2.0));
        JsonNode phases = Json.read(out.resolve("phases.json"));
        assertThat(phases.path("threshold_per_nm3").asDouble()).isEqualTo(2.0);
        assertThat(phases.path("threshold_source").asString()).isEqualTo("user");
        assertThat(phases.path("fraction_of").asString()).as("as in the run").isEqualTo("Zn");
        assertThat(phases.path("unit").asString()).isEqualTo("atoms/nm³");
        assertThat(again.summary()).isEqualTo(phases);
        assertThat(again.warnings()).isEmpty();
        assertThat(Files.readString(out.resolve("report.html")))
                .contains("inside: N &gt; 2.00 atoms/nm³ (user: given)", "Drawn again after the run")
                .doesNotContain(Files.readString(first.resolve("report.html"))
                        .replaceFirst("(?s).*<!--phases-->(.*?)<br>.*", "$1"));
        PhaseStep.again(out, PhaseSpec.SILENT, Optional.of(2.5));
        assertThat(Files.readString(out.resolve("report.html")))
                .contains("inside: N &gt; 2.50 atoms/nm³")
                .doesNotContain("inside: N &gt; 2.00 atoms/nm³");
        PhaseStep.again(out, new PhaseSpec(Optional.of(Element.of("Co")), List.of()), Optional.empty());
        JsonNode found = Json.read(out.resolve("phases.json"));
        assertThat(found.path("fraction_of").asString()).isEqualTo("Co");
        assertThat(phases.has("threshold_interval95_per_nm3"))
                .as("a given threshold has no interval")
                .isFalse();
        assertThat(found.path("threshold_interval95_per_nm3"))
                .as("a threshold found again is known as well as before")
                .isEqualTo(Json.read(first.resolve("phases.json")).path("threshold_interval95_per_nm3"));
        assertThat(out.resolve("sample/density_Co.mrc")).hasSameBinaryContentAs(first.resolve("sample/density_Co.mrc"));
    }

    private static List<Path> volumes(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            List<Path> found = all.filter(p -> p.toString().endsWith(".mrc")).toList();
            assertThat(found)
                    .as("4 standards × 2, ADF, 2 elements, 4 lines × 3")
                    .hasSize(23);
            return found;
        }
    }
}
