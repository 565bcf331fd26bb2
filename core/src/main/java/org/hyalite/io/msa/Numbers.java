package org.hyalite.io.msa;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalDouble;
import org.hyalite.io.format.MalformedFileException;

/**
 * The numbers of a spectrum, in one or several columns, parted by blanks, commas or semicolons. A comma within a word is
 * a decimal comma or parts two numbers; which of the two, the number of values that the file promises decides.
 */
final class Numbers {
    private final Path file;
    private final int expected;
    private final Found points = new Found();
    private final Found commas = new Found();

    /** Values under one reading of commas. */
    private static final class Found {
        private double[] values = new double[2048];
        private int count;
        private String trouble = "";

        void add(String text, int line) {
            OptionalDouble value = Keywords.parse(text);
            if (value.isEmpty()) {
                trouble =
                        trouble.isEmpty() ? "line " + line + "\n'" + Keywords.shown(text) + "' is no number" : trouble;
                return;
            }
            if (count == values.length) {
                values = Arrays.copyOf(values, 2 * count);
            }
            values[count++] = value.getAsDouble();
        }
    }

    /**
     * @param expected how many numbers there should be
     */
    Numbers(Path file, int expected) {
        this.file = file;
        this.expected = expected;
    }

    /** Adds a line of numbers. */
    void add(String text, int line) {
        for (String word : text.split("[\\s;]+")) {
            String bare = word.replaceAll("^,+|,+$", "");
            if (bare.isEmpty()) {
                continue;
            }
            commas.add(bare, line);
            for (String part : bare.split(",+")) {
                points.add(part, line);
            }
            if (points.count > 2L * expected + 2 && commas.count > expected) {
                throw tooMany(line);
            }
        }
    }

    private MalformedFileException tooMany(int line) {
        return new MalformedFileException(
                file, "line " + line, "there are more numbers than the " + expected + " that NPOINTS promises");
    }

    /** All numbers; refused if there are not as many as expected. */
    double[] all() {
        for (Found found : new Found[] {points, commas}) {
            if (found.count == expected && found.trouble.isEmpty()) {
                return Arrays.copyOf(found.values, expected);
            }
        }
        if (!points.trouble.isEmpty()) {
            String[] where = points.trouble.split("\n");
            throw new MalformedFileException(file, where[0], where[1]);
        }
        throw new MalformedFileException(
                file,
                "#SPECTRUM",
                points.count + " numbers follow, but NPOINTS promises " + expected
                        + "; the file was cut, or its header belongs to another");
    }
}
