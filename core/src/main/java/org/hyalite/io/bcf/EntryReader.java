package org.hyalite.io.bcf;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.hyalite.io.format.MalformedFileException;
import org.jspecify.annotations.Nullable;

/**
 * Reads an entry of a container from its first to its last byte, inflating it if it is compressed, with no more than a
 * chunk or a block of it in memory. A compressed entry starts with {@code AACS}; blocks follow byte 128, each of a
 * 16-byte header (packed size, plain size, checksum, where the next block starts) and a zlib stream.
 */
final class EntryReader implements XmlSource, AutoCloseable {
    private static final int COMPRESSED = 0x53434141; // AACS
    private static final int COMPRESSED_HEADER = 0x80;
    private static final int BLOCK_HEADER = 16;
    private static final int LARGEST_BLOCK = 1 << 24;

    private final SfsContainer container;
    private final SfsContainer.Entry entry;
    private final Inflater inflater = new Inflater();

    private int chunk;
    private ByteBuffer raw = ByteBuffer.allocate(0);
    private long rawAt;

    private final boolean compressed;
    private long blocksLeft;
    private int blockSize;
    private ByteBuffer plain = ByteBuffer.allocate(0);
    private long plainEnd;

    private EntryReader(SfsContainer container, SfsContainer.Entry entry) {
        this.container = container;
        this.entry = entry;
        this.compressed = startCompressed();
    }

    static EntryReader open(SfsContainer container, SfsContainer.Entry entry) {
        return new EntryReader(container, entry);
    }

    @Override
    public void close() {
        inflater.end();
    }

    /** How many (inflated) bytes have been read. */
    @Override
    public long position() {
        return plainEnd - plain.remaining();
    }

    /** Whether all bytes have been read. */
    boolean atEnd() {
        return !plain.hasRemaining() && !refill();
    }

    Path file() {
        return container.file();
    }

    int u8() {
        return need(1).get() & 0xff;
    }

    int u16() {
        if (plain.remaining() >= Short.BYTES) {
            return plain.getShort() & 0xffff;
        }
        int low = u8();
        return low | u8() << 8;
    }

    long u32() {
        if (plain.remaining() >= Integer.BYTES) {
            return plain.getInt() & 0xffffffffL;
        }
        int low = u16();
        return low | (long) u16() << 16;
    }

    /** Reads {@code length} bytes into the start of {@code into}. */
    void read(byte[] into, int length) {
        int done = 0;
        while (done < length) {
            ByteBuffer from = need(1);
            int part = Math.min(from.remaining(), length - done);
            from.get(into, done, part);
            done += part;
        }
    }

    void skip(long length) {
        long left = length;
        while (left > 0) {
            ByteBuffer from = need(1);
            int part = (int) Math.min(from.remaining(), left);
            from.position(from.position() + part);
            left -= part;
        }
    }

    @Override
    public InputStream asStream() {
        return new InputStream() {
            @Override
            public int read() {
                return atEnd() ? -1 : u8();
            }

            @Override
            public int read(byte[] into, int offset, int length) {
                if (length == 0) {
                    return 0;
                }
                if (atEnd()) {
                    return -1;
                }
                int part = Math.min(plain.remaining(), length);
                plain.get(into, offset, part);
                return part;
            }
        };
    }

    /** A refusal of what stands at the present place. */
    MalformedFileException malformed(String found) {
        return malformed(position(), found);
    }

    @Override
    public MalformedFileException malformedPart(String part, String found, @Nullable Throwable cause) {
        return new MalformedFileException(container.file(), entry.name() + ", " + part, found, cause);
    }

    MalformedFileException malformed(long at, String found) {
        return new MalformedFileException(container.file(), entry.name() + " byte " + at, found);
    }

    private ByteBuffer need(int bytes) {
        if (plain.remaining() < bytes && atEnd()) {
            throw malformed("it ends here, in the middle of something; the file is cut off or damaged");
        }
        return plain;
    }

    private boolean startCompressed() {
        if (entry.size() < COMPRESSED_HEADER || !refillRaw() || raw.getInt(0) != COMPRESSED) {
            plain = raw;
            plainEnd = raw.remaining();
            return false;
        }
        rawInt();
        blockSize = rawInt();
        rawInt();
        blocksLeft = Integer.toUnsignedLong(rawInt());
        if (blockSize < 1 || blockSize > LARGEST_BLOCK) {
            throw malformed(4, "compressed in blocks of " + blockSize + " bytes; the file is damaged");
        }
        rawSkip(COMPRESSED_HEADER - rawPosition());
        plainEnd = 0;
        return true;
    }

    private boolean refill() {
        if (compressed) {
            return refillInflated();
        }
        if (!refillRaw()) {
            return false;
        }
        plain = raw;
        plainEnd = rawAt;
        return true;
    }

    private boolean refillInflated() {
        if (blocksLeft == 0) {
            return false;
        }
        blocksLeft--;
        long at = rawPosition();
        int packedSize = rawInt();
        int plainSize = rawInt();
        rawInt();
        long next = Integer.toUnsignedLong(rawInt());
        String where = "compressed block at " + at + ": ";
        if (packedSize < 1 || packedSize > entry.size() - rawPosition()) {
            throw malformed(where + packedSize + " bytes, more than there are; the file is cut off or damaged");
        }
        if (plainSize < 1 || plainSize > blockSize || next != at + BLOCK_HEADER + packedSize) {
            throw malformed(where + "its header contradicts itself; the file is damaged");
        }
        byte[] packed = new byte[packedSize];
        int done = 0;
        while (done < packedSize) {
            rawNeed();
            int part = Math.min(raw.remaining(), packedSize - done);
            raw.get(packed, done, part);
            done += part;
        }
        byte[] block = new byte[plainSize];
        try {
            inflater.reset();
            inflater.setInput(packed);
            int got = 0;
            while (got < plainSize && !inflater.finished()) {
                int n = inflater.inflate(block, got, plainSize - got);
                if (n == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
                    break;
                }
                got += n;
            }
            // the stream's own checksum is looked at only once its end has been asked for
            boolean longer = got == plainSize && inflater.inflate(new byte[1]) != 0;
            if (got != plainSize || longer || !inflater.finished()) {
                throw malformed(where + "it inflates to another size than the " + plainSize + " bytes it says");
            }
        } catch (DataFormatException e) {
            throw new MalformedFileException(
                    container.file(),
                    entry.name() + ", " + where.strip(),
                    "it cannot be inflated: " + e.getMessage(),
                    e);
        }
        plain = ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN);
        plainEnd += plainSize;
        return true;
    }

    private boolean refillRaw() {
        if (chunk == entry.chunks().length) {
            return false;
        }
        int size = (int) Math.min(container.contentSize(), entry.size() - rawAt);
        raw = container.content(entry.chunks()[chunk++]).limit(size);
        rawAt += size;
        return true;
    }

    private long rawPosition() {
        return rawAt - raw.remaining();
    }

    private void rawNeed() {
        if (!raw.hasRemaining() && !refillRaw()) {
            throw malformed("the compressed entry ends in the middle of a block; the file is cut off or damaged");
        }
    }

    private int rawInt() {
        int value = 0;
        for (int i = 0; i < Integer.BYTES; i++) {
            rawNeed();
            value |= (raw.get() & 0xff) << 8 * i;
        }
        return value;
    }

    private void rawSkip(long bytes) {
        for (long i = 0; i < bytes; i++) {
            rawNeed();
            raw.get();
        }
    }
}
