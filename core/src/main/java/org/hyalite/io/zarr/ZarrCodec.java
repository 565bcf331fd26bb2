package org.hyalite.io.zarr;

import io.airlift.compress.MalformedInputException;
import io.airlift.compress.lz4.Lz4Decompressor;
import io.airlift.compress.zstd.ZstdDecompressor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;

/** How the chunks of a Zarr array are compressed, by numcodecs' names. */
enum ZarrCodec {
    NONE,
    ZLIB,
    GZIP,
    ZSTD,
    LZ4,
    BLOSC;

    private static final int LZ4_SIZE_BYTES = 4;

    /** The codec of a name, if it is read. */
    static Optional<ZarrCodec> of(String id) {
        return Arrays.stream(values())
                .filter(c -> c != NONE && c.name().equalsIgnoreCase(id))
                .findFirst();
    }

    /**
     * Decompresses a chunk.
     *
     * @param out receives it; its length is the chunk's
     * @throws DataFormatException if the bytes do not give a chunk of that length
     */
    void decode(byte[] packed, byte[] out) throws DataFormatException {
        try {
            int got = switch (this) {
                case NONE -> {
                    System.arraycopy(packed, 0, out, 0, Math.min(packed.length, out.length));
                    yield packed.length;
                }
                case ZLIB -> inflate(packed, out);
                case GZIP -> gunzip(packed, out);
                case ZSTD -> new ZstdDecompressor().decompress(packed, 0, packed.length, out, 0, out.length);
                case LZ4 -> {
                    if (packed.length < LZ4_SIZE_BYTES) {
                        throw new DataFormatException("an LZ4 chunk of " + packed.length + " bytes");
                    }
                    yield new Lz4Decompressor()
                            .decompress(packed, LZ4_SIZE_BYTES, packed.length - LZ4_SIZE_BYTES, out, 0, out.length);
                }
                case BLOSC -> {
                    Blosc.decode(packed, out);
                    yield out.length;
                }
            };
            if (got != out.length) {
                throw new DataFormatException("it holds " + got + " bytes, expected " + out.length);
            }
        } catch (MalformedInputException | IndexOutOfBoundsException | IllegalArgumentException | IOException e) {
            DataFormatException damaged = new DataFormatException(String.valueOf(e.getMessage()));
            damaged.initCause(e);
            throw damaged;
        }
    }

    private static int inflate(byte[] packed, byte[] out) throws DataFormatException {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(packed);
            int got = 0;
            while (!inflater.finished() && got < out.length) {
                int more = inflater.inflate(out, got, out.length - got);
                if (more == 0) {
                    return got; // it ends too early, or wants a dictionary
                }
                got += more;
            }
            // reads the checksum, and finds out whether there is more than there should be
            return inflater.finished() ? got : got + inflater.inflate(new byte[1]) + (inflater.finished() ? 0 : 1);
        } finally {
            inflater.end();
        }
    }

    private static int gunzip(byte[] packed, byte[] out) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            int got = in.readNBytes(out, 0, out.length);
            return in.read() < 0 ? got : got + 1;
        }
    }
}
