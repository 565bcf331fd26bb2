package org.hyalite.io.tiff;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.hyalite.io.format.MalformedFileException;

/** An image file directory: what is said of one page. Values that stand elsewhere are read when they are asked for. */
final class TiffDirectory {
    private static final int SHORT = 3;
    private static final int LONG = 4;
    private static final int RATIONAL = 5;
    /** Bytes of a value of each type of TIFF 6.0 and BigTIFF, from type 1 on. */
    private static final int[] BYTES = {1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8};

    private static final int LONGEST_TEXT = 16 << 20;
    private static final int MOST_NUMBERS = 1 << 22;

    private record Entry(int type, long count, ByteBuffer inline, long at) {}

    private final TiffBytes bytes;
    private final long place;
    private final Map<Integer, Entry> entries = new LinkedHashMap<>();

    private TiffDirectory(TiffBytes bytes, long place) {
        this.bytes = bytes;
        this.place = place;
    }

    static TiffDirectory of(TiffBytes bytes, long place, ByteBuffer raw, int count) {
        TiffDirectory directory = new TiffDirectory(bytes, place);
        int size = bytes.big() ? 20 : 12;
        int room = bytes.big() ? 8 : 4;
        for (int i = 0; i < count; i++) {
            int at = i * size;
            int type = raw.getShort(at + 2) & 0xffff;
            long values = bytes.big() ? raw.getLong(at + 4) : raw.getInt(at + 4) & 0xffffffffL;
            ByteBuffer inline = raw.slice(at + size - room, room).order(raw.order());
            long where = bytes.big() ? inline.getLong(0) : inline.getInt(0) & 0xffffffffL;
            directory.entries.putIfAbsent(raw.getShort(at) & 0xffff, new Entry(type, values, inline, where));
        }
        return directory;
    }

    /** Where it stands in the file. */
    long place() {
        return place;
    }

    boolean has(int tag) {
        return entries.containsKey(tag);
    }

    /** A whole number, or {@code otherwise} if the tag is absent. */
    long whole(int tag, long otherwise) {
        return has(tag) ? wholes(tag, 1)[0] : otherwise;
    }

    /** A size: a whole number from 1 on that must be there. */
    int size(int tag, String name) {
        if (!has(tag)) {
            throw damaged(tag, "there is no " + name);
        }
        long value = wholes(tag, 1)[0];
        if (value < 1 || value > Integer.MAX_VALUE) {
            throw damaged(tag, name + " is " + value);
        }
        return (int) value;
    }

    /** The first {@code count} values of a tag, at least as many as are asked for. */
    long[] wholes(int tag, int count) {
        Entry entry = entry(tag, count);
        ByteBuffer data = data(tag, entry, count);
        int each = BYTES[entry.type() - 1];
        boolean integral = entry.type() == 1
                || entry.type() == SHORT
                || entry.type() == LONG
                || entry.type() >= 16
                || entry.type() == 13;
        if (!integral) {
            throw damaged(tag, "it has values of type " + entry.type() + ", expected whole numbers");
        }
        long[] values = new long[count];
        for (int i = 0; i < count; i++) {
            values[i] = switch (each) {
                case 1 -> data.get(i) & 0xff;
                case 2 -> data.getShort(2 * i) & 0xffff;
                case 4 -> data.getInt(4 * i) & 0xffffffffL;
                default -> data.getLong(8 * i);
            };
        }
        return values;
    }

    /** How many values a tag has. */
    long count(int tag) {
        return has(tag) ? entry(tag, 0).count() : 0;
    }

    /** A fraction or a float. */
    Optional<Double> number(int tag) {
        if (!has(tag)) {
            return Optional.empty();
        }
        Entry entry = entry(tag, 1);
        ByteBuffer data = data(tag, entry, 1);
        double value = switch (entry.type()) {
            case RATIONAL -> (data.getInt(0) & 0xffffffffL) / (double) (data.getInt(4) & 0xffffffffL);
            case 10 -> data.getInt(0) / (double) data.getInt(4);
            case 11 -> data.getFloat(0);
            case 12 -> data.getDouble(0);
            default -> wholes(tag, 1)[0];
        };
        return Optional.of(value).filter(Double::isFinite);
    }

    /** A text up to its end or its first zero byte; empty if the tag is absent. */
    String text(int tag) {
        if (!has(tag)) {
            return "";
        }
        Entry entry = entry(tag, 0);
        int each = BYTES[entry.type() - 1];
        if (entry.count() * (double) each > LONGEST_TEXT) {
            throw damaged(tag, "a text of " + entry.count() + " characters");
        }
        ByteBuffer data = data(tag, entry, (int) entry.count());
        if (each == 2) {
            return StandardCharsets.UTF_16LE.decode(data).toString().replace("\0", "");
        }
        byte[] raw = data.array();
        int from = data.arrayOffset();
        int length = 0;
        int most = (int) entry.count() * each;
        while (length < most && raw[from + length] != 0) {
            length++;
        }
        String text = new String(raw, from, length, StandardCharsets.UTF_8);
        return text.indexOf('\ufffd') >= 0 ? new String(raw, from, length, StandardCharsets.ISO_8859_1) : text;
    }

    private Entry entry(int tag, int atLeast) {
        Entry entry = entries.get(tag);
        if (entry == null || entry.count() < Math.max(1, atLeast)) {
            throw damaged(tag, (entry == null ? 0 : entry.count()) + " values, expected " + Math.max(1, atLeast));
        }
        if (entry.type() < 1 || entry.type() > BYTES.length || BYTES[entry.type() - 1] == 0) {
            throw damaged(tag, "values of type " + entry.type() + ", which TIFF does not have");
        }
        return entry;
    }

    private ByteBuffer data(int tag, Entry entry, int count) {
        int each = BYTES[entry.type() - 1];
        if (count > MOST_NUMBERS && each > 2) {
            throw damaged(tag, count + " values");
        }
        long all = entry.count() < 9 ? entry.count() * each : Long.MAX_VALUE;
        return all <= entry.inline().capacity() ? entry.inline() : bytes.at(entry.at(), count * each);
    }

    MalformedFileException damaged(int tag, String found) {
        return new MalformedFileException(bytes.file(), "the directory at byte " + place + ", tag " + tag, found);
    }
}
