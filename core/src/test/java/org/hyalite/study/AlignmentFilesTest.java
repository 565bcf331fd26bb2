package org.hyalite.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hyalite.align.Alignment;
import org.hyalite.grid.TiltGeometry;
import org.hyalite.grid.TiltSeries;
import org.hyalite.io.mrc.MrcWriter;
import org.hyalite.progress.Progress;
import org.hyalite.study.AlignmentFiles.Program;
import org.hyalite.study.recipe.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protects alignments in files: what is exported is read back in the stack's own order, and bad files are refused in a line. */
class AlignmentFilesTest {
    private static final Alignment OURS = Alignment.of(
            new double[] {-60, -30, 0, 30},
            new double[] {1.5, -0.25, 0, 3},
            new double[] {-4, 2.75, 0, 0.5},
            2.25,
            1.4,
            "test",
            new double[0],
            List.of());

    /** Dose-symmetric, as many stacks are recorded. */
    private static final List<Double> RECORDED = List.of(0.0, 30.0, -30.0, -60.0);

    @TempDir
    Path folder;

    private final StudyRecord record = new StudyRecord();

    private List<String> export(Program program) {
        return AlignmentFiles.export(record, OURS, RECORDED, StackFrame.AS_STORED, folder, "adf", EnumSet.of(program));
    }

    private Alignment read(String name) {
        return AlignmentFiles.read(record, folder.resolve(name), StackFrame.AS_STORED)
                .forTilts(OURS.tiltsDeg());
    }

    @Test
    void anImageThatWasRefusedKeepsItsRowInTheStack() {
        List<Double> stack = List.of(0.0, 30.0, 60.0, -30.0, -60.0);
        for (Set<Program> programs : List.of(EnumSet.noneOf(Program.class), EnumSet.of(Program.IMOD))) {
            AlignmentFiles.export(record, OURS, stack, StackFrame.AS_STORED, folder, "adf", programs);
            assertThat(record.warnings()).hasSize(programs.size());
        }
        assertThat(record.warnings()).allMatch(w -> w.contains("60.0° has no alignment"));
        Alignment read = AlignmentFiles.read(record, folder.resolve("adf.xf"), StackFrame.AS_STORED);
        assertThat(read.tiltsDeg()).containsExactly(0, 30, 60, -30, -60);
        assertThat(read.shiftXPx()[1]).isCloseTo(0.5, within(2e-4));
        assertThat(read.shiftXPx()[2]).isCloseTo(0, within(2e-4));
        assertThat(read.shiftXPx()[3]).isCloseTo(2.75, within(2e-4));
    }

    @Test
    void imodFilesKeepShiftsRotationAndAxisToTheirDigits() throws IOException {
        assertThat(export(Program.IMOD)).hasSize(1);
        assertThat(Files.readAllLines(folder.resolve("adf.rawtlt")).get(1).strip())
                .isEqualTo("30.0000");
        assertThat(Files.readAllLines(folder.resolve("adf.xf")).get(0))
                .as("the image at zero tilt comes first, and only brings the axis to the middle")
                .endsWith("     -2.2500      0.0000");
        Alignment read = read("adf.xf");
        assertThat(read.axisRotationDeg()).isCloseTo(1.4, within(1e-5));
        assertThat(read.axisOffsetPx()).isCloseTo(2.25, within(1e-4));
        for (int i = 0; i < 4; i++) {
            assertThat(read.shiftYPx()[i]).isCloseTo(OURS.shiftYPx()[i], within(2e-4));
            assertThat(read.shiftXPx()[i]).isCloseTo(OURS.shiftXPx()[i], within(2e-4));
        }
        assertThat(record.warnings()).isEmpty();
    }

    @Test
    void whatTomvizCannotHoldIsTold() {
        export(Program.TOMVIZ);
        assertThat(record.warnings()).anyMatch(w -> w.contains("whole pixels"));
        assertThat(record.warnings()).anyMatch(w -> w.contains("no rotation") && w.contains("-1.40°"));
        Alignment read = read("adf.tvsm");
        assertThat(read.axisOffsetPx()).isEqualTo(2);
        assertThat(read.shiftXPx()[0]).isEqualTo(-4);
    }

