package org.hyalite.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Protects hours of work from Ctrl-C. */
class InterruptionTest {
    @TempDir
    Path temp;

    @Test
    void ctrlCKeepsFinishedVolumesAndResumeGoesOnFromThem() throws IOException, InterruptedException {
        assumeThat(File.separator).as("a system with SIGINT").isEqualTo("/");
        // what is started in the background of a script is deaf to Ctrl-C, and so are its children; ending is heard
        // alike
        String signal = hearsCtrlC() ? "INT" : "TERM";
        Path twin = Experiments.copyTo(temp.resolve("twin"));
        Path results = temp.resolve("results");
        Path errors = temp.resolve("errors.txt");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "org.hyalite.app.Main",
                        "run",
                        twin.resolve("experiment.yaml").toString(),
                        "-o",
                        results.toString(),
                        "--no-figures")
                .redirectError(errors.toFile())
                .redirectOutput(temp.resolve("out.txt").toFile())
                .start();
        try {
            while (process.isAlive() && !Files.readString(errors).contains("standard co-2: alignment")) {
                Thread.sleep(20);
            }
            new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                    .start()
                    .waitFor();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        String said = Files.readString(errors);
        assertThat(process.exitValue()).as(said).isEqualTo(signal.equals("INT") ? 130 : 143);
        List<String> told = said.lines().filter(l -> l.startsWith("hyalite: ")).toList();
        assertThat(told).containsExactly("hyalite: interrupted; finished volumes are kept; go on with --resume");
        assertThat(said).doesNotContain("\tat ");
        assertThat(results.resolve("standards/co-1/volume.mrc")).exists();
        assertThat(results.resolve("phases.json")).doesNotExist();
        try (Stream<Path> all = Files.walk(results)) {
            assertThat(all.filter(p -> p.getFileName().toString().endsWith(".part")))
                    .isEmpty();
        }

        Said.by("run", twin.resolve("experiment.yaml"), "-o", results, "--no-figures", "--resume")
                .worked();
        JsonNode seconds = new ObjectMapper()
                .readTree(results.resolve("provenance.json").toFile())
                .path("seconds");
        assertThat(seconds.propertyNames())
                .contains("reconstruct elements")
                .doesNotContain("reconstruct standard co-1 ADF");
        assertThat(results.resolve("phases.json")).exists();
    }

    /** Whether this process, and so its children, does not ignore SIGINT, by the mask that Linux shows. */
    private static boolean hearsCtrlC() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return true;
        }
        long ignored = Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .mapToLong(line -> Long.parseUnsignedLong(
                        line.substring("SigIgn:".length()).strip(), 16))
                .findFirst()
                .orElse(0);
        return (ignored >> 1 & 1) == 0;
    }
}
