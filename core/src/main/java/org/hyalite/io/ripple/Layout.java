package org.hyalite.io.ripple;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.hyalite.io.format.MalformedFileException;
import org.hyalite.io.format.UnsupportedFileException;

/**
 * How the numbers lie in a {@code .raw} file: {@code [height, width, depth]} where spectra follow each other,
 * {@code [depth, height, width]} where images do.
 *
 * @param offset bytes before the first number
 * @param byImage whether images follow each other
 */
record Layout(
        Path raw,
        int height,
        int width,
        int depth,
        int offset,
        Kind kind,
        int bytes,
        ByteOrder order,
        boolean byImage) {
    /** What a number is. */
    enum Kind {
        SIGNED,
        UNSIGNED,
        FLOAT
    }

    private static final long LARGEST_PIXEL = 1L << 28;

    /** The keys that describe the array. */
    static final Set<String> KEYS =
            Set.of("width", "height", "depth", "offset", "data-type", "data-length", "byte-order", "record-by");

    /** Reads the layout and holds it against the size of the {@code .raw} file. */
    static Layout of(Parameters parameters) {
        int width = parameters.needWhole("width", 1);
        int height = parameters.needWhole("height", 1);
        int depth = parameters.needWhole("depth", 1);
        int offset = parameters.text("offset").isPresent() ? parameters.needWhole("offset", 0) : 0;
        Kind kind = switch (parameters.needOne("data-type", "signed", "unsigned", "float")) {
            case "signed" -> Kind.SIGNED;
            case "unsigned" -> Kind.UNSIGNED;
            default -> Kind.FLOAT;
        };
        int bytes = Integer.parseInt(parameters.needOne("data-length", "1", "2", "4", "8"));
        if (kind == Kind.FLOAT && bytes < Float.BYTES) {
            throw parameters.malformed("data-length", "a float has 4 or 8 bytes, not " + bytes);
        }
        ByteOrder order = bytes > 1
                        && parameters
                                .needOne("byte-order", "big-endian", "little-endian")
                                .startsWith("big")
                ? ByteOrder.BIG_ENDIAN
                : ByteOrder.LITTLE_ENDIAN;
        boolean byImage =
                depth > 1 && parameters.needOne("record-by", "image", "vector").equals("image");
        Layout layout = new Layout(raw(parameters), height, width, depth, offset, kind, bytes, order, byImage);
        layout.requireSize(parameters);
        if ((long) height * width > Integer.MAX_VALUE - 8 || (long) depth * bytes > LARGEST_PIXEL) {
            throw new UnsupportedFileException(
                    layout.raw, "planes of 2³¹ numbers or pixels of 256 MiB are not read; cut the file into parts");
        }
        return layout;
    }

    /** The {@code .raw} file beside a {@code .rpl} file, by its name alone. */
    static Path rawBeside(Path rpl, String ending) {
        String name = rpl.getFileName().toString();
        return rpl.resolveSibling(name.substring(0, name.length() - ending.length()) + ending);
    }

    private static Path raw(Parameters parameters) {
        for (String ending : new String[] {".raw", ".RAW", ".Raw"}) {
            Path raw = rawBeside(parameters.file(), ending);
            if (Files.isRegularFile(raw)) {
                return raw;
            }
        }
        throw new MalformedFileException(
                parameters.file(),
                "its data",
                rawBeside(parameters.file(), ".raw").getFileName() + " is not there; put it beside this file");
    }

    private void requireSize(Parameters parameters) {
        long size;
        try {
            size = Files.size(raw);
        } catch (IOException e) {
            throw Parameters.unreadable(raw, e);
        }
        // checked step by step: the product of three sizes from a file may exceed 2⁶³
        long image = (long) height * width;
        boolean fits = image <= size && image * bytes <= size && (size - offset) / (image * bytes) == depth;
        if (!fits || size - offset != image * bytes * depth) {
            throw new MalformedFileException(
                    raw,
                    "its " + size + " bytes",
                    parameters.file().getFileName() + " describes " + height + " × " + width + " × " + depth
                            + " numbers of " + bytes + " bytes after " + offset
                            + "; one of the two files is cut off or damaged");
        }
    }
}