    @Test
    void ourOwnTableWithItsAxis() throws IOException {
        Files.writeString(folder.resolve("a.csv"), OURS.toCsv());
        assertThat(read("a.csv").axisOffsetPx()).isZero();
        assertThat(record.warnings()).anyMatch(w -> w.contains("no a.json"));
        Files.writeString(folder.resolve("a.json"), "{\"axis_offset_px\": 2.25, \"axis_rotation_deg\": 1.4}");
        assertThat(read("a.csv").axisRotationDeg()).isEqualTo(1.4);
        assertThat(read("a.csv").gains()).as("blank: none known").isEmpty();
    }

    @Test
    void tiltsMustBeThereAndAsMany() throws IOException {
        export(Program.IMOD);
        Files.delete(folder.resolve("adf.rawtlt"));
        refused("adf.xf", "put its .rawtlt or .tlt beside it");
        Files.writeString(folder.resolve("adf.tlt"), "0\n30\n-30\n");
        refused("adf.xf", "4 images, but", "adf.tlt holds 3 tilts");
        Files.writeString(folder.resolve("adf.tlt"), "0\n30\n-30\nabc\n");
        assertThatThrownBy(() -> read("adf.xf"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("adf.tlt, line 4: 'abc' is not an angle");
    }

    /** Refined tilts are not taken silently, nor dropped silently. */
    @Test
    void refinedTiltsAreTold() throws IOException {
        export(Program.IMOD);
        Files.writeString(folder.resolve("adf.tlt"), "0.1\n30.2\n-31.5\n-60\n");
        assertThat(read("adf.xf").tiltsDeg()).containsExactly(-60, -30, 0, 30);
        assertThat(record.warnings()).anyMatch(w -> w.contains("adf.tlt differs") && w.contains("1.50°"));
    }

    @Test
    void tiltsThatDoNotMatchAreNamed() {
        export(Program.IMOD);
        Alignment read = AlignmentFiles.read(record, folder.resolve("adf.xf"), StackFrame.AS_STORED);
        assertThatThrownBy(() -> read.forTilts(-60, -45)).hasMessageContaining("tilt -45.0° is not in the alignment");
    }

    /** Protects the command's way: a series aligned by an IMOD file, and handed on in the order of the stack. */
    @Test
    void aSeriesFollowsAnImodFileAndIsHandedOn() throws IOException {
        export(Program.IMOD);
        TiltSeries stack = TiltSeries.zeros(TiltGeometry.of(-60, -30, 0, 30), 12, 10, 2);
        for (int t = 0; t < 4; t++) {
            stack.set(t, 5, 4, 100);
        }
        Path series = folder.resolve("series.mrc");
        MrcWriter.writeSeries(series, stack);
        Path out = folder.resolve("out");
        StudyResult result = SingleSteps.align(
                List.of(series),
                Optional.of(folder.resolve("adf.xf")),
                new SingleSteps.AlignRequest(false, false, 2),
                List.of("imod", "tomviz"),
                out,
                Progress.NONE);
        assertThat(result.lines()).anyMatch(l -> l.contains("series.xf")).anyMatch(l -> l.contains("series.tvsm"));
        Alignment again = AlignmentFiles.read(record, out.resolve("series.xf"), StackFrame.AS_STORED);
        assertThat(again.tiltsDeg()).containsExactly(-60, -30, 0, 30);
        assertThat(again.shiftXPx()[1]).isCloseTo(2.75, within(1e-3));
        assertThat(again.axisOffsetPx()).isCloseTo(2.25, within(1e-3));
        assertThat(Files.readString(out.resolve("alignment.csv")))
                .as("no gain is known, and none is made up")
                .contains(",\n")
                .doesNotContain("1.000000");
    }

    @Test
    void unknownFilesAndProgramsAreRefused() throws IOException {
        refused("missing.xf", "no such file");
        Files.writeString(folder.resolve("a.txt"), "1 2 3");
        refused("a.txt", ".csv (ours or tomviz'), an .xf (IMOD) or a .tvsm");
        assertThat(Program.of(List.of("imod", "Tomviz"))).isEqualTo(Set.of(Program.IMOD, Program.TOMVIZ));
        assertThatThrownBy(() -> Program.of(List.of("chimera"))).hasMessageContaining("known are imod and tomviz");
    }

    private void refused(String name, String... why) {
        var thrown = assertThatThrownBy(() -> read(name))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(name);
        for (String word : why) {
            thrown.hasMessageContaining(word);
        }
    }
}
