package org.hyalite.io.bcf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.hyalite.io.ReferenceSignals;
import org.hyalite.io.bcf.BcfBuilder.Packing;
import org.hyalite.io.format.MicroscopeFileException;
import org.hyalite.io.format.Recording;
import org.hyalite.io.format.Signal;
import org.hyalite.io.format.Statistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A damaged map is refused with a message that names it, or read as if it were whole because the damage is in a part
 * that means nothing; there is no other exception and no allocation out of proportion.
 */
class BcfDamageTest {
    private static final long MOST_ALLOCATED = 256L << 20;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bruker/16x16_12bit_packed_8bit.bcf",
                "bruker/4on3.bcf",
                "bruker/over16bit.bcf",
                "bruker/test_TEM.bcf",
                "bruker/30x30_instructively_packed_16bit_compressed.bcf",
                "bruker/P45_12bit_packed_8bit.bcf"
            })
    void realMapsCutOrFlippedAreRefusedOrReadWhole(String name) throws IOException {
        byte[] whole = Files.readAllBytes(ReferenceSignals.folder().resolve(name));
        List<Statistics> sound = statistics(read(whole).orElseThrow());
        Random random = new Random(whole.length);
        int times = whole.length > 1 << 18 ? 4 : 10; // a large map takes a second to be read
        for (int i = 0; i < times; i++) {
            int length = i < times / 2 ? i * 80 : random.nextInt(whole.length);
            read(Arrays.copyOf(whole, length))
                    .ifPresent(r ->
                            assertThat(statistics(r)).as("cut at " + length).isEqualTo(sound));
        }
        for (int i = 0; i < 2 * times; i++) {
            byte[] flipped = whole.clone();
            int at = i < times ? 0x118 + random.nextInt(0x40) : random.nextInt(whole.length);
            flipped[at] ^= (byte) (1 << random.nextInt(8));
            read(flipped)
                    .ifPresent(
                            r -> assertThat(statistics(r)).as("flip at " + at).isEqualTo(sound));
        }
    }

    @Test
    void aRealTiltCutOrFlippedIsRefused() throws IOException {
        byte[] whole = Files.readAllBytes(ReferenceSignals.folder().resolve("l2083-eds-tilt-series/0.bcf"));
        for (int chunk : new int[] {20, 300, 700}) {
            int at = BcfBuilder.FIRST_CHUNK + chunk * 4096 + 2000;
            assertThat(read(Arrays.copyOf(whole, at))).isEmpty();
            byte[] flipped = whole.clone();
            flipped[at] ^= 4;
            assertThat(read(flipped)).isEmpty();
        }
    }

    /** Protects what stands behind the checksums: here they are put right again, so that the wrong value is believed. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void wrongValuesBehindSoundChecksumsNeverEscapeAsAnotherException(boolean compressed) throws IOException {
        int chunkSize = 1024;
        int[][][] counts = BcfFileTest.counts(4, 5, 90, 40, 11);
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("HeaderData", BcfBuilder.text(BcfBuilder.header(counts)));
        entries.put("SpectrumData0", BcfBuilder.cube(counts, Packing.values()));
        if (compressed) {
            entries.replaceAll((name, bytes) -> BcfBuilder.compressed(bytes, 1 << 12));
        }
        byte[] whole = BcfBuilder.container(entries, chunkSize);
        Random random = new Random(5);
        int refused = 0;
        int flips = 150;
        for (int i = 0; i < flips; i++) {
            byte[] flipped = whole.clone();
            int at = random.nextInt(whole.length);
            flipped[at] = (byte) (random.nextBoolean() ? random.nextInt() : flipped[at] ^ 1 << random.nextInt(8));
            int chunk = (at - BcfBuilder.FIRST_CHUNK) / chunkSize;
            if (at >= BcfBuilder.FIRST_CHUNK && chunk > 0) {
                BcfBuilder.sign(flipped, BcfBuilder.FIRST_CHUNK + chunk * chunkSize, chunkSize);
            }
            refused += read(flipped).isEmpty() ? 1 : 0;
        }
        assertThat(refused).isBetween(flips / 20, flips);
    }

    /** What is read, or nothing if it is refused as it should be. */
    private Optional<Recording> read(byte[] bytes) throws IOException {
        Path file = folder.resolve("damaged.bcf");
        Files.write(file, bytes);
        long before = allocated();
        try {
            return Optional.of(BcfFile.format().read(file));
        } catch (MicroscopeFileException e) {
            assertThat(e.file()).isEqualTo(file);
            assertThat(e).hasMessageContaining("damaged.bcf");
            return Optional.empty();
        } finally {
            assertThat(allocated() - before).isLessThan(MOST_ALLOCATED);
        }
    }

    private static long allocated() {
        return ManagementFactory.getThreadMXBean() instanceof com.sun.management.ThreadMXBean threads
                ? threads.getCurrentThreadAllocatedBytes()
                : 0;
    }

    private static List<Statistics> statistics(Recording recording) {
        return recording.signals().stream().map(Signal::statistics).toList();
    }
}
