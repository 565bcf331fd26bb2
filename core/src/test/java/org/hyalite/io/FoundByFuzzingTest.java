package org.hyalite.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hyalite.io.format.MicroscopeFileException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What mutations once made of sound files and readers did not stand: each stays refused in one line. */
class FoundByFuzzingTest {
    @TempDir
    Path folder;

    /** A number beyond 64 bits was thrown by the library that reads JSON. */
    @Test
    void numbersOfJsonBeyondEveryWidth() throws IOException {
        Path zspy = Files.createDirectory(folder.resolve("z.zspy"));
        Files.writeString(zspy.resolve(".zgroup"), "{\"zarr_format\": 99999999999999999999}");
        assertThatThrownBy(() -> MicroscopeFile.open(zspy))
                .isInstanceOf(MicroscopeFileException.class)
                .hasMessageContainingAll("z.zspy", "99999999999999999999");
    }

    /** The library that reads XML quotes what it found, with its line ends; a file's escapes must not reach a terminal. */
    @Test
    void messagesAreOneLineWhateverAFileSays() throws IOException {
        Path spx = folder.resolve("s.spx");
        Files.writeString(spx, "<?xml version=\"1.0\" standalone=\"y\n<b\u001b[2J\"?>\n<a/>", StandardCharsets.UTF_8);
        assertThatThrownBy(() -> MicroscopeFile.open(spx))
                .isInstanceOf(MicroscopeFileException.class)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContainPattern("\\p{Cntrl}"));
    }
}
