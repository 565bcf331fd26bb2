package org.hyalite.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.hyalite.io.format.MicroscopeFileException;
import org.hyalite.io.format.Recording;

/**
 * Damages a file in every way that a test wants: it must be read, or be refused in one line that names a file in its
 * folder, without another exception and without an allocation out of proportion.
 */
public final class Damage {
    private static final long MOST_ALLOCATED = 300L << 20;
    private static final long MOST_WORK = 10_000_000_000L;

    private Damage() {}

    /** Cuts a file at every {@code step}-th offset before {@code end}; each must be refused. */
    public static void cutsAreRefused(Path file, byte[] whole, int end, int step) throws IOException {
        for (int length = 0; length < end; length += step) {
            assertThat(read(file, Arrays.copyOf(whole, length), "cut at " + length))
                    .as("%s cut at %d of %d", file, length, whole.length)
                    .isEmpty();
        }
    }

    /** Changes one byte at a time of {@code from … to − 1}, by one bit or to anything; returns how many were refused. */
    public static int flips(Path file, byte[] whole, int from, int to, int times, long seed) throws IOException {
        Random random = new Random(seed);
        int refused = 0;
        for (int i = 0; i < times; i++) {
            byte[] damaged = whole.clone();
            int at = from + random.nextInt(to - from);
            damaged[at] = (byte) (random.nextBoolean() ? random.nextInt() : damaged[at] ^ 1 << random.nextInt(8));
            refused += read(file, damaged, "byte " + at + " is " + damaged[at]).isEmpty() ? 1 : 0;
        }
        return refused;
    }

    /** What is read, or nothing if it is refused as it should be. */
    public static Optional<Recording> read(Path file, byte[] bytes, String how) throws IOException {
        Files.write(file, bytes);
        return check(file.getParent(), file, bytes.length, how);
    }

    /**
     * What is read, or nothing if it is refused as it should be.
     *
     * @param folder that holds every file of the recording
     * @param size of the damaged file, bytes
     */
    static Optional<Recording> check(Path folder, Path opened, long size, String how) {
        Optional<Recording> first = measured(folder, opened, size, how).orElse(null);
        if (first != null) {
            return first;
        }
        // once more: the first reading also loads classes
        return measured(folder, opened, size, how)
                .orElseGet(() ->
                        fail(how + ": more than " + (MOST_ALLOCATED >> 20) + " MiB, or " + MOST_WORK / 1e9 + " s"));
    }

    /** What is read or not; nothing at all if it took too much memory or time. */
    private static Optional<Optional<Recording>> measured(Path folder, Path opened, long size, String how) {
        long before = allocated();
        long start = cpuTime();
        Optional<Recording> read = Optional.empty();
        try {
            read = Optional.of(MicroscopeFile.open(opened));
        } catch (MicroscopeFileException e) {
            assertThat(e.getMessage()).as(how).contains(e.file().toString()).doesNotContain("\n", "\r", "more memory");
            assertThat(e.file().toAbsolutePath()).as(how).startsWith(folder.toAbsolutePath());
        } catch (RuntimeException | Error e) {
            return fail(how + ": " + e, e);
        }
        boolean bounded = allocated() - before < MOST_ALLOCATED + 40 * size && cpuTime() - start < MOST_WORK;
        return bounded ? Optional.of(read) : Optional.empty();
    }

    private static long cpuTime() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static long allocated() {
        return ManagementFactory.getThreadMXBean() instanceof com.sun.management.ThreadMXBean threads
                ? threads.getCurrentThreadAllocatedBytes()
                : 0;
    }
}
