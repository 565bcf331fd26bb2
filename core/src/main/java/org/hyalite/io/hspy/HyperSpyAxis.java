package org.hyalite.io.hspy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hyalite.io.format.Axis;
import org.hyalite.io.format.MalformedFileException;
import org.hyalite.io.format.UnsupportedFileException;
import org.hyalite.io.stored.AxisUnit;
import org.hyalite.io.stored.StoredGroup;

/**
 * One axis as HyperSpy states it.
 *
 * @param place where it stands
 * @param unit its unit as the file spells it; empty if undefined
 * @param navigate whether it navigates between spectra or images; absent in old files
 * @param values its values where they are listed one by one
 */
record HyperSpyAxis(
        String place,
        String name,
        int size,
        double scale,
        double offset,
        String unit,
        Optional<Boolean> navigate,
        List<Double> values) {
    private static final double EVEN = 1e-6;

    /** The axes of an experiment whose data have {@code shape}, in its order. */
    static List<HyperSpyAxis> read(Path file, StoredGroup experiment, int[] shape) {
        List<HyperSpyAxis> axes = new ArrayList<>();
        for (int a = 0; a < shape.length; a++) {
            String name = "axis-" + a;
            StoredGroup group = experiment
                    .group(name)
                    .or(() -> experiment.group(name.replace("axis", "coordinates")))
                    .orElseThrow(() -> new MalformedFileException(
                            file,
                            experiment.placeOf(name),
                            "it is missing, but the data have " + shape.length + " dimensions"));
            axes.add(read(file, group, shape[a]));
        }
        return axes;
    }

    private static HyperSpyAxis read(Path file, StoredGroup group, int size) {
        Optional<Double> stated = number(group, "size");
        if (stated.isPresent() && stated.get() != size) {
            throw new MalformedFileException(
                    file,
                    group.placeOf("size"),
                    "it says " + stated.get().longValue() + ", but the data have " + size + " along this axis");
        }
        double scale = number(group, "scale").orElse(1.0);
        double offset = number(group, "offset").orElse(0.0);
        if (!Double.isFinite(scale) || !Double.isFinite(offset)) {
            throw new MalformedFileException(
                    file, group.placeOf("scale"), "scale " + scale + " and offset " + offset + " are no numbers");
        }
        List<Double> values = new ArrayList<>();
        group.list("axis").or(() -> list(group, "axis")).ifPresent(all -> {
            for (Object v : all) {
                values.add(v instanceof Double d ? d : Double.NaN);
            }
        });
        if (!values.isEmpty()) {
            if (values.size() != size) {
                throw new MalformedFileException(
                        file, group.placeOf("axis"), values.size() + " values for " + size + " steps");
            }
            offset = values.get(0);
            scale = size > 1 ? (values.get(size - 1) - offset) / (size - 1) : 1;
        } else if (text(group, "_type").equals("FunctionalDataAxis")) {
            throw new UnsupportedFileException(
                    file, group.place() + " is an axis given by a formula; in HyperSpy: convert_to_uniform_axis()");
        }
        return new HyperSpyAxis(
                group.place(),
                text(group, "name"),
                size,
                scale,
                offset,
                text(group, "units"),
                bool(group, "navigate"),
                List.copyOf(values));
    }

    /** Its unit, if it is a length, an energy or an angle. */
    Optional<AxisUnit> known() {
        return AxisUnit.of(unit);
    }

    boolean is(AxisUnit.Kind kind) {
        return known().map(u -> u.kind() == kind).orElse(false);
    }

    /** Whether its steps are equal. */
    boolean even() {
        for (int i = 0; i < values.size(); i++) {
            if (!(Math.abs(offset + i * scale - values.get(i)) <= EVEN * Math.abs(scale))) {
                return false;
            }
        }
        return true;
    }

    /** Its values in degrees, if it is an angle. */
    Optional<List<Double>> degrees() {
        if (!is(AxisUnit.Kind.ANGLE)) {
            return Optional.empty();
        }
        double factor = known().orElseThrow().factor();
        List<Double> degrees = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            degrees.add(factor * (values.isEmpty() ? offset + i * scale : values.get(i)));
        }
        return Optional.of(degrees);
    }

    /** As ours: in nm, keV or degrees where it is one of them, else as the file says. */
    Axis as(String ourName) {
        return known().map(u -> new Axis(
                        ourName,
                        size,
                        scale * u.factor(),
                        offset * u.factor(),
                        u.kind().unit()))
                .orElseGet(() -> new Axis(ourName, size, scale, offset, unit));
    }

    private static Optional<List<Object>> list(StoredGroup group, String name) {
        return group.attribute(name).filter(List.class::isInstance).map(v -> List.copyOf((List<?>) v));
    }

    static Optional<Double> number(StoredGroup group, String name) {
        return group.attribute(name).flatMap(HyperSpyAxis::number);
    }

    /** A number, also one stored as text. */
    static Optional<Double> number(Object value) {
        if (value instanceof Double number) {
            return Optional.of(number);
        }
        if (value instanceof String text) {
            try {
                return Optional.of(Double.parseDouble(text.strip()));
            } catch (NumberFormatException e) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    static String text(StoredGroup group, String name) {
        Object value = group.attribute(name).orElse("");
        boolean undefined = value.equals("<undefined>") || value.equals("_None_") || value.equals("undefined");
        return value instanceof String text && !undefined ? text : "";
    }

    private static Optional<Boolean> bool(StoredGroup group, String name) {
        return group.attribute(name)
                .map(v -> v instanceof Boolean b
                        ? b
                        : v instanceof Double d ? d != 0 : v.toString().equalsIgnoreCase("true"));
    }
}
