package org.hyalite.io.tia;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Random;
import org.hyalite.io.format.MicroscopeFileException;
import org.hyalite.io.format.Recording;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Damaged series and metadata are refused in one line that names them, or read because the damage is in a value that only
 * changes what is said; there is no other exception and no allocation out of proportion.
 */
class TiaDamageTest {
    private static final long MOST_ALLOCATED = 64L << 20;

    @TempDir
    Path folder;

    private final Random random = new Random(3);
    private int refused;

    @Test
    void seriesCutAnywhereAreRefused() throws IOException {
        for (int version : new int[] {0x0210, 0x0220}) {
            Path file = series(version);
            long whole = Files.size(file);
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                for (long length = whole - 1; length >= 0; length--) {
                    channel.truncate(length);
                    // the last tag's time and place are not read
                    boolean inLastTag = length >= whole - 22;
                    assertThat(read(file, file).isPresent())
                            .as("cut at " + length)
                            .isEqualTo(inLastTag);
                }
            }
        }
    }

    @Test
    void everyByteOfASeriesMadeWrongIsRefusedOrRead() throws IOException {
        for (int version : new int[] {0x0210, 0x0220}) {
            Path file = series(version);
            flip(file, file, 1);
        }
        assertThat(refused).isGreaterThan(100);
    }

    @Test
    void metadataCutOrFlippedAreRefusedOrReadAndNeverKeepASeriesFromBeingRead() throws IOException {
        Path ser = series(0x0210);
        Path emi = Files.write(folder.resolve("a.emi"), SerBuilder.emi("EDX", "<ShapingTime>1e-5</ShapingTime>"));
        flip(emi, emi, 7);
        assertThat(refused).isGreaterThan(8);
        int before = refused;
        flip(emi, ser, 7);
        assertThat(refused).as("series refused because of what is beside them").isEqualTo(before);
        long whole = Files.size(emi);
        try (FileChannel channel = FileChannel.open(emi, StandardOpenOption.WRITE)) {
            for (long length = whole - 1; length >= 0; length -= 11) {
                channel.truncate(length);
                read(emi, emi);
            }
        }
    }

    private Path series(int version) throws IOException {
        SerBuilder ser = TiaFileTest.map(2, 2, 5);
        ser.version = version;
        return Files.write(folder.resolve("a_1.ser"), ser.build());
    }

    /** Makes one byte wrong at a time, every {@code step}-th, by one bit or altogether. */
    private void flip(Path file, Path opened, int step) throws IOException {
        byte[] whole = Files.readAllBytes(file);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            for (int at = random.nextInt(step); at < whole.length; at += step) {
                int wrong = random.nextBoolean() ? whole[at] ^ 1 << random.nextInt(8) : random.nextInt();
                channel.write(ByteBuffer.wrap(new byte[] {(byte) wrong}), at);
                read(opened, file);
                channel.write(ByteBuffer.wrap(new byte[] {whole[at]}), at);
            }
        }
    }

    /** What is read, or nothing if it is refused as it should be. */
    private Optional<Recording> read(Path file, Path damaged) {
        long before = allocated();
        try {
            return Optional.of(TiaFile.format().read(file));
        } catch (MicroscopeFileException e) {
            assertThat(e.file()).isIn(file, damaged, folder.resolve("a_1.ser"));
            assertThat(e.getMessage()).contains(e.file().toString()).doesNotContain("\n");
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
}
