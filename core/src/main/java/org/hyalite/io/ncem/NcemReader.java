package org.hyalite.io.ncem;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hyalite.io.format.Axis;
import org.hyalite.io.format.MalformedFileException;
import org.hyalite.io.format.Recording;
import org.hyalite.io.format.Signal;
import org.hyalite.io.format.UnsupportedFileException;
import org.hyalite.io.hdf5.HdfGroup;
import org.hyalite.io.stored.AxisUnit;
import org.hyalite.io.stored.StoredArray;
import org.hyalite.io.stored.StoredData;
import org.hyalite.io.stored.TransposedArray;
import org.hyalite.physics.Acquisition;
import org.hyalite.physics.Acquisition.Key;
import org.hyalite.physics.Units;

/**
 * Reads every group that {@code emd_group_type} marks as an array: {@code data}, and a vector {@code dimN} for each of
 * its axes, {@code dim1} for the slowest.
 */
final class NcemReader {
    private static final double SQUARE = 1e-3;
    private static final int DEEPEST = 16;
    private static final int MOST_GROUPS = 4096;
    private static final int MOST_AXES = 4;
    private static final Pattern VOLTAGE = Pattern.compile("([0-9.]{1,12}) ?(k?)(?:V|eV)");

    private final Path file;
    private final HdfGroup root;
    private final String format;
    private final List<String> warnings = new ArrayList<>();
    private final List<Signal> signals = new ArrayList<>();
    private Optional<UnsupportedFileException> refused = Optional.empty();
    private Acquisition microscope = Acquisition.nothing();
    private int groups;

    NcemReader(Path file, HdfGroup root, String format) {
        this.file = file;
        this.root = root;
        this.format = format;
    }

    Recording read() {
        if (root.attribute("emd_group_type").isPresent() && number(root.attribute("version_major")) >= 1) {
            throw new UnsupportedFileException(
                    file, "it is of EMD version 1 (py4DSTEM); versions 0.1 and 0.2 are read");
        }
        microscope = microscope();
        search(root, 0);
        if (signals.isEmpty()) {
            throw refused.orElseGet(() -> new UnsupportedFileException(
                    file,
                    "it is neither a Velox file nor a Berkeley EMD: no group has an 'emd_group_type' of 1 with an array"
                            + " 'data'"));
        }
        return new Recording(file, format, signals, warnings);
    }

    private void search(HdfGroup group, int depth) {
        if (depth > DEEPEST || ++groups > MOST_GROUPS) {
            throw new MalformedFileException(file, group.place(), "its groups lead on and on; the file is damaged");
        }
        if (number(group.attribute("emd_group_type")) == 1
                && group.datasetNames().contains("data")) {
            try {
                signals.add(signal(group));
            } catch (UnsupportedFileException e) {
                refused = refused.or(() -> Optional.of(e));
                warnings.add("left out: " + e.getMessage().replace(file + ": ", ""));
            }
            return;
        }
        for (String name : group.groupNames()) {
            group.inside(name).ifPresent(inside -> search(inside, depth + 1));
        }
    }

