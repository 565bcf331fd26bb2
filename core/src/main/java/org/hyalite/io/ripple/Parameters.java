package org.hyalite.io.ripple;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.hyalite.io.format.MalformedFileException;

/**
 * The lines of a {@code .rpl} file: a key, a tab, a value; lines that start with a semicolon are comments, the first
 * other line names the two columns. Keys are read in any case and order; unknown ones mean nothing.
 */
final class Parameters {
    private static final Pattern NUMBER = Pattern.compile("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?");
    private static final long LONGEST = 1 << 20;
    private static final String DONT_CARE = "dont-care";

    private record Line(int number, String value) {}

    private final Path file;
    private final Map<String, Line> lines;

    private Parameters(Path file, Map<String, Line> lines) {
        this.file = file;
        this.lines = lines;
    }

    static Parameters read(Path file) {
        byte[] bytes;
        try {
            long size = Files.size(file);
            if (size > LONGEST) {
                throw new MalformedFileException(
                        file, "the whole file", size + " bytes are no list of parameters; is it the .raw file?");
            }
            bytes = Files.readAllBytes(file);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
        Map<String, Line> lines = new LinkedHashMap<>();
        int number = 0;
        boolean named = false;
        for (String line : text(bytes).split("\r\n|\r|\n")) {
            number++;
            if (line.isBlank() || line.strip().startsWith(";")) {
                continue;
            }
            String[] columns = line.split("\t", -1);
            String key = columns[0].strip().toLowerCase(Locale.ROOT);
            String value = columns.length > 1 ? columns[1].strip() : "";
            boolean namesColumns = !named && !Layout.KEYS.contains(key);
            named = true;
            if (namesColumns) {
                continue;
            }
            if (columns.length < 2) {
                throw new MalformedFileException(
                        file,
                        "line " + number,
                        "'" + key + "' has no value after a tab; the file is cut off or damaged");
            }
            Line earlier = lines.put(key, new Line(number, value));
            if (earlier != null && Layout.KEYS.contains(key) && !earlier.value().equals(value)) {
                throw new MalformedFileException(
                        file,
                        "line " + number,
                        key + " is " + value + ", but " + earlier.value() + " in line " + earlier.number());
            }
        }
        return new Parameters(file, lines);
    }

    Path file() {
        return file;
    }

    /** A value; empty if there is none or it is {@code dont-care}. */
    Optional<String> text(String key) {
        return Optional.ofNullable(lines.get(key))
                .map(Line::value)
                .filter(v -> !v.isEmpty() && !v.equalsIgnoreCase(DONT_CARE));
    }

    Optional<Double> number(String key) {
        return text(key).map(text -> {
            double value = NUMBER.matcher(text).matches() ? Double.parseDouble(text) : Double.NaN;
            if (!Double.isFinite(value)) {
                throw malformed(key, "'" + text + "' is no number");
            }
            return value;
        });
    }

    Optional<Double> positive(String key) {
        Optional<Double> number = number(key);
        if (number.isPresent() && !(number.get() > 0)) {
            throw malformed(
                    key, number.get() + " is not positive; correct it, or leave the line out if it is not known");
        }
        return number;
    }

    int needWhole(String key, int least) {
        String text = text(key).orElseThrow(() -> missing(key));
        try {
            int value = Integer.parseInt(text);
            if (value >= least) {
                return value;
            }
        } catch (NumberFormatException e) {
            // refused below, with the text
        }
        throw malformed(key, "'" + text + "' is not a whole number of " + least + " or more");
    }

    String needOne(String key, String... choices) {
        String text = text(key).orElseThrow(() -> missing(key)).toLowerCase(Locale.ROOT);
        if (!Arrays.asList(choices).contains(text)) {
            throw malformed(key, "'" + text + "' is none of " + String.join(", ", choices));
        }
        return text;
    }

    MalformedFileException malformed(String key, String found) {
        Line line = lines.get(key);
        return new MalformedFileException(file, (line == null ? "" : "line " + line.number() + ", ") + key, found);
    }

    private MalformedFileException missing(String key) {
        return malformed(key, "it is missing or dont-care; the file is cut off, or add the line");
    }

    static MalformedFileException unreadable(Path file, IOException e) {
        return new MalformedFileException(
                file, "the whole file", "it cannot be read (" + e + "); check its name, its rights and its disk", e);
    }

    /** UTF-8 where the bytes are that, else Latin-1: both are in use for µ. */
    private static String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
    }
}
