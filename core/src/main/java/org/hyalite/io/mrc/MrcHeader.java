package org.hyalite.io.mrc;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.hyalite.io.format.MalformedFileException;
import org.hyalite.io.format.UnsupportedFileException;

/**
 * The 1024 bytes an MRC file begins with (MRC2014; Cheng et al. (2015), J. Struct. Biol. 192, 146).
 *
 * @param planes images or sections
 * @param stepsAngstrom voxel along x, y, z in Å as the file states it: cell over intervals; 0 where it gives none
 * @param extendedBytes length of the extended header
 * @param extendedType its four letters, or blanks
 * @param group space group: 0 for an image stack, 1 for a volume
 */
record MrcHeader(
        ByteOrder order,
        int planes,
        int ny,
        int nx,
        Sample sample,
        double[] stepsAngstrom,
        long extendedBytes,
        String extendedType,
        int group) {
    static final int BYTES = 1024;
    static final int MODE_BYTES = 0;
    static final int MODE_FLOAT = 2;
    static final int VERSION_AT = 108;
    static final int VERSION = 20140;
    static final int MAP_AT = 208;
    static final int RMS_AT = 216;
    static final int LABELS_AT = 220;
    private static final int STAMP_AT = 212;
    private static final int TYPE_AT = 104;
    private static final int IMOD_STAMP_AT = 152;
    private static final int IMOD_STAMP = 1146047817;
    private static final int VOLUME_STACK = 400;
    private static final int LARGEST_AXIS = 1 << 20;

    /** How one pixel is stored. */
    enum Sample {
        SIGNED_8(1),
        UNSIGNED_8(1),
        SIGNED_16(2),
        UNSIGNED_16(2),
        HALF(2),
        FLOAT(4);

        final int bytes;

        Sample(int bytes) {
            this.bytes = bytes;
        }
    }

    /** Bytes of all pixels. */
    long dataBytes() {
        return (long) nx * ny * planes * sample.bytes;
    }

    /**
     * Reads and checks a header against the size of its file.
     *
     * @throws org.hyalite.io.format.MicroscopeFileException if it contradicts itself, the file is too short, or the kind is not read
     */
    static MrcHeader read(Path file, byte[] bytes, long fileSize) {
        ByteBuffer h = ByteBuffer.wrap(bytes).order(order(file, bytes));
        int nx = h.getInt(0);
        int ny = h.getInt(4);
        int planes = h.getInt(8);
        Sample sample = sample(file, h);
        for (int i = 0; i < 3; i++) {
            int axis = h.getInt(64 + 4 * i);
            if (axis != i + 1 && axis != 0) {
                throw new UnsupportedFileException(
                        file,
                        "its axes are stored in the order " + h.getInt(64) + ", " + h.getInt(68) + ", " + h.getInt(72)
                                + "; columns, rows, sections (1, 2, 3) are read");
            }
        }
        int extended = h.getInt(92);
        if (extended < 0 || extended > fileSize - BYTES) {
            throw MalformedFileException.at(
                    file, 92, "extended header of " + extended + " bytes in a file of " + fileSize + " bytes");
        }
        int group = h.getInt(88);
        if (group < 0 || group > 630) {
            throw MalformedFileException.at(file, 88, "space group " + group);
        }
        if (group > VOLUME_STACK) {
            throw new UnsupportedFileException(file, "a stack of volumes (space group " + group + ") is not read yet");
        }
        double[] steps = new double[3];
        for (int i = 0; i < 3; i++) {
            int intervals = h.getInt(28 + 4 * i);
            float cell = h.getFloat(40 + 4 * i);
            if (!Float.isFinite(cell)) {
                throw MalformedFileException.at(file, 40 + 4 * i, "cell of " + cell + " Å");
            }
            // the shortest decimal of the float is what its writer meant: 249.6, not 249.60000610
            steps[i] = intervals > 0 ? Double.parseDouble(Float.toString(cell)) / intervals : 0;
        }
        String type = new String(bytes, TYPE_AT, 4, java.nio.charset.StandardCharsets.ISO_8859_1);
        MrcHeader header = new MrcHeader(h.order(), planes, ny, nx, sample, steps, extended, type, group);
        // axes are at most 2²⁰ long, so that the product holds in a long
        long needed = BYTES + extended + header.dataBytes();
        if (needed > fileSize) {
            throw MalformedFileException.at(
                    file,
                    fileSize,
                    "the file ends here, but " + planes + " × " + ny + " × " + nx + " pixels of " + sample.bytes
                            + " bytes after a header of " + (BYTES + (long) extended) + " bytes need " + needed
                            + " bytes: it was cut off, or it is not an MRC file");
        }
        return header;
    }

    private static Sample sample(Path file, ByteBuffer h) {
        int mode = h.getInt(12);
        return switch (mode) {
            case 0 -> unsignedBytes(h) ? Sample.UNSIGNED_8 : Sample.SIGNED_8;
            case 1 -> Sample.SIGNED_16;
            case MODE_FLOAT -> Sample.FLOAT;
            case 6 -> Sample.UNSIGNED_16;
            case 12 -> Sample.HALF;
            case 3, 4, 101 ->
                throw new UnsupportedFileException(
                        file,
                        "pixels of MRC mode " + mode + (mode == 101 ? " (4-bit)" : " (complex)")
                                + " are not read; modes 0, 1, 2, 6 and 12 are");
            default -> throw MalformedFileException.at(file, 12, "pixel mode " + mode + " is not one of MRC's");
        };
    }

    /** IMOD of old wrote bytes without a sign; its stamp and the first of its flags say so. */
    private static boolean unsignedBytes(ByteBuffer h) {
        return h.getInt(IMOD_STAMP_AT) == IMOD_STAMP && (h.getInt(IMOD_STAMP_AT + 4) & 1) == 0;
    }

    /** The machine stamp's order if the header makes sense in it, or the other one if it makes sense in that. */
    private static ByteOrder order(Path file, byte[] bytes) {
        ByteOrder stamped = bytes[STAMP_AT] == 0x11 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        ByteOrder other = stamped == ByteOrder.BIG_ENDIAN ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        if (plausible(ByteBuffer.wrap(bytes).order(stamped))) {
            return stamped;
        }
        if (plausible(ByteBuffer.wrap(bytes).order(other))) {
            return other;
        }
        ByteBuffer h = ByteBuffer.wrap(bytes).order(stamped);
        throw MalformedFileException.at(
                file,
                0,
                "size " + h.getInt(0) + " × " + h.getInt(4) + " × " + h.getInt(8) + ", mode " + h.getInt(12)
                        + ": no MRC header in either byte order");
    }

    private static boolean plausible(ByteBuffer h) {
        for (int at = 0; at < 12; at += 4) {
            if (h.getInt(at) < 1 || h.getInt(at) > LARGEST_AXIS) {
                return false;
            }
        }
        int mode = h.getInt(12);
        return mode >= 0 && mode <= 255;
    }
}
