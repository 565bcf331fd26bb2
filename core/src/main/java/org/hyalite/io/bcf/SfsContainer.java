package org.hyalite.io.bcf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hyalite.io.format.MalformedFileException;
import org.jspecify.annotations.Nullable;

/**
 * The "single file system" a {@code .bcf} file is: chunks of one size, of which some hold the folder, some the lists of
 * the chunks of one entry, and most the entries' bytes. Each chunk starts with 32 bytes: the number of the next chunk
 * of its kind, the exclusive or of all 32-bit words of its content, and its kind. All numbers are little-endian.
 */
final class SfsContainer implements AutoCloseable {
    private static final byte[] MAGIC = "AAMVHFSS".getBytes(StandardCharsets.US_ASCII);
    private static final long FIRST_CHUNK = 0x118;
    private static final int CHUNK_SIZE_AT = 0x128;
    private static final int FOLDER_AT = 0x140;
    private static final int HEADER_END = 0x14c;
    private static final int CHUNK_HEADER = 32;

    private static final int KIND_FOLDER = 1;
    private static final int KIND_POINTERS = 5;
    private static final int KIND_CONTENT = 6;

    private static final int ITEM = 0x200;
    private static final int ITEM_PARENT = 0x28;
    private static final int ITEM_IS_FOLDER = 0xdc;
    private static final int ITEM_NAME = 0xe0;
    private static final int ITEM_NAME_LENGTH = 0x100;

    private static final int SMALLEST_CHUNK = 1024;
    private static final int LARGEST_CHUNK = 1 << 20;

    /**
     * An entry's bytes.
     *
     * @param name its folders and name, joined by {@code /}
     * @param size its length in bytes
     * @param chunks the numbers of its chunks, in order
     */
    record Entry(String name, long size, int[] chunks) {}

    private final Path file;
    private final FileChannel channel;
    private final int chunkSize;
    private final int chunkCount;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    private SfsContainer(Path file, FileChannel channel, int chunkSize, int chunkCount) {
        this.file = file;
        this.channel = channel;
        this.chunkSize = chunkSize;
        this.chunkCount = chunkCount;
    }

    /**
     * Opens a container and reads its folder.
     *
     * @throws MalformedFileException if the file is no such container or is damaged
     */
    static SfsContainer open(Path file) {
        FileChannel channel = null;
        try {
            channel = FileChannel.open(file, StandardOpenOption.READ);
            SfsContainer container = start(file, channel);
            channel = null;
            return container;
        } catch (IOException e) {
            throw unreadable(file, e);
        } finally {
            close(channel);
        }
    }

    private static SfsContainer start(Path file, FileChannel channel) throws IOException {
        long length = channel.size();
        if (length < HEADER_END) {
            throw MalformedFileException.at(
                    file, length, "the file ends within its header of " + HEADER_END + " bytes; copy it again");
        }
        ByteBuffer head = read(file, channel, 0, HEADER_END);
        for (int i = 0; i < MAGIC.length; i++) {
            if (head.get(i) != MAGIC[i]) {
                throw MalformedFileException.at(
                        file, 0, "a Bruker map starts with AAMVHFSS, this file does not; it is damaged or not a map");
            }
        }
        long chunkSize = Integer.toUnsignedLong(head.getInt(CHUNK_SIZE_AT));
        if (chunkSize < SMALLEST_CHUNK || chunkSize > LARGEST_CHUNK || chunkSize % Integer.BYTES != 0) {
            throw MalformedFileException.at(
                    file, CHUNK_SIZE_AT, "chunks of " + chunkSize + " bytes are not possible; the file is damaged");
        }
        long chunks = (length - FIRST_CHUNK) / chunkSize;
        if (chunks > Integer.MAX_VALUE) {
            throw MalformedFileException.at(file, CHUNK_SIZE_AT, chunks + " chunks are too many");
        }
        SfsContainer container = new SfsContainer(file, channel, (int) chunkSize, (int) chunks);
        container.readFolder(head.getInt(FOLDER_AT), head.getInt(FOLDER_AT + Integer.BYTES));
        return container;
    }

    Path file() {
        return file;
    }

    /** The entries by name. */
    Map<String, Entry> entries() {
        return entries;
    }

    /** Bytes of content in a chunk. */
    int contentSize() {
        return chunkSize - CHUNK_HEADER;
    }

