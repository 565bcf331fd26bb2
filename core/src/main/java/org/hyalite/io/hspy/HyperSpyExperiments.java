package org.hyalite.io.hspy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.hyalite.io.format.Axis;
import org.hyalite.io.format.MalformedFileException;
import org.hyalite.io.format.Recording;
import org.hyalite.io.format.Signal;
import org.hyalite.io.format.UnsupportedFileException;
import org.hyalite.io.stored.AxisUnit;
import org.hyalite.io.stored.StoredArray;
import org.hyalite.io.stored.StoredData;
import org.hyalite.io.stored.StoredGroup;
import org.hyalite.physics.Acquisition;
import org.hyalite.physics.Acquisition.Key;

/**
 * HyperSpy's layout, the same in HDF5 and Zarr: each group under {@code Experiments} is a signal with an array
 * {@code data}, a group {@code axis-N} for each of its dimensions, and {@code metadata}. Axes that do not navigate make
 * one signal: one of them, of energies, a spectrum; two an image.
 */
public final class HyperSpyExperiments {
    /**
     * Name of the group beside {@code Detector.EDS} for what HyperSpy has no tag for; its values stand under
     * {@link Key#label()}.
     */
    public static final String OWN = "Hyalite";
    /** In it: what {@code EDS.live_time} is meant for; {@code pixel}, or not said. */
    public static final String LIVE_TIME_PER = "eds_live_time_per";
    /** In it: {@code no} where spectra are no counts of X-rays, or not said to be. */
    public static final String XRAY_COUNTS = "xray_counts";

    private static final double SQUARE = 1e-3;
    private static final double NEWEST = 4;

    private final Path file;
    private final List<String> warnings = new ArrayList<>();

    private HyperSpyExperiments(Path file) {
        this.file = file;
    }

    /**
     * Reads all signals under a root. Signals of a kind that is not read are left out with a warning.
     *
     * @param format the format's name for people
     * @throws org.hyalite.io.format.MicroscopeFileException if the file contradicts the layout, or none of its signals can be read
     */
    public static Recording read(Path file, String format, StoredGroup root) {
        HyperSpyExperiments reader = new HyperSpyExperiments(file);
        List<Signal> signals = reader.signals(root);
        return new Recording(file, format, signals, reader.warnings);
    }

    private List<Signal> signals(StoredGroup root) {
        HyperSpyAxis.number(root, "file_format_version")
                .filter(version -> version >= NEWEST)
                .ifPresent(version -> warnings.add("HyperSpy's file format " + version + " is newer than the 3.1 known"
                        + " here; what is new in it is not read"));
        StoredGroup experiments = root.group("Experiments")
                .orElseThrow(() -> new MalformedFileException(
                        file, "group Experiments", "it is missing: not written by HyperSpy, or damaged"));
        List<Signal> signals = new ArrayList<>();
        Optional<UnsupportedFileException> refused = Optional.empty();
        for (String name : experiments.groupNames()) {
            StoredGroup experiment = experiments.group(name).orElseThrow();
            try {
                signals.add(signal(name, experiment));
            } catch (UnsupportedFileException e) {
                refused = refused.or(() -> Optional.of(e));
                String message = e.getMessage();
                warnings.add("left out: " + message.substring(message.indexOf(": ") + 2));
            }
        }
        if (signals.isEmpty()) {
            throw refused.map(org.hyalite.io.format.MicroscopeFileException.class::cast)
                    .orElseGet(
                            () -> new MalformedFileException(file, "group Experiments", "there is no signal within"));
        }
        return signals;
    }

