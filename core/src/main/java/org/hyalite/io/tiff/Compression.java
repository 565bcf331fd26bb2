package org.hyalite.io.tiff;

import io.airlift.compress.MalformedInputException;
import io.airlift.compress.zstd.ZstdDecompressor;
import java.nio.file.Path;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.hyalite.io.format.UnsupportedFileException;

/** How strips and tiles are compressed. */
enum Compression {
    NONE,
    LZW,
    DEFLATE,
    PACK_BITS,
    ZSTD;

    /** The compression of a number of the tag. */
    static Compression of(Path file, int number) {
        return switch (number) {
            case 1 -> NONE;
            case 5 -> LZW;
            case 8, 32946 -> DEFLATE;
            case 32773 -> PACK_BITS;
            case 50000 -> ZSTD;
            default ->
                throw new UnsupportedFileException(
                        file,
                        "it is compressed by method " + number + (number == 7 ? " (JPEG)" : "")
                                + "; none, LZW, deflate, PackBits and zstd are read: save it so");
        };
    }

    /**
     * Decompresses a strip or tile.
     *
     * @param out receives it; what goes beyond its length is not kept
     * @return how many bytes there are, at most {@code out.length}
     */
    int decode(byte[] packed, byte[] out) throws DataFormatException {
        return switch (this) {
            case NONE -> {
                int length = Math.min(packed.length, out.length);
                System.arraycopy(packed, 0, out, 0, length);
                yield length;
            }
            case LZW -> Lzw.decode(packed, out);
            case DEFLATE -> inflate(packed, out);
            case PACK_BITS -> packBits(packed, out);
            case ZSTD -> {
                try {
                    yield new ZstdDecompressor().decompress(packed, 0, packed.length, out, 0, out.length);
                } catch (MalformedInputException | IndexOutOfBoundsException | IllegalArgumentException e) {
                    DataFormatException damaged = new DataFormatException(String.valueOf(e.getMessage()));
                    damaged.initCause(e);
                    throw damaged;
                }
            }
        };
    }

    private static int inflate(byte[] packed, byte[] out) throws DataFormatException {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(packed);
            int got = 0;
            while (got < out.length && !inflater.finished()) {
                int more = inflater.inflate(out, got, out.length - got);
                if (more == 0) {
                    return got; // it ends too early, or wants a dictionary
                }
                got += more;
            }
            return got;
        } finally {
            inflater.end();
        }
    }

    /** Apple's PackBits: a count n ≥ 0 is followed by n + 1 bytes as they are, n < 0 by one byte 1 − n times. */
    private static int packBits(byte[] packed, byte[] out) {
        int got = 0;
        int at = 0;
        while (at < packed.length && got < out.length) {
            int n = packed[at++];
            if (n >= 0) {
                int run = Math.min(Math.min(n + 1, packed.length - at), out.length - got);
                System.arraycopy(packed, at, out, got, run);
                at += n + 1;
                got += run;
            } else if (n != -128 && at < packed.length) {
                int run = Math.min(1 - n, out.length - got);
                java.util.Arrays.fill(out, got, got + run, packed[at++]);
                got += run;
            }
        }
        return got;
    }
}
