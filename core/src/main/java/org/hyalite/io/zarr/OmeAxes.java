package org.hyalite.io.zarr;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.hyalite.io.format.Axis;
import org.hyalite.io.format.LengthUnit;
import org.hyalite.io.format.MalformedFileException;
import org.hyalite.io.format.UnsupportedFileException;
import tools.jackson.databind.JsonNode;

/**
 * The axes of an OME-Zarr image: time, channel, z, y and x, of which the first three may be absent. The last two are y
 * and x.
 *
 * @param names one letter each, in the array's order
 * @param scales step of each, nm where {@code units} says so
 * @param offsets likewise
 */
record OmeAxes(List<String> names, double[] scales, double[] offsets, String[] units) {
    private static final List<String> KNOWN = List.of("t", "c", "z", "y", "x");

    static OmeAxes of(Path file, String place, JsonNode multiscale, JsonNode dataset, int rank) {
        JsonNode axes = multiscale.path("axes");
        String[] names = new String[rank];
        String[] units = new String[rank];
        if (axes.isArray() && axes.size() != rank) {
            throw new MalformedFileException(
                    file, place, axes.size() + " axes for an array of " + rank + " dimensions");
        }
        for (int a = 0; a < rank; a++) {
            JsonNode axis = axes.path(a);
            names[a] = axis.isString() ? axis.asString() : axis.path("name").asString("");
            units[a] = axis.path("unit").asString("");
            if (axes.isMissingNode() && rank == KNOWN.size()) {
                names[a] = KNOWN.get(a); // versions before 0.3 have these five
            }
            if (!KNOWN.contains(names[a]) || Arrays.asList(names).indexOf(names[a]) != a) {
                throw new UnsupportedFileException(
                        file, place + ": axis " + a + " is '" + names[a] + "'; t, c, z, y and x are read, each once");
            }
        }
        if (rank < 2 || !names[rank - 2].equals("y") || !names[rank - 1].equals("x")) {
            throw new UnsupportedFileException(file, place + ": its last two axes are not y and x");
        }
        double[] scales = new double[rank];
        double[] offsets = new double[rank];
        Arrays.fill(scales, 1);
        boolean[] scaled = {false};
        apply(file, place, dataset.path("coordinateTransformations"), scales, offsets, scaled);
        apply(file, place, multiscale.path("coordinateTransformations"), scales, offsets, scaled);
        for (int a = 0; a < rank; a++) {
            OptionalDouble nm = scaled[0] ? LengthUnit.nm(units[a]) : OptionalDouble.empty();
            units[a] = nm.isPresent() ? "nm" : "";
            scales[a] *= nm.orElse(1);
            offsets[a] *= nm.orElse(1);
        }
        return new OmeAxes(List.of(names), scales, offsets, units);
    }

    private static void apply(
            Path file, String place, JsonNode all, double[] scales, double[] offsets, boolean[] scaled) {
        for (JsonNode one : all) {
            String type = one.path("type").asString("");
            JsonNode values = one.path(type);
            if (type.equals("identity")) {
                continue;
            }
            if (!type.equals("scale") && !type.equals("translation") || !values.isArray()) {
                throw new UnsupportedFileException(
                        file, place + ": a transformation of type '" + type + "'; scale and translation are read");
            }
            if (values.size() != scales.length) {
                throw new MalformedFileException(
                        file, place, "a " + type + " of " + values.size() + " numbers for " + scales.length + " axes");
            }
            for (int a = 0; a < scales.length; a++) {
                double v = values.get(a).asDouble(Double.NaN);
                boolean scale = type.equals("scale");
                if (!Double.isFinite(v) || scale && !(v > 0)) {
                    throw new MalformedFileException(file, place, "a " + type + " of " + values.get(a));
                }
                if (scale) {
                    scales[a] *= v;
                    offsets[a] *= v;
                    scaled[0] = true;
                } else {
                    offsets[a] += v;
                }
            }
        }
    }

    /** Where an axis stands, or -1. */
    int index(String name) {
        return names.indexOf(name);
    }

    int size(int[] shape, String name) {
        return index(name) < 0 ? 1 : shape[index(name)];
    }

    Axis axis(String name, int[] shape) {
        int a = index(name);
        return new Axis(name, shape[a], scales[a], offsets[a], units[a]);
    }

    double nm(String name) {
        int a = index(name);
        return a >= 0 && units[a].equals("nm") ? scales[a] : Double.NaN;
    }
}
