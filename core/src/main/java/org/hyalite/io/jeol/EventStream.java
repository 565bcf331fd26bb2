package org.hyalite.io.jeol;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.hyalite.io.format.MalformedFileException;
import org.hyalite.io.format.Reason;

/**
 * The recording of a {@code .pts} file as it happened, in words of 16 bits: four bits say what it is, twelve its value.
 * Positions are in units of 1/4096 of the scan. A word of kind 6 stands for every 10 ms that passed, one of kind 7 for
 * every 10 ms that the detector lived.
 */
final class EventStream {
    static final int REAL_TICK = 6;
    static final int LIVE_TICK = 7;
    static final int X = 8;
    static final int Y = 9;
    static final int IMAGE = 0xa;
    static final int PHOTON = 0xb;

    /** Positions along a side. */
    static final int POSITIONS = 4096;

    private static final int KIND_SHIFT = 12;
    private static final int VALUE = 0xfff;
    private static final int PIECE = 1 << 20;

    /** Receives the words in order. */
    interface Reader {
        /**
         * One word.
         *
         * @param index how many stand before it
         */
        void word(long index, int kind, int value);
    }

    private final Path file;
    private final long start;
    private final long words;

    EventStream(Path file, long start, long words) {
        this.file = file;
        this.start = start;
        this.words = words;
    }

    long words() {
        return words;
    }

    /** Reads the first {@code count} words. */
    void read(long count, Reader reader) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer piece = ByteBuffer.allocate((int) Math.min(PIECE, Math.max(1, count) * Short.BYTES))
                    .order(ByteOrder.LITTLE_ENDIAN);
            long index = 0;
            while (index < count) {
                piece.clear().limit((int) Math.min(piece.capacity(), (count - index) * Short.BYTES));
                while (piece.hasRemaining()) {
                    long at = start + index * Short.BYTES + piece.position();
                    if (channel.read(piece, at) < 0) {
                        throw MalformedFileException.at(file, at, "the file ends among its X-rays; it is cut off");
                    }
                }
                piece.flip();
                while (piece.hasRemaining()) {
                    int word = piece.getShort() & 0xffff;
                    reader.word(index++, word >> KIND_SHIFT, word & VALUE);
                }
            }
        } catch (IOException e) {
            throw new MalformedFileException(file, "byte " + start, "it cannot be read: " + Reason.of(e), e);
        }
    }
}
