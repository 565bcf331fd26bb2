package org.hyalite.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/** HyperSpy where it is installed; a test that needs it is skipped, saying so, where it is not. */
final class HyperSpy {
    private static final int ABSENT = 42;
    private static final String IMPORT = """
            import json, logging, sys
            logging.disable(logging.CRITICAL)
            try:
                import numpy as np, hyperspy.api as hs
                from hyperspy._signals.eds_tem import EDSTEMSpectrum
            except ImportError:
                sys.exit(42)
            """;

    private HyperSpy() {}

    /** What a script prints as JSON into the file that {@code sys.argv[1]} names. */
    static JsonNode say(Path folder, String script, Object... arguments) throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("script.py"), IMPORT + script);
        Path answer = folder.resolve("answer.json");
        Path said = folder.resolve("said.txt");
        int status = ABSENT;
        for (String directory : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
            Path python = Path.of(directory, "python3");
            if (status == ABSENT && Files.isExecutable(python)) {
                List<String> line = new ArrayList<>(List.of(python.toString(), file.toString(), answer.toString()));
                for (Object argument : arguments) {
                    line.add(argument.toString());
                }
                Process process = new ProcessBuilder(line)
                        .redirectErrorStream(true)
                        .redirectOutput(said.toFile())
                        .start();
                boolean ended = process.waitFor(2, TimeUnit.MINUTES);
                process.destroyForcibly();
                assertThat(ended).as("HyperSpy answered within 2 minutes").isTrue();
                status = process.exitValue();
            }
        }
        assumeTrue(status != ABSENT, "skipped: no python3 on the path has HyperSpy to compare with");
        assertThat(status).as(Files.readString(said)).isZero();
        return Json.read(answer);
    }
}
