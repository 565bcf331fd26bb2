package org.hyalite.io.tia;

import java.nio.ByteBuffer;
import java.util.Optional;

/** How the numbers of a series are stored; the codes are 1 to 8 in this order. */
enum SerNumber {
    UINT_8(1),
    UINT_16(2),
    UINT_32(4),
    INT_8(1),
    INT_16(2),
    INT_32(4),
    FLOAT_32(4),
    FLOAT_64(8);

    /** Codes of complex numbers, of 8 and 16 bytes. */
    static final int COMPLEX_64 = 9;

    static final int COMPLEX_128 = 10;

    /** Bytes per number. */
    final int bytes;

    SerNumber(int bytes) {
        this.bytes = bytes;
    }

    static Optional<SerNumber> of(int code) {
        return code >= 1 && code <= values().length ? Optional.of(values()[code - 1]) : Optional.empty();
    }

    boolean isFloat() {
        return this == FLOAT_32 || this == FLOAT_64;
    }

    double at(ByteBuffer buffer, int index) {
        return switch (this) {
            case UINT_8 -> buffer.get(index) & 0xff;
            case UINT_16 -> buffer.getShort(index) & 0xffff;
            case UINT_32 -> buffer.getInt(index) & 0xffffffffL;
            case INT_8 -> buffer.get(index);
            case INT_16 -> buffer.getShort(index);
            case INT_32 -> buffer.getInt(index);
            case FLOAT_32 -> buffer.getFloat(index);
            case FLOAT_64 -> buffer.getDouble(index);
        };
    }
}