    private Signal signal(String group, StoredGroup experiment) {
        StoredArray array = experiment
                .array("data")
                .orElseThrow(() -> new MalformedFileException(file, experiment.placeOf("data"), "it is missing"));
        List<HyperSpyAxis> axes = HyperSpyAxis.read(file, experiment, array.shape());
        Consumer<String> warn = warnings::add;
        HyperSpyMetadata metadata = experiment
                .group("metadata")
                .or(() -> experiment.group("mapped_parameters"))
                .map(m -> HyperSpyMetadata.read(m, warn))
                .orElseThrow(() -> new MalformedFileException(file, experiment.placeOf("metadata"), "it is missing"));
        String title = metadata.title().isEmpty() && !group.startsWith("__unnamed__") ? group : metadata.title();
        int signalAxes = signalAxes(axes, metadata);
        Signal signal = signalAxes == 1
                ? spectra(title, array, axes, metadata)
                : images(title, array, axes, metadata, experiment.place());
        if (array.absentChunks() > 0) {
            warnings.add(array.place() + ": " + array.absentChunks() + " of its chunks are not there and read as empty;"
                    + " if the folder was copied, check that the copy is whole");
        }
        return signal;
    }

    /** How many of the last axes make one spectrum (1) or image (2). */
    private int signalAxes(List<HyperSpyAxis> axes, HyperSpyMetadata metadata) {
        int rank = axes.size();
        boolean said = axes.stream().allMatch(a -> a.navigate().isPresent());
        int signal = said
                ? (int) axes.stream().filter(a -> !a.navigate().orElseThrow()).count()
                : metadata.signalAxes().orElse(0);
        for (int a = 0; said && a < rank; a++) {
            if (axes.get(a).navigate().orElseThrow() != (a < rank - signal)) {
                throw unsupported(axes.get(a), "navigates out of order; in HyperSpy: transpose()");
            }
        }
        boolean spectral = axes.get(rank - 1).is(AxisUnit.Kind.ENERGY);
        if (signal == 1 || signal != 2 && spectral) {
            return 1;
        }
        if (rank < 2) {
            throw unsupported(axes.get(0), "is the only one and not of energies");
        }
        if (spectral) {
            throw unsupported(axes.get(rank - 1), "is of energies, but part of an image; in HyperSpy: as_signal1D()");
        }
        return 2;
    }

    private Signal spectra(String title, StoredArray array, List<HyperSpyAxis> axes, HyperSpyMetadata metadata) {
        int rank = axes.size();
        HyperSpyAxis energy = axes.get(rank - 1);
        if (!energy.is(AxisUnit.Kind.ENERGY)) {
            throw unsupported(
                    energy,
                    "has the unit '" + energy.unit()
                            + "', not keV or eV; in HyperSpy: s.axes_manager[-1].units = 'keV'");
        }
        if (!energy.even() || !(energy.scale() > 0)) {
            throw unsupported(energy, "has steps that are not equal and positive");
        }
        // of up to three navigation axes the last is x, the one before y, the first the tilt: at once if it is an angle
        boolean tilted = rank == 4 || rank > 1 && axes.get(0).is(AxisUnit.Kind.ANGLE);
        int places = rank - 1 - (tilted ? 1 : 0);
        if (places > 2) {
            throw unsupported(axes.get(0), "is one of " + rank + "; spectra along tilt, y and x are read");
        }
        List<Axis> ours = new ArrayList<>();
        List<String> names = List.of("y", "x");
        for (int a = 0; a < rank - 1; a++) {
            int fromEnd = rank - 1 - a;
            ours.add(axes.get(a).as(tilted && a == 0 ? "tilt" : names.get(2 - fromEnd)));
        }
        Axis kev = energy.as("energy");
        ours.add(kev);
        Acquisition known = metadata.acquisition();
        boolean xrays = metadata.xrays();
        if (!xrays) {
            warnings.add("'" + title + "' holds "
                    + (metadata.signalType().isEmpty() ? "no X-rays, or is not said to" : metadata.shownType())
                    + ": no element is counted from it");
        }
        if (rank == 1) {
            StoredData.Read read = StoredData.spectrum(file, array, kev, xrays);
            return new Signal(title, ours, read.statistics(), known, read.data());
        }
        double pixelNm = pixelNm(axes.subList(rank - 1 - places, rank - 1));
        known = withPixel(known, pixelNm, axes.get(rank - 2));
        known = withTilts(known, tilted ? Optional.of(axes.get(0)) : Optional.empty(), metadata);
        StoredData.Read read = StoredData.maps(file, array, tilted, places, pixelNm, kev, xrays);
        return new Signal(title, ours, read.statistics(), known, read.data());
    }

