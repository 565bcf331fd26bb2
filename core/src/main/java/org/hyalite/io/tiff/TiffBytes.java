package org.hyalite.io.tiff;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hyalite.io.format.MalformedFileException;
import org.hyalite.io.format.Reason;

/** The bytes of a TIFF or BigTIFF file and its list of directories; every place is held against the file's size. */
final class TiffBytes implements Closeable {
    private static final int CLASSIC = 42;
    private static final int BIG = 43;
    private static final int MOST_DIRECTORIES = 1 << 20;

    private final Path file;
    private final FileChannel channel;
    private final long size;
    private final ByteOrder order;
    private final boolean big;
    private final long first;

    private TiffBytes(Path file, FileChannel channel, long size, ByteOrder order, boolean big, long first) {
        this.file = file;
        this.channel = channel;
        this.size = size;
        this.order = order;
        this.big = big;
        this.first = first;
    }

    static TiffBytes open(Path file) {
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
            try {
                return header(file, channel);
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw new MalformedFileException(file, "reading it", Reason.of(e), e);
        }
    }

    private static TiffBytes header(Path file, FileChannel channel) throws IOException {
        TiffBytes raw = new TiffBytes(file, channel, channel.size(), ByteOrder.LITTLE_ENDIAN, false, 0);
        ByteBuffer head = raw.at(0, 8);
        int mark = head.getShort(0);
        if (mark != 0x4949 && mark != 0x4d4d) {
            throw MalformedFileException.at(file, 0, "it begins with neither II nor MM: no TIFF file");
        }
        ByteOrder order = mark == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        head.order(order);
        int version = head.getShort(2);
        if (version == CLASSIC) {
            return new TiffBytes(file, channel, raw.size, order, false, head.getInt(4) & 0xffffffffL);
        }
        if (version != BIG || head.getShort(4) != 8) {
            throw MalformedFileException.at(file, 2, "version " + version + ", expected 42 (TIFF) or 43 (BigTIFF)");
        }
        ByteBuffer more = raw.at(8, 8).order(order);
        return new TiffBytes(file, channel, raw.size, order, true, more.getLong(0));
    }

    /** All directories of the file's own list, in its order; a list that comes back to itself is refused. */
    List<TiffDirectory> directories() {
        List<TiffDirectory> all = new ArrayList<>();
        Set<Long> seen = new HashSet<>();
        long at = first;
        while (at != 0) {
            if (!seen.add(at) || all.size() >= MOST_DIRECTORIES) {
                throw MalformedFileException.at(file, at, "the list of directories comes back to this one");
            }
            long count = big ? at(at, 8).getLong(0) : at(at, 2).getShort(0) & 0xffff;
            int entry = big ? 20 : 12;
            if (count < 1 || count > 0xffff) {
                throw MalformedFileException.at(file, at, "a directory of " + count + " entries");
            }
            long start = at + (big ? 8 : 2);
            ByteBuffer entries = at(start, Math.toIntExact(count) * entry);
            all.add(TiffDirectory.of(this, at, entries, Math.toIntExact(count)));
            long next = start + count * entry;
            at = big ? at(next, 8).getLong(0) : at(next, 4).getInt(0) & 0xffffffffL;
        }
        if (all.isEmpty()) {
            throw MalformedFileException.at(file, 4, "there is no directory, so no image");
        }
        return all;
    }

    /** Some bytes, in the file's order. */
    ByteBuffer at(long offset, int length) {
        if (offset < 0 || length > size || offset > size - length) {
            throw MalformedFileException.at(
                    file, Math.max(0, offset), length + " bytes are needed here, but the file has " + size);
        }
        ByteBuffer buffer = ByteBuffer.allocate(length).order(order);
        try {
            while (buffer.hasRemaining()) {
                if (channel.read(buffer, offset + buffer.position()) < 0) {
                    throw new EOFException("it ends too early");
                }
            }
        } catch (IOException e) {
            throw new MalformedFileException(file, "byte " + offset, Reason.of(e), e);
        }
        return buffer.flip().order(order);
    }

    boolean big() {
        return big;
    }

    long size() {
        return size;
    }

    ByteOrder order() {
        return order;
    }

    Path file() {
        return file;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new MalformedFileException(file, "closing it", Reason.of(e), e);
        }
    }
}
