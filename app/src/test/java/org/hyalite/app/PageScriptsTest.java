package org.hyalite.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The viewer's own scripts, where they need no browser: polygons over bins, moments, chunks. Node runs them. */
final class PageScriptsTest {
    private static final Path SCRIPTS = Path.of("src/test/js");

    @Test
    void scriptsOfThePageComputeWhatTheySay() throws IOException, InterruptedException {
        assumeTrue(nodeIsThere(), "no Node on the PATH: the page's scripts are tested in the browser alone");
        List<String> command = new ArrayList<>(List.of("node", "--test"));
        try (Stream<Path> all = Files.walk(SCRIPTS)) {
            all.filter(p -> p.toString().endsWith(".test.mjs"))
                    .sorted()
                    .map(Path::toString)
                    .forEach(command::add);
        }
        assertThat(command).as("tests in " + SCRIPTS).hasSizeGreaterThan(2);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
    }

    private static boolean nodeIsThere() throws InterruptedException {
        try {
            return new ProcessBuilder("node", "--version")
                            .redirectErrorStream(true)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
