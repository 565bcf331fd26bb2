package org.hyalite.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.hyalite.study.recipe.InputException;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Protects the first things a user meets: help, version, and how a failure ends. */
class MainTest {
    @Test
    void everyCommandHelpsWithAnExample() {
        List<String> commands =
                new ArrayList<>(new CommandLine(new Main()).getSubcommands().keySet());
        assertThat(commands).hasSizeGreaterThanOrEqualTo(10);
        for (String command : commands) {
            String help = Said.by(command, "--help").worked().out();
            assertThat(help).as(command).contains("Usage: hyalite " + command, "Example:  hyalite " + command);
        }
        assertThat(Said.by("--help").worked().out()).contains(commands).contains("hyalite demo");
    }

    @Test
    void versionIsSaid() {
        assertThat(Said.by("--version").worked().out()).startsWith("hyalite ");
    }

    @Test
    void failuresEndInOneLineEach() {
        fails(new InputException("no such thing"), 2, "hyalite: no such thing");
        fails(new UncheckedIOException(new IOException("disk full")), 1, "disk full");
        fails(new OutOfMemoryError("Java heap space"), 1, "out of memory", "spectra.bin: 2", "-Xmx");
        fails(new StackOverflowError(), 1, "StackOverflowError", "not foreseen", "--debug");
        fails(new IllegalStateException("line one\nline two"), 1, "line one line two", "not foreseen");
    }

    private static void fails(Throwable failure, int code, String... words) {
        PrintStream err = System.err;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
            assertThat(new Main().failed(failure)).isEqualTo(code);
        } finally {
            System.setErr(err);
        }
        String said = bytes.toString(StandardCharsets.UTF_8);
        assertThat(said).contains(words).doesNotContain("\tat ");
        assertThat(said.lines()).hasSize(1);
    }
}
