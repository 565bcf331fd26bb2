package org.hyalite.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import org.hyalite.align.Alignment;
import org.hyalite.grid.TiltSeries;
import org.hyalite.progress.Progress;
import org.hyalite.study.AlignmentFiles.Program;
import org.hyalite.study.RunSettings.Figures;
import org.hyalite.study.recipe.Experiment;
import org.hyalite.study.recipe.ExperimentFile;
import org.hyalite.study.recipe.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Protects what a user says of the alignment on its way through a run: taken, recorded as the user's, and drawn. */
class GivenAlignmentTest {
    @TempDir
    Path folder;

    private JsonNode run(String name, String alignment, Figures figures) throws IOException {
        Path file = TinyTwin.variant(
                name,
                text -> TinyTwin.withoutStandards(text).replaceAll("(?m)^alignment:.*\\R", "") + alignment + "\n");
        StudyRunner.run(ExperimentFile.read(file), folder, TinyTwin.settings(2).with(figures), Progress.NONE);
        return Json.read(folder.resolve("sample/alignment.json"));
    }

    private Alignment table() throws IOException {
        return Alignment.fromCsv(Files.readString(folder.resolve("sample/alignment.csv")), "alignment.csv");
    }

    @Test
    void overriddenShiftsAndGainsAreTheUsers() throws IOException {
        Alignment found = Alignment.fromCsv(
                Files.readString(TinyTwin.run().folder().resolve("sample/alignment.csv")), "alignment.csv");
        double tilt = found.tiltsDeg()[1];
        Files.writeString(
                TinyTwin.experiment().resolve("fixed.csv"),
                "tilt_deg,shift_y_px,shift_x_px,gain\n" + tilt + ",,3.5,0.81\n");
        JsonNode json = run("override.yaml", "alignment: {override: fixed.csv, gains: per_element}", Figures.DRAWN);
        Alignment made = table();
        assertThat(made.shiftXPx()[1]).isEqualTo(3.5);
        assertThat(made.shiftYPx()).isEqualTo(found.shiftYPx());
        assertThat(made.shiftXPx()[5]).isEqualTo(found.shiftXPx()[5]);
        assertThat(made.gains().orElseThrow()[1]).isEqualTo(0.81);
        assertThat(json.path("user").get(0).path("shift_x_px").asDouble()).isEqualTo(3.5);
        assertThat(json.path("user").get(0).path("shift_y_px").isNull()).isTrue();
        JsonNode gain = json.path("gain");
        assertThat(gain.path("used").asString()).isEqualTo("per_element");
        assertThat(gain.path("elements").path("Zn").get(1).path("given").asBoolean())
                .isTrue();
        assertThat(gain.path("elements").path("Zn").get(1).path("gain").asDouble())
                .isEqualTo(0.81);
        assertThat(gain.path("elements")
                        .path("Co")
                        .get(2)
                        .path("standard_error")
                        .asDouble())
                .isPositive();
        assertThat(gain.path("tilts").get(2).path("given").asBoolean()).isFalse();
        assertThat(Files.readAllLines(folder.resolve("sample/tilt_gains.csv")))
                .hasSize(1 + 3 * 7)
                .contains("element,tilt_deg,gain,standard_error", "Zn," + tilt + ",0.810000,0.000000");
        String record = Files.readString(folder.resolve("provenance.json"));
        assertThat(record)
                .contains("sample.alignment.shifts_given_tilts")
                .contains("fixed.csv")
                .contains("hold for every element at their tilts");
        assertThat(json.path("refinement")
                        .path("shift_x_standard_error_px")
                        .get(1)
                        .isNull())
                .isTrue();
        assertThat(json.path("refinement")
                        .path("shift_x_standard_error_px")
                        .get(2)
                        .isNumber())
                .isTrue();
        for (String figure : List.of("alignment", "sinogram", "tilt-gains")) {
            assertThat(folder.resolve("figures/" + figure + ".png")).exists();
            assertThat(folder.resolve("figures/" + figure + ".svg")).exists();
        }
        assertThat(Files.readString(folder.resolve("report.html"))).contains("before and after alignment");
    }

    @Test
    void imodFileGivesTheSameAlignment() throws IOException {
        Path results = TinyTwin.run().folder().resolve("sample");
        StudyRecord record = new StudyRecord();
        Alignment found = AlignmentFiles.read(record, results.resolve("alignment.csv"), StackFrame.AS_STORED);
        List<Double> tilts = java.util.Arrays.stream(found.tiltsDeg()).boxed().toList();
        AlignmentFiles.export(
                record, found, tilts, StackFrame.AS_STORED, TinyTwin.experiment(), "series", EnumSet.of(Program.IMOD));
        Experiment experiment = ExperimentFile.read(TinyTwin.variant(
                "imod.yaml",
                text -> TinyTwin.withoutStandards(text).replaceAll("(?m)^alignment:.*\\R", "")
                        + "alignment: {method: file, file: series.xf}\n"));
        TiltSeries images = new SeriesLoader(record, 1)
                .adf("sample", experiment.sample().orElseThrow().adf(), false);
        Alignment used = AdfStep.prepare(record, "sample", images, experiment.alignment(), false, 2, Progress.NONE)
                .alignment();
        assertThat(used.method()).contains("series.xf");
        assertThat(used.axisOffsetPx()).isCloseTo(found.axisOffsetPx(), within(1e-3));
        assertThat(used.axisRotationDeg()).isCloseTo(found.axisRotationDeg(), within(1e-4));
        assertThat(used.shiftXPx()[0]).isCloseTo(found.shiftXPx()[0], within(1e-3));
        assertThat(used.gains()).isEmpty();
    }

    /** Gains beside the shifts of a table take the place of all that would be found. */
    @Test
    void gainsOfATableAreUsed() throws IOException {
        Alignment found = Alignment.fromCsv(
                Files.readString(TinyTwin.run().folder().resolve("sample/alignment.csv")), "alignment.csv");
        double[] gains = new double[found.count()];
        java.util.Arrays.fill(gains, 1);
        Files.writeString(
                TinyTwin.experiment().resolve("all.csv"), found.withGains(gains).toCsv());
        JsonNode json = run("gains.yaml", "alignment: {method: file, file: all.csv}", Figures.NONE);
        assertThat(json.path("gain").path("source").asString()).isEqualTo("given");
        assertThat(json.path("gain").path("tilts").get(6).path("gain").asDouble())
                .isEqualTo(1);
        String record = Files.readString(folder.resolve("provenance.json"));
        assertThat(record).contains("sample.tilt_gain.given").contains("every gain given with the alignment is 1");
    }

    @Test
    void tiltsOfAnotherSeriesAreRefusedBeforeAnythingIsReconstructed() throws IOException {
        Files.writeString(TinyTwin.experiment().resolve("other.csv"), "tilt_deg,shift_y_px,shift_x_px\n12.3,1,1\n");
        assertThatThrownBy(() -> run("other.yaml", "alignment: {override: other.csv}", Figures.NONE))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("other.csv: no image was recorded at 12.3°");
        assertThatThrownBy(() -> run("missing.yaml", "alignment: {override: nowhere.csv}", Figures.NONE))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("nowhere.csv: cannot be read");
        assertThat(folder.resolve("sample/volume_ADF.mrc")).doesNotExist();
    }
}
