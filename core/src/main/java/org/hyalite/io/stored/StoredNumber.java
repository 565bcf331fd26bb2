package org.hyalite.io.stored;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * How a number is stored.
 *
 * @param bytes 1, 2, 4 or 8
 */
public record StoredNumber(Kind kind, int bytes, ByteOrder order) {
    /** What the bytes mean. */
    public enum Kind {
        SIGNED,
        UNSIGNED,
        FLOAT
    }

    public StoredNumber {
        boolean known = kind == Kind.FLOAT
                ? bytes == 2 || bytes == 4 || bytes == 8
                : bytes == 1 || bytes == 2 || bytes == 4 || bytes == 8;
        if (!known) {
            throw new IllegalArgumentException(kind + " of " + bytes + " bytes");
        }
    }

    /** NumPy's name of a type ({@code <u2}, {@code |i1}, {@code >f4}), if it is a number. */
    public static Optional<StoredNumber> ofNumpy(String dtype) {
        if (!dtype.matches("[<>|=]?(b1|[iu][1248]|f[248])")) {
            return Optional.empty();
        }
        String plain = Character.isLetter(dtype.charAt(0)) ? dtype : dtype.substring(1);
        ByteOrder order = dtype.charAt(0) == '>' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        Kind kind = switch (plain.charAt(0)) {
            case 'i' -> Kind.SIGNED;
            case 'f' -> Kind.FLOAT;
            default -> Kind.UNSIGNED;
        };
        return Optional.of(new StoredNumber(kind, plain.charAt(1) - '0', order));
    }

    /** The first {@code count} numbers of a buffer. */
    public double[] values(ByteBuffer from, int count) {
        double[] values = new double[count];
        decode(from, 0, values, 0, count);
        return values;
    }

    /** Fills a buffer with one number. */
    public void fill(ByteBuffer into, double value) {
        into.order(order);
        for (int at = 0; at + bytes <= into.limit(); at += bytes) {
            if (kind == Kind.FLOAT && bytes == 4) {
                into.putFloat(at, (float) value);
            } else if (kind == Kind.FLOAT && bytes == 8) {
                into.putDouble(at, value);
            } else if (kind != Kind.FLOAT) {
                for (int b = 0; b < bytes; b++) {
                    int shift = 8 * (order == ByteOrder.BIG_ENDIAN ? bytes - 1 - b : b);
                    into.put(at + b, (byte) ((long) value >> shift));
                }
            }
        }
    }

    /** Decodes {@code count} numbers from byte {@code at} on. */
    void decode(ByteBuffer from, int at, double[] into, int intoAt, int count) {
        from.order(order);
        switch (kind) {
            case FLOAT -> {
                for (int i = 0; i < count; i++) {
                    into[intoAt + i] = bytes == 4
                            ? from.getFloat(at + 4 * i)
                            : bytes == 8 ? from.getDouble(at + 8 * i) : half(from.getShort(at + 2 * i));
                }
            }
            case SIGNED -> {
                for (int i = 0; i < count; i++) {
                    into[intoAt + i] = signed(from, at + bytes * i);
                }
            }
            case UNSIGNED -> {
                if (bytes == 1) {
                    for (int i = 0; i < count; i++) {
                        into[intoAt + i] = from.get(at + i) & 0xff;
                    }
                } else {
                    for (int i = 0; i < count; i++) {
                        into[intoAt + i] = unsigned(from, at + bytes * i);
                    }
                }
            }
        }
    }

    private double signed(ByteBuffer from, int at) {
        return switch (bytes) {
            case 1 -> from.get(at);
            case 2 -> from.getShort(at);
            case 4 -> from.getInt(at);
            default -> from.getLong(at);
        };
    }

    private double unsigned(ByteBuffer from, int at) {
        return switch (bytes) {
            case 2 -> from.getShort(at) & 0xffff;
            case 4 -> from.getInt(at) & 0xffffffffL;
            default -> {
                long bits = from.getLong(at);
                yield bits >= 0 ? bits : (bits >>> 1) * 2.0 + (bits & 1);
            }
        };
    }

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
