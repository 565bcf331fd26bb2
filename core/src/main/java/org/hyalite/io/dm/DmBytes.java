package org.hyalite.io.dm;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.hyalite.io.format.MalformedFileException;
import org.hyalite.io.format.Reason;

/** A file's bytes, read through a small window; what lies behind its end is refused by offset. */
final class DmBytes implements AutoCloseable {
    private static final int WINDOW = 1 << 13;

    private final Path file;
    private final FileChannel channel;
    private final long size;
    private final ByteBuffer window = ByteBuffer.allocate(WINDOW);
    private ByteOrder order = ByteOrder.LITTLE_ENDIAN;
    private long start;
    private long at;

    private DmBytes(Path file, FileChannel channel, long size) {
        this.file = file;
        this.channel = channel;
        this.size = size;
        window.limit(0);
    }

    static DmBytes open(Path file) {
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
            return new DmBytes(file, channel, channel.size());
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    Path file() {
        return file;
    }

    long size() {
        return size;
    }

    long position() {
        return at;
    }

    long remaining() {
        return size - at;
    }

    /** The order of the bytes of values; headers are always big-endian. */
    void order(ByteOrder order) {
        this.order = order;
    }

    int unsigned8() {
        return here(1).get() & 0xff;
    }

    int unsigned16() {
        return here(2).order(ByteOrder.BIG_ENDIAN).getShort() & 0xffff;
    }

    int int32() {
        return here(4).order(ByteOrder.BIG_ENDIAN).getInt();
    }

    long int64() {
        return here(8).order(ByteOrder.BIG_ENDIAN).getLong();
    }

    double number(DmNumber kind) {
        ByteBuffer buffer = here(kind.bytes).order(order);
        return kind.at(buffer, buffer.position());
    }

    byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        ByteBuffer into = ByteBuffer.wrap(bytes);
        fill(at, into);
        at += length;
        return bytes;
    }

    void skip(long length) {
        requireLeft(length);
        at += length;
    }

    /** Reads {@code into.remaining()} bytes from an offset; {@code into} is left flipped and in the values' byte order. */
    void fill(long from, ByteBuffer into) {
        if (from < 0 || from > size - into.remaining()) {
            throw cutOff(from, into.remaining());
        }
        try {
            while (into.hasRemaining()) {
                int n = channel.read(into, from + into.position());
                if (n < 0) {
                    throw cutOff(from, into.remaining());
                }
            }
        } catch (IOException e) {
            throw unreadable(file, e);
        }
        into.flip().order(order);
    }

    MalformedFileException malformed(String found) {
        return MalformedFileException.at(file, at, found);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /** The window, standing at the next byte; moves on behind {@code length} bytes. */
    private ByteBuffer here(int length) {
        requireLeft(length);
        if (at < start || at + length > start + window.limit()) {
            window.clear().limit((int) Math.min(WINDOW, size - at));
            start = at;
            fill(at, window);
        }
        window.position((int) (at - start));
        at += length;
        return window;
    }

    private void requireLeft(long length) {
        if (length < 0 || length > size - at) {
            throw cutOff(at, length);
        }
    }

    private MalformedFileException cutOff(long from, long length) {
        return MalformedFileException.at(
                file,
                from,
                length + " bytes are needed here, but the file has " + size + " bytes; it is cut off or damaged");
    }

    private static MalformedFileException unreadable(Path file, IOException e) {
        return new MalformedFileException(file, "reading it", Reason.of(e), e);
    }
}
