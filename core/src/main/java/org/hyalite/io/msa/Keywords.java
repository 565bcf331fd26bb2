package org.hyalite.io.msa;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hyalite.io.format.MalformedFileException;

/**
 * The keywords of an EMSA/MAS file: {@code #KEYWORD -unit: value}, the unit being optional. A keyword of a program's own
 * begins with two {@code #}.
 */
final class Keywords {
    private static final Pattern LINE = Pattern.compile("(##?[^\\s:-]+)\\s*(?:-\\s*([^\\s:]*))?\\s*:(.*)");
    private static final Pattern DECIMAL_COMMA = Pattern.compile("[+-]?\\d+,\\d+([eE][+-]?\\d+)?");
    private static final int SHOWN = 40;

    /** A value, its unit as the keyword gives it (or empty), and the line it stands in, from 1. */
    record Entry(String keyword, String unit, String text, int line) {
        /** Where it stands, for messages and sources. */
        String source() {
            return keyword + (unit.isEmpty() ? "" : " -" + unit);
        }
    }

    private final Path file;
    private final List<String> warnings;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    Keywords(Path file, List<String> warnings) {
        this.file = file;
        this.warnings = warnings;
    }

    /** Adds a line that begins with {@code #}; the first of equal keywords is believed. */
    void add(String line, int number) {
        Matcher match = LINE.matcher(line);
        if (!match.matches()) {
            throw new MalformedFileException(
                    file, "line " + number, "'" + shown(line) + "' is no keyword: a colon is expected after its name");
        }
        String keyword = match.group(1).toUpperCase(Locale.ROOT);
        String unit = match.group(2) == null ? "" : match.group(2);
        entries.putIfAbsent(keyword, new Entry(keyword, unit, match.group(3).strip(), number));
    }

    Optional<Entry> find(String keyword) {
        return Optional.ofNullable(entries.get(keyword)).filter(e -> !e.text().isEmpty());
    }

    String text(String keyword) {
        return find(keyword).map(Entry::text).orElse("");
    }

    /** A number, or nothing if the keyword is absent or empty. */
    Optional<Double> number(String keyword) {
        return find(keyword).map(this::number);
    }

    /** A whole number, which some programs write as {@code 2048.00}. */
    Optional<Integer> whole(String keyword) {
        return find(keyword).map(entry -> {
            double value = number(entry);
            if (value != Math.rint(value) || Math.abs(value) > Integer.MAX_VALUE) {
                throw new MalformedFileException(
                        file,
                        "line " + entry.line(),
                        keyword + " is '" + shown(entry.text()) + "', not a whole number");
            }
            return (int) value;
        });
    }

    private double number(Entry entry) {
        return parse(entry.text().split("\\s+")[0])
                .orElseThrow(() -> new MalformedFileException(
                        file,
                        "line " + entry.line(),
                        entry.keyword() + " is '" + shown(entry.text()) + "', which is no number"));
    }

    /** A finite number with a point or a comma. */
    static OptionalDouble parse(String text) {
        String plain = DECIMAL_COMMA.matcher(text).matches() ? text.replace(',', '.') : text;
        try {
            if (plain.isEmpty() || "fFdD".indexOf(plain.charAt(plain.length() - 1)) >= 0 || plain.contains("x")) {
                return OptionalDouble.empty(); // Java's own spellings
            }
            double value = Double.parseDouble(plain);
            return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }

    /** A number that must be positive to mean anything; 0 stands for "not recorded", and is said. */
    Optional<Double> positive(String keyword) {
        Optional<Double> value = number(keyword);
        if (value.isPresent() && value.get() <= 0) {
            warnings.add(keyword.substring(1) + " is " + shown(text(keyword)) + ": taken as not recorded");
            return Optional.empty();
        }
        return value;
    }

    static String shown(String text) {
        return text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
    }

    /** The keywords there are. */
    List<String> names() {
        return new ArrayList<>(entries.keySet());
    }
}
