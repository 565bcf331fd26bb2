package org.hyalite.io.tiff;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;

/** Makes small TIFF files of every layout: byte order, BigTIFF, strips or tiles, samples together or apart. */
final class TiffBuilder {
    ByteOrder order = ByteOrder.LITTLE_ENDIAN;
    boolean big;
    int bits = 16;
    /** 1 unsigned, 2 signed, 3 float. */
    int format = 1;

    int compression = 1;
    int predictor = 1;
    int samples = 1;
    boolean separate;
    /** 0 for strips. */
    int tile;

    int rowsPerStrip = 3;
    String description = "";

    private final List<double[][][]> pages = new ArrayList<>();

    private record Entry(int tag, int type, byte[] value) {}

    /** Adds a page, {@code [y][x][sample]}. */
    TiffBuilder page(double[][][] values) {
        pages.add(values);
        return this;
    }

    byte[] build() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteBuffer head = buffer(big ? 16 : 8);
        out.writeBytes(head.array());
        List<List<Entry>> directories = new ArrayList<>();
        for (double[][][] page : pages) {
            directories.add(page(out, page));
        }
        long first = place(out);
        long at = first;
        for (int d = 0; d < directories.size(); d++) {
            at = directory(out, directories.get(d), d == directories.size() - 1, at);
        }
        byte[] file = out.toByteArray();
        ByteBuffer start = ByteBuffer.wrap(file).order(order);
        start.putShort((short) (order == ByteOrder.LITTLE_ENDIAN ? 0x4949 : 0x4d4d));
        start.putShort((short) (big ? 43 : 42));
        if (big) {
            start.putShort((short) 8).putShort((short) 0).putLong(first);
        } else {
            start.putInt((int) first);
        }
        return file;
    }

    private List<Entry> page(ByteArrayOutputStream out, double[][][] page) {
        int height = page.length;
        int width = page[0].length;
        int blockWidth = tile > 0 ? tile : width;
        int blockHeight = tile > 0 ? tile : rowsPerStrip;
        List<Long> offsets = new ArrayList<>();
        List<Long> lengths = new ArrayList<>();
        for (int s = 0; s < (separate ? samples : 1); s++) {
            for (int y = 0; y < height; y += blockHeight) {
                for (int x = 0; x < width; x += blockWidth) {
                    int rows = tile > 0 ? tile : Math.min(blockHeight, height - y);
                    byte[] packed = pack(block(page, s, y, x, rows, blockWidth));
                    offsets.add(place(out));
                    lengths.add((long) packed.length);
                    out.writeBytes(packed);
                }
            }
        }
        List<Entry> entries = new ArrayList<>();
        entries.add(longs(Tag.WIDTH, width));
        entries.add(longs(Tag.LENGTH, height));
        entries.add(shorts(Tag.BITS, bits, samples));
        entries.add(shorts(Tag.COMPRESSION, compression, 1));
        entries.add(shorts(Tag.PHOTOMETRIC, samples == 3 ? 2 : 1, 1));
        if (!description.isEmpty()) {
            entries.add(new Entry(Tag.DESCRIPTION, 2, (description + "\0").getBytes(StandardCharsets.UTF_8)));
        }
        if (tile == 0) {
            entries.add(
                    longs(Tag.STRIP_OFFSETS, offsets.stream().mapToLong(v -> v).toArray()));
        }
        entries.add(shorts(Tag.SAMPLES, samples, 1));
        if (tile == 0) {
            entries.add(longs(Tag.ROWS_PER_STRIP, blockHeight));
            entries.add(
                    longs(Tag.STRIP_BYTES, lengths.stream().mapToLong(v -> v).toArray()));
        }
        entries.add(shorts(Tag.PLANAR, separate ? 2 : 1, 1));
        entries.add(shorts(Tag.PREDICTOR, predictor, 1));
        if (tile > 0) {
            entries.add(shorts(Tag.TILE_WIDTH, tile, 1));
            entries.add(shorts(Tag.TILE_LENGTH, tile, 1));
            entries.add(
                    longs(Tag.TILE_OFFSETS, offsets.stream().mapToLong(v -> v).toArray()));
            entries.add(longs(Tag.TILE_BYTES, lengths.stream().mapToLong(v -> v).toArray()));
        }
        entries.add(shorts(Tag.SAMPLE_FORMAT, format, samples));
        return entries;
    }

    private long directory(ByteArrayOutputStream out, List<Entry> entries, boolean last, long at) {
        int each = big ? 20 : 12;
        int room = big ? 8 : 4;
        int bytes = (big ? 16 : 6) + each * entries.size();
        ByteBuffer directory = buffer(bytes);
        ByteArrayOutputStream values = new ByteArrayOutputStream();
        if (big) {
            directory.putLong(entries.size());
        } else {
            directory.putShort((short) entries.size());
        }
        for (Entry entry : entries) {
            int size = entry.type == 2 ? 1 : entry.type == 3 ? 2 : entry.type == 4 ? 4 : 8;
            directory.putShort((short) entry.tag).putShort((short) entry.type);
            int count = entry.value.length / size;
            if (big) {
                directory.putLong(count);
            } else {
                directory.putInt(count);
            }
            if (entry.value.length <= room) {
                directory.put(java.util.Arrays.copyOf(entry.value, room));
            } else {
                long where = at + bytes + values.size();
                if (big) {
                    directory.putLong(where);
                } else {
                    directory.putInt((int) where);
                }
                values.writeBytes(entry.value);
            }
        }
        long next = at + bytes + values.size();
        if (big) {
            directory.putLong(last ? 0 : next);
        } else {
            directory.putInt((int) (last ? 0 : next));
        }
        out.writeBytes(directory.array());
        out.writeBytes(values.toByteArray());
        return next;
    }

    private byte[] block(double[][][] page, int s, int y0, int x0, int rows, int columns) {
        int together = separate ? 1 : samples;
        int rowBytes = (columns * together * bits + 7) / 8;
        byte[] raw = new byte[rows * rowBytes];
        ByteBuffer into = ByteBuffer.wrap(raw).order(predictor == 3 ? ByteOrder.BIG_ENDIAN : order);
        for (int r = 0; r < rows; r++) {
            double[] row = new double[columns * together];
            for (int c = 0; c < columns; c++) {
                for (int k = 0; k < together; k++) {
                    boolean inside = y0 + r < page.length && x0 + c < page[0].length;
                    row[c * together + k] = inside ? page[y0 + r][x0 + c][separate ? s : k] : 7;
                }
            }
            for (int i = row.length - 1; predictor == 2 && i >= together; i--) {
                row[i] -= row[i - together];
            }
            for (int i = 0; i < row.length; i++) {
                put(into, r * rowBytes, i, row[i]);
            }
            if (predictor == 3) {
                sort(raw, r * rowBytes, row.length, together);
            }
        }
        return raw;
    }

    private void put(ByteBuffer into, int at, int i, double v) {
        switch (bits) {
            case 8 -> into.put(at + i, (byte) (long) v);
            case 16 -> into.putShort(at + 2 * i, (short) (long) v);
            case 32 -> {
                if (format == 3) {
                    into.putFloat(at + 4 * i, (float) v);
                } else {
                    into.putInt(at + 4 * i, (int) (long) v);
                }
            }
            case 64 -> {
                if (format == 3) {
                    into.putDouble(at + 8 * i, v);
                } else {
                    into.putLong(at + 8 * i, (long) v);
                }
            }
            default -> {
                int bit = i * bits;
                int old = into.get(at + bit / 8);
                into.put(at + bit / 8, (byte) (old | ((int) v & (1 << bits) - 1) << 8 - bits - bit % 8));
            }
        }
    }

    private void sort(byte[] raw, int at, int values, int step) {
        int bytes = bits / 8;
        byte[] sorted = new byte[values * bytes];
        for (int i = 0; i < values; i++) {
            for (int b = 0; b < bytes; b++) {
                sorted[b * values + i] = raw[at + i * bytes + b];
            }
        }
        for (int i = sorted.length - 1; i >= step; i--) {
            sorted[i] -= sorted[i - step];
        }
        System.arraycopy(sorted, 0, raw, at, sorted.length);
    }

    private byte[] pack(byte[] raw) {
        if (compression == 1) {
            return raw;
        }
        if (compression == 8) {
            Deflater deflater = new Deflater();
            deflater.setInput(raw);
            deflater.finish();
            byte[] packed = new byte[raw.length + 100];
            int length = deflater.deflate(packed);
            deflater.end();
            return java.util.Arrays.copyOf(packed, length);
        }
        if (compression == 32773) { // literal runs alone
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            for (int at = 0; at < raw.length; at += 128) {
                int run = Math.min(128, raw.length - at);
                out.write(run - 1);
                out.write(raw, at, run);
            }
            return out.toByteArray();
        }
        throw new IllegalArgumentException("compression " + compression);
    }

    private Entry shorts(int tag, int value, int count) {
        ByteBuffer values = buffer(2 * count);
        for (int i = 0; i < count; i++) {
            values.putShort((short) value);
        }
        return new Entry(tag, 3, values.array());
    }

    private Entry longs(int tag, long... all) {
        ByteBuffer values = buffer(4 * all.length);
        for (long v : all) {
            values.putInt((int) v);
        }
        return new Entry(tag, 4, values.array());
    }

    private static long place(ByteArrayOutputStream out) {
        if (out.size() % 2 != 0) {
            out.write(0);
        }
        return out.size();
    }

    private ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(order);
    }
}
