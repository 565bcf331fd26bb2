package org.hyalite.io.tomviz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.hyalite.io.format.MalformedFileException;
import org.hyalite.io.tomviz.TomvizShifts.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protects tomviz' shifts: where they stand in a state file, their order, and refusals that name the place. */
class TomvizShiftsTest {
    /** As tomviz writes a state: data sources hold operators, which may hold data sources again. */
    private static final String STATE = """
            {"dataSources": [{"reader": {"fileNames": ["series.mrc"]}, "operators": [
               {"type": "SetTiltAngles", "angles": [-30.5, 0, 30]},
               {"type": "Python", "script": "pass", "offsets": 3},
               {"type": "TranslateAlign", "offsets": [3, -1, 0, 0, -7, 2], "draftOffsets": [9, 9, 9, 9, 9, 9],
                "dataSources": [{"modules": [{"type": "Volume"}]}]}]}]}
            """;

    @TempDir
    Path folder;

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    @Test
    void stateHoldsXAndYByTurns() throws IOException {
        TomvizShifts read = TomvizShifts.read(file("state.tvsm", STATE));
        assertThat(read.offsets()).containsExactly(new Offset(3, -1), new Offset(0, 0), new Offset(-7, 2));
        assertThat(read.tiltsDeg().orElseThrow()).containsExactly(-30.5, 0.0, 30.0);
    }

    @Test
    void tableHoldsItsColumnsByName() throws IOException {
        assertThat(TomvizShifts.isTable("\"Y Offset\",\"X Offset\"")).isTrue();
        assertThat(TomvizShifts.isTable("tilt_deg,shift_y_px,shift_x_px")).isFalse();
        TomvizShifts read = TomvizShifts.read(file("table.csv", "\"Y Offset\",\"X Offset\"\r\n-1,3\r\n2,-7\r\n"));
        assertThat(read.offsets()).containsExactly(new Offset(3, -1), new Offset(-7, 2));
        assertThat(read.tiltsDeg()).isEmpty();
    }

    @Test
    void whatIsWrittenIsReadBack() {
        List<Offset> offsets = List.of(new Offset(1, -2), new Offset(0, 40));
        Path file = folder.resolve("template.tvsm");
        TomvizShifts.write(file, offsets, List.of(-12.5, 0.0));
        TomvizShifts read = TomvizShifts.read(file);
        assertThat(read.offsets()).isEqualTo(offsets);
        assertThat(read.tiltsDeg().orElseThrow()).containsExactly(-12.5, 0.0);
    }

    @Test
    void refusalsNameThePlace() throws IOException {
        refused("a.tvsm", "{\"operators\": []}", "0 of type TranslateAlign");
        refused("a.tvsm", "[" + STATE + "," + STATE + "]", "2 of type TranslateAlign");
        refused("a.tvsm", STATE.replace("-7, 2]", "-7]"), "5 numbers");
        refused("a.tvsm", STATE.replace("3, -1", "3.5, -1"), "offsets[0]: not a whole number");
        refused("a.tvsm", STATE.replace("3, -1", "1e300, -1"), "offsets[0]: not a whole number");
        refused("a.tvsm", STATE.replace("-30.5, 0, 30", "0, 30"), "2 tilts for 3 offsets");
        refused("a.tvsm", STATE.replace("-30.5", "\"left\""), "angles[0]: not an angle");
        refused("a.tvsm", STATE.substring(0, 100), "JSON");
        refused("a.tvsm", "[".repeat(400) + "]".repeat(400), "nested deeper");
        refused("a.csv", "a,b\n1,2\n", "no columns");
        refused("a.csv", "X Offset,Y Offset\n1\n", "line 2: 1 values, expected 2");
        refused("a.csv", "X Offset,Y Offset\n1,NaN\n", "line 2: an offset is not a whole number");
        refused("a.csv", "X Offset,Y Offset\n", "no offsets");
    }

    private void refused(String name, String text, String why) throws IOException {
        Path file = file(name, text);
        assertThatThrownBy(() -> TomvizShifts.read(file))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining(name)
                .hasMessageContaining(why);
    }

    /** Protects against any other exception, whatever stands in the file. */
    @Test
    void damagedFilesAreReadOrRefused() throws IOException {
        Random random = new Random(2);
        byte[] sound = STATE.getBytes(StandardCharsets.UTF_8);
        int refused = 0;
        for (int trial = 0; trial < 300; trial++) {
            byte[] bad = java.util.Arrays.copyOf(sound, trial % 3 == 0 ? random.nextInt(sound.length) : sound.length);
            for (int k = 0; k < 2 && bad.length > 0; k++) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
            }
            Path file = Files.write(folder.resolve("bad.tvsm"), bad);
            try {
                assertThat(TomvizShifts.read(file).offsets()).isNotEmpty();
            } catch (MalformedFileException e) {
                refused++;
            }
        }
        assertThat(refused).isPositive();
    }
}
