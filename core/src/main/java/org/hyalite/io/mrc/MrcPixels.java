package org.hyalite.io.mrc;

import java.nio.ByteBuffer;

/** Turns stored pixels into floats. */
final class MrcPixels {
    private MrcPixels() {}

    /** Decodes {@code count} pixels from the start of {@code row} into {@code into[from …]}. */
    static void decode(MrcHeader.Sample sample, ByteBuffer row, float[] into, int from, int count) {
        switch (sample) {
            case SIGNED_8 -> {
                for (int i = 0; i < count; i++) {
                    into[from + i] = row.get(i);
                }
            }
            case UNSIGNED_8 -> {
                for (int i = 0; i < count; i++) {
                    into[from + i] = row.get(i) & 0xff;
                }
            }
            case SIGNED_16 -> {
                for (int i = 0; i < count; i++) {
                    into[from + i] = row.getShort(2 * i);
                }
            }
            case UNSIGNED_16 -> {
                for (int i = 0; i < count; i++) {
                    into[from + i] = row.getShort(2 * i) & 0xffff;
                }
            }
            case HALF -> {
                for (int i = 0; i < count; i++) {
                    into[from + i] = half(row.getShort(2 * i));
                }
            }
            case FLOAT -> row.asFloatBuffer().get(0, into, from, count);
        }
    }

    /** An IEEE 754 half-precision number: 1 sign, 5 exponent and 10 fraction bits. */
    static float half(short bits) {
        int exponent = bits >> 10 & 0x1f;
        int fraction = bits & 0x3ff;
        float size = switch (exponent) {
            case 0 -> fraction * 0x1p-24f;
            case 0x1f -> fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
            default -> (1024 + fraction) * Math.scalb(1f, exponent - 25);
        };
        return bits < 0 ? -size : size;
    }
}
