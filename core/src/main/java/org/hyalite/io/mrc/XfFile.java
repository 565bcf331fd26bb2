package org.hyalite.io.mrc;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.hyalite.io.format.AtomicWrite;
import org.hyalite.io.format.MalformedFileException;
import org.hyalite.io.format.Reason;

/**
 * IMOD's {@code .xf} file: one linear transformation for each image of a stack, in the stack's order, six numbers a line
 * ({@code A11 A12 A21 A22 DX DY}). A point (X, Y), in pixels from the image's centre {@code ((nx − 1)/2, (ny − 1)/2)}, X
 * along a row of the file and Y from its first row onwards, comes to
 *
 * <pre>{@code
 * X' = A11 X + A12 Y + DX
 * Y' = A21 X + A22 Y + DY
 * }</pre>
 *
 * from the centre of the transformed image: the shift comes after the matrix (IMOD's manual pages of {@code newstack} and
 * {@code xf2rotmagstr}). The transformed image has its tilt axis upright through its centre.
 *
 * @param file where they stand
 * @param rows one for each image
 */
public record XfFile(Path file, List<Row> rows) {
    private static final long LONGEST_FILE = 16L << 20;
    private static final int NUMBERS = 6;
    private static final int LONGEST_SHOWN = 40;

    /**
     * One transformation.
     *
     * @param dx pixels
     * @param dy pixels
     */
    public record Row(double a11, double a12, double a21, double a22, double dx, double dy) {}

    public XfFile {
        rows = List.copyOf(rows);
    }

    /**
     * Reads a file.
     *
     * @throws MalformedFileException if a line does not hold six finite numbers, or there are none, naming the line
     */
    public static XfFile read(Path file) {
        List<Row> rows = new ArrayList<>();
        try {
            if (Files.size(file) > LONGEST_FILE) {
                throw new MalformedFileException(
                        file, "its size", Files.size(file) + " bytes are no list of transformations");
            }
            try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
                int number = 0;
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    number++;
                    if (!line.isBlank()) {
                        rows.add(row(file, number, line.strip().split("\\s+")));
                    }
                }
            }
        } catch (IOException e) {
            throw new MalformedFileException(file, "reading it", Reason.of(e), e);
        }
        if (rows.isEmpty()) {
            throw new MalformedFileException(
                    file, "line 1", "no transformation; expected A11 A12 A21 A22 DX DY for each image");
        }
        return new XfFile(file, rows);
    }

    private static Row row(Path file, int line, String[] words) {
        if (words.length != NUMBERS) {
            throw new MalformedFileException(
                    file, "line " + line, words.length + " numbers, expected six: A11 A12 A21 A22 DX DY");
        }
        double[] v = new double[NUMBERS];
        for (int i = 0; i < NUMBERS; i++) {
            try {
                v[i] = Double.parseDouble(words[i]);
            } catch (NumberFormatException e) {
                throw new MalformedFileException(file, "line " + line, "'" + shown(words[i]) + "' is not a number", e);
            }
            if (!Double.isFinite(v[i])) {
                throw new MalformedFileException(file, "line " + line, words[i] + " where a finite number is expected");
            }
        }
        return new Row(v[0], v[1], v[2], v[3], v[4], v[5]);
    }

    private static String shown(String text) {
        String plain = text.replaceAll("[^\\x20-\\x7e]", "?");
        return plain.length() > LONGEST_SHOWN ? plain.substring(0, LONGEST_SHOWN) + "…" : plain;
    }

    /** Writes transformations: matrices to seven decimals, shifts to four. */
    public static void write(Path file, List<Row> rows) {
        StringBuilder text = new StringBuilder();
        for (Row r : rows) {
            text.append(String.format(
                    Locale.ROOT, "%12.7f%12.7f%12.7f%12.7f%12.4f%12.4f\n", r.a11, r.a12, r.a21, r.a22, r.dx, r.dy));
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.US_ASCII);
        AtomicWrite.file(file, out -> out.write(bytes));
    }

    /** Writes tilts beside it as {@code .tlt} or {@code .rawtlt} hold them: one a line, degrees. */
    public static void writeTilts(Path file, List<Double> degrees) {
        StringBuilder text = new StringBuilder();
        degrees.forEach(d -> text.append(String.format(Locale.ROOT, "%8.4f\n", d)));
        byte[] bytes = text.toString().getBytes(StandardCharsets.US_ASCII);
        AtomicWrite.file(file, out -> out.write(bytes));
    }
}
