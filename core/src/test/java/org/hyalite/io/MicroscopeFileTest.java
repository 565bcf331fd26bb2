package org.hyalite.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hyalite.grid.Image;
import org.hyalite.io.format.Format;
import org.hyalite.io.format.MicroscopeFileException;
import org.hyalite.io.mrc.MrcWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protects what a user meets first: one clear line for a file that cannot be opened. */
class MicroscopeFileTest {
    @TempDir
    Path folder;

    @Test
    void opensByFormat() {
        Path file = folder.resolve("A.MRC");
        MrcWriter.writeStack(file, List.of(Image.zeros(2, 2, 1)));
        assertThat(MicroscopeFile.open(file).format()).startsWith("MRC");
    }

    @Test
    void missingEmptyAndUnknownFilesAreNamedInOneLine() throws Exception {
        Path missing = folder.resolve("missing.mrc");
        Path empty = Files.createFile(folder.resolve("empty.hspy"));
        Path unknown = Files.writeString(folder.resolve("notes.docx"), "x");
        Path bare = Files.createDirectory(folder.resolve("maps"));
        Path packed = Files.write(folder.resolve("map.mrc.gz"), new byte[] {0x1f, (byte) 0x8b, 8, 0});
        refused(packed, "packed with gzip; unpack it first");
        refused(missing, "no such file");
        refused(empty, "empty");
        refused(unknown, "of no format that is read: ");
        refused(bare, "this folder is of no format");
        for (Format format : MicroscopeFile.formats()) {
            refused(unknown, format.name());
        }
    }

    private static void refused(Path file, String why) {
        assertThatThrownBy(() -> MicroscopeFile.open(file))
                .isInstanceOf(MicroscopeFileException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(why)
                .message()
                .doesNotContain("\n");
    }
}
