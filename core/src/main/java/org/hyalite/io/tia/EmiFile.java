package org.hyalite.io.tia;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hyalite.io.format.UnsupportedFileException;

/**
 * An {@code .emi} file. Its layout is not published; what is read of it are the pieces of XML between
 * {@code <ObjectInfo>} and {@code </ObjectInfo>}, and before each the path of the {@code .ser} file that it belongs to.
 */
final class EmiFile {
    private static final byte[] BEGIN = "<ObjectInfo>".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = "</ObjectInfo>".getBytes(StandardCharsets.US_ASCII);
    private static final int WINDOW = 1 << 20;
    private static final int LONGEST_XML = 1 << 20;
    private static final long MOST_XML = 8 << 20;
    private static final int MOST_OBJECTS = 1024;
    /** Before its XML an object has the path of its series and, somewhat before, the name of its display. */
    private static final int PREFACE = 1500;

    private static final Pattern SERIES = Pattern.compile("_([0-9]{1,6})\\.ser", Pattern.CASE_INSENSITIVE);
    private static final Pattern ACQUIRED = Pattern.compile("Acquire ");
    private static final int LONGEST_NAME = 64;

    private EmiFile() {}

    /** Reads the objects that the file describes. */
    static List<EmiObject> read(Path file) {
        try (TiaBytes in = TiaBytes.open(file)) {
            ByteBuffer start = in.at(0, 2, "the header");
            if (start.get(0) != 'J' || start.get(1) != 'K') {
                throw in.malformed(0, "an .emi file begins with JK, this one does not");
            }
            List<EmiObject> objects = new ArrayList<>();
            long from = 0;
            long total = 0;
            for (long begin = find(in, BEGIN, from, in.size()); begin >= 0; begin = find(in, BEGIN, from, in.size())) {
                long end = find(in, END, begin, Math.min(in.size(), begin + LONGEST_XML));
                if (end < 0) {
                    throw in.malformed(
                            begin, "an <ObjectInfo> without end within " + LONGEST_XML + " bytes; the file is cut off");
                }
                total += end + END.length - begin;
                if (objects.size() == MOST_OBJECTS || total > MOST_XML) {
                    throw new UnsupportedFileException(
                            file,
                            "it describes more than " + MOST_OBJECTS + " objects, or in more than " + MOST_XML
                                    + " bytes");
                }
                long before = Math.max(from, begin - PREFACE);
                byte[] preface = in.at(before, begin - before, "an object").array();
                byte[] xml = in.at(begin, end + END.length - begin, "an object").array();
                objects.add(EmiObject.parse(
                        file, "the <ObjectInfo> at byte " + begin, series(preface), name(preface), xml));
                from = end + END.length;
            }
            return objects;
        }
    }

    /** The number of the series that is named last. */
    private static OptionalInt series(byte[] preface) {
        Matcher path = SERIES.matcher(new String(preface, StandardCharsets.ISO_8859_1));
        OptionalInt number = OptionalInt.empty();
        while (path.find()) {
            number = OptionalInt.of(Integer.parseInt(path.group(1)));
        }
        return number;
    }

    /** The last text {@code Acquire NAME} with its length before it, other than the name of a display. */
    private static String name(byte[] preface) {
        String text = new String(preface, StandardCharsets.ISO_8859_1);
        Matcher acquired = ACQUIRED.matcher(text);
        Optional<String> name = Optional.empty();
        while (acquired.find()) {
            int at = acquired.start();
            if (at < Integer.BYTES) {
                continue;
            }
            int length = ByteBuffer.wrap(preface).order(ByteOrder.LITTLE_ENDIAN).getInt(at - Integer.BYTES);
            if (length > "Acquire ".length() && length <= LONGEST_NAME && length <= preface.length - at) {
                String found = text.substring(acquired.end(), at + length);
                if (!found.contains(" Display") && found.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
                    name = Optional.of(found.strip());
                }
            }
        }
        return name.orElse("");
    }

    /** Where a sequence of bytes first stands in {@code from … to − 1}, or −1. */
    private static long find(TiaBytes in, byte[] wanted, long from, long to) {
        for (long at = from; at + wanted.length <= to; at += WINDOW) {
            int length = (int) Math.min(WINDOW + wanted.length - 1L, to - at);
            byte[] bytes = in.at(at, length, "the search for metadata").array();
            for (int i = 0; i + wanted.length <= length; i++) {
                int k = 0;
                while (k < wanted.length && bytes[i + k] == wanted[k]) {
                    k++;
                }
                if (k == wanted.length) {
                    return at + i;
                }
            }
        }
        return -1;
    }
}
