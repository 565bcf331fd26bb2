package org.hyalite.align;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The text form of an alignment, read: {@code tilt_deg,shift_y_px,shift_x_px[,gain]}. */
final class AlignmentTable {
    private static final List<String> COLUMNS = List.of("tilt_deg", "shift_y_px", "shift_x_px", "gain");
    private static final int WITHOUT_GAIN = 3;

    private AlignmentTable() {}

    /** Where a cell may be empty, which reads as NaN. */
    enum Blanks {
        GAIN,
        /** Anywhere but in the first column. */
        ANYWHERE;

        boolean allowedIn(int column) {
            return this == GAIN ? column == WITHOUT_GAIN : column > 0;
        }
    }

    static Alignment read(String text, String source) {
        List<double[]> rows = rows(text, source, Blanks.GAIN);
        int columns = rows.get(0).length;
        double[][] by = new double[columns][rows.size()];
        for (int i = 0; i < rows.size(); i++) {
            for (int c = 0; c < columns; c++) {
                by[c][i] = rows.get(i)[c];
            }
        }
        Alignment alignment = Alignment.of(by[0], by[1], by[2], 0, 0, "table " + source, new double[0], List.of());
        boolean gains =
                columns > WITHOUT_GAIN && Arrays.stream(by[WITHOUT_GAIN]).anyMatch(g -> !Double.isNaN(g));
        return gains ? alignment.withGains(by[WITHOUT_GAIN]) : alignment;
    }

    /** The rows, three or four values each; at least one, and no tilt twice. */
    static List<double[]> rows(String text, String source, Blanks blanks) {
        List<double[]> rows = new ArrayList<>();
        int columns = 0;
        int number = 0;
        for (String raw : text.split("\\R", -1)) {
            number++;
            String line = raw.strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            List<String> cells =
                    Arrays.stream(line.split(",", -1)).map(String::strip).toList();
            if (columns == 0) {
                columns = header(cells, source, number);
            } else {
                rows.add(row(cells, columns, blanks, source, number));
            }
        }
        if (rows.isEmpty()) {
            throw new IllegalArgumentException(source + ": no rows; expected " + String.join(",", COLUMNS));
        }
        requireDistinct(rows, source);
        return rows;
    }

    private static int header(List<String> cells, String source, int number) {
        if (cells.equals(COLUMNS) || cells.equals(COLUMNS.subList(0, WITHOUT_GAIN))) {
            return cells.size();
        }
        throw new IllegalArgumentException(source + " line " + number + ": columns are " + String.join(",", cells)
                + ", expected " + String.join(",", COLUMNS) + " (gain may be missing)");
    }

    private static double[] row(List<String> cells, int columns, Blanks blanks, String source, int number) {
        String place = source + " line " + number + ": ";
        if (cells.size() != columns) {
            throw new IllegalArgumentException(place + cells.size() + " values, expected " + columns);
        }
        double[] row = new double[columns];
        for (int c = 0; c < columns; c++) {
            if (cells.get(c).isEmpty() && blanks.allowedIn(c)) {
                row[c] = Double.NaN;
                continue;
            }
            try {
                row[c] = Double.parseDouble(cells.get(c));
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(
                        place + COLUMNS.get(c) + " is '" + cells.get(c) + "', expected a number", e);
            }
            if (!Double.isFinite(row[c]) || c == WITHOUT_GAIN && !(row[c] > 0)) {
                throw new IllegalArgumentException(place + COLUMNS.get(c) + " is " + cells.get(c));
            }
        }
        return row;
    }

    private static void requireDistinct(List<double[]> rows, String source) {
        double[] tilts = rows.stream().mapToDouble(r -> r[0]).sorted().toArray();
        for (int i = 1; i < tilts.length; i++) {
            if (tilts[i] == tilts[i - 1]) {
                throw new IllegalArgumentException(source + ": tilt " + tilts[i] + "° stands twice");
            }
        }
    }
}
