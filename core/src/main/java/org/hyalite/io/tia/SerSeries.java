package org.hyalite.io.tia;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.hyalite.io.format.MalformedFileException;
import org.hyalite.io.format.Memory;
import org.hyalite.io.format.UnsupportedFileException;

/**
 * A {@code .ser} file: a series of spectra or images ("elements") of one size, recorded at the points of a scan or one
 * after another. The file has a header, the scan's dimensions, the offsets of the elements and of their tags (32 bits in
 * version 0x0210, 64 in 0x0220), and the elements; all numbers are little-endian. The layout is FEI's own description of
 * the "TIA Series Data" format.
 */
final class SerSeries implements AutoCloseable {
    private static final int SERIES = 0x0197;
    private static final int VERSION_32 = 0x0210;
    private static final int VERSION_64 = 0x0220;
    private static final int SPECTRA = 0x4120;
    private static final int IMAGES = 0x4122;
    private static final int TAG_TIME = 0x4152;
    private static final int TAG_TIME_AND_PLACE = 0x4142;
    private static final int MOST_DIMENSIONS = 16;
    private static final int LEAST_DIMENSION = 4 + 8 + 8 + 4 + 4 + 4;
    private static final int MOST_TEXT = 4096;
    private static final int CALIBRATION_BYTES = 8 + 8 + 4;

    /**
     * What the indices along one direction stand for.
     *
     * @param first value at index 0
     * @param step from one index to the next
     */
    record Calibration(double first, double step) {
        static Calibration read(ByteBuffer from) {
            double value = from.getDouble();
            double step = from.getDouble();
            return new Calibration(value - from.getInt() * step, step);
        }

        boolean isFinite() {
            return Double.isFinite(first) && Double.isFinite(step);
        }
    }

    /** One dimension of the scan. */
    record Dimension(int size, Calibration calibration, String description, String unit) {}

    /**
     * The size of every element.
     *
     * @param y only for images
     */
    record Shape(SerNumber kind, int ny, int nx, Calibration y, Calibration x) {
        int values() {
            return ny * nx;
        }
    }

    private final TiaBytes in;
    private final boolean images;
    private final List<Dimension> dimensions;
    private final long[] offsets;
    private final Shape shape;

    private SerSeries(TiaBytes in, boolean images, List<Dimension> dimensions, long[] offsets) {
        this.in = in;
        this.images = images;
        this.dimensions = dimensions;
        this.offsets = offsets;
        this.shape = shape(0, in.at(offsets[0], headerBytes(), "element 0"));
    }

    /** Reads the header and the offsets; {@code in} is closed with the series. */
    static SerSeries read(TiaBytes in) {
        ByteBuffer start = in.at(0, 6, "the header");
        int order = start.getShort() & 0xffff;
        int series = start.getShort() & 0xffff;
        if (order != 0x4949 || series != SERIES) {
            throw in.malformed(0, "a TIA series begins with II and 0x0197, this file does not");
        }
        int version = start.getShort() & 0xffff;
        if (version != VERSION_32 && version != VERSION_64) {
            throw new UnsupportedFileException(
                    in.file(), "it is of version 0x" + Integer.toHexString(version) + "; 0x210 and 0x220 are read");
        }
        int offsetBytes = version == VERSION_64 ? Long.BYTES : Integer.BYTES;
        ByteBuffer head = in.at(6, 5 * Integer.BYTES + offsetBytes, "the header");
        int type = head.getInt();
        if (type != SPECTRA && type != IMAGES) {
            throw in.malformed(6, "elements of type 0x" + Integer.toHexString(type) + ", expected 0x4120 or 0x4122");
        }
        int tag = head.getInt();
        if (tag != TAG_TIME && tag != TAG_TIME_AND_PLACE) {
            throw in.malformed(10, "tags of type 0x" + Integer.toHexString(tag) + ", expected 0x4152 or 0x4142");
        }
        int total = head.getInt();
        int valid = head.getInt();
        long offsetArray = offsetBytes == Long.BYTES ? head.getLong() : head.getInt();
        int rank = head.getInt();
        if (total < 1 || valid < 0 || valid > total) {
            throw in.malformed(14, valid + " valid of " + total + " elements is not possible; the file is damaged");
        }
        if (valid == 0) {
            throw new UnsupportedFileException(in.file(), "none of its " + total + " elements was recorded");
        }
        List<Dimension> dimensions = dimensions(in, 6 + 5L * Integer.BYTES + offsetBytes, rank, total);
        in.requireInside(offsetArray, 2L * total * offsetBytes, "the list of elements");
        long[] offsets = offsets(in, offsetArray, offsetBytes, valid);
        SerSeries read = new SerSeries(in, type == IMAGES, dimensions, offsets);
        long element = read.headerBytes() + (long) read.shape.values() * read.shape.kind.bytes;
        if (element > in.size() / valid) {
            throw in.malformed(
                    14,
                    valid + " elements of " + element + " bytes do not fit the file of " + in.size()
                            + " bytes; it is cut off or damaged");
        }
        read.requireTags(offsets(in, offsetArray + (long) total * offsetBytes, offsetBytes, valid), tag);
        return read;
    }

