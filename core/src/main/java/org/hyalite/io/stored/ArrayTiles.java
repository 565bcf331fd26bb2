package org.hyalite.io.stored;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hyalite.io.format.MalformedFileException;
import org.hyalite.io.format.Memory;
import org.hyalite.io.format.UnsupportedFileException;

/**
 * Walks a stored array in pieces of whole last axes, so that little more than the largest chunk is held at a time and
 * each chunk is decompressed once.
 */
public final class ArrayTiles {
    /** Values of a piece, unless one row is longer. */
    private static final int TILE_VALUES = 1 << 21;

    private static final long CACHE_BYTES = 64L << 20;
    /** No detector image or map compresses better than this; more is a damaged size. */
    private static final long GREATEST_RATIO = 4096;

    private static final long ALWAYS_ALLOWED = 1L << 24;

    private static final int LONGEST_ROW = 1 << 22;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final Path file;
    private final StoredArray array;
    private final int[] shape;
    private final int[] chunks;
    private final LinkedHashMap<String, ByteBuffer> cache = new LinkedHashMap<>(16, 0.75f, true);
    private long cached;
    private int[] lastIndex = {};
    private ByteBuffer lastChunk = NOTHING;

    private ArrayTiles(Path file, StoredArray array) {
        this.file = file;
        this.array = array;
        this.shape = array.shape();
        this.chunks = array.chunks();
    }

    /** Receives a piece; false ends the walk. */
    public interface Visitor {
        /**
         * @param offset of the piece along each axis
         * @param size of the piece; the last axis is whole
         * @param values of the piece, last axis fastest; only valid during the call
         */
        boolean visit(int[] offset, int[] size, double[] values);
    }

    /**
     * Checks an array's sizes before anything is allocated for it.
     *
     * @throws org.hyalite.io.format.MicroscopeFileException if they cannot be
     */
    public static ArrayTiles of(Path file, StoredArray array) {
        ArrayTiles tiles = new ArrayTiles(file, array);
        double values = 1;
        double chunkBytes = array.number().bytes();
        for (int a = 0; a < tiles.shape.length; a++) {
            if (tiles.shape[a] < 1 || tiles.chunks[a] < 1) {
                throw new MalformedFileException(
                        file,
                        array.place(),
                        "an array of shape " + Arrays.toString(tiles.shape) + " in chunks of "
                                + Arrays.toString(tiles.chunks));
            }
            values *= tiles.shape[a];
            chunkBytes *= tiles.chunks[a];
        }
        double allowed = Math.max(ALWAYS_ALLOWED, (double) array.storedBytes() * GREATEST_RATIO);
        if (values * array.number().bytes() > allowed || chunkBytes > allowed) {
            throw new MalformedFileException(
                    file,
                    array.place(),
                    "an array of shape " + Arrays.toString(tiles.shape) + " in chunks of "
                            + Arrays.toString(tiles.chunks) + " cannot come from the " + array.storedBytes()
                            + " bytes it has in the file");
        }
        int row = tiles.shape[tiles.shape.length - 1];
        if (row > LONGEST_ROW) {
            throw new UnsupportedFileException(
                    file, array.place() + " has " + row + " values along its last axis; " + LONGEST_ROW + " are read");
        }
        if (chunkBytes > Integer.MAX_VALUE - 64) {
            throw new UnsupportedFileException(
                    file, array.place() + " has chunks of " + (long) chunkBytes + " bytes; 2 GiB can be read");
        }
        return tiles;
    }

