package org.hyalite.io.tia;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.hyalite.io.format.MalformedFileException;
import org.hyalite.io.format.Reason;

/** A file's bytes by offset, little-endian; what lies outside is refused before anything is allocated for it. */
final class TiaBytes implements AutoCloseable {
    private final Path file;
    private final FileChannel channel;
    private final long size;

    private TiaBytes(Path file, FileChannel channel, long size) {
        this.file = file;
        this.channel = channel;
        this.size = size;
    }

    static TiaBytes open(Path file) {
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
            return new TiaBytes(file, channel, channel.size());
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

    /** The bytes at an offset; {@code what} names them for messages. */
    ByteBuffer at(long offset, long length, String what) {
        requireInside(offset, length, what);
        ByteBuffer buffer = ByteBuffer.allocate(Math.toIntExact(length));
        fill(offset, buffer, what);
        return buffer;
    }

    /** Fills {@code into} to its limit from an offset. */
    void fill(long offset, ByteBuffer into, String what) {
        requireInside(offset, into.remaining(), what);
        try {
            while (into.hasRemaining()) {
                if (channel.read(into, offset + into.position()) < 0) {
                    throw malformed(offset, what + ": the file ended while it was read");
                }
            }
        } catch (IOException e) {
            throw unreadable(file, e);
        }
        into.flip().order(ByteOrder.LITTLE_ENDIAN);
    }

    void requireInside(long offset, long length, String what) {
        if (offset < 0 || length < 0 || length > size || offset > size - length) {
            throw malformed(
                    offset,
                    what + " of " + length + " bytes lies outside the file of " + size
                            + " bytes; it is cut off or damaged");
        }
    }

    MalformedFileException malformed(long offset, String found) {
        return MalformedFileException.at(file, offset, found);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static MalformedFileException unreadable(Path file, IOException e) {
        return new MalformedFileException(file, "reading it", Reason.of(e), e);
    }
}
