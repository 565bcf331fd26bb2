package org.hyalite.io.zarr;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.hyalite.grid.EnergyAxis;
import org.hyalite.io.format.AtomicWrite;
import org.hyalite.io.format.Axis;
import org.hyalite.io.format.Signal;

/**
 * Writes signals as a {@code .zspy} folder, which HyperSpy (1.7 and later) opens with its axes, units and metadata:
 * whole values in the smallest unsigned integer that holds them, others as floats. A folder appears under its name only
 * when it is whole.
 */
public final class ZspyWriter {
    private static final int LONGEST_NAME = 100;

    private ZspyWriter() {}

    /** Writes one signal; see {@link #write(Path, List)}. */
    public static void write(Path directory, Signal signal) {
        write(directory, List.of(signal));
    }

    /**
     * Writes signals, each as an experiment of its own name.
     *
     * @param directory named {@code .zspy} for HyperSpy to know it; an older Zarr folder of that name is replaced
     * @throws IllegalArgumentException if a value is not a finite number, a signal's axes do not fit its data, or
     *     {@code directory} holds something that is not Zarr
     * @throws java.io.UncheckedIOException naming the folder, if it cannot be written
     */
    public static void write(Path directory, List<Signal> signals) {
        requireReplaceable(directory);
        AtomicWrite.folder(directory, folder -> {
            Map<String, Object> format = new LinkedHashMap<>();
            format.put("file_format", "ZSpy");
            format.put("file_format_version", "3.1");
            ZarrFolder.writeGroup(folder, format);
            Path experiments = folder.resolve("Experiments");
            ZarrFolder.writeGroup(experiments, Map.of());
            Set<String> taken = new HashSet<>();
            for (Signal signal : signals) {
                writeSignal(experiments.resolve(groupName(signal.name(), taken)), signal);
            }
        });
    }

    private static void requireReplaceable(Path directory) {
        if (!Files.exists(directory) || Files.exists(directory.resolve(".zgroup"))) {
            return;
        }
        boolean empty = false;
        if (Files.isDirectory(directory)) {
            try (Stream<Path> inside = Files.list(directory)) {
                empty = inside.findAny().isEmpty();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(directory + " cannot be read: " + e.getMessage(), e);
            }
        }
        if (!empty) {
            throw new IllegalArgumentException(
                    directory + " is there already and is no Zarr folder; it is not replaced: give another name");
        }
    }

    private static void writeSignal(Path folder, Signal signal) throws IOException {
        ZarrArrayWriter.Rows rows = SignalRows.of(signal.data());
        List<Axis> axes = signal.axes();
        int[] shape = rows.shape();
        if (axes.size() != shape.length) {
            throw new IllegalArgumentException("signal '" + signal.name() + "' has " + axes.size()
                    + " axes for data of " + shape.length + " dimensions");
        }
        boolean spectral = signal.data() instanceof Signal.Maps || signal.data() instanceof Signal.SingleSpectrum;
        int signalAxes = spectral ? 1 : 2;
        ZarrFolder.writeGroup(folder, Map.of());
        for (int a = 0; a < shape.length; a++) {
            if (axes.get(a).size() != shape[a]) {
                throw new IllegalArgumentException("axis " + axes.get(a).name() + " of signal '" + signal.name()
                        + "' has " + axes.get(a).size() + " steps, but its data have " + shape[a]);
            }
            boolean energy = spectral && a == shape.length - 1;
            ZarrFolder.writeGroup(
                    folder.resolve("axis-" + a),
                    axis(axes.get(a), signal.data(), a < shape.length - signalAxes, energy));
        }
        ZarrArrayWriter.write(folder.resolve("data"), rows, ZarrArrayWriter.smallestKind(rows));
        ZarrFolder.writeGroup(folder.resolve("learning_results"), Map.of());
        ZarrFolder.writeGroup(folder.resolve("original_metadata"), Map.of());
        ZspyMetadata.write(folder.resolve("metadata"), signal);
    }

    private static Map<String, Object> axis(Axis axis, Signal.Data data, boolean navigate, boolean energy) {
        Map<String, Object> about = new LinkedHashMap<>();
        about.put("_type", "UniformDataAxis");
        about.put("name", energy ? "Energy" : axis.name());
        double scale = axis.scale();
        double offset = axis.offset();
        String unit = axis.unit();
        if (energy) {
            EnergyAxis kev = data instanceof Signal.Maps maps
                    ? maps.maps().get(0).energy()
                    : ((Signal.SingleSpectrum) data).spectrum().axis();
            scale = kev.gainKeV();
            offset = kev.offsetKeV();
            unit = "keV";
        } else if (unit.isEmpty() && (axis.name().equals("x") || axis.name().equals("y")) && pixelNm(data) > 0) {
            scale = pixelNm(data);
            offset = 0;
            unit = "nm";
        }
        if (!unit.isEmpty()) {
            about.put("units", unit);
        }
        about.put("scale", scale);
        about.put("offset", offset);
        about.put("size", axis.size());
        about.put("navigate", navigate);
        about.put("is_binned", energy);
        return about;
    }

    private static double pixelNm(Signal.Data data) {
        if (data instanceof Signal.Picture picture) {
            return picture.image().pixelNm();
        }
        if (data instanceof Signal.Stack stack) {
            return stack.images().get(0).pixelNm();
        }
        return data instanceof Signal.Maps maps ? maps.maps().get(0).pixelNm() : Double.NaN;
    }

    /** A name for people as the name of a folder, given once. */
    private static String groupName(String name, Set<String> taken) {
        String plain = name.replaceAll("[/\\\\:*?\"<>|\\p{Cntrl}]", "-").strip();
        plain = plain.startsWith(".") ? "-" + plain.substring(1) : plain;
        plain = plain.length() > LONGEST_NAME ? plain.substring(0, LONGEST_NAME) : plain;
        plain = plain.isEmpty() ? "__unnamed__" : plain;
        String unique = plain;
        for (int i = 2; !taken.add(unique.toLowerCase(Locale.ROOT)); i++) {
            unique = plain + " (" + i + ")";
        }
        return unique;
    }
}
