package org.hyalite.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.hyalite.io.format.Selection;
import org.hyalite.io.mrc.MrcLabels;
import org.hyalite.physics.Element;
import org.hyalite.physics.XrayLine;
import org.hyalite.progress.Progress;
import org.hyalite.study.RunSettings.Figures;
import org.hyalite.study.SeriesReconstruction.Misfit;
import org.hyalite.study.SingleSteps.CountsRequest;
import org.hyalite.study.recipe.Experiment.Denoise;
import org.hyalite.study.recipe.Experiment.Method;
import org.hyalite.study.recipe.Experiment.PhaseSpec;
import org.hyalite.study.recipe.ExperimentFile;
import org.hyalite.study.recipe.InputException;
import org.hyalite.tomo.ReconstructionSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Protects everything derived from denoised counts from passing as derived from counts. */
class DenoisedRunTest {
    private static final String NOTE = "denoised, rank 3: standard errors no longer independent pixel by pixel";

    @TempDir
    Path folder;

    private static Path experiment() throws IOException {
        return TinyTwin.variant(
                "denoised.yaml",
                text -> TinyTwin.withoutStandards(text).replaceFirst("\n  bin: 1", "\n  bin: 1\n  denoise: 3"));
    }

    @Test
    void aRunSaysSoInEverything() throws IOException {
        StudyResult result = StudyRunner.run(
                ExperimentFile.read(experiment()), folder, TinyTwin.settings(2).with(Figures.DRAWN), Progress.NONE);
        assertThat(result.warnings()).anyMatch(w -> w.contains(NOTE));
        assertThat(result.lines()).anyMatch(l -> l.contains(NOTE));
        assertThat(Json.read(folder.resolve("sample/counts.json"))
                        .path("denoised")
                        .path("rank")
                        .asInt())
                .isEqualTo(3);
        for (String file : List.of("counts_Co_Ka", "counts_Zn_Kb_se", "density_Co", "density_Zn")) {
            assertThat(MrcLabels.of(folder.resolve("sample/" + file + ".mrc"))).contains(NOTE);
        }
        assertThat(MrcLabels.of(folder.resolve("sample/volume_ADF.mrc"))).doesNotContain(NOTE);
        JsonNode convergence = Json.read(folder.resolve("sample/convergence.json"));
        assertThat(convergence.get(0).has("note")).isFalse();
        assertThat(convergence.get(1).path("note").asString()).isEqualTo(NOTE);
        assertThat(Json.read(folder.resolve("phases.json")).path("note").asString())
                .isEqualTo(NOTE);
        JsonNode provenance = Json.read(folder.resolve("provenance.json"));
        assertThat(provenance.path("parameters").valueStream())
                .anyMatch(p -> p.path("name").asString().equals("sample.spectra.denoise_rank")
                        && p.path("value").asInt() == 3
                        && p.path("source").asString().equals("user"));
        assertThat(Files.readString(folder.resolve("report.html"))).contains(NOTE);
        for (String figure : List.of("fit_Co", "fit_Zn", "residuals")) {
            assertThat(folder.resolve("figures/" + figure + ".png")).isNotEmptyFile();
            assertThat(folder.resolve("figures/" + figure + ".svg")).isNotEmptyFile();
        }
        StudyResult again = PhaseStep.again(folder, new PhaseSpec(Optional.empty(), List.of()), Optional.empty());
        assertThat(again.warnings()).contains(NOTE);
    }

    @Test
    void thePresetThatNeedsCountsRefusesIt() throws IOException {
        String text = Files.readString(experiment())
                .replaceFirst("reconstruction: \\{preset: paper", "reconstruction: {preset: joint");
        Path file = Files.writeString(folder.resolve("joint.yaml"), text);
        assertThatThrownBy(() -> ExperimentFile.read(file))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("joint.yaml, line ")
                .hasMessageContaining("denoise")
                .hasMessageContaining("reconstruction.preset to paper");
        String wrong = text.replaceFirst("denoise: 3", "denoise: some");
        Path other = Files.writeString(folder.resolve("wrong.yaml"), wrong);
        assertThatThrownBy(() -> ExperimentFile.read(other)).hasMessageContaining("1…100 or auto");
    }

    @Test
    void stacksOfSuchCountsAreRefusedAsPoissonNumbersAndKeepTheirTotals() throws IOException {
        List<Path> files = List.of(TinyTwin.experiment().resolve("sample/eds/tilt_0.zspy"));
        JsonNode counted = counts(files, Optional.empty(), folder.resolve("counted"));
        JsonNode denoised = counts(files, Optional.of(new Denoise(OptionalInt.of(3))), folder.resolve("denoised"));
        for (int line = 0; line < 2; line++) {
            JsonNode before = counted.path("lines").get(line);
            JsonNode after = denoised.path("lines").get(line);
            assertThat(after.path("total").asDouble())
                    .isCloseTo(before.path("total").asDouble(), within(0.05));
            assertThat(after.path("standard_error").asDouble())
                    .isEqualTo(before.path("standard_error").asDouble());
            assertThat(after.path("residual")).isEqualTo(before.path("residual"));
        }
        assertThat(counted.has("denoised")).isFalse();
        Path stack = folder.resolve("denoised/Co_Ka.mrc");
        SeriesReconstruction.Request request =
                new SeriesReconstruction.Request(stack, false, 1, new Misfit.Counts("1", 1));
        assertThatThrownBy(() -> SeriesReconstruction.reconstruct(
                        request,
                        folder.resolve("volume.mrc"),
                        ReconstructionSettings.elements(),
                        Optional.empty(),
                        TinyTwin.settings(1),
                        Progress.NONE))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("Co_Ka.mrc")
                .hasMessageContaining("without --denoise");
    }

    private static JsonNode counts(List<Path> files, Optional<Denoise> denoise, Path output) {
        CountsRequest request = new CountsRequest(
                files,
                List.of(XrayLine.of("Co_Ka"), XrayLine.of("Zn_Ka")),
                List.of(Element.of("Cu"), Element.of("C"), Element.of("N"), Element.of("Si")),
                Method.FIT,
                1,
                Optional.empty(),
                denoise,
                Selection.ALL);
        SingleSteps.counts(request, output, 2, Progress.NONE);
        return Json.read(output.resolve("counts.json"));
    }
}
