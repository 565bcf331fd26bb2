package org.hyalite.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** What one command said and how it ended. */
record Said(int code, String out, String err) {
    /** Runs a command as {@code main} would. */
    static Said by(Object... arguments) {
        String[] args = new String[arguments.length];
        for (int i = 0; i < args.length; i++) {
            args[i] = arguments[i].toString();
        }
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
        ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(outBytes, true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(errBytes, true, StandardCharsets.UTF_8));
            int code = Main.run(args);
            return new Said(code, outBytes.toString(StandardCharsets.UTF_8), errBytes.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }

    /** Holds that the command refused in one line with all of these words in it, and without a stack trace. */
    void refused(int expected, String... words) {
        List<String> lines = err.lines().filter(l -> l.startsWith("hyalite: ")).toList();
        assertThat(lines).as(err).hasSize(1);
        assertThat(lines.get(0)).contains(words);
        assertThat(err).doesNotContain("\tat ").doesNotContain("Exception");
        assertThat(out).isEmpty();
        assertThat(code).as(err).isEqualTo(expected);
    }

    /** Holds that the command worked. */
    Said worked() {
        assertThat(code).as(err).isZero();
        return this;
    }

    /** Standard output as JSON, nothing else on it. */
    JsonNode json() {
        worked();
        return new ObjectMapper().readTree(out);
    }
}
