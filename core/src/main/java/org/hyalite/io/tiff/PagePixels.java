package org.hyalite.io.tiff;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.DataFormatException;
import org.hyalite.io.format.MalformedFileException;
import org.hyalite.io.format.Statistics;
import org.hyalite.io.format.UnsupportedFileException;

/** Reads the pixels of one page, strip by strip or tile by tile; sizes are checked before anything is allocated. */
final class PagePixels {
    private static final long GREATEST_RATIO = 4096;
    private static final long ALWAYS_ALLOWED = 1L << 24;
    private static final int PART_BYTES = 1 << 22;

    private final TiffBytes file;
    private final TiffDirectory page;
    private final PageLayout layout;
    private final int sample;
    private final long shift;
    private final float[] into;
    private final Statistics.Collector statistics;
    private final double[] row;

    private PagePixels(
            TiffBytes file,
            TiffDirectory page,
            PageLayout layout,
            int sample,
            long shift,
            float[] into,
            Statistics.Collector statistics) {
        this.file = file;
        this.page = page;
        this.layout = layout;
        this.sample = sample;
        this.shift = shift;
        this.into = into;
        this.statistics = statistics;
        this.row = new double[layout.blockWidth()];
    }

    /**
     * Reads one sample of a page, {@code [y, x]}.
     *
     * @param shift how many bytes behind their stated place the pixels lie (ImageJ writes the planes of a large stack
     *     one after the other behind one directory)
     * @param into receives the values, {@code width · height} of them
     */
    static void read(
            TiffBytes file,
            TiffDirectory page,
            PageLayout layout,
            int sample,
            long shift,
            float[] into,
            Statistics.Collector statistics) {
        requireSound(file, page, layout);
        new PagePixels(file, page, layout, sample, shift, into, statistics).read();
    }

    private static void requireSound(TiffBytes file, TiffDirectory page, PageLayout layout) {
        long blockBytes = layout.blockHeight() > Long.MAX_VALUE / layout.rowBytes()
                ? Long.MAX_VALUE
                : layout.rowBytes() * layout.blockHeight();
        boolean parted = layout.compression() == Compression.NONE && !layout.tiled();
        long most = Math.max(ALWAYS_ALLOWED, file.size() * GREATEST_RATIO);
        if (layout.blocks() > file.size() || layout.rowBytes() > most || !parted && blockBytes > most) {
            throw new MalformedFileException(
                    file.file(),
                    "the directory at byte " + page.place(),
                    "an image of " + layout.height() + " × " + layout.width() + " pixels in blocks of "
                            + layout.blockHeight() + " × " + layout.blockWidth() + " cannot come from the "
                            + file.size()
                            + " bytes of the file");
        }
        if (!parted && blockBytes > Integer.MAX_VALUE - 64 || layout.rowBytes() > Integer.MAX_VALUE - 64) {
            throw new UnsupportedFileException(
                    file.file(), "it has strips or tiles of " + blockBytes + " bytes; 2 GiB can be read");
        }
        boolean whole = layout.kind() != PageLayout.Kind.FLOAT && layout.bits() >= 8;
        boolean floats = layout.kind() == PageLayout.Kind.FLOAT;
        int predictor = layout.predictor();
        if (predictor != 1 && !(predictor == 2 && whole) && !(predictor == 3 && floats)) {
            throw new UnsupportedFileException(
                    file.file(),
                    "its predictor is " + predictor + " for " + layout.bits() + "-bit " + layout.kind()
                            + " values; none, 2 for whole numbers and 3 for floats are read");
        }
    }

    private void read() {
        int blocks = Math.toIntExact(layout.blocks());
        int offsetTag = layout.tiled() ? Tag.TILE_OFFSETS : Tag.STRIP_OFFSETS;
        int bytesTag = layout.tiled() ? Tag.TILE_BYTES : Tag.STRIP_BYTES;
        long[] offsets = page.wholes(offsetTag, blocks);
        boolean plain = layout.compression() == Compression.NONE;
        long[] lengths = plain && !page.has(bytesTag) ? new long[0] : page.wholes(bytesTag, blocks);
        int perSample = layout.blocksAcross() * layout.blocksDown();
        int first = layout.separate() ? sample * perSample : 0;
        for (int i = 0; i < perSample; i++) {
            int y = i / layout.blocksAcross() * layout.blockHeight();
            int x = i % layout.blocksAcross() * layout.blockWidth();
            int rows = layout.tiled() ? layout.blockHeight() : Math.min(layout.blockHeight(), layout.height() - y);
            long at = offsets[first + i] + shift;
            if (plain) {
                stored(at, x, y, rows);
            } else {
                packed(at, lengths[first + i], x, y, rows);
            }
        }
    }

    /** Rows that stand in the file as they are, some at a time. */
    private void stored(long at, int x, int y, int rows) {
        int rowBytes = (int) layout.rowBytes();
        int together = Math.max(1, PART_BYTES / rowBytes);
        for (int from = 0; from < rows && y + from < layout.height(); from += together) {
            int count = Math.min(together, rows - from);
            ByteBuffer part = file.at(at + (long) from * rowBytes, count * rowBytes);
            decode(part.array(), x, y + from, count);
        }
    }

    private void packed(long at, long length, int x, int y, int rows) {
        if (length < 1 || length > Integer.MAX_VALUE - 64) {
            throw MalformedFileException.at(file.file(), at, "a strip or tile of " + length + " bytes");
        }
        byte[] out = new byte[Math.toIntExact(layout.rowBytes() * rows)];
        try {
            int got = layout.compression().decode(file.at(at, (int) length).array(), out);
            if (got < out.length) {
                throw MalformedFileException.at(
                        file.file(),
                        at,
                        "the " + length + " bytes here hold " + got + " bytes of pixels, expected " + out.length);
            }
        } catch (DataFormatException e) {
            throw new MalformedFileException(
                    file.file(), "byte " + at, "the compressed pixels are damaged: " + e.getMessage(), e);
        }
        decode(out, x, y, rows);
    }

    private void decode(byte[] raw, int x0, int y0, int rows) {
        int rowBytes = (int) layout.rowBytes();
        int columns = Math.min(layout.blockWidth(), layout.width() - x0);
        ByteOrder order = Predictor.undo(layout, file.order(), raw, rows);
        ByteBuffer buffer = ByteBuffer.wrap(raw).order(order);
        int step = layout.together();
        int from = layout.separate() ? 0 : sample;
        for (int r = 0; r < rows && y0 + r < layout.height(); r++) {
            PixelRow.decode(layout, buffer, r * rowBytes, from, step, row, columns);
            int at = (y0 + r) * layout.width() + x0;
            for (int c = 0; c < columns; c++) {
                double value = row[c];
                if (!Float.isFinite((float) value)) {
                    throw new MalformedFileException(
                            file.file(),
                            "the image of the directory at byte " + page.place() + ", pixel (y " + (y0 + r) + ", x "
                                    + (x0 + c) + ")",
                            "it holds " + value + ", which is no intensity");
                }
                statistics.add(value);
                into[at + c] = (float) value;
            }
        }
    }
}
