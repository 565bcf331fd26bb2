package org.hyalite.io;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Spoils the bytes of a file as discs, networks and ill will do: cuts, flipped bits, numbers of every width set to what
 * breaks sums and products, numbers and texts written out, pieces moved, doubled, dropped, and bytes that are not UTF-8.
 */
final class Mutator {
    private static final long[] NUMBERS = {
        0,
        1,
        2,
        -1,
        -2,
        0x7f,
        0x80,
        0xff,
        0x100,
        0x7fff,
        0x8000,
        0xffff,
        0x10000,
        1 << 20,
        1 << 28,
        Integer.MAX_VALUE,
        Integer.MAX_VALUE - 7,
        Integer.MIN_VALUE,
        0xffffffffL,
        1L << 32,
        1L << 40,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        0x7fc00000L,
        0x7f800000L,
        0x7ff0000000000000L,
        0x7ff8000000000000L
    };
    private static final List<String> WRITTEN = List.of(
            "0",
            "-1",
            "1",
            "3",
            "65536",
            "100000",
            "2147483647",
            "2147483648",
            "-2147483648",
            "4294967296",
            "9223372036854775807",
            "99999999999999999999",
            "1e9",
            "1e308",
            "1e999",
            "1e999999999",
            "-0.0",
            "NaN",
            "Infinity",
            "0.1",
            "",
            "x",
            "null",
            "[]",
            "{}",
            "\"\"",
            "-",
            "é",
            "1" + "0".repeat(400));
    private static final List<String> ODD = List.of(
            "\\u0000", "\0", "/", "..", "<a>", "<!-- ", "&#0;", "&x;", "\"", ",", "[[", "{\"a\":", "\u001b[2J", "\n");
    private static final Pattern DIGITS = Pattern.compile("-?\\d[\\d.eE+-]*");

    private final Random random;

    Mutator(Random random) {
        this.random = random;
    }

    /** A copy with one to four things wrong. */
    byte[] spoil(byte[] whole) {
        byte[] bytes = whole.clone();
        for (int n = 1 + random.nextInt(random.nextBoolean() ? 1 : 4); n > 0; n--) {
            bytes = once(bytes);
        }
        return bytes;
    }

    private byte[] once(byte[] bytes) {
        if (bytes.length == 0) {
            return new byte[] {(byte) random.nextInt()};
        }
        int at = random.nextInt(bytes.length);
        switch (random.nextInt(12)) {
            case 0 -> {
                return Arrays.copyOf(bytes, at);
            }
            case 1, 2 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
            case 3 -> bytes[at] = (byte) random.nextInt();
            case 4, 5 -> number(bytes, at);
            case 6 -> {
                return written(bytes);
            }
            case 7 -> {
                int from = random.nextInt(bytes.length);
                int length = Math.min(1 + random.nextInt(32), bytes.length - Math.max(at, from));
                System.arraycopy(bytes, from, bytes, at, length);
            }
            case 8 -> {
                int end = Math.min(bytes.length, at + 1 + random.nextInt(64));
                return random.nextBoolean() ? joined(bytes, at, bytes, end) : joined(bytes, end, bytes, at);
            }
            case 9 -> {
                String odd = ODD.get(random.nextInt(ODD.size()));
                return joined(bytes, at, concat(odd.getBytes(StandardCharsets.UTF_8), bytes, at), 0);
            }
            case 10 -> {
                int end = Math.min(bytes.length, at + 1 + random.nextInt(24));
                byte[] piece = Arrays.copyOfRange(bytes, at, end);
                ByteArrayOutputStream many = new ByteArrayOutputStream();
                for (int n = 1 << random.nextInt(13); n > 0; n--) {
                    many.writeBytes(piece);
                }
                return joined(bytes, at, concat(many.toByteArray(), bytes, at), 0);
            }
            default -> {
                return joined(bytes, at, concat(new byte[] {(byte) 0xc3, (byte) 0x28, 0}, bytes, at), 0);
            }
        }
        return bytes;
    }

    private void number(byte[] bytes, int at) {
        int width = 1 << random.nextInt(4);
        long number = random.nextInt(4) == 0
                ? bytes.length + (long) random.nextInt(9) - 4
                : NUMBERS[random.nextInt(NUMBERS.length)];
        boolean big = random.nextBoolean();
        for (int k = 0; k < width && at + k < bytes.length; k++) {
            bytes[at + k] = (byte) (number >> 8 * (big ? width - 1 - k : k));
        }
    }

    /** Another number in the place of one that is written in digits. */
    private byte[] written(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        List<MatchResult> found = DIGITS.matcher(text).results().limit(5000).toList();
        if (found.isEmpty()) {
            return Arrays.copyOf(bytes, random.nextInt(bytes.length));
        }
        MatchResult one = found.get(random.nextInt(found.size()));
        byte[] other = WRITTEN.get(random.nextInt(WRITTEN.size())).getBytes(StandardCharsets.UTF_8);
        return joined(bytes, one.start(), concat(other, bytes, one.end()), 0);
    }

    /** Bytes {@code 0 … end − 1} of one, then those of the other from {@code from}. */
    private static byte[] joined(byte[] one, int end, byte[] other, int from) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(one, 0, end);
        out.write(other, from, other.length - from);
        return out.toByteArray();
    }

    private static byte[] concat(byte[] one, byte[] other, int from) {
        return joined(one, one.length, other, from);
    }
}
