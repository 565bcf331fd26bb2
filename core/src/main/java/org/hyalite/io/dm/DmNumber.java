package org.hyalite.io.dm;

import java.nio.ByteBuffer;
import java.util.Optional;

/** How a number is stored: as a tag's value by one code, as an image's pixel by another. */
enum DmNumber {
    INT_8(1, 9, 9),
    UINT_8(1, 10, 6),
    BOOLEAN(1, 8, 14),
    INT_16(2, 2, 1),
    UINT_16(2, 4, 10),
    INT_32(4, 3, 7),
    UINT_32(4, 5, 11),
    INT_64(8, 11, 39),
    UINT_64(8, 12, 40),
    FLOAT_32(4, 6, 2),
    FLOAT_64(8, 7, 12);

    /** Bytes per number. */
    final int bytes;

    private final int tagCode;
    private final int pixelCode;

    DmNumber(int bytes, int tagCode, int pixelCode) {
        this.bytes = bytes;
        this.tagCode = tagCode;
        this.pixelCode = pixelCode;
    }

    static Optional<DmNumber> ofTag(long code) {
        for (DmNumber n : values()) {
            if (n.tagCode == code) {
                return Optional.of(n);
            }
        }
        return Optional.empty();
    }

    /** The pixel type of a {@code DataType} tag; empty for complex and colour pixels. */
    static Optional<DmNumber> ofPixel(long code) {
        for (DmNumber n : values()) {
            if (n.pixelCode == code) {
                return Optional.of(n);
            }
        }
        return Optional.empty();
    }

    boolean isFloat() {
        return this == FLOAT_32 || this == FLOAT_64;
    }

    /** One number; whole numbers beyond 2⁵³ lose their last bits. */
    double at(ByteBuffer buffer, int index) {
        return switch (this) {
            case INT_8 -> buffer.get(index);
            case UINT_8 -> buffer.get(index) & 0xff;
            case BOOLEAN -> buffer.get(index) == 0 ? 0 : 1;
            case INT_16 -> buffer.getShort(index);
            case UINT_16 -> buffer.getShort(index) & 0xffff;
            case INT_32 -> buffer.getInt(index);
            case UINT_32 -> buffer.getInt(index) & 0xffffffffL;
            case INT_64 -> buffer.getLong(index);
            case UINT_64 -> unsigned(buffer.getLong(index));
            case FLOAT_32 -> buffer.getFloat(index);
            case FLOAT_64 -> buffer.getDouble(index);
        };
    }

    private static double unsigned(long value) {
        return value >= 0 ? value : (value >>> 1) * 2.0;
    }
}
