package org.hyalite.io.dm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.hyalite.io.ReferenceSignals;
import org.hyalite.io.dm.DmBuilder.Values;
import org.hyalite.io.format.MicroscopeFileException;
import org.hyalite.io.format.Recording;
import org.hyalite.io.format.Signal;
import org.hyalite.io.format.Statistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A damaged file is refused in one line that names it, or read because the damage is in a value that only changes what is
 * said; there is no other exception and no allocation out of proportion.
 */
class DmDamageTest {
    private static final long MOST_ALLOCATED = 64L << 20;
    private static final int FLIPS = Integer.getInteger("hyalite.flips", 250);

    @TempDir
    Path folder;

    private int refused;

    /** Protects against files cut off anywhere; only the eight zeros behind the last tag may be missing. */
    @ParameterizedTest
    @ValueSource(ints = {3, 4})
    void cutAnywhereIsRefused(int version) throws IOException {
        byte[] whole = small(version, version == 4);
        Path file = Files.write(folder.resolve("damaged.dm3"), whole);
        List<Statistics> sound = statistics(read(file).orElseThrow());
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            for (int length = whole.length - 1; length >= 0; length--) {
                channel.truncate(length);
                Optional<Recording> read = read(file);
                assertThat(read.isPresent()).as("cut at " + length).isEqualTo(length >= whole.length - 8);
                if (read.isPresent()) {
                    assertThat(statistics(read.get())).as("cut at " + length).isEqualTo(sound);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4})
    void everyByteMadeWrongIsRefusedOrRead(int version) throws IOException {
        byte[] whole = small(version, version == 3);
        Random random = new Random(version);
        int[] places = IntStream.range(0, whole.length)
                .filter(at -> version == 3 || random.nextInt(3) == 0) // of version 4, which is longer, a third
                .toArray();
        flip(Files.write(folder.resolve("damaged.dm3"), whole), whole, places, random);
        assertThat(refused).isGreaterThan(places.length / 4);
    }

    @Test
    void realFilesCutOrFlippedAreRefusedOrRead() throws IOException {
        byte[] whole = Files.readAllBytes(ReferenceSignals.folder().resolve("dm/test_STEM_image.dm3"));
        Path file = Files.write(folder.resolve("damaged.dm3"), whole);
        Random random = new Random(7);
        flip(file, whole, random.ints(FLIPS / 2, 0, whole.length).toArray(), random);
        int[] lengths = random.ints(30, 0, whole.length - 8).sorted().toArray();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            for (int i = lengths.length - 1; i >= 0; i--) {
                channel.truncate(lengths[i]);
                assertThat(read(file)).as("cut at " + lengths[i]).isEmpty();
            }
        }
    }

    /** Makes one byte wrong at a time, by one bit or altogether. */
    private void flip(Path file, byte[] whole, int[] places, Random random) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            for (int at : places) {
                byte wrong =
                        random.nextBoolean() ? (byte) (whole[at] ^ 1 << random.nextInt(8)) : (byte) random.nextInt();
                channel.write(ByteBuffer.wrap(new byte[] {wrong}), at);
                read(file);
                channel.write(ByteBuffer.wrap(new byte[] {whole[at]}), at);
            }
        }
    }

    static byte[] small(int version, boolean little) {
        Map<String, Object> map =
                DmBuilder.image("SI", 10, new Values(DmNumber.UINT_16, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12), 3, 2, 2);
        DmBuilder.calibrate(map, 0, 1, "nm");
        DmBuilder.calibrate(map, 0, 1, "nm");
        DmBuilder.calibrate(map, 0, 1, "eV");
        DmBuilder.tag(map, "Spectrum image", "Meta Data", "Format");
        DmBuilder.tag(map, "X-ray", "Meta Data", "Signal");
        DmBuilder.tag(map, 200e3, "Microscope Info", "Voltage");
        Map<String, Object> series = DmBuilder.image("HAADF", 2, new Values(DmNumber.FLOAT_32, 1, 2, 3, 4), 2, 1, 2);
        DmBuilder.calibrate(series, 0, 1, "nm");
        DmBuilder.calibrate(series, 0, 1, "nm");
        DmBuilder.calibrate(series, 0, 2, "deg");
        return DmBuilder.file(version, little, DmBuilder.root(List.of(map, series)));
    }

    /** What is read, or nothing if it is refused as it should be. */
    private Optional<Recording> read(Path file) {
        long before = allocated();
        try {
            return Optional.of(DmFile.format().read(file));
        } catch (MicroscopeFileException e) {
            assertThat(e.file()).isEqualTo(file);
            assertThat(e.getMessage()).contains("damaged.dm3").doesNotContain("\n");
            refused++;
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
