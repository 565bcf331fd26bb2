package org.hyalite.calibrate;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hyalite.physics.FactorKind;
import org.hyalite.physics.LineFactors;
import org.hyalite.physics.LineFactors.Factor;
import org.hyalite.physics.XrayLine;

/** A {@link FactorTable} as CSV: a header that names the columns, then one row per line. Commas, semicolons or tabs. */
final class FactorCsv {
    private static final String REFERENCE = "# reference:";
    private static final String REFERENCE_ERROR = "# reference_relative_standard_error:";

    private FactorCsv() {}

    static String write(LineFactors factors) {
        StringBuilder text = new StringBuilder();
        text.append("# ").append(FactorTable.basis(factors.kind())).append('\n');
        factors.reference()
                .ifPresent(r -> text.append(REFERENCE).append(' ').append(r).append('\n'));
        factors.referenceError()
                .ifPresent(
                        r -> text.append(REFERENCE_ERROR).append(' ').append(r).append('\n'));
        text.append("# ").append(FactorTable.correlationInWords(factors)).append('\n');
        text.append("line,").append(factors.kind().key()).append(",standard_error\n");
        factors.factors()
                .forEach((line, f) -> text.append(line)
                        .append(',')
                        .append(f.value())
                        .append(',')
                        .append(f.standardError().map(String::valueOf).orElse(""))
                        .append('\n'));
        return text.toString();
    }

    static LineFactors read(String text) {
        List<String> rows = text.lines().toList();
        Optional<XrayLine> reference = Optional.empty();
        Optional<Double> shared = Optional.empty();
        Optional<FactorKind> kind = Optional.empty();
        int[] columns = {};
        String separator = ",";
        Map<XrayLine, Factor> factors = new LinkedHashMap<>();
        for (int i = 0; i < rows.size(); i++) {
            String row = rows.get(i).strip();
            String place = "line " + (i + 1);
            try {
                if (row.startsWith(REFERENCE)) {
                    reference = Optional.of(
                            XrayLine.of(row.substring(REFERENCE.length()).strip()));
                } else if (row.startsWith(REFERENCE_ERROR)) {
                    shared = Optional.of(number(row.substring(REFERENCE_ERROR.length()), "relative error"));
                } else if (!row.isEmpty() && !row.startsWith("#") && kind.isEmpty()) {
                    separator = row.contains(";") ? ";" : row.contains("\t") ? "\t" : ",";
                    List<String> names = cells(row, separator);
                    kind = Optional.of(kind(names));
                    columns = new int[] {
                        names.indexOf("line"), names.indexOf(kind.get().key()), names.indexOf("standard_error")
                    };
                } else if (!row.isEmpty() && !row.startsWith("#")) {
                    List<String> cells = cells(row, separator);
                    XrayLine line = XrayLine.of(cell(cells, columns[0]));
                    String error = columns[2] < 0 || columns[2] >= cells.size() ? "" : cells.get(columns[2]);
                    Factor factor = new Factor(
                            number(cell(cells, columns[1]), kind.orElseThrow().key()),
                            error.isEmpty() ? Optional.empty() : Optional.of(number(error, "standard_error")));
                    if (factors.put(line, factor) != null) {
                        throw new IllegalArgumentException(line + " stands twice");
                    }
                }
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(place + ": " + e.getMessage(), e);
            }
        }
        return FactorTable.table(kind.orElseThrow(() -> header("the file is empty")), factors, reference, shared);
    }

    private static FactorKind kind(List<String> names) {
        List<FactorKind> found = Arrays.stream(FactorKind.values())
                .filter(k -> names.contains(k.key()))
                .toList();
        if (!names.contains("line") || found.size() != 1) {
            throw header("the header is " + names);
        }
        return found.get(0);
    }

    private static IllegalArgumentException header(String found) {
        return new IllegalArgumentException(found + ", expected the columns line, one of sigma_barn, zeta_kg_per_m2,"
                + " k_weight (by weight), k_atomic (by atoms), and standard_error where it is known");
    }

    private static List<String> cells(String row, String separator) {
        return Arrays.stream(row.split(separator, -1))
                .map(String::strip)
                .map(c -> c.length() > 1 && c.startsWith("\"") && c.endsWith("\"") ? c.substring(1, c.length() - 1) : c)
                .toList();
    }

    private static String cell(List<String> cells, int column) {
        if (column >= cells.size()) {
            throw new IllegalArgumentException(cells.size() + " values, expected at least " + (column + 1));
        }
        return cells.get(column);
    }

    private static double number(String cell, String what) {
        try {
            return Double.parseDouble(cell.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(what + " '" + cell.strip() + "' is not a number (point, not comma)", e);
        }
    }
}