    /** The content of one chunk of an entry, checked against its checksum. */
    ByteBuffer content(int chunk) {
        return chunk(chunk, KIND_CONTENT, "content")
                .slice(CHUNK_HEADER, contentSize())
                .order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public void close() {
        close(channel);
    }

    private void readFolder(int firstChunk, int count) {
        int perChunk = contentSize() / ITEM;
        if (count < 1 || (count - 1) / perChunk >= chunkCount) {
            throw MalformedFileException.at(
                    file, FOLDER_AT + Integer.BYTES, "a folder of " + count + " entries; the file is damaged");
        }
        List<ByteBuffer> items = new ArrayList<>();
        int next = firstChunk;
        BitSet used = new BitSet();
        while (items.size() < count) {
            ByteBuffer chunk = chunk(next, KIND_FOLDER, "folder");
            takeOnce(used, next);
            for (int i = 0; i < perChunk && items.size() < count; i++) {
                items.add(chunk.slice(CHUNK_HEADER + i * ITEM, ITEM).order(ByteOrder.LITTLE_ENDIAN));
            }
            next = chunk.getInt(0);
        }
        for (int i = 0; i < items.size(); i++) {
            ByteBuffer item = items.get(i);
            if (item.get(ITEM_IS_FOLDER) != 0) {
                continue;
            }
            String name = path(items, i);
            long size = item.getLong(Integer.BYTES);
            if (size < 0 || size > (long) chunkCount * contentSize()) {
                throw new MalformedFileException(
                        file, name, "it is said to have " + size + " bytes, more than the file; the file is cut off");
            }
            if (entries.put(name, new Entry(name, size, pointers(name, item.getInt(0), size, used))) != null) {
                throw new MalformedFileException(file, name, "two entries have this name; the file is damaged");
            }
        }
    }

    private String path(List<ByteBuffer> items, int index) {
        String path = "";
        int at = index;
        for (int depth = 0; at >= 0; depth++) {
            if (at >= items.size() || depth >= items.size()) {
                throw new MalformedFileException(file, "folder entry " + index, "its parents have no end");
            }
            path = depth == 0 ? name(items.get(at), at) : name(items.get(at), at) + "/" + path;
            at = items.get(at).getInt(ITEM_PARENT);
        }
        return path;
    }

    private String name(ByteBuffer item, int index) {
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < ITEM_NAME_LENGTH && item.get(ITEM_NAME + i) != 0; i++) {
            name.append((char) (item.get(ITEM_NAME + i) & 0xff));
        }
        if (name.isEmpty()) {
            throw new MalformedFileException(file, "folder entry " + index, "it has no name; the file is damaged");
        }
        return name.toString();
    }

    private int[] pointers(String name, int firstTable, long size, BitSet used) {
        int[] chunks = new int[(int) ((size + contentSize() - 1) / contentSize())];
        int found = 0;
        int next = firstTable;
        while (found < chunks.length) {
            ByteBuffer table = chunk(next, KIND_POINTERS, name + ", list of chunks");
            takeOnce(used, next);
            for (int at = CHUNK_HEADER; at < chunkSize && found < chunks.length; at += Integer.BYTES) {
                int chunk = table.getInt(at);
                requireChunk(chunk, name + ", chunk " + found);
                takeOnce(used, chunk);
                chunks[found++] = chunk;
            }
            next = table.getInt(0);
        }
        return chunks;
    }

    private void takeOnce(BitSet used, int chunk) {
        if (used.get(chunk)) {
            throw MalformedFileException.at(
                    file, offset(chunk), "chunk " + chunk + " is used twice; the file is damaged");
        }
        used.set(chunk);
    }

    private void requireChunk(int chunk, String what) {
        if (chunk < 0 || chunk >= chunkCount) {
            throw new MalformedFileException(
                    file, what, "it is in chunk " + chunk + " of " + chunkCount + "; the file is cut off or damaged");
        }
    }

    private ByteBuffer chunk(int number, int kind, String what) {
        requireChunk(number, what);
        ByteBuffer chunk;
        try {
            chunk = read(file, channel, offset(number), chunkSize);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
        int found = chunk.getShort(8);
        if (found != kind) {
            throw MalformedFileException.at(
                    file, offset(number) + 8, what + " is in a chunk of kind " + found + ", expected " + kind);
        }
        int sum = 0;
        for (int at = CHUNK_HEADER; at < chunkSize; at += Integer.BYTES) {
            sum ^= chunk.getInt(at);
        }
        if (sum != chunk.getInt(Integer.BYTES)) {
            throw MalformedFileException.at(
                    file,
                    offset(number),
                    what + ": the checksum of chunk " + number + " does not agree; the file is damaged, copy it again");
        }
        return chunk;
    }

    private long offset(int chunk) {
        return FIRST_CHUNK + (long) chunk * chunkSize;
    }

    private static ByteBuffer read(Path file, FileChannel channel, long at, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, at + bytes.position()) < 0) {
                throw MalformedFileException.at(file, at + bytes.position(), "the file ends here; it is cut off");
            }
        }
        return bytes;
    }

    static MalformedFileException unreadable(Path file, IOException e) {
        return new MalformedFileException(
                file, "the whole file", "it cannot be read (" + e + "); check its name, its rights and its disk", e);
    }

    private static void close(@Nullable FileChannel channel) {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                // nothing was written: there is nothing to lose
            }
        }
    }
}
