package org.hyalite.io.tiff;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.hyalite.grid.Image;
import org.hyalite.io.format.AtomicWrite;
import org.hyalite.io.format.Signal;

/**
 * Writes images, tilt series and volumes as TIFF: little-endian, uncompressed, a page per plane, whole values below 2⁸
 * or 2¹⁶ in as many bits and others as 32-bit floats; BigTIFF where 4 GiB do not suffice. A name that ends in
 * {@code .ome.tif} or {@code .ome.tiff} gets OME-XML and may hold several signals of one shape as channels, others
 * ImageJ's description. The file appears under its name only when it is whole.
 */
public final class TiffWriter {
    private static final long CLASSIC_BYTES = 0xfff00000L;
    private static final int SHORT = 3;
    private static final int LONG = 4;
    private static final int LONG8 = 16;

    private TiffWriter() {}

    /** How values are stored. */
    enum Number {
        UINT8(1, "uint8"),
        UINT16(2, "uint16"),
        FLOAT(4, "float");

        final int bytes;
        final String omeName;

        Number(int bytes, String omeName) {
            this.bytes = bytes;
            this.omeName = omeName;
        }
    }

    /** Whether a name asks for OME-TIFF. */
    public static boolean isOme(Path file) {
        return file.getFileName().toString().toLowerCase(Locale.ROOT).matches(".*[.]ome[.]tiff?");
    }

    /** Writes one signal; see {@link #write(Path, List)}. */
    public static void write(Path file, Signal signal) {
        write(file, List.of(signal));
    }

    /**
     * Writes signals as the channels of one image.
     *
     * @throws IllegalArgumentException if they hold no images, differ in shape or kind, are several and the name does not
     *     ask for OME-TIFF, or hold a value that is not a finite number
     * @throws java.io.UncheckedIOException naming the file, if it cannot be written
     */
    public static void write(Path file, List<Signal> signals) {
        boolean ome = isOme(file);
        if (signals.isEmpty() || signals.size() > 1 && !ome) {
            throw new IllegalArgumentException(
                    signals.size() + " signals; a TIFF file holds one, an OME-TIFF (.ome.tif) one or more");
        }
        List<Image> planes = new ArrayList<>();
        for (Signal signal : signals) {
            List<Image> own = images(signal);
            requireAlike(signals.get(0), signal);
            planes.addAll(own);
        }
        Number number = smallest(planes);
        String description = ome ? OmeText.of(signals, number) : ImageJDescription.of(signals.get(0));
        AtomicWrite.file(file, out -> write(out, planes, number, description));
    }

    /** The planes of a signal of images. */
    static List<Image> images(Signal signal) {
        if (signal.data() instanceof Signal.Picture picture) {
            return List.of(picture.image());
        }
        if (signal.data() instanceof Signal.Stack stack) {
            return stack.images();
        }
        throw new IllegalArgumentException(
                "a TIFF file holds images, not a " + signal.data().kind());
    }

    private static void requireAlike(Signal first, Signal signal) {
        List<Image> a = images(first);
        List<Image> b = images(signal);
        for (Image image : b) {
            if (a.size() != b.size()
                    || image.ny() != a.get(0).ny()
                    || image.nx() != a.get(0).nx()
                    || !first.data().kind().equals(signal.data().kind())) {
                throw new IllegalArgumentException("'" + first.name() + "' and '" + signal.name()
                        + "' differ in shape or kind and cannot be channels of one image");
            }
        }
    }

    private static Number smallest(List<Image> planes) {
        boolean whole = true;
        float max = 0;
        for (int p = 0; p < planes.size(); p++) {
            Image image = planes.get(p);
            float[] values = image.values();
            for (int i = 0; i < values.length; i++) {
                float v = values[i];
                if (!Float.isFinite(v)) {
                    throw new IllegalArgumentException("the value " + v + " in plane " + p + ", row " + i / image.nx()
                            + ", column " + i % image.nx() + " cannot be written");
                }
                whole &= v >= 0 && v == Math.rint(v) && Float.floatToRawIntBits(v) != 0x80000000;
                max = Math.max(max, v);
            }
        }
        return whole && max < 1 << 16 ? max < 1 << 8 ? Number.UINT8 : Number.UINT16 : Number.FLOAT;
    }

