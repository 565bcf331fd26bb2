package org.hyalite.io.mrc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.hyalite.io.format.MalformedFileException;
import org.hyalite.io.mrc.XfFile.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protects IMOD's transformations: read as they stand, and damaged files refused with their line. */
class XfFileTest {
    private static final String TWO =
            "   0.9997    -0.0245     0.0245     0.9997      12.345     -7.500\n   1 0 0 1 0 0\n";

    @TempDir
    Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("series.xf"), text, StandardCharsets.ISO_8859_1);
    }

    @Test
    void sixNumbersALineInTheStacksOrder() throws IOException {
        assertThat(XfFile.read(file(TWO)).rows())
                .containsExactly(new Row(0.9997, -0.0245, 0.0245, 0.9997, 12.345, -7.5), new Row(1, 0, 0, 1, 0, 0));
        assertThat(XfFile.read(file(TWO.replace("\n", "\r\n") + "\r\n\r\n")).rows())
                .hasSize(2);
    }

    @Test
    void whatIsWrittenIsReadBack() {
        List<Row> rows = List.of(new Row(0.9999619, -0.0087265, 0.0087265, 0.9999619, -3.25, 1234.5678));
        Path file = folder.resolve("written.xf");
        XfFile.write(file, rows);
        assertThat(XfFile.read(file).rows()).isEqualTo(rows);
        XfFile.writeTilts(folder.resolve("written.rawtlt"), List.of(-60.0, 0.25));
        assertThat(TiltAngles.read(folder.resolve("written.rawtlt"))
                        .orElseThrow()
                        .degrees())
                .containsExactly(-60.0, 0.25);
    }

    @Test
    void badLinesAreNamed() throws IOException {
        refused(TWO + "1 0 0 1 0\n", "line 3: 5 numbers, expected six");
        refused("1 0 0 1 x 0\n", "line 1: 'x' is not a number");
        refused(TWO + "1 0 0 1 NaN 0\n", "line 3: NaN where a finite number");
        refused("1 0 0 1 1e999 0\n", "line 1: 1e999 where a finite number");
        refused("\n \n", "no transformation");
    }

    private void refused(String text, String why) throws IOException {
        Path file = file(text);
        assertThatThrownBy(() -> XfFile.read(file))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining("series.xf")
                .hasMessageContaining(why);
    }

    /** Protects against any other exception, whatever stands in the file. */
    @Test
    void damagedFilesAreReadOrRefused() throws IOException {
        Random random = new Random(5);
        byte[] sound = TWO.getBytes(StandardCharsets.ISO_8859_1);
        int refused = 0;
        for (int trial = 0; trial < 300; trial++) {
            byte[] bad = java.util.Arrays.copyOf(sound, trial % 3 == 0 ? random.nextInt(sound.length) : sound.length);
            for (int k = 0; k < 3 && bad.length > 0; k++) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
            }
            Path file = Files.write(folder.resolve("bad.xf"), bad);
            try {
                for (Row row : XfFile.read(file).rows()) {
                    assertThat(row.dx() + row.dy() + row.a11()).isFinite();
                }
            } catch (MalformedFileException e) {
                assertThat(e.getMessage()).doesNotContain("\n");
                refused++;
            }
        }
        assertThat(refused).isPositive();
    }
}
