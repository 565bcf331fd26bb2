package org.hyalite.study;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;
import org.hyalite.io.format.AtomicWrite;
import org.hyalite.io.format.Reason;
import org.hyalite.tomo.Checkpoints;

/**
 * The state of one reconstruction, in {@code NAME.checkpoint} beside the volume that it is to become: a line that says
 * what it is, the key of its data and settings, the state, and a checksum of all that. One with another key is not used;
 * a damaged one is set aside. It is removed when the volume stands.
 */
final class SolveFile implements Checkpoints {
    private static final String KIND = "hyalite checkpoint 1\n";
    private static final int CHECKSUM = Long.BYTES;
    /** Writing takes at most about this share of the time. */
    private static final double SHARE = 0.05;

    private final Path file;
    private final byte[] head;
    private final boolean resume;
    private final Duration every;
    private final Consumer<String> warnings;
    private boolean checked;
    private boolean usable;
    private long last = System.nanoTime();
    private long cost;

    private SolveFile(Path file, byte[] head, boolean resume, Duration every, Consumer<String> warnings) {
        this.file = file;
        this.head = head;
        this.resume = resume;
        this.every = every;
        this.warnings = warnings;
    }

    /**
     * @param volume the volume's file, still to be written
     * @param key of all that the volume depends on
     * @param settings whether to go on from what is there, and how often to write
     * @param warnings what people must know
     */
    static SolveFile beside(Path volume, String key, RunSettings settings, Consumer<String> warnings) {
        Path file = volume.resolveSibling(volume.getFileName() + ".checkpoint");
        byte[] head = (KIND + key + "\n").getBytes(StandardCharsets.US_ASCII);
        return new SolveFile(file, head, settings.resume(), settings.checkpointEvery(), warnings);
    }

    /** Whether there was a state to go on from. */
    boolean found() {
        return usable;
    }

    @Override
    public Optional<InputStream> find() {
        if (!checked) {
            usable = resume && Files.exists(file) && usable();
            checked = true;
        }
        if (!usable) {
            return Optional.empty();
        }
        try {
            InputStream in = Files.newInputStream(file);
            in.skipNBytes(head.length);
            return Optional.of(in);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read: " + Reason.of(e), e);
        }
    }

    private boolean usable() {
        try {
            byte[] start = new byte[head.length];
            long left = Files.size(file) - CHECKSUM;
            CRC32C sum = new CRC32C();
            boolean whole = left >= head.length;
            try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
                if (whole) {
                    in.readFully(start);
                    sum.update(start);
                    left -= start.length;
                    byte[] piece = new byte[1 << 16];
                    while (left > 0) {
                        int count = (int) Math.min(left, piece.length);
                        in.readFully(piece, 0, count);
                        sum.update(piece, 0, count);
                        left -= count;
                    }
                    whole = in.readLong() == sum.getValue();
                }
            }
            if (!whole) {
                Path aside = file.resolveSibling(file.getFileName() + ".damaged");
                Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
                warnings.accept(file + ": damaged; it was set aside as " + aside.getFileName()
                        + ", and the reconstruction began anew");
                return false;
            }
            if (!Arrays.equals(start, head)) {
                warnings.accept(file + ": of other data or settings, or of another version; the reconstruction began"
                        + " anew");
                return false;
            }
            return true;
        } catch (IOException e) {
            warnings.accept(file + " cannot be read: " + Reason.of(e) + "; the reconstruction began anew");
            return false;
        }
    }

    @Override
    public boolean due() {
        return System.nanoTime() - last >= Math.max(every.toNanos(), cost / SHARE);
    }

    /** Writes it; where that cannot be done, the reconstruction goes on all the same, with a warning. */
    @Override
    public void write(Content content) {
        long start = System.nanoTime();
        try {
            AtomicWrite.file(file, out -> {
                CheckedOutputStream all = new CheckedOutputStream(out, new CRC32C());
                all.write(head);
                content.writeTo(all);
                out.write(ByteBuffer.allocate(CHECKSUM)
                        .putLong(all.getChecksum().getValue())
                        .array());
            });
        } catch (UncheckedIOException e) {
            warnings.accept(e.getMessage() + "; the reconstruction cannot be resumed from there");
        }
        last = System.nanoTime();
        cost = every.isZero() ? 0 : last - start;
    }

    /** Removes it, once the volume stands. */
    void remove() {
        AtomicWrite.discard(file);
    }
}
