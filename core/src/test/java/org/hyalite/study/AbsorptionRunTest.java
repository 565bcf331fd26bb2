package org.hyalite.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hyalite.grid.Volume;
import org.hyalite.progress.Progress;
import org.hyalite.study.recipe.ExperimentFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Protects the option {@code absorption} of an experiment file, from the file to the volumes and back on --resume. */
final class AbsorptionRunTest {
    @TempDir
    Path folder;

    @Test
    void countsAreDividedByWhatTheVolumesLetThrough() throws IOException {
        Path plain = TinyTwin.run().folder();
        Path file = TinyTwin.variant(
                "absorbed.yaml",
                text -> TinyTwin.withoutStandards(text)
                        .replace(
                                "microscope:\n",
                                "microscope:\n  detectors: [{elevation_deg: 18, azimuth_deg: 45}, {elevation_deg: 18, azimuth_deg: 225}]\n")
                        .replace(
                                "sample:",
                                "calibration: " + plain.resolve("calibration.json")
                                        // impossibly much carbon, so that some per cent are absorbed
                                        + "\nabsorption: {per_atom: {Co: {C: 20000}, Zn: {C: 20000}}}\nsample:"));
        Path out = folder.resolve("out");
        StudyResult result = StudyRunner.run(ExperimentFile.read(file), out, TinyTwin.settings(2), Progress.NONE);
        assertThat(result.warnings()).anyMatch(w -> w.contains("its own standards"));
        assertThat(result.warnings()).noneMatch(w -> w.contains("is ignored"));
        JsonNode absorption = Json.read(out.resolve("sample/absorption.json"));
        for (String element : new String[] {"Co", "Zn"}) {
            JsonNode means = absorption.path("mean_transmission").path(element);
            assertThat(means).hasSize(7);
            double middle = means.get(3).asDouble();
            assertThat(middle).isBetween(0.8, 0.995);
            Volume before = Stacks.volume(out.resolve("sample/uncorrected_" + element + ".mrc"));
            Volume after = Stacks.volume(out.resolve("sample/density_" + element + ".mrc"));
            Volume without = Stacks.volume(plain.resolve("sample/density_" + element + ".mrc"));
            assertThat(before.sum()).isCloseTo(without.sum(), within(1e-3 * without.sum()));
            // the twin's X-rays were not absorbed, so that its elements' totals fit one tilt gain less well than before
            assertThat(after.sum() / before.sum()).isCloseTo(1 / middle, within(0.5 * (1 / middle - 1)));
            assertThat(Stacks.images(out.resolve("sample/transmission_" + element + ".mrc")))
                    .hasSize(7);
        }
        JsonNode convergence = Json.read(out.resolve("sample/convergence.json")).get(1);
        assertThat(convergence.path("volume").asString()).isEqualTo("density_Co");
        assertThat(convergence.path("absorption_round").asInt()).isEqualTo(1);
        Path zinc = out.resolve("sample/density_Zn.mrc");
        byte[] whole = Files.readAllBytes(zinc);
        Files.delete(zinc);
        StudyRunner.run(ExperimentFile.read(file), out, TinyTwin.settings(2).resuming(), Progress.NONE);
        assertThat(Files.readAllBytes(zinc)).isEqualTo(whole);
    }
}
