package org.hyalite.io.jeol;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hyalite.io.format.FileBytes;
import org.hyalite.io.format.MalformedFileException;

/**
 * A named value and what stands below it. In the file: a byte 1, the name's length and the name (ended by a zero byte),
 * a type, the value's length in bytes and the value, then its children, then a byte 255. One more 255 ends the tree.
 * Types 1 to 5 are numbers (unsigned of 1 and 2 bytes, signed of 4, floating of 4 and 8), 6 to 10 lists of these, 11 is
 * yes or no, 12, 13 and 20 are texts, 14 is the place in a list.
 */
final class Tag {
    private static final int OPEN = 1;
    private static final int CLOSE = 0xff;
    private static final int LONGEST_NAME = 256;
    private static final int DEEPEST = 64;
    private static final int MOST = 1 << 18;
    private static final String JAPANESE = "Shift_JIS";

    private final String path;
    private final int type;
    private final FileBytes value;
    private final long valueAt;
    private final Map<String, Tag> children = new LinkedHashMap<>();

    private Tag(String path, int type, FileBytes value) {
        this.path = path;
        this.type = type;
        this.value = value;
        this.valueAt = value.position();
    }

    /** Reads a tree; its root has neither name nor value. */
    static Tag read(FileBytes in) {
        Tag root = new Tag("", 0, in.take(0));
        Deque<Tag> open = new ArrayDeque<>(List.of(root));
        for (int count = 0; ; ) {
            Tag parent = open.getLast();
            int mark = in.u8();
            if (mark == CLOSE) {
                open.removeLast();
                if (open.isEmpty()) {
                    return root;
                }
                continue;
            }
            in.require(
                    mark == OPEN,
                    "a tag starts with 1 and ends with 255, here stands " + mark + "; the file is damaged");
            in.require(++count <= MOST && open.size() <= DEEPEST, "more tags than such a file can hold; it is damaged");
            long length = in.u32();
            in.require(length <= LONGEST_NAME, "a tag's name of " + length + " characters; the file is damaged");
            String name = name(in.text((int) length));
            int type = in.i32();
            Tag tag = new Tag(parent.path.isEmpty() ? name : parent.path + "/" + name, type, in.take(in.u32()));
            parent.children.put(name, tag);
            open.addLast(tag);
        }
    }

    /** The name as far as it is plain text: some programs leave half a Japanese character behind it. */
    private static String name(String raw) {
        int end = 0;
        while (end < raw.length() && raw.charAt(end) < 0x7f) {
            end++;
        }
        return raw.substring(0, end);
    }

    /** The names from the root to here, joined by {@code /}. */
    String path() {
        return path;
    }

    Collection<Tag> children() {
        return children.values();
    }

    /** What stands below by these names, one below the other. */
    Optional<Tag> find(String... names) {
        Tag at = this;
        for (String name : names) {
            at = at.children.get(name);
            if (at == null) {
                return Optional.empty();
            }
        }
        return Optional.of(at);
    }

    Tag need(String... names) {
        return find(names)
                .orElseThrow(() -> new MalformedFileException(
                        value.file(),
                        "tag " + (path.isEmpty() ? "" : path + "/") + String.join("/", names),
                        "it is missing; the file is damaged or of a kind that is not known"));
    }

    /** The page of settings of this title: a child named {@code …PAGE} and a number. */
    Optional<Tag> page(String title) {
        return children().stream()
                .filter(t -> t.path.contains("PAGE") && t.text().equals(title))
                .findFirst();
    }

    /** A number that must be there. */
    double number() {
        double[] numbers = numbers();
        if (numbers.length != 1 || !Double.isFinite(numbers[0])) {
            throw malformed("a number was expected here; the file is damaged");
        }
        return numbers[0];
    }

    /** A number below, if it is there. */
    Optional<Double> number(String... names) {
        return find(names).map(Tag::number);
    }

    /** Numbers of any type. */
    double[] numbers() {
        double[] numbers = new double[size()];
        FileBytes in = value.seek(valueAt);
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = next(in);
        }
        return numbers;
    }

    /** Pixels, which are finite. */
    float[] pixels() {
        float[] pixels = new float[size()];
        FileBytes in = value.seek(valueAt);
        for (int i = 0; i < pixels.length; i++) {
            double pixel = next(in);
            if (!Double.isFinite(pixel)) {
                throw malformed("pixel " + i + " is " + pixel + "; the file is damaged");
            }
            pixels[i] = (float) pixel;
        }
        return pixels;
    }

    private double next(FileBytes in) {
        return switch (type) {
            case 1, 6, 11 -> in.u8();
            case 2, 7, 14 -> in.u16();
            case 3, 8 -> in.i32();
            case 4 -> Double.parseDouble(Float.toString(in.f32())); // 22.3 and not 22.299999237060547
            case 9 -> in.f32();
            default -> in.f64();
        };
    }

    /** How many numbers {@link #numbers()} has. */
    int size() {
        return value.seek(valueAt).remaining() / width();
    }

    private int width() {
        return switch (type) {
            case 1, 6, 11 -> 1;
            case 2, 7, 14 -> Short.BYTES;
            case 3, 4, 8, 9 -> Integer.BYTES;
            case 5, 10 -> Double.BYTES;
            default -> throw malformed("numbers were expected here, found type " + type);
        };
    }

    /** A text; empty if this is none. Written in UTF-8 or, on older machines, in Shift-JIS. */
    String text() {
        if (type != 12 && type != 13 && type != 20) {
            return "";
        }
        FileBytes in = value.seek(valueAt);
        byte[] raw = in.raw(in.remaining());
        int end = 0;
        while (end < raw.length && raw[end] != 0) {
            end++;
        }
        List<Charset> charsets = new ArrayList<>(List.of(StandardCharsets.UTF_8));
        if (Charset.isSupported(JAPANESE)) {
            charsets.add(Charset.forName(JAPANESE));
        }
        for (Charset charset : charsets) {
            try {
                return charset.newDecoder().decode(ByteBuffer.wrap(raw, 0, end)).toString();
            } catch (CharacterCodingException e) {
                // the next one
            }
        }
        return new String(raw, 0, end, StandardCharsets.ISO_8859_1);
    }

    MalformedFileException malformed(String found) {
        return new MalformedFileException(value.file(), "byte " + valueAt + ", tag " + path, found);
    }
}