    private static void write(OutputStream out, List<Image> planes, Number number, String text) throws IOException {
        Image first = planes.get(0);
        long planeBytes = (long) first.ny() * first.nx() * number.bytes;
        byte[] description = (text + "\0").getBytes(StandardCharsets.UTF_8);
        boolean big = 16 + description.length + (planeBytes + 256) * planes.size() > CLASSIC_BYTES;
        int head = big ? 16 : 8;
        long data = head + even(description.length) + 16; // the description, then two fractions, then pixels
        long fractions = head + even(description.length);
        long directories = data + even(planeBytes * planes.size());

        ByteBuffer start = buffer((int) data);
        start.put((byte) 'I').put((byte) 'I').putShort((short) (big ? 43 : 42));
        if (big) {
            start.putShort((short) 8).putShort((short) 0).putLong(directories);
        } else {
            start.putInt((int) directories);
        }
        start.put(description);
        start.position((int) fractions);
        fraction(start, first.pixelNm());
        fraction(start, first.pixelNm());
        out.write(start.array());

        ByteBuffer row = buffer(first.nx() * number.bytes);
        for (Image image : planes) {
            for (int y = 0; y < image.ny(); y++) {
                row.clear();
                put(row, image, y, number);
                out.write(row.array());
            }
        }
        if (planeBytes * planes.size() % 2 != 0) {
            out.write(0);
        }
        long at = directories;
        for (int p = 0; p < planes.size(); p++) {
            Directory directory = new Directory(big);
            fill(directory, p, first, number, head, description.length, fractions, data + p * planeBytes);
            at += directory.bytes();
            out.write(directory.encode(p == planes.size() - 1 ? 0 : at));
        }
    }

    private static void fill(
            Directory d, int page, Image image, Number number, long text, int textBytes, long fractions, long pixels) {
        d.add(Tag.NEW_SUBFILE_TYPE, LONG, 1, 0);
        d.add(Tag.WIDTH, LONG, 1, image.nx());
        d.add(Tag.LENGTH, LONG, 1, image.ny());
        d.add(Tag.BITS, SHORT, 1, 8L * number.bytes);
        d.add(Tag.COMPRESSION, SHORT, 1, 1);
        d.add(Tag.PHOTOMETRIC, SHORT, 1, 1);
        if (page == 0) {
            d.add(Tag.DESCRIPTION, 2, textBytes, text);
        }
        d.addLong(Tag.STRIP_OFFSETS, pixels);
        d.add(Tag.SAMPLES, SHORT, 1, 1);
        d.add(Tag.ROWS_PER_STRIP, LONG, 1, image.ny());
        d.addLong(Tag.STRIP_BYTES, (long) image.ny() * image.nx() * number.bytes);
        if (image.pixelNm() > 0) {
            d.add(Tag.X_RESOLUTION, 5, 1, fractions);
            d.add(Tag.Y_RESOLUTION, 5, 1, fractions + 8);
            d.add(Tag.RESOLUTION_UNIT, SHORT, 1, 1);
        }
        d.add(Tag.SAMPLE_FORMAT, SHORT, 1, number == Number.FLOAT ? 3 : 1);
    }

    private static void put(ByteBuffer row, Image image, int y, Number number) {
        for (int x = 0; x < image.nx(); x++) {
            float v = image.at(y, x);
            switch (number) {
                case UINT8 -> row.put((byte) (int) v);
                case UINT16 -> row.putShort((short) (int) v);
                case FLOAT -> row.putFloat(v);
            }
        }
    }

    /** Pixels per nanometre as a fraction, as near as two numbers of 32 bits come. */
    private static void fraction(ByteBuffer into, double nm) {
        if (!(nm > 0)) {
            into.putInt(0).putInt(1);
            return;
        }
        // 1/nm = a/b: the smaller one is rounded first, so that the larger one makes up for it
        double most = 4e9;
        double smaller = Math.max(1, Math.floor(nm >= 1 ? most / nm : most * nm));
        double a = nm >= 1 ? smaller : Math.rint(smaller / nm);
        double b = nm >= 1 ? Math.rint(smaller * nm) : smaller;
        into.putInt((int) (long) a).putInt((int) (long) b);
    }

    private static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static long even(long bytes) {
        return bytes + bytes % 2;
    }

    /** A directory that is being written. */
    private static final class Directory {
        private final boolean big;
        private final List<long[]> entries = new ArrayList<>();

        Directory(boolean big) {
            this.big = big;
        }

        void add(int tag, int type, int count, long value) {
            entries.add(new long[] {tag, type, count, value});
        }

        void addLong(int tag, long value) {
            add(tag, big ? LONG8 : LONG, 1, value);
        }

        int bytes() {
            return big ? 8 + 20 * entries.size() + 8 : 2 + 12 * entries.size() + 4;
        }

        byte[] encode(long next) {
            ByteBuffer out = buffer(bytes());
            if (big) {
                out.putLong(entries.size());
            } else {
                out.putShort((short) entries.size());
            }
            for (long[] entry : entries) {
                out.putShort((short) entry[0]).putShort((short) entry[1]);
                if (big) {
                    out.putLong(entry[2]).putLong(entry[3]);
                } else {
                    out.putInt((int) entry[2]).putInt((int) entry[3]);
                }
            }
            return (big ? out.putLong(next) : out.putInt((int) next)).array();
        }
    }
}