    private static double number(Optional<Object> value) {
        try {
            return value.map(v -> v instanceof Double d ? d : Double.parseDouble(v.toString()))
                    .orElse(Double.NaN);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    private Acquisition microscope() {
        Optional<Object> voltage =
                root.inside("microscope").flatMap(m -> m.attribute("voltage")).filter(v -> !v.equals(""));
        if (voltage.isEmpty()) {
            return Acquisition.nothing();
        }
        String unit = root.inside("microscope")
                .flatMap(m -> m.attribute("voltage_units"))
                .map(u -> u.toString().replaceAll("[\\[\\]_]", ""))
                .orElse("");
        Matcher matcher = VOLTAGE.matcher((voltage.get() + unit).strip());
        double value = matcher.matches() ? number(Optional.of(matcher.group(1))) : Double.NaN;
        if (!(value > 0)) {
            warnings.add("microscope.voltage is '" + voltage.get() + "', without a unit that is understood, and is not"
                    + " used");
            return Acquisition.nothing();
        }
        double keV = matcher.group(2).isEmpty() ? value / Units.EV_PER_KEV : value;
        return Acquisition.nothing().with(Key.BEAM_ENERGY, keV, "microscope.voltage");
    }

    private Signal signal(HdfGroup group) {
        StoredArray array = group.array("data")
                .orElseThrow(() -> new MalformedFileException(file, group.placeOf("data"), "it is missing"));
        int[] shape = array.shape();
        if (shape.length > MOST_AXES) {
            throw new UnsupportedFileException(file, array.place() + " has " + shape.length + " axes; 4 can be read");
        }
        List<NcemAxis> axes = new ArrayList<>();
        for (int a = 0; a < shape.length; a++) {
            axes.add(NcemAxis.read(file, group, a, shape[a]));
        }
        List<NcemAxis> energies =
                axes.stream().filter(a -> a.is(AxisUnit.Kind.ENERGY)).toList();
        if (energies.size() > 1) {
            throw new UnsupportedFileException(file, array.place() + " has " + energies.size() + " axes of energies");
        }
        String title = group.place().substring(group.place().lastIndexOf('.') + 1);
        title = group.name().isEmpty() ? title : group.name();
        boolean fastestFirst = group.attribute("signal_type").isPresent(); // HyperSpy writes x first
        if (energies.isEmpty() && shape.length == 1) {
            energies = alone(axes.get(0));
        }
        return energies.isEmpty()
                ? images(title, array, axes, fastestFirst)
                : spectra(title, array, axes, energies.get(0), fastestFirst);
    }

    /** A single axis without any unit is taken for channels, and said so. */
    private List<NcemAxis> alone(NcemAxis axis) {
        if (!axis.unit().isEmpty()) {
            throw new UnsupportedFileException(
                    file,
                    axis.place() + (axis.name().isEmpty() ? "" : " (" + axis.name() + ")")
                            + " is the only axis and has the" + " unit '" + axis.unit()
                            + "'; a spectrum has eV or keV");
        }
        warnings.add(axis.place() + " has no unit: its channels have no energies");
        return List.of(axis);
    }

    private Signal spectra(
            String title, StoredArray array, List<NcemAxis> axes, NcemAxis energy, boolean fastestFirst) {
        if (!energy.even() || !(energy.scale() > 0)) {
            throw new UnsupportedFileException(file, energy.place() + " has steps that are not equal and positive");
        }
        List<NcemAxis> rest = new ArrayList<>(axes);
        rest.remove(energy);
        List<NcemAxis> order = ordered(rest, fastestFirst, rest.size() == 3);
        boolean tilted = !order.isEmpty() && order.get(0).is(AxisUnit.Kind.ANGLE) || order.size() == 3;
        int places = order.size() - (tilted ? 1 : 0);
        if (places > 2) {
            throw new UnsupportedFileException(
                    file,
                    array.place() + " has spectra along three axes, none of them an angle; tilt, y and x are read");
        }
        List<String> names = List.of("y", "x");
        List<Axis> ours = new ArrayList<>();
        for (int a = 0; a < order.size(); a++) {
            int fromEnd = order.size() - a;
            ours.add(order.get(a).as(tilted && a == 0 ? "tilt" : names.get(2 - fromEnd)));
        }
        Axis ourEnergy = energy.as("energy");
        ours.add(ourEnergy);
        List<NcemAxis> all = new ArrayList<>(order);
        all.add(energy);
        StoredArray turned = TransposedArray.of(array, indices(all));
        if (order.isEmpty()) {
            StoredData.Read read = StoredData.spectrum(file, turned, ourEnergy);
            return new Signal(title, ours, read.statistics(), microscope, read.data());
        }
        double pixelNm = pixelNm(order.subList(tilted ? 1 : 0, order.size()));
        StoredData.Read read = StoredData.maps(file, turned, tilted, places, pixelNm, ourEnergy);
        Acquisition known = withPixel(pixelNm, order.get(order.size() - 1));
        known = tilted ? withTilts(known, order.get(0)) : known;
        return new Signal(title, ours, read.statistics(), known, read.data());
    }

    private Signal images(String title, StoredArray array, List<NcemAxis> axes, boolean fastestFirst) {
        if (axes.size() > 3) {
            throw new UnsupportedFileException(
                    file,
                    array.place() + " has four axes and none of them is of energies (4D-STEM?); images, stacks, spectra"
                            + " and spectrum images are read");
        }
        List<NcemAxis> order = ordered(axes, fastestFirst, axes.size() == 3);
        boolean stack = order.size() == 3;
        NcemAxis first = order.get(0);
        boolean volume = stack && first.is(AxisUnit.Kind.LENGTH);
        double pixelNm = pixelNm(order.subList(order.size() - 2, order.size()));
        List<String> names = List.of(volume ? "z" : "tilt", "y", "x");
        List<Axis> ours = new ArrayList<>();
        for (int a = 0; a < order.size(); a++) {
            ours.add(order.get(a).as(names.get(3 - order.size() + a)));
        }
        StoredData.Read read = StoredData.images(file, TransposedArray.of(array, indices(order)), volume, pixelNm);
        Acquisition known = withPixel(pixelNm, order.get(order.size() - 1));
        known = stack && !volume ? withTilts(known, first) : known;
        return new Signal(title, ours, read.statistics(), known, read.data());
    }

    private static int[] indices(List<NcemAxis> order) {
        return order.stream().mapToInt(NcemAxis::index).toArray();
    }

    /** Slowest first: tilt or z, y, x, by unit and name; what neither says is in the order of the writer's. */
    private static List<NcemAxis> ordered(List<NcemAxis> axes, boolean fastestFirst, boolean stack) {
        List<NcemAxis> rest = new ArrayList<>(axes);
        if (fastestFirst) {
            java.util.Collections.reverse(rest);
        }
        List<NcemAxis> order = new ArrayList<>();
        take(rest, order, a -> a.is(AxisUnit.Kind.ANGLE));
        boolean named = rest.stream().anyMatch(a -> a.called("x", "width"))
                && rest.stream().anyMatch(a -> a.called("y", "height"));
        if (!named) {
            order.addAll(rest);
            return order;
        }
        if (stack && order.isEmpty()) {
            take(rest, order, a -> !a.called("x", "width") && !a.called("y", "height"));
        }
        take(rest, order, a -> a.called("y", "height"));
        take(rest, order, a -> a.called("x", "width"));
        order.addAll(0, rest);
        return order;
    }

    private static void take(List<NcemAxis> from, List<NcemAxis> to, java.util.function.Predicate<NcemAxis> wanted) {
        from.stream().filter(wanted).findFirst().ifPresent(axis -> {
            from.remove(axis);
            to.add(axis);
        });
    }

    private Acquisition withTilts(Acquisition known, NcemAxis axis) {
        return axis.degrees()
                .map(d -> known.withNumbers(Key.TILTS, d, axis.place()))
                .orElse(known);
    }

    private Acquisition withPixel(double pixelNm, NcemAxis axis) {
        return Double.isNaN(pixelNm) ? microscope : microscope.with(Key.PIXEL_SIZE, pixelNm, axis.place());
    }

    /** Edge of a pixel, nm; {@code NaN} with a warning if the axes do not give one. */
    private double pixelNm(List<NcemAxis> places) {
        double nm = Double.NaN;
        for (NcemAxis axis : places) {
            Axis ours = axis.as("");
            boolean length = axis.is(AxisUnit.Kind.LENGTH) && axis.values().size() > 1;
            if (!length || !axis.even() || !(ours.scale() > 0)) {
                warnings.add(axis.place()
                        + (length
                                ? " has steps of " + ours.scale() + " nm that are not equal and positive"
                                : " has the unit '" + axis.unit() + "'"
                                        + (axis.values().size() > 1 ? "" : " and no steps"))
                        + ", so that no pixel size is known");
                return Double.NaN;
            }
            if (Math.abs(ours.scale() - nm) > SQUARE * ours.scale()) {
                warnings.add(axis.place() + ": pixels of " + nm + " × " + ours.scale()
                        + " nm are not square, so that no pixel size is known");
                return Double.NaN;
            }
            nm = ours.scale();
        }
        return nm;
    }
}
