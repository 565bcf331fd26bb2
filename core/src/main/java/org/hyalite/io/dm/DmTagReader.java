package org.hyalite.io.dm;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hyalite.io.format.MalformedFileException;
import org.hyalite.io.format.UnsupportedFileException;

/**
 * Reads the tree of tags that a {@code .dm3} or {@code .dm4} file is. Headers are big-endian, with 32-bit counts in
 * version 3 and 64-bit counts in version 4, which also gives each tag its length; values are in the order that the
 * header names. Arrays are left in the file. The format is described by C. Boothroyd and G. Jefferis from files; Gatan
 * has not published it.
 */
final class DmTagReader {
    static final int DEEPEST = 64;
    static final int MOST_TAGS = 1 << 19;
    private static final int MOST_TYPE_WORDS = 4096;
    private static final int GROUP = 20;
    private static final int DATA = 21;
    private static final int STRUCT = 15;
    private static final int STRING = 18;
    private static final int ARRAY = 20;
    private static final int DATA_MARK = 0x25252525;
    /** Bytes of the shortest tag: its kind, the length of its name, and a group without tags. */
    private static final int LEAST_TAG = 1 + 2 + 2 + 4;

    private final DmBytes in;
    private final boolean wide;
    private int tags;

    private DmTagReader(DmBytes in, boolean wide) {
        this.in = in;
        this.wide = wide;
    }

    /** Reads the whole tree; sets the byte order of values. */
    static DmTag.Group read(DmBytes in) {
        int version = in.int32();
        if (version != 3 && version != 4) {
            if (version >>> 16 == 0x3d) {
                throw new UnsupportedFileException(in.file(), "it is of DigitalMicrograph 2; save it as .dm3 or .dm4");
            }
            throw MalformedFileException.at(
                    in.file(), 0, "a DigitalMicrograph file begins with its version, 3 or 4, this one with " + version);
        }
        DmTagReader reader = new DmTagReader(in, version == 4);
        long length = reader.word();
        long lengthEnd = in.position();
        int order = in.int32();
        if (order != 0 && order != 1) {
            throw MalformedFileException.at(
                    in.file(), lengthEnd, "byte order " + order + ", expected 0 (big-endian) or 1 (little-endian)");
        }
        if (length < 0 || length > in.size() - lengthEnd) {
            throw MalformedFileException.at(
                    in.file(),
                    4,
                    "its tags are " + length + " bytes long, but the file has " + in.size()
                            + " bytes; it is cut off or damaged");
        }
        in.order(order == 1 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        return reader.group(0);
    }

    private DmTag.Group group(int depth) {
        if (depth > DEEPEST) {
            throw in.malformed("groups of tags lie more than " + DEEPEST + " deep; the file is damaged");
        }
        in.skip(2); // sorted, open
        long count = word();
        if (count < 0 || count > in.remaining() / LEAST_TAG) {
            throw in.malformed("a group of " + count + " tags in " + in.remaining()
                    + " bytes is not possible; the file is cut off or damaged");
        }
        tags += (int) Math.min(count, MOST_TAGS + 1L);
        if (tags > MOST_TAGS) {
            throw new UnsupportedFileException(
                    in.file(), "it has more than " + MOST_TAGS + " tags, which are not read");
        }
        Map<String, DmTag> children = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            long from = in.position();
            int kind = in.unsigned8();
            if (kind != GROUP && kind != DATA) {
                throw MalformedFileException.at(
                        in.file(), from, "a tag of kind " + kind + ", expected 20 (group) or 21 (data)");
            }
            String name = new String(in.bytes(in.unsigned16()), StandardCharsets.ISO_8859_1);
            long length = wide ? in.int64() : 0;
            long start = in.position();
            DmTag tag = kind == GROUP ? group(depth + 1) : data();
            if (wide && in.position() - start != length) {
                throw MalformedFileException.at(
                        in.file(),
                        from,
                        "a tag is said to be " + length + " bytes long and is " + (in.position() - start)
                                + "; the file is damaged");
            }
            children.putIfAbsent(name.isEmpty() ? "[" + i + "]" : name, tag);
        }
        return new DmTag.Group(children);
    }

    private DmTag data() {
        if (in.int32() != DATA_MARK) {
            throw in.malformed("before this byte a tag's data should begin with %%%%; the file is damaged");
        }
        long words = word();
        if (words < 1 || words > MOST_TYPE_WORDS) {
            throw in.malformed("a type described by " + words + " numbers; the file is damaged");
        }
        long[] type = new long[(int) words];
        for (int i = 0; i < type.length; i++) {
            type[i] = word();
        }
        if (type.length == 1) {
            return new DmTag.Number(in.number(number(type[0])));
        }
        if (type[0] == STRUCT) {
            in.skip(structBytes(type, 0, type.length));
            return DmTag.Other.INSTANCE;
        }
        if (type[0] == STRING && type.length == 2) {
            in.skip(type[1]);
            return DmTag.Other.INSTANCE;
        }
        if (type[0] != ARRAY || type.length < 3) {
            throw in.malformed("a tag of type " + type[0] + " described by " + type.length + " numbers is not known");
        }
        long count = type[type.length - 1];
        if (type.length == 3) {
            DmNumber kind = number(type[1]);
            long at = in.position();
            in.skip(product(count, kind.bytes));
            return new DmTag.Array(kind, at, count);
        }
        if (type[1] != STRUCT) {
            throw in.malformed("an array of type " + type[1] + " is not known");
        }
        in.skip(product(count, structBytes(type, 1, type.length - 1)));
        return DmTag.Other.INSTANCE;
    }

    /** Bytes of a structure described by {@code type[from … to − 1]}: 15, 0, fields, then a 0 and a type for each. */
    private long structBytes(long[] type, int from, int to) {
        if (to - from < 3 || type[from + 2] < 0 || to - from - 3 != 2 * type[from + 2]) {
            throw in.malformed("a structure described by " + (to - from) + " numbers; the file is damaged");
        }
        long bytes = 0;
        for (int i = from + 4; i < to; i += 2) {
            bytes += number(type[i]).bytes;
        }
        return bytes;
    }

    private long product(long count, long bytes) {
        if (count < 0 || bytes > 0 && count > in.remaining() / bytes) {
            throw in.malformed("an array of " + count + " values in the last " + in.remaining()
                    + " bytes of the file; it is cut off or damaged");
        }
        return count * bytes;
    }

    private DmNumber number(long code) {
        return DmNumber.ofTag(code)
                .orElseThrow(() -> in.malformed("a number of type " + code + " is not known; the file is damaged"));
    }

    private long word() {
        return wide ? in.int64() : in.int32();
    }
}
