package org.hyalite.browser;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One command of the program in a process of its own, as a terminal would start it. */
final class Hyalite implements AutoCloseable {
    private final Process process;
    private final Path said;

    private Hyalite(Process process, Path said) {
        this.process = process;
        this.said = said;
    }

    /** Starts a command; what it says on standard error goes into a file beside. */
    static Hyalite start(Path folder, Object... arguments) throws IOException {
        Path said = Files.createTempFile(folder, "said-", ".txt");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules",
                "jdk.incubator.vector",
                "-Xmx2g",
                "-Djava.awt.headless=true",
                "-cp",
                System.getProperty("java.class.path"),
                "org.hyalite.app.Main"));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        return new Hyalite(
                new ProcessBuilder(command).redirectError(said.toFile()).start(), said);
    }

    /** Runs a command to its end. */
    static void run(Path folder, Object... arguments) throws IOException, InterruptedException {
        try (Hyalite command = start(folder, arguments)) {
            command.await(Duration.ofMinutes(5));
        }
    }

    /** The first line on standard output. */
    String firstLine() throws IOException {
        BufferedReader reader = process.inputReader(StandardCharsets.UTF_8);
        String line = reader.readLine();
        if (line == null) {
            throw new IOException("ended without a word: " + Files.readString(said));
        }
        return line;
    }

    void await(Duration longest) throws IOException, InterruptedException {
        process.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
        if (!process.waitFor(longest.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException("failed: " + Files.readString(said));
        }
    }

    /** Ends it at once, as a crash would. */
    void kill() {
        process.destroyForcibly();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
