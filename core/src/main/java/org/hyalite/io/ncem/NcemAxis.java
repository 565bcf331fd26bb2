package org.hyalite.io.ncem;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hyalite.io.format.Axis;
import org.hyalite.io.format.MalformedFileException;
import org.hyalite.io.hdf5.HdfGroup;
import org.hyalite.io.stored.AxisUnit;

/**
 * One axis of an array ({@code dim1}, {@code dim2}, …): a vector of the coordinate of each step, or of the first two
 * where the steps are equal.
 *
 * @param index of the array's axis it belongs to
 * @param place where it stands
 * @param unit as the file spells it, without brackets: {@code nm}
 * @param values coordinates, one for each step, or two; empty if there are none
 */
record NcemAxis(int index, String place, String name, int size, String unit, List<Double> values) {
    private static final double EVEN = 1e-4;

    static NcemAxis read(Path file, HdfGroup group, int index, int size) {
        String dim = "dim" + (index + 1);
        List<Double> values = new ArrayList<>();
        for (Object value : group.list(dim).orElse(List.of())) {
            if (!(value instanceof Double number) || !Double.isFinite(number)) {
                throw new MalformedFileException(
                        file, group.placeOf(dim), "it holds '" + value + "', which is no number");
            }
            values.add(number);
        }
        if (values.size() == 1) {
            values.clear(); // one coordinate tells no step, and some writers put the size there
        }
        if (values.size() > 2 && values.size() != size) {
            throw new MalformedFileException(
                    file, group.placeOf(dim), values.size() + " coordinates for " + size + " steps");
        }
        return new NcemAxis(
                index,
                group.placeOf(dim),
                text(group.attributeOf(dim, "name")),
                size,
                plain(text(group.attributeOf(dim, "units"))),
                List.copyOf(values));
    }

    private static String text(Optional<Object> value) {
        return value.filter(String.class::isInstance)
                .map(v -> v.toString().strip())
                .orElse("");
    }

    /** {@code [n_m]} is nm: units stand in brackets, with a line between prefix and unit. */
    private static String plain(String unit) {
        boolean bracketed = unit.startsWith("[") && unit.endsWith("]");
        return bracketed ? unit.substring(1, unit.length() - 1).replace("_", "").strip() : unit;
    }

    Optional<AxisUnit> known() {
        return AxisUnit.of(unit);
    }

    boolean is(AxisUnit.Kind kind) {
        return known().map(u -> u.kind() == kind).orElse(false);
    }

    /** Whether it is called so: the names' beginnings are compared. */
    boolean called(String... names) {
        String own = name.toLowerCase(Locale.ROOT);
        for (String wanted : names) {
            if (own.equals(wanted) || wanted.length() > 1 && own.startsWith(wanted)) {
                return true;
            }
        }
        return false;
    }

    double offset() {
        return values.isEmpty() ? 0 : values.get(0);
    }

    double scale() {
        int n = values.size();
        return n == 0 ? 1 : (values.get(n - 1) - values.get(0)) / (n - 1);
    }

    boolean even() {
        for (int i = 0; i < values.size(); i++) {
            if (!(Math.abs(offset() + i * scale() - values.get(i)) <= EVEN * Math.abs(scale()))) {
                return false;
            }
        }
        return true;
    }

    /** Coordinates in degrees, one for each step; empty if it is no angle. */
    Optional<List<Double>> degrees() {
        if (!is(AxisUnit.Kind.ANGLE) || values.isEmpty()) {
            return Optional.empty();
        }
        double factor = known().orElseThrow().factor();
        List<Double> degrees = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            degrees.add(factor * (values.size() == size ? values.get(i) : offset() + i * scale()));
        }
        return Optional.of(degrees);
    }

    /** As ours: in nm, keV or degrees where it is one of them, else as the file says. */
    Axis as(String ourName) {
        return known().map(u -> new Axis(
                        ourName,
                        size,
                        scale() * u.factor(),
                        offset() * u.factor(),
                        u.kind().unit()))
                .orElseGet(() -> new Axis(ourName, size, scale(), offset(), unit));
    }
}
