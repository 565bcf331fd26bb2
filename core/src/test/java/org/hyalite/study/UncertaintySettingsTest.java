package org.hyalite.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hyalite.study.recipe.Experiment;
import org.hyalite.study.recipe.ExperimentFile;
import org.hyalite.study.recipe.InputException;
import org.hyalite.study.recipe.UncertaintySettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is asked of uncertainties is understood, and a slip named with its line. */
final class UncertaintySettingsTest {
    private static final String SHORT = """
            microscope: {beam_energy_keV: 80, beam_current_nA: 0.9, beam_current_sd_nA: 0.02, dwell_time_s: 0.1}
            elements: {Co: [Ka]}
            standards:
              - {name: co-1, element: Co, density_per_nm3: 4.87, density_sd_per_nm3: 0.05, adf: a.mrc, eds: e.hspy}
            sample: {name: s, adf: a.mrc, eds: e.hspy}
            """;

    @TempDir
    Path folder;

    private Experiment read(String more) throws IOException {
        return ExperimentFile.read(Files.writeString(folder.resolve("experiment.yaml"), SHORT + more));
    }

    @Test
    void keysAreUnderstoodAndNothingIsAskedForByDefault() throws IOException {
        assertThat(read("").uncertainty()).isEqualTo(UncertaintySettings.NONE);
        assertThat(UncertaintySettings.NONE.replicas()).isZero();
        assertThat(read("uncertainty: {replicas: 20, seed: 4, alignment: repeated}\n")
                        .uncertainty())
                .isEqualTo(new UncertaintySettings(20, 4, true));
        assertThat(read("uncertainty: {replicas: 20}\n").uncertainty())
                .isEqualTo(new UncertaintySettings(20, 1, false));
        assertThat(read("").standards().get(0).densitySdPerNm3()).contains(0.05);
        assertThat(read("").microscope().beam().currentSdNa()).contains(0.02);
        assertThat(read("")
                        .sample()
                        .orElseThrow()
                        .beam()
                        .orElse(read("").microscope().beam())
                        .currentSdNa())
                .contains(0.02);
    }

    @Test
    void slipsAreNamed() {
        refused("uncertainty: {replicas: 2}\n", "replicas");
        refused("uncertainty: {replicas: 99999}\n", "replicas");
        refused("uncertainty: {replicas: 2.5}\n", "whole number");
        refused("uncertainty: {seed: 2}\n", "uncertainty.replicas is missing");
        refused("uncertainty: {replicas: 10, alignment: maybe}\n", "held, repeated");
        refused("uncertainty: {replicas: 10, sead: 3}\n", "seed");
        assertThatThrownBy(() -> UncertaintySettings.NONE.withReplicas(1)).isInstanceOf(InputException.class);
        assertThat(UncertaintySettings.NONE.withReplicas(0).replicas()).isZero();
    }

    private void refused(String more, String expected) {
        assertThatThrownBy(() -> read(more))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("line 6")
                .hasMessageContaining(expected);
    }
}
