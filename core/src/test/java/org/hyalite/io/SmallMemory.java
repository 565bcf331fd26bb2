package org.hyalite.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.hyalite.io.format.MicroscopeFileException;

/** Opens a file in a Java of its own that has 64 MiB of memory. */
public final class SmallMemory {
    private SmallMemory() {}

    /** What is said of the file; {@code read} if it was. */
    public static String read(Path file) throws IOException {
        Path said = Files.createTempFile(file.getParent(), "said", ".txt");
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-Dstdout.encoding=UTF-8",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SmallMemory.class.getName(),
                        file.toString(),
                        said.toString()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } finally {
            process.destroyForcibly();
        }
        return Files.readString(said);
    }

    public static void main(String[] args) throws IOException {
        String said;
        try {
            MicroscopeFile.open(Path.of(args[0]));
            said = "read";
        } catch (MicroscopeFileException e) {
            said = e.getMessage();
        } catch (OutOfMemoryError e) {
            said = e.toString();
        }
        Files.write(Path.of(args[1]), said.getBytes(StandardCharsets.UTF_8));
    }
}
