package org.hyalite.io.zarr;

import io.airlift.compress.lz4.Lz4Decompressor;
import io.airlift.compress.snappy.SnappyDecompressor;
import io.airlift.compress.zstd.ZstdDecompressor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Decodes Blosc 1 frames: a header of 16 bytes, the start of each block, and blocks that are shuffled and, in older
 * frames, split into one stream per byte of a number.
 */
final class Blosc {
    private static final int HEADER = 16;
    private static final int BYTE_SHUFFLE = 0x01;
    private static final int STORED = 0x02;
    private static final int BIT_SHUFFLE = 0x04;
    private static final int NOT_SPLIT = 0x10;
    private static final int MOST_SPLITS = 16;
    private static final int LEAST_SPLIT_BYTES = 128;
    private static final String[] CODECS = {"blosclz", "lz4", "snappy", "zlib", "zstd"};

    private final byte[] frame;
    private final ByteBuffer ints;
    private final byte[] out;
    private final int flags;
    private final int typeSize;

    private Blosc(byte[] frame, byte[] out) {
        this.frame = frame;
        this.ints = ByteBuffer.wrap(frame).order(ByteOrder.LITTLE_ENDIAN);
        this.out = out;
        this.flags = frame[2];
        this.typeSize = Math.max(1, frame[3] & 0xff);
    }

    /** The name of a frame's codec ({@code lz4} for lz4hc too). */
    static String codec(byte[] frame) throws DataFormatException {
        require(frame.length >= HEADER, "a Blosc frame of " + frame.length + " bytes has no header");
        int code = (frame[2] & 0xff) >> 5;
        require(code < CODECS.length, "Blosc codec " + code + " is not known");
        return CODECS[code];
    }

    /**
     * Decodes a frame.
     *
     * @param out receives what the frame holds, exactly
     * @throws DataFormatException if the frame contradicts itself
     */
    static void decode(byte[] frame, byte[] out) throws DataFormatException {
        codec(frame);
        try {
            new Blosc(frame, out).decode();
        } catch (io.airlift.compress.MalformedInputException | IndexOutOfBoundsException | IllegalArgumentException e) {
            DataFormatException damaged = new DataFormatException("the Blosc frame is damaged: " + e.getMessage());
            damaged.initCause(e);
            throw damaged;
        }
    }

    private void decode() throws DataFormatException {
        int bytes = ints.getInt(4);
        int blockSize = ints.getInt(8);
        require(bytes == out.length, "the Blosc frame holds " + bytes + " bytes, expected " + out.length);
        require(
                ints.getInt(12) == frame.length,
                "the Blosc frame says " + ints.getInt(12) + " bytes, but there are " + frame.length);
        if ((flags & STORED) != 0) {
            require(frame.length - HEADER >= bytes, "the Blosc frame ends within its stored bytes");
            System.arraycopy(frame, HEADER, out, 0, bytes);
            return;
        }
        require(blockSize > 0 && (bytes == 0 || blockSize <= bytes), "Blosc blocks of " + blockSize + " bytes");
        int blocks = (int) (((long) bytes + blockSize - 1) / blockSize);
        require((long) HEADER + 4L * blocks <= frame.length, "the Blosc frame ends within its block table");
        byte[] block = new byte[blockSize];
        for (int b = 0; b < blocks; b++) {
            int at = b * blockSize;
            int size = Math.min(blockSize, bytes - at);
            decodeBlock(ints.getInt(HEADER + 4 * b), block, size, size < blockSize);
            unshuffle(block, size, at);
        }
    }

    private void decodeBlock(int start, byte[] block, int size, boolean leftover) throws DataFormatException {
        boolean split = (flags & NOT_SPLIT) == 0
                && typeSize <= MOST_SPLITS
                && size / typeSize >= LEAST_SPLIT_BYTES
                && !leftover;
        int streams = split ? typeSize : 1;
        int each = size / streams;
        int at = start;
        for (int s = 0; s < streams; s++) {
            require(at >= HEADER && at <= frame.length - 4, "a Blosc block begins at byte " + at);
            int packed = ints.getInt(at);
            at += 4;
            require(packed > 0 && packed <= frame.length - at, "a Blosc stream of " + packed + " bytes");
            if (packed == each) {
                System.arraycopy(frame, at, block, s * each, each);
            } else {
                int got = expand(at, packed, block, s * each, each);
                require(got == each, "a Blosc stream expands to " + got + " bytes, expected " + each);
            }
            at += packed;
        }
    }

    private int expand(int at, int packed, byte[] into, int intoAt, int most) throws DataFormatException {
        return switch (codec(frame)) {
            case "lz4" -> new Lz4Decompressor().decompress(frame, at, packed, into, intoAt, most);
            case "snappy" -> new SnappyDecompressor().decompress(frame, at, packed, into, intoAt, most);
            case "zstd" -> new ZstdDecompressor().decompress(frame, at, packed, into, intoAt, most);
            case "zlib" -> {
                Inflater inflater = new Inflater();
                try {
                    inflater.setInput(frame, at, packed);
                    yield inflater.inflate(into, intoAt, most);
                } finally {
                    inflater.end();
                }
            }
            default -> throw new DataFormatException("Blosc's own codec blosclz is not read");
        };
    }

    /** Puts the bytes (or bits) of a block's numbers together again. */
    private void unshuffle(byte[] block, int size, int at) {
        int count = size / typeSize;
        int whole = count * typeSize;
        if ((flags & BYTE_SHUFFLE) != 0 && typeSize > 1) {
            for (int b = 0; b < typeSize; b++) {
                for (int i = 0; i < count; i++) {
                    out[at + i * typeSize + b] = block[b * count + i];
                }
            }
            System.arraycopy(block, whole, out, at + whole, size - whole);
        } else if ((flags & BIT_SHUFFLE) != 0 && count > 0 && count % 8 == 0) {
            int row = count / 8;
            for (int i = 0; i < count; i++) {
                for (int b = 0; b < typeSize; b++) {
                    int value = 0;
                    for (int bit = 0; bit < 8; bit++) {
                        value |= (block[(b * 8 + bit) * row + i / 8] >> i % 8 & 1) << bit;
                    }
                    out[at + i * typeSize + b] = (byte) value;
                }
            }
            System.arraycopy(block, whole, out, at + whole, size - whole);
        } else {
            System.arraycopy(block, 0, out, at, size);
        }
    }

    private static void require(boolean condition, String found) throws DataFormatException {
        if (!condition) {
            throw new DataFormatException(found);
        }
    }
}
