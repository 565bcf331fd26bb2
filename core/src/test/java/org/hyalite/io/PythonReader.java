package org.hyalite.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs a script of an independent reader (HyperSpy, tifffile, zarr) on what was written here. The script gets a file as
 * {@code sys.argv[1]} and leaves its answer in {@code out}, which comes back as JSON.
 */
public final class PythonReader {
    private static final int ABSENT = 42;
    private static final String FRAME = """
            import json, logging, sys
            logging.disable(logging.CRITICAL)
            try:
            %s
            except ImportError:
                sys.exit(42)
            path = sys.argv[1]
            %s
            with open(sys.argv[2], "w") as f:
                json.dump(out, f)
            """;

    private PythonReader() {}

    /**
     * What the script found; the test is skipped, saying so, where no python3 on the path has the modules.
     *
     * @param imports one statement
     * @param folder for what passes between
     */
    public static JsonNode read(Path folder, String imports, String script, Path file) {
        try {
            Path program = Files.writeString(folder.resolve("read.py"), FRAME.formatted("    " + imports, script));
            Path answer = folder.resolve("answer.json");
            Path said = folder.resolve("said.txt");
            int status = run(said, program, file, answer);
            assumeTrue(status != ABSENT, "skipped: no python3 on the path can '" + imports + "'");
            assertThat(status).as(Files.readString(said)).isZero();
            return JsonMapper.shared().readTree(Files.readString(answer));
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static int run(Path said, Path... arguments) throws IOException, InterruptedException {
        int status = ABSENT;
        for (String directory : System.getenv().getOrDefault("PATH", "").split(java.io.File.pathSeparator)) {
            Path python = Path.of(directory, "python3");
            if (status == ABSENT && Files.isExecutable(python)) {
                List<String> line = new ArrayList<>(List.of(python.toString()));
                for (Path argument : arguments) {
                    line.add(argument.toString());
                }
                Process process = new ProcessBuilder(line)
                        .redirectErrorStream(true)
                        .redirectOutput(said.toFile())
                        .start();
                boolean ended = process.waitFor(2, TimeUnit.MINUTES);
                process.destroyForcibly();
                status = ended ? process.exitValue() : ABSENT;
            }
        }
        return status;
    }
}
