package org.hyalite.io.dm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hyalite.io.format.MalformedFileException;
import org.hyalite.io.format.Memory;
import org.hyalite.io.format.UnsupportedFileException;

/**
 * One entry of the file's {@code ImageList}: its values, still in the file, its dimensions, fastest first, and its tags.
 * Sizes are held against the file before anything is allocated.
 */
final class DmImage {
    private static final int MOST_TEXT = 1 << 16;
    private static final long MOST_EXACT = 1L << 53;

    private final DmBytes in;
    private final String place;
    private final DmTag.Group entry;
    private final DmNumber kind;
    private final long at;
    private final List<DmAxis> axes;

    private DmImage(DmBytes in, String place, DmTag.Group entry, DmNumber kind, long at, List<DmAxis> axes) {
        this.in = in;
        this.place = place;
        this.entry = entry;
        this.kind = kind;
        this.at = at;
        this.axes = List.copyOf(axes);
    }

    /** Reads an entry's header; a text says why it cannot be used, if it is sound but of a kind that is not read. */
    static DmImage of(DmBytes in, String place, DmTag.Group entry) throws NotRead {
        DmTag.Group data = entry.group("ImageData")
                .orElseThrow(() -> new MalformedFileException(in.file(), place, "it has no ImageData"));
        String shown = place + nameOf(in, entry);
        long code = data.number("DataType")
                .map(Double::longValue)
                .orElseThrow(
                        () -> new MalformedFileException(in.file(), place + "/ImageData/DataType", "it is missing"));
        DmNumber kind = DmNumber.ofPixel(code).orElseThrow(() -> new NotRead(shown + " " + describe(code)));
        int[] sizes = sizes(in, place, shown, data);
        DmTag.Array values = data.array("Data")
                .orElseThrow(() -> new MalformedFileException(in.file(), place + "/ImageData/Data", "it is missing"));
        long expected = 1;
        for (int size : sizes) {
            expected = Math.multiplyHigh(expected, size) == 0 ? expected * size : Long.MAX_VALUE;
        }
        if (values.count() != expected
                || values.kind().bytes != kind.bytes
                || values.kind().isFloat() != kind.isFloat()) {
            throw new MalformedFileException(
                    in.file(),
                    place + "/ImageData/Data",
                    values.count() + " values of type " + values.kind() + ", expected "
                            + Arrays.stream(sizes).mapToObj(String::valueOf).collect(Collectors.joining(" × "))
                            + " of type " + kind + "; the file is damaged");
        }
        List<DmAxis> axes = new ArrayList<>();
        for (int k = 0; k < sizes.length; k++) {
            DmTag.Group calibration =
                    data.group("Calibrations", "Dimension", "[" + k + "]").orElse(DmTag.Group.EMPTY);
            axes.add(DmAxis.of(
                    sizes[k], calibration, text(in, calibration, "Units").orElse("")));
        }
        return new DmImage(in, place, entry, kind, values.at(), axes);
    }

    private static int[] sizes(DmBytes in, String place, String shown, DmTag.Group data) throws NotRead {
        List<Double> sizes = data.group("Dimensions")
                .map(DmTag.Group::numbers)
                .orElseThrow(() -> new MalformedFileException(in.file(), place + "/ImageData/Dimensions", "missing"));
        for (double size : sizes) {
            if (size < 1 || size > Integer.MAX_VALUE) {
                throw new MalformedFileException(
                        in.file(),
                        place + "/ImageData/Dimensions",
                        "a dimension of " + (long) size + " values; the file is damaged");
            }
        }
        if (sizes.isEmpty()) {
            throw new MalformedFileException(in.file(), place + "/ImageData/Dimensions", "there are none");
        }
        int[] plain = sizes.stream().mapToInt(Double::intValue).toArray();
        int rank = plain.length;
        while (rank > 1 && plain[rank - 1] == 1) {
            rank--; // trailing dimensions of one index say nothing
        }
        if (rank > 3) {
            throw new NotRead(shown + " has " + rank + " dimensions; up to 3 are read");
        }
        return Arrays.copyOf(plain, rank);
    }

    private static String describe(long code) {
        return switch ((int) code) {
            case 3, 5, 13, 27, 28 -> "holds complex numbers, which are not read";
            case 8, 23 -> "is a colour picture, which is not read";
            default -> "holds pixels of type " + code + ", which is not known";
        };
    }

    String place() {
        return place;
    }

    String name() {
        return text(in, entry, "Name").orElse("");
    }

    /** Where it stands and what it is called, for messages. */
    String shown() {
        return place + nameOf(in, entry);
    }

    private static String nameOf(DmBytes in, DmTag.Group entry) {
        return text(in, entry, "Name")
                .filter(n -> !n.isEmpty())
                .map(n -> " '" + n + "'")
                .orElse("");
    }

    DmNumber kind() {
        return kind;
    }

    /** Fastest first. */
    List<DmAxis> axes() {
        return axes;
    }

    long count() {
        return axes.stream().mapToLong(DmAxis::size).reduce(1, (a, b) -> a * b);
    }

    /** Its {@code ImageTags}. */
    DmTag.Group tags() {
        return entry.group("ImageTags").orElse(DmTag.Group.EMPTY);
    }

    /** A text among its {@code ImageTags}. */
    Optional<String> text(String... path) {
        return text(in, tags(), path).filter(t -> !t.isEmpty());
    }

    /** Reads {@code count} values from index {@code first} on into {@code into[to …]}. */
    void read(long first, int count, double[] into, int to, ByteBuffer scratch) {
        int most = scratch.capacity() / kind.bytes;
        for (int done = 0; done < count; ) {
            int n = Math.min(most, count - done);
            scratch.clear().limit(n * kind.bytes);
            in.fill(at + (first + done) * kind.bytes, scratch);
            for (int i = 0; i < n; i++) {
                into[to + done + i] = kind.at(scratch, i * kind.bytes);
            }
            done += n;
        }
        if (kind == DmNumber.INT_64 || kind == DmNumber.UINT_64) {
            for (int i = to; i < to + count; i++) {
                if (Math.abs(into[i]) > MOST_EXACT) {
                    throw new UnsupportedFileException(
                            in.file(), shown() + " holds whole numbers above 2⁵³, which are not read");
                }
            }
        }
    }

    MalformedFileException malformed(String within, String found) {
        return new MalformedFileException(in.file(), shown() + within, found);
    }

    /** Refuses what would not fit the memory there is. */
    void requireMemory(double bytes) {
        Memory.require(in.file(), shown(), bytes);
    }

    /** A text is an array of UTF-16 units in the file's byte order; none of ours is long. */
    private static Optional<String> text(DmBytes in, DmTag.Group group, String... path) {
        return group.array(path)
                .filter(a -> a.kind() == DmNumber.UINT_16 && a.count() <= MOST_TEXT)
                .map(a -> {
                    ByteBuffer bytes = ByteBuffer.allocate((int) (a.count() * a.kind().bytes));
                    in.fill(a.at(), bytes);
                    Charset charset = bytes.order() == ByteOrder.LITTLE_ENDIAN
                            ? StandardCharsets.UTF_16LE
                            : StandardCharsets.UTF_16BE;
                    return new String(bytes.array(), charset)
                            .replaceAll("\\p{Cntrl}|[\u2028\u2029]", " ")
                            .strip();
                });
    }

    /** A sound image of a kind that is not read; the message says which and why. */
    static final class NotRead extends Exception {
        private static final long serialVersionUID = 1L;

        NotRead(String why) {
            super(why);
        }
    }
}