    private static List<Dimension> dimensions(TiaBytes in, long from, int rank, int total) {
        if (rank < 1 || rank > MOST_DIMENSIONS) {
            throw in.malformed(from - Integer.BYTES, rank + " dimensions of the scan; the file is damaged");
        }
        List<Dimension> dimensions = new ArrayList<>();
        long at = from;
        long product = 1;
        for (int d = 0; d < rank; d++) {
            String what = "dimension " + d;
            ByteBuffer fixed = in.at(at, LEAST_DIMENSION - Integer.BYTES, what);
            int size = fixed.getInt();
            Calibration calibration = Calibration.read(fixed);
            int length = textLength(in, at, fixed.getInt());
            at += LEAST_DIMENSION - Integer.BYTES;
            String description = text(in, at, length, what);
            at += length;
            length = textLength(in, at, in.at(at, Integer.BYTES, what).getInt());
            at += Integer.BYTES;
            String unit = text(in, at, length, what);
            at += length;
            if (size < 1 || size > total || !calibration.isFinite()) {
                throw in.malformed(
                        at,
                        what + " has " + size + " points in steps of " + calibration.step + "; the file is damaged");
            }
            product = Math.min(Integer.MAX_VALUE + 1L, product * size);
            dimensions.add(new Dimension(size, calibration, description, unit));
        }
        if (product != total) {
            throw in.malformed(14, "its scan has " + product + " points, but there are " + total + " elements");
        }
        return dimensions;
    }

    private static int textLength(TiaBytes in, long at, int length) {
        if (length < 0 || length > MOST_TEXT) {
            throw in.malformed(at, "a text of " + length + " characters; the file is damaged");
        }
        return length;
    }

    private static String text(TiaBytes in, long at, int length, String what) {
        return new String(in.at(at, length, what).array(), StandardCharsets.ISO_8859_1)
                .replaceAll("\\p{Cntrl}", " ")
                .strip();
    }

    private static long[] offsets(TiaBytes in, long from, int bytes, int count) {
        long[] offsets = new long[count];
        int atOnce = 1 << 13;
        for (int done = 0; done < count; done += atOnce) {
            int n = Math.min(atOnce, count - done);
            ByteBuffer list = in.at(from + (long) done * bytes, (long) n * bytes, "the list of elements");
            for (int i = 0; i < n; i++) {
                offsets[done + i] = bytes == Long.BYTES ? list.getLong() : list.getInt() & 0xffffffffL;
            }
        }
        return offsets;
    }

