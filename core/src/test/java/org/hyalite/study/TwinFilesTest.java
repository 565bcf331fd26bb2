package org.hyalite.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hyalite.phantom.Twin;
import org.hyalite.phantom.TwinSettings;
import org.hyalite.progress.Progress;
import org.hyalite.study.recipe.Experiment;
import org.hyalite.study.recipe.ExperimentFile;
import org.hyalite.study.recipe.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Protects the folder that users, scripts and the demo find after {@code simulate}. */
class TwinFilesTest {
    private static final TwinSettings TINY =
            TwinSettings.of(TwinSettings.Kind.FLUX).withSize(16).withTilts(3);

    @TempDir
    Path folder;

    @Test
    void everyFileOfTheContractIsThere() {
        Path out = folder.resolve("out");
        TwinFiles.write(twin(TINY), out, 2, Progress.NONE);
        assertThat(out.resolve("sample/adf.mrc")).hasSize(1024 + 3 * 16 * 16 * 4);
        assertThat(out.resolve("sample/adf.rawtlt")).exists();
        for (String tilt : new String[] {"-70", "0", "70"}) {
            assertThat(out.resolve("sample/eds/tilt_" + tilt + ".zspy")).isDirectory();
        }
        for (String name : new String[] {"co-1", "co-2", "zn-1", "zn-2"}) {
            assertThat(out.resolve("standards/" + name + "/adf.mrc")).hasSize(1024 + 5 * 16 * 16 * 4);
            assertThat(out.resolve("standards/" + name + "/eds.zspy")).isDirectory();
            assertThat(out.resolve("truth/thickness_" + name + ".mrc")).exists();
        }
        assertThat(out.resolve("truth/density_Co.mrc")).hasSize(1024 + 16 * 16 * 16 * 4);
        assertThat(out.resolve("truth/density_Zn.mrc")).exists();
        assertThat(out.resolve("truth/alignment.csv"))
                .content()
                .startsWith("tilt_deg,shift_y_px,shift_x_px,gain\n-70.000000,")
                .contains("\n0.000000,0.000000,0.000000,1.000000\n");
    }

    @Test
    void theTruthNamesWhatAnAnalysisShouldFind() {
        TwinFiles.write(twin(TINY), folder);
        JsonNode truth =
                new ObjectMapper().readTree(folder.resolve("truth/truth.json").toFile());
        assertThat(truth.at("/cross_sections/0/sigma_barn").asDouble()).isEqualTo(2.70);
        assertThat(truth.at("/cross_sections/0/element").asString()).isEqualTo("Co");
        assertThat(truth.at("/cross_sections/0/line").asString()).isEqualTo("Ka");
        assertThat(truth.at("/sample/phases").size()).isEqualTo(2);
        assertThat(truth.at("/sample/gains/1/gain").asDouble()).isEqualTo(1);
        assertThat(truth.at("/standards").size()).isEqualTo(4);
        assertThat(truth.at("/settings/seed").asLong()).isEqualTo(1);
    }

    @Test
    void theExperimentFileNamesTheFilesThatAreThere() {
        TwinFiles.write(twin(TINY), folder);
        Experiment experiment = ExperimentFile.read(folder.resolve("experiment.yaml"));
        assertThat(experiment.alignment().method()).isEqualTo(Experiment.AlignmentMethod.AUTO);
        assertThat(experiment.sample().orElseThrow().name()).isEqualTo("flux");
        assertThat(folder.resolve(experiment.sample().orElseThrow().adf().pattern()))
                .exists();
        assertThat(experiment.standards()).hasSize(4);
        for (Experiment.StandardSpec standard : experiment.standards()) {
            assertThat(folder.resolve(standard.adf().pattern())).exists();
            assertThat(folder.resolve(standard.eds().pattern())).exists();
        }
        assertThat(experiment.standards().get(2).element().symbol()).isEqualTo("Zn");
        assertThat(experiment.standards().get(2).densityPerNm3()).isEqualTo(4.45);
    }

    @Test
    void anEarlierSimulationIsReplacedAndNothingElse() throws IOException {
        TwinFiles.write(twin(TINY.withTilts(5)), folder);
        Files.writeString(folder.resolve("results.txt"), "mine");
        TwinFiles.write(twin(TINY), folder);
        try (var maps = Files.list(folder.resolve("sample/eds"))) {
            assertThat(maps).hasSize(3);
        }
        assertThat(folder.resolve("results.txt")).hasContent("mine");
    }

    @Test
    void aFolderOfSomethingElseIsLeftAlone() throws IOException {
        Files.writeString(folder.resolve("experiment.yaml"), "mine");
        assertThatThrownBy(() -> TwinFiles.write(twin(TINY), folder))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("another folder");
        assertThat(folder.resolve("experiment.yaml")).hasContent("mine");
    }

    private static Twin twin(TwinSettings settings) {
        return Twin.simulate(settings, 2, Progress.NONE);
    }
}