    /** Visits all pieces, chunk by chunk in C order. */
    public void forEach(Visitor visitor) {
        int rank = shape.length;
        int[] block = chunks.clone();
        block[rank - 1] = shape[rank - 1];
        long row = shape[rank - 1];
        long values = row;
        for (int a = rank - 2; a >= 0; a--) {
            block[a] = Math.min(block[a], shape[a]);
            values *= block[a];
        }
        for (int a = rank - 2; a >= 0; a--) { // join small chunks
            while (block[a] < shape[a] && 2 * values <= TILE_VALUES) {
                values *= 2;
                block[a] = block[a] * 2;
            }
            block[a] = Math.min(block[a], shape[a]);
        }
        int[] tile = new int[rank];
        tile[rank - 1] = shape[rank - 1];
        long budget = Math.max(1, TILE_VALUES / row);
        for (int a = rank - 2; a >= 0; a--) {
            tile[a] = (int) Math.max(1, Math.min(block[a], budget));
            budget = Math.max(1, budget / tile[a]);
        }
        double[] buffer =
                new double[Math.toIntExact(Arrays.stream(tile).asLongStream().reduce(1, (p, q) -> p * q))];
        int[] offset = new int[rank];
        eachBlock(0, offset, block, tile, buffer, visitor);
    }

    private boolean eachBlock(int axis, int[] at, int[] block, int[] tile, double[] buffer, Visitor visitor) {
        if (axis == shape.length) {
            return eachTile(0, at.clone(), at, block, tile, buffer, visitor);
        }
        for (at[axis] = 0; at[axis] < shape[axis]; at[axis] += block[axis]) {
            if (!eachBlock(axis + 1, at, block, tile, buffer, visitor)) {
                return false;
            }
        }
        return true;
    }

    private boolean eachTile(
            int axis, int[] offset, int[] from, int[] block, int[] tile, double[] buffer, Visitor visitor) {
        if (axis == shape.length) {
            int[] size = new int[shape.length];
            for (int a = 0; a < size.length; a++) {
                int end = Math.min(shape[a], from[a] + block[a]);
                size[a] = Math.min(tile[a], end - offset[a]);
            }
            read(offset, size, buffer);
            return visitor.visit(offset, size, buffer);
        }
        int end = Math.min(shape[axis], from[axis] + block[axis]);
        for (offset[axis] = from[axis]; offset[axis] < end; offset[axis] += tile[axis]) {
            if (!eachTile(axis + 1, offset, from, block, tile, buffer, visitor)) {
                return false;
            }
        }
        return true;
    }

    /** Reads a box, row by row, each row from the chunks it crosses. */
    private void read(int[] offset, int[] size, double[] into) {
        int rank = shape.length;
        int last = rank - 1;
        int[] index = offset.clone();
        int[] chunk = new int[rank];
        int at = 0;
        int rows = 1;
        for (int a = 0; a < last; a++) {
            rows *= size[a];
        }
        for (int r = 0; r < rows; r++) {
            int rest = r;
            for (int a = last - 1; a >= 0; a--) {
                index[a] = offset[a] + rest % size[a];
                rest /= size[a];
                chunk[a] = index[a] / chunks[a];
            }
            for (int x = 0; x < size[last]; ) {
                chunk[last] = x / chunks[last];
                int within = 0;
                for (int a = 0; a < last; a++) {
                    within = within * chunks[a] + index[a] % chunks[a];
                }
                int start = x % chunks[last];
                int run = Math.min(chunks[last] - start, size[last] - x);
                within = within * chunks[last] + start;
                array.number().decode(chunk(chunk), within * array.number().bytes(), into, at, run);
                at += run;
                x += run;
            }
        }
    }

    private ByteBuffer chunk(int[] index) {
        if (Arrays.equals(index, lastIndex)) {
            return lastChunk;
        }
        String key = Arrays.toString(index);
        ByteBuffer found = cache.get(key);
        if (found == null) {
            lastChunk = NOTHING; // which may be the largest thing there is
            lastIndex = new int[0];
            while (cached > CACHE_BYTES) {
                Map.Entry<String, ByteBuffer> eldest =
                        cache.entrySet().iterator().next();
                cached -= eldest.getValue().limit();
                cache.remove(eldest.getKey());
            }
            found = array.chunk(index);
            cache.put(key, found);
            cached += found.limit();
        }
        lastChunk = found;
        lastIndex = index.clone();
        return found;
    }

    /** Refuses arrays whose floats would not fit the memory there is. */
    public void requireMemory(long bytes) {
        Memory.require(file, array.place() + " of shape " + Arrays.toString(shape), bytes);
    }
}
