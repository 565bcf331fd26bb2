package org.hyalite.io.velox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.hyalite.io.MicroscopeFile;
import org.hyalite.io.ReferenceSignals;
import org.hyalite.io.format.MicroscopeFileException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A damaged {@code .emd} is read, or refused with a message that names it: no other exception, no allocation out of
 * proportion; one that was cut off is always refused.
 */
class EmdDamageTest {
    private static final long MOST_ALLOCATED = 512L << 20;
    private static final int FLIPS = Integer.getInteger("hyalite.flips", 24);

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "velox/fei_example_dpc_titles.emd",
                "velox/fei_emd_si.emd",
                "ncem-emd/L2083_tilt15_crop16_DEV_ncem.emd",
                "ncem-emd/example_metadata.emd"
            })
    void realFilesCutOrFlipped(String name) throws IOException {
        byte[] whole = Files.readAllBytes(ReferenceSignals.folder().resolve(name));
        damage(whole, new Random(whole.length), 12, FLIPS);
    }

    @Test
    void madeFilesCutOrFlipped() throws IOException {
        Path file = new VeloxBuilder(new Random(8), 2, 2, 3, 4).emd(true).writeTo(folder.resolve("whole.emd"));
        int refused = damage(Files.readAllBytes(file), new Random(9), 60, 8 * FLIPS);
        assertThat(refused).isGreaterThan(60);
    }

    private int damage(byte[] whole, Random random, int cuts, int flips) throws IOException {
        assertThat(reads(whole)).isTrue();
        for (int i = 0; i < cuts; i++) {
            int length = i < 8 ? i * 12 : random.nextInt(whole.length);
            assertThat(reads(Arrays.copyOf(whole, length)))
                    .as("cut at " + length)
                    .isFalse();
        }
        int refused = cuts;
        for (int i = 0; i < flips; i++) {
            byte[] flipped = whole.clone();
            int at = random.nextInt(i % 2 == 0 ? whole.length : Math.min(whole.length, 4096));
            flipped[at] ^= (byte) (1 << random.nextInt(8));
            refused += reads(flipped) ? 0 : 1;
        }
        return refused;
    }

    private boolean reads(byte[] bytes) throws IOException {
        Path file = folder.resolve("damaged.emd");
        Files.write(file, bytes);
        long before = allocated();
        try {
            MicroscopeFile.open(file);
            return true;
        } catch (MicroscopeFileException e) {
            assertThat(e.getMessage()).contains("damaged.emd").doesNotContain("\n");
            return false;
        } finally {
            assertThat(allocated() - before).isLessThan(MOST_ALLOCATED);
        }
    }

    private static long allocated() {
        return ManagementFactory.getThreadMXBean() instanceof com.sun.management.ThreadMXBean threads
                ? threads.getCurrentThreadAllocatedBytes()
                : 0;
    }
}
