package org.hyalite.io.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file's bytes, or a part of them, read one value after the other, lowest byte first. Every step outside them is a
 * refusal that names the file and the place.
 */
public final class FileBytes {
    private final Path file;
    private final long fileSize;
    private final long start;
    private final ByteBuffer bytes;

    private FileBytes(Path file, long fileSize, long start, ByteBuffer bytes) {
        this.file = file;
        this.fileSize = fileSize;
        this.start = start;
        this.bytes = bytes;
    }

    /**
     * All bytes of a file.
     *
     * @param most the size above which the file is refused unread
     */
    public static FileBytes whole(Path file, int most) {
        return of(file, 0, -1, most);
    }

    /**
     * The bytes {@code from … from + length − 1} of a file.
     *
     * @param most the length above which the file is refused unread
     */
    public static FileBytes part(Path file, long from, long length, int most) {
        return of(file, from, length, most);
    }

    private static FileBytes of(Path file, long from, long wanted, int most) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            long length = wanted < 0 ? size - from : wanted;
            if (from < 0 || from > size || length > size - from) {
                throw MalformedFileException.at(
                        file,
                        Math.max(0, Math.min(from, size)),
                        length + " bytes are said to stand at byte " + from + ", but the file has " + size
                                + "; it is cut off or damaged");
            }
            if (length > most) {
                throw new UnsupportedFileException(
                        file,
                        length + " bytes in one piece, more than the " + most + " that such a file can sensibly hold");
            }
            ByteBuffer bytes = ByteBuffer.allocate((int) length).order(ByteOrder.LITTLE_ENDIAN);
            while (bytes.hasRemaining()) {
                if (channel.read(bytes, from + bytes.position()) < 0) {
                    throw MalformedFileException.at(file, from + bytes.position(), "the file ends here; it is cut off");
                }
            }
            return new FileBytes(file, size, from, bytes.flip().order(ByteOrder.LITTLE_ENDIAN));
        } catch (IOException e) {
            throw new MalformedFileException(file, "the whole file", "it cannot be read: " + Reason.of(e), e);
        }
    }

    public Path file() {
        return file;
    }

    /** The size of the whole file. */
    public long fileSize() {
        return fileSize;
    }

    /** The offset in the file of the next byte. */
    public long position() {
        return start + bytes.position();
    }

    public int remaining() {
        return bytes.remaining();
    }

    /** Goes to an offset in the file. */
    public FileBytes seek(long position) {
        require(
                position >= start && position - start <= bytes.limit(),
                "byte " + position + " is pointed to, but does not exist; the file is cut off or damaged");
        bytes.position((int) (position - start));
        return this;
    }

    public FileBytes skip(long length) {
        need(length);
        bytes.position(bytes.position() + (int) length);
        return this;
    }

    public int u8() {
        need(1);
        return bytes.get() & 0xff;
    }

    public int u16() {
        need(Short.BYTES);
        return bytes.getShort() & 0xffff;
    }

    public int i16() {
        need(Short.BYTES);
        return bytes.getShort();
    }

    public int i32() {
        need(Integer.BYTES);
        return bytes.getInt();
    }

    public long u32() {
        return i32() & 0xffffffffL;
    }

    public float f32() {
        need(Float.BYTES);
        return bytes.getFloat();
    }

    public double f64() {
        need(Double.BYTES);
        return bytes.getDouble();
    }

    /** The next bytes, by themselves; not a copy. */
    public FileBytes take(long length) {
        need(length);
        FileBytes part = new FileBytes(
                file,
                fileSize,
                position(),
                bytes.slice(bytes.position(), (int) length).order(ByteOrder.LITTLE_ENDIAN));
        skip(length);
        return part;
    }

    /** A text of {@code length} bytes, up to its first zero byte, each byte one character of ISO 8859-1. */
    public String text(int length) {
        byte[] raw = raw(length);
        int end = 0;
        while (end < raw.length && raw[end] != 0) {
            end++;
        }
        return new String(raw, 0, end, StandardCharsets.ISO_8859_1);
    }

    /** A copy of the next bytes. */
    public byte[] raw(long length) {
        need(length);
        byte[] raw = new byte[(int) length];
        bytes.get(raw);
        return raw;
    }

    /** Refuses the file unless it is sound here. */
    public void require(boolean sound, String found) {
        if (!sound) {
            throw malformed(found);
        }
    }

    /** A refusal of what stands here. */
    public MalformedFileException malformed(String found) {
        return MalformedFileException.at(file, position(), found);
    }

    private void need(long length) {
        if (length < 0 || length > bytes.remaining()) {
            throw malformed(length + " bytes should follow, but there are " + bytes.remaining()
                    + "; the file is cut off or damaged");
        }
    }
}