    /** Each element has a tag with the time it was recorded; it must be of the kind that the header names. */
    private void requireTags(long[] tags, int kind) {
        for (int i = 0; i < tags.length; i++) {
            int found = in.at(tags[i], Short.BYTES, "the tag of element " + i).getShort() & 0xffff;
            if (found != kind) {
                throw in.malformed(
                        tags[i],
                        "the tag of element " + i + " is of type 0x" + Integer.toHexString(found) + ", expected 0x"
                                + Integer.toHexString(kind) + "; the file is damaged");
            }
        }
    }

    private int headerBytes() {
        return images ? 2 * CALIBRATION_BYTES + 2 + 4 + 4 : CALIBRATION_BYTES + 2 + 4;
    }

    private Shape shape(int element, ByteBuffer head) {
        long at = offsets[element];
        Calibration x = Calibration.read(head);
        Calibration y = images ? Calibration.read(head) : new Calibration(0, 1);
        int code = head.getShort();
        if (code == SerNumber.COMPLEX_64 || code == SerNumber.COMPLEX_128) {
            throw new UnsupportedFileException(in.file(), "it holds complex numbers, which are not read");
        }
        SerNumber kind =
                SerNumber.of(code).orElseThrow(() -> in.malformed(at, "numbers of type " + code + " are not known"));
        int nx = head.getInt();
        int ny = images ? head.getInt() : 1;
        if (nx < 1 || ny < 1 || !x.isFinite() || !y.isFinite()) {
            throw in.malformed(
                    at,
                    "element " + element + " has " + ny + " × " + nx + " values in steps of " + x.step
                            + "; the file is damaged");
        }
        if ((long) ny * nx > Integer.MAX_VALUE / kind.bytes - CALIBRATION_BYTES) {
            throw new UnsupportedFileException(
                    in.file(), "elements of " + ny + " × " + nx + " values are too large; the file may be damaged");
        }
        in.requireInside(at, headerBytes() + (long) ny * nx * kind.bytes, "element " + element);
        return new Shape(kind, ny, nx, y, x);
    }

    TiaBytes in() {
        return in;
    }

    /** Images, or else spectra. */
    boolean images() {
        return images;
    }

    /** The scan, fastest first; dimensions of one point are left out. */
    List<Dimension> scan() {
        return dimensions.stream().filter(d -> d.size > 1).toList();
    }

    /** Elements that were recorded. */
    int recorded() {
        return offsets.length;
    }

    int planned() {
        return dimensions.stream().mapToInt(Dimension::size).reduce(1, (a, b) -> a * b);
    }

    Shape shape() {
        return shape;
    }

    /** Receives an element's values, in the file's order; the array is used again. */
    interface Receiver {
        void element(int index, double[] values);
    }

    /** Hands out every recorded element in order. */
    void forEach(Receiver receiver) {
        int header = headerBytes();
        ByteBuffer buffer = ByteBuffer.allocate(header + shape.values() * shape.kind.bytes);
        double[] values = new double[shape.values()];
        for (int e = 0; e < offsets.length; e++) {
            buffer.clear();
            in.fill(offsets[e], buffer, "element " + e);
            Shape here = shape(e, buffer);
            if (here.kind != shape.kind || here.nx != shape.nx || here.ny != shape.ny) {
                throw new MalformedFileException(
                        in.file(),
                        "element " + e,
                        here.ny + " × " + here.nx + " values of type " + here.kind + ", element 0 has " + shape.ny
                                + " × " + shape.nx + " of type " + shape.kind);
            }
            for (int i = 0; i < values.length; i++) {
                values[i] = shape.kind.at(buffer, header + i * shape.kind.bytes);
            }
            receiver.element(e, values);
        }
    }

    /** Refuses what would not fit the memory there is. */
    void requireMemory(double bytes) {
        Memory.require(
                in.file(),
                "a series of " + offsets.length + " elements of " + shape.ny + " × " + shape.nx + " values",
                bytes);
    }

    @Override
    public void close() {
        in.close();
    }
}
