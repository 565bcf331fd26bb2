package org.hyalite.io.zarr;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.Deflater;

/**
 * Writes one array as Zarr version 2: little-endian chunks of whole rows, compressed with zlib, each a file of its own
 * in nested folders. One chunk is held at a time.
 */
final class ZarrArrayWriter {
    private static final int CHUNK_BYTES = 1 << 22;
    /** A real map takes 1.6 % of its raw size at level 1, and 0.9 % at level 6 in three times the time. */
    private static final int LEVEL = 1;

    private ZarrArrayWriter() {}

    /** The rows of an array: runs along its last axis. */
    interface Rows {
        /** Sizes, slowest first. */
        int[] shape();

        /**
         * Gives one row.
         *
         * @param index of the row along all axes but the last
         * @param into receives it
         */
        void row(int[] index, double[] into);
    }

    /** How numbers are stored. */
    enum Number {
        UINT8("|u1", 1),
        UINT16("<u2", 2),
        UINT32("<u4", 4),
        FLOAT32("<f4", 4),
        FLOAT64("<f8", 8);

        final String dtype;
        final int bytes;

        Number(String dtype, int bytes) {
            this.dtype = dtype;
            this.bytes = bytes;
        }
    }

    /**
     * The smallest kind that holds all values: unsigned integers where they are whole, floats otherwise.
     *
     * @throws IllegalArgumentException if a value is not a finite number
     */
    static Number smallestKind(Rows rows) {
        int[] shape = rows.shape();
        double[] row = new double[shape[shape.length - 1]];
        int[] index = new int[shape.length - 1];
        boolean whole = true;
        boolean single = true;
        double max = 0;
        do {
            rows.row(index, row);
            for (int i = 0; i < row.length; i++) {
                double v = row[i];
                if (!Double.isFinite(v)) {
                    throw new IllegalArgumentException(
                            "value " + v + " at " + Arrays.toString(index) + "[" + i + "] cannot be written");
                }
                whole &= v >= 0 && v == Math.rint(v);
                single &= (float) v == v;
                max = Math.max(max, v);
            }
        } while (next(index, shape));
        if (whole && max < 1L << 32) {
            return max < 1 << 8 ? Number.UINT8 : max < 1 << 16 ? Number.UINT16 : Number.UINT32;
        }
        return single ? Number.FLOAT32 : Number.FLOAT64;
    }

    static void write(Path folder, Rows rows, Number kind) throws IOException {
        write(folder, rows, kind, chunks(rows.shape(), kind.bytes));
    }

    /** Writes with chunks of a given shape; each holds whole rows. */
    static void write(Path folder, Rows rows, Number kind, int[] chunks) throws IOException {
        int[] shape = rows.shape();
        Map<String, Object> about = new LinkedHashMap<>();
        about.put("chunks", chunks);
        about.put("compressor", Map.of("id", "zlib", "level", LEVEL));
        about.put("dimension_separator", "/");
        about.put("dtype", kind.dtype);
        about.put("fill_value", 0);
        about.put("filters", null);
        about.put("order", "C");
        about.put("shape", shape);
        about.put("zarr_format", 2);
        ZarrFolder.writeJson(folder.resolve(".zarray"), about);

        int rank = shape.length;
        int[] grid = new int[rank];
        int length = 1;
        for (int a = 0; a < rank; a++) {
            grid[a] = (shape[a] + chunks[a] - 1) / chunks[a];
            length = Math.multiplyExact(length, chunks[a]);
        }
        ByteBuffer raw =
                ByteBuffer.allocate(Math.multiplyExact(length, kind.bytes)).order(ByteOrder.LITTLE_ENDIAN);
        byte[] packed = new byte[1 << 16];
        double[] row = new double[shape[rank - 1]];
        Deflater deflater = new Deflater(LEVEL);
        try {
            int[] chunk = new int[rank];
            do {
                Arrays.fill(raw.array(), (byte) 0);
                fill(rows, kind, chunk, chunks, row, raw);
                Path file = folder.resolve(name(chunk));
                Files.createDirectories(file.getParent());
                deflater.reset();
                deflater.setInput(raw.array());
                deflater.finish();
                try (var out = Files.newOutputStream(file)) {
                    while (!deflater.finished()) {
                        out.write(packed, 0, deflater.deflate(packed));
                    }
                }
            } while (next(chunk, grid));
        } finally {
            deflater.end();
        }
    }

    /** Whole rows, as many as fit {@link #CHUNK_BYTES}, at least one. */
    static int[] chunks(int[] shape, int bytes) {
        int rank = shape.length;
        int[] chunks = new int[rank];
        chunks[rank - 1] = shape[rank - 1];
        long budget = CHUNK_BYTES / ((long) shape[rank - 1] * bytes);
        for (int a = rank - 2; a >= 0; a--) {
            chunks[a] = (int) Math.max(1, Math.min(shape[a], budget));
            budget /= chunks[a];
        }
        return chunks;
    }

    private static void fill(Rows rows, Number kind, int[] chunk, int[] chunks, double[] row, ByteBuffer raw) {
        int rank = chunks.length;
        int[] shape = rows.shape();
        int[] within = new int[rank - 1];
        int[] index = new int[rank - 1];
        int at = 0;
        do {
            boolean inside = true;
            for (int a = 0; a < rank - 1; a++) {
                index[a] = chunk[a] * chunks[a] + within[a];
                inside &= index[a] < shape[a];
            }
            if (inside) {
                rows.row(index, row);
                for (double v : row) {
                    switch (kind) {
                        case UINT8 -> raw.put(at, (byte) v);
                        case UINT16 -> raw.putShort(at, (short) (int) v);
                        case UINT32 -> raw.putInt(at, (int) (long) v);
                        case FLOAT32 -> raw.putFloat(at, (float) v);
                        case FLOAT64 -> raw.putDouble(at, v);
                    }
                    at += kind.bytes;
                }
            } else {
                at += row.length * kind.bytes;
            }
        } while (next(within, chunks));
    }

    /** The next index within {@code bounds} (which may have more axes); false after the last. */
    private static boolean next(int[] index, int[] bounds) {
        for (int a = index.length - 1; a >= 0; a--) {
            if (++index[a] < bounds[a]) {
                return true;
            }
            index[a] = 0;
        }
        return false;
    }

    private static String name(int[] chunk) {
        List<String> parts = new ArrayList<>();
        IntStream.of(chunk).forEach(i -> parts.add(Integer.toString(i)));
        return String.join("/", parts);
    }
}
