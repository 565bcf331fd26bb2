package org.hyalite.io.ripple;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import org.hyalite.io.format.MalformedFileException;
import org.hyalite.io.format.Statistics;
import org.hyalite.io.format.UnsupportedFileException;

/**
 * Hands out the numbers of a {@code .raw} file line by line of the map, whichever way they lie in the file, with at most
 * {@value #BUFFER} bytes of the file in memory; or plane by plane.
 */
final class RawReader {
    private static final int BUFFER = 1 << 24;

    /** Receives one pixel's numbers, {@code [depth]}; the array is used again. */
    interface Pixels {
        void pixel(int y, int x, double[] values);
    }

    private final Layout layout;
    private final Statistics.Collector statistics = new Statistics.Collector();

    private RawReader(Layout layout) {
        this.layout = layout;
    }

    static RawReader of(Layout layout) {
        return new RawReader(layout);
    }

    /** Over all numbers handed out. */
    Statistics statistics() {
        return statistics.get();
    }

    /** Hands out every pixel, {@code [y, x]} with x fastest. */
    void pixels(Pixels receiver) {
        double[] values = new double[layout.depth()];
        try (FileChannel channel = FileChannel.open(layout.raw(), StandardOpenOption.READ)) {
            int nx = layout.width();
            long pixelBytes = (long) layout.depth() * layout.bytes();
            int pixelsAtOnce = (int) Math.max(1, Math.min((long) layout.height() * nx, BUFFER / pixelBytes));
            ByteBuffer buffer =
                    ByteBuffer.allocate((int) (pixelsAtOnce * pixelBytes)).order(layout.order());
            long all = (long) layout.height() * nx;
            for (long first = 0; first < all; first += pixelsAtOnce) {
                int count = (int) Math.min(pixelsAtOnce, all - first);
                load(channel, buffer, first, count);
                for (int p = 0; p < count; p++) {
                    int start = layout.byImage() ? p : p * layout.depth();
                    int step = layout.byImage() ? count : 1;
                    long pixel = first + p;
                    for (int d = 0; d < values.length; d++) {
                        values[d] = number(buffer, (start + d * step) * layout.bytes());
                        statistics.add(values[d]);
                    }
                    receiver.pixel((int) (pixel / nx), (int) (pixel % nx), values);
                }
            }
        } catch (IOException e) {
            throw Parameters.unreadable(layout.raw(), e);
        }
    }

    /** Loads {@code count} pixels from {@code first} on; by image: {@code count} numbers of each plane, plane by plane. */
    private void load(FileChannel channel, ByteBuffer buffer, long first, int count) throws IOException {
        buffer.clear();
        long bytes = layout.bytes();
        if (!layout.byImage()) {
            buffer.limit((int) (bytes * layout.depth() * count));
            fill(channel, buffer, layout.offset() + first * layout.depth() * bytes);
            return;
        }
        long plane = (long) layout.height() * layout.width();
        for (int d = 0; d < layout.depth(); d++) {
            buffer.limit((int) (buffer.position() + count * bytes));
            fill(channel, buffer, layout.offset() + (d * plane + first) * bytes);
        }
    }

    private void fill(FileChannel channel, ByteBuffer buffer, long from) throws IOException {
        long at = from;
        while (buffer.hasRemaining()) {
            int n = channel.read(buffer, at);
            if (n < 0) {
                throw MalformedFileException.at(
                        layout.raw(), at, "the file ends here; it was changed while it was read");
            }
            at += n;
        }
    }

    private double number(ByteBuffer buffer, int at) {
        return switch (layout.kind()) {
            case SIGNED ->
                switch (layout.bytes()) {
                    case 1 -> buffer.get(at);
                    case 2 -> buffer.getShort(at);
                    case 4 -> buffer.getInt(at);
                    default -> exact(buffer.getLong(at), true);
                };
            case UNSIGNED ->
                switch (layout.bytes()) {
                    case 1 -> buffer.get(at) & 0xff;
                    case 2 -> buffer.getShort(at) & 0xffff;
                    case 4 -> buffer.getInt(at) & 0xffffffffL;
                    default -> exact(buffer.getLong(at), false);
                };
            case FLOAT -> layout.bytes() == Float.BYTES ? buffer.getFloat(at) : buffer.getDouble(at);
        };
    }

    private double exact(long value, boolean signed) {
        if (value > 1L << 53 || value < (signed ? -1L << 53 : 0)) {
            throw new UnsupportedFileException(
                    layout.raw(), "it holds whole numbers above 2⁵³, which are not read; it may be damaged");
        }
        return value;
    }
}
