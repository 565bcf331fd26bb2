package org.hyalite.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protects a long reconstruction from a kill that no program can hear: it goes on, to the same bits. */
class ResumeTest {
    /** So many that the kill is in time; each is cheap. */
    private static final int ITERATIONS = 6_000;

    @TempDir
    Path temp;

    private Path series;
    private Path volume;
    private Path checkpoint;

    @BeforeEach
    void copy() throws IOException {
        series = Experiments.sampleTo(temp.resolve("twin")).resolve("sample/adf.mrc");
        volume = temp.resolve("volume.mrc");
        checkpoint = temp.resolve("volume.mrc.checkpoint");
    }

    private Object[] arguments(Path to, Object... more) {
        Object[] all = {
            "reconstruct", series, "-o", to, "--regulariser", "tv2", "--gap", 1e-12, "--max-iterations", ITERATIONS
        };
        Object[] together = Arrays.copyOf(all, all.length + more.length);
        System.arraycopy(more, 0, together, all.length, more.length);
        return together;
    }

    /** Starts the command, and kills it outright once a state with iterates is there. */
    private void killed() throws IOException, InterruptedException {
        String[] java = {
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            "org.hyalite.app.Main"
        };
        Object[] wanted = arguments(volume, "--threads", 1, "--checkpoint-every", 0);
        String[] all = Arrays.copyOf(java, java.length + wanted.length);
        for (int i = 0; i < wanted.length; i++) {
            all[java.length + i] = wanted[i].toString();
        }
        Process process = new ProcessBuilder(all)
                .redirectErrorStream(true)
                .redirectOutput(temp.resolve("said.txt").toFile())
                .start();
        try {
            // 16³ voxels: x, v and six duals
            long whole = 8L * 4 * 16 * 16 * 16;
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (process.isAlive() && System.nanoTime() < end && size(checkpoint) < whole) {
                Thread.sleep(5);
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
        assertThat(volume).as(Files.readString(temp.resolve("said.txt"))).doesNotExist();
        assertThat(checkpoint).exists();
    }

    private static long size(Path file) {
        return file.toFile().length();
    }

    @Test
    void aKilledReconstructionGoesOnToTheSameBitsFromItsOwnWholeStateAlone() throws IOException, InterruptedException {
        assumeThat(File.separator).as("a system that kills").isEqualTo("/");
        killed();
        byte[] state = Files.readAllBytes(checkpoint);

        Object[] other = {"reconstruct", series, "-o", volume, "--weight", 0.05, "--max-iterations", 40, "--resume"};
        Said others = Said.by(other).worked();
        assertThat(others.err()).contains("of other data or settings");
        assertThat(others.out()).doesNotContain("went on");

        Files.write(checkpoint, Arrays.copyOf(state, state.length / 2));
        Said damaged = Said.by(other).worked();
        assertThat(damaged.err()).contains("volume.mrc.checkpoint: damaged; it was set aside");
        assertThat(damaged.out()).doesNotContain("went on");
        assertThat(temp.resolve("volume.mrc.checkpoint.damaged")).exists();

        Files.write(checkpoint, state);
        Said again = Said.by(arguments(volume, "--threads", 2, "--resume")).worked();
        assertThat(again.out()).contains("went on from its checkpoint");
        assertThat(checkpoint).doesNotExist();
        assertThat(temp.resolve(".volume.mrc.checkpoint.part")).doesNotExist();
        Path whole = temp.resolve("whole.mrc");
        Said.by(arguments(whole, "--threads", 2)).worked();
        assertThat(volume).hasSameBinaryContentAs(whole);
    }
}