    private Signal images(
            String title, StoredArray array, List<HyperSpyAxis> axes, HyperSpyMetadata metadata, String place) {
        int rank = axes.size();
        if (rank > 3) {
            throw new UnsupportedFileException(
                    file, place + " has images along " + (rank - 2) + " axes; one (tilt or z) is read");
        }
        double pixelNm = pixelNm(axes.subList(rank - 2, rank));
        Acquisition known = withPixel(metadata.acquisition(), pixelNm, axes.get(rank - 1));
        boolean volume = rank == 3
                && axes.get(0).is(AxisUnit.Kind.LENGTH)
                && metadata.tilts().isEmpty();
        if (rank == 3 && axes.get(0).is(AxisUnit.Kind.ENERGY)) {
            throw unsupported(axes.get(0), "is of energies, but navigates; in HyperSpy: as_signal1D(0)");
        }
        if (rank == 3) {
            known = withTilts(known, Optional.of(axes.get(0)), metadata);
        }
        List<Axis> ours = new ArrayList<>();
        List<String> names = List.of(volume ? "z" : "tilt", "y", "x");
        for (int a = 0; a < rank; a++) {
            ours.add(axes.get(a).as(names.get(3 - rank + a)));
        }
        StoredData.Read read = StoredData.images(file, array, volume, pixelNm);
        return new Signal(title, ours, read.statistics(), known, read.data());
    }

    /** Tilts that are listed, if there is one for each step; else those along an axis of angles. */
    private Acquisition withTilts(Acquisition known, Optional<HyperSpyAxis> axis, HyperSpyMetadata metadata) {
        if (axis.isEmpty()) {
            return known;
        }
        if (!metadata.tilts().isEmpty() && metadata.tilts().size() == axis.get().size()) {
            return known.withNumbers(Key.TILTS, metadata.tilts(), metadata.tiltsTag());
        }
        Optional<List<Double>> degrees = axis.get().degrees();
        if (!metadata.tilts().isEmpty()) {
            warnings.add(metadata.tiltsTag() + " lists " + metadata.tilts().size() + " tilts for "
                    + axis.get().size() + " steps and is not used");
        }
        return degrees.isEmpty()
                ? known
                : known.withNumbers(Key.TILTS, degrees.get(), axis.get().place());
    }

    private static Acquisition withPixel(Acquisition known, double pixelNm, HyperSpyAxis axis) {
        return Double.isNaN(pixelNm) ? known : known.with(Key.PIXEL_SIZE, pixelNm, axis.place() + ".scale");
    }

    /** Edge of a pixel, nm; {@code NaN} with a warning if the axes do not give one. */
    private double pixelNm(List<HyperSpyAxis> places) {
        double nm = Double.NaN;
        for (HyperSpyAxis axis : places) {
            if (!axis.is(AxisUnit.Kind.LENGTH)) {
                warnings.add(axis.place() + " has the unit '" + axis.unit() + "', so that no pixel size is known");
                return Double.NaN;
            }
            double step = axis.as("").scale();
            if (!axis.even() || !(step > 0)) {
                warnings.add(axis.place() + " has steps of " + step + " nm that are not equal and positive,"
                        + " so that no pixel size is known");
                return Double.NaN;
            }
            if (Math.abs(step - nm) > SQUARE * step) {
                warnings.add(axis.place() + ": pixels of " + nm + " × " + step + " nm are not square,"
                        + " so that no pixel size is known");
                return Double.NaN;
            }
            nm = step;
        }
        return nm;
    }

    private UnsupportedFileException unsupported(HyperSpyAxis axis, String why) {
        return new UnsupportedFileException(
                file, axis.place() + (axis.name().isEmpty() ? "" : " (" + axis.name() + ")") + " " + why);
    }
}
