package org.hyalite.io.tiff;

import java.nio.ByteBuffer;

/** Turns a row of stored values into numbers. */
final class PixelRow {
    private PixelRow() {}

    /**
     * Decodes values {@code first, first + step, …} of a row that begins at byte {@code at}.
     *
     * @param into receives {@code count} of them
     */
    static void decode(PageLayout layout, ByteBuffer from, int at, int first, int step, double[] into, int count) {
        switch (layout.kind()) {
            case FLOAT -> floats(layout.bits(), from, at, first, step, into, count);
            case SIGNED -> signed(layout.bits(), from, at, first, step, into, count);
            case UNSIGNED -> unsigned(layout.bits(), from, at, first, step, into, count);
        }
    }

    private static void floats(int bits, ByteBuffer from, int at, int first, int step, double[] into, int count) {
        for (int i = 0; i < count; i++) {
            int k = first + i * step;
            into[i] = bits == 32
                    ? from.getFloat(at + 4 * k)
                    : bits == 64 ? from.getDouble(at + 8 * k) : half(from.getShort(at + 2 * k));
        }
    }

    private static void signed(int bits, ByteBuffer from, int at, int first, int step, double[] into, int count) {
        for (int i = 0; i < count; i++) {
            int k = first + i * step;
            into[i] = switch (bits) {
                case 8 -> from.get(at + k);
                case 16 -> from.getShort(at + 2 * k);
                case 32 -> from.getInt(at + 4 * k);
                default -> from.getLong(at + 8 * k);
            };
        }
    }

    private static void unsigned(int bits, ByteBuffer from, int at, int first, int step, double[] into, int count) {
        for (int i = 0; i < count; i++) {
            int k = first + i * step;
            into[i] = switch (bits) {
                case 8 -> from.get(at + k) & 0xff;
                case 16 -> from.getShort(at + 2 * k) & 0xffff;
                case 32 -> from.getInt(at + 4 * k) & 0xffffffffL;
                case 64 -> {
                    long v = from.getLong(at + 8 * k);
                    yield v >= 0 ? v : (v >>> 1) * 2.0 + (v & 1);
                }
                default -> { // 1, 2 or 4 bits, the most significant first
                    int bit = k * bits;
                    yield from.get(at + bit / 8) >> 8 - bits - bit % 8 & (1 << bits) - 1;
                }
            };
        }
    }

    /** An IEEE 754 half-precision number: 1 sign, 5 exponent and 10 fraction bits. */
    private static double half(short bits) {
        int exponent = bits >> 10 & 0x1f;
        int fraction = bits & 0x3ff;
        double size = switch (exponent) {
            case 0 -> fraction * 0x1p-24;
            case 0x1f -> fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
            default -> (1024 + fraction) * Math.scalb(1.0, exponent - 25);
        };
        return bits < 0 ? -size : size;
    }
}
