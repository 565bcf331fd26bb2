package org.hyalite.io.ripple;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hyalite.grid.EnergyAxis;
import org.hyalite.grid.Image;
import org.hyalite.grid.SpectrumImage;
import org.hyalite.io.format.AtomicWrite;
import org.hyalite.io.format.Axis;
import org.hyalite.io.format.Signal;
import org.hyalite.physics.Acquisition;
import org.hyalite.physics.Acquisition.Key;
import org.hyalite.physics.Units;

/**
 * Writes Ripple files with HyperSpy's keys: spectra lie one after the other in the {@code .raw} file, whole counts in
 * the fewest bytes that hold the greatest, fractional ones and images in 4-byte floats, little-endian. The {@code .raw}
 * file is written first, each file under its final name only when it is whole.
 */
public final class RippleWriter {
    private RippleWriter() {}

    /** What is known of a map that its file does not hold. */
    public static Set<Key> leftOut(Acquisition acquisition) {
        Set<Key> keys = new LinkedHashSet<>(acquisition.known().keySet());
        keys.retainAll(EnumSet.of(
                Key.TILTS,
                Key.DETECTOR_LIVE_TIMES,
                Key.DETECTOR_REAL_TIMES,
                Key.DETECTOR_ELEVATIONS,
                Key.DETECTOR_AZIMUTHS));
        return keys;
    }

    /** Writes the numbers of a {@code .raw} file. */
    private interface Numbers {
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Writes a map, an image or a spectrum; a map's axes keep their offsets.
     *
     * @throws IllegalArgumentException if it is something else, or if the name does not end in {@code .rpl}
     * @throws java.io.UncheckedIOException if a file cannot be written
     */
    public static void write(Path rpl, Signal signal) {
        List<String> lines = new ArrayList<>();
        if (signal.data() instanceof Signal.Maps maps && maps.maps().size() == 1) {
            writeMap(rpl, maps.maps().get(0), signal.axes(), signal.name(), signal.acquisition());
        } else if (signal.data() instanceof Signal.Picture picture) {
            Image image = picture.image();
            float[] values = image.values();
            layout(lines, image.ny(), image.nx(), 1, "float", Float.BYTES);
            lengths(lines, signal.axes(), image.pixelNm());
            recording(lines, signal.name(), signal.acquisition(), false);
            write(rpl, lines, out -> floats(out, values));
        } else if (signal.data() instanceof Signal.SingleSpectrum single) {
            double[] counts = single.spectrum().counts();
            layout(lines, 1, 1, counts.length, "float", Double.BYTES);
            energy(
                    lines,
                    signal.axes(),
                    single.spectrum().axis(),
                    single.spectrum().isCounts());
            recording(lines, signal.name(), signal.acquisition(), false);
            write(rpl, lines, out -> doubles(out, counts));
        } else {
            throw new IllegalArgumentException("a Ripple file holds one map, one image or one spectrum, not a "
                    + signal.data().kind());
        }
    }

    /**
     * Writes a map, {@code [y, x, energy]}.
     *
     * @param title what it is called; may be empty
     * @throws IllegalArgumentException if the name does not end in {@code .rpl}
     * @throws java.io.UncheckedIOException if a file cannot be written
     */
    public static void write(Path rpl, SpectrumImage map, String title, Acquisition acquisition) {
        writeMap(rpl, map, List.of(), title, acquisition);
    }

    private static void writeMap(Path rpl, SpectrumImage map, List<Axis> axes, String title, Acquisition acquisition) {
        int channels = map.energy().channels();
        int bytes = map.isWhole() ? bytesFor(greatest(map)) : Float.BYTES;
        List<String> lines = new ArrayList<>();
        layout(lines, map.ny(), map.nx(), channels, map.isWhole() ? "unsigned" : "float", bytes);
        lengths(lines, axes, map.pixelNm());
        energy(lines, axes, map.energy(), map.isCounts());
        recording(lines, title, acquisition, true);
        write(rpl, lines, out -> {
            int[] where = new int[channels];
            float[] counts = new float[channels];
            byte[] pixel = new byte[channels * bytes];
            ByteBuffer numbers = ByteBuffer.wrap(pixel).order(ByteOrder.LITTLE_ENDIAN);
            for (int y = 0; y < map.ny(); y++) {
                for (int x = 0; x < map.nx(); x++) {
                    Arrays.fill(pixel, (byte) 0);
                    int n = map.events(y, x, where, counts);
                    for (int i = 0; i < n; i++) {
                        put(numbers, where[i] * bytes, counts[i], map.isWhole() ? bytes : 0);
                    }
                    out.write(pixel);
                }
            }
        });
    }

    /** Puts a whole number of {@code bytes} bytes, or a float if that is 0. */
    private static void put(ByteBuffer numbers, int at, float value, int bytes) {
        switch (bytes) {
            case 1 -> numbers.put(at, (byte) (int) value);
            case 2 -> numbers.putShort(at, (short) (int) value);
            case 4 -> numbers.putInt(at, (int) value);
            default -> numbers.putFloat(at, value);
        }
    }

    private static float greatest(SpectrumImage map) {
        int[] where = new int[map.energy().channels()];
        float[] counts = new float[where.length];
        float most = 0;
        for (int y = 0; y < map.ny(); y++) {
            for (int x = 0; x < map.nx(); x++) {
                int n = map.events(y, x, where, counts);
                for (int i = 0; i < n; i++) {
                    most = Math.max(most, counts[i]);
                }
            }
        }
        return most;
    }

    private static int bytesFor(float most) {
        if (most < 1 << 8) {
            return 1;
        }
        return most < 1 << 16 ? 2 : 4;
    }

    private static void layout(List<String> lines, int height, int width, int depth, String type, int bytes) {
        lines.add("width\t" + width);
        lines.add("height\t" + height);
        lines.add("depth\t" + depth);
        lines.add("offset\t0");
        lines.add("data-type\t" + type);
        lines.add("data-length\t" + bytes);
        lines.add("byte-order\t" + (bytes == 1 ? "dont-care" : "little-endian"));
        lines.add("record-by\t" + (depth == 1 ? "dont-care" : "vector"));
    }

    private static void lengths(List<String> lines, List<Axis> axes, double pixelNm) {
        for (String key : List.of("height", "width")) {
            String name = key.equals("height") ? "y" : "x";
            Optional<Axis> axis = axes.stream()
                    .filter(a -> a.name().equals(name) && a.unit().equals("nm"))
                    .findFirst();
            lines.add(key + "-name\t" + name);
            if (axis.isPresent() || !Double.isNaN(pixelNm)) {
                lines.add(key + "-scale\t" + axis.map(Axis::scale).orElse(pixelNm));
                lines.add(key + "-origin\t" + axis.map(Axis::offset).orElse(0.0));
                lines.add(key + "-units\tnm");
            }
        }
    }

    private static void energy(List<String> lines, List<Axis> axes, EnergyAxis energy, boolean xrays) {
        lines.add(xrays ? "signal\tEDS_TEM" : Calibration.XRAY_COUNTS + "\tno");
        if (axes.stream().anyMatch(a -> a.name().equals("energy") && a.unit().isEmpty())) {
            return; // channel numbers: nothing is known of their energies
        }
        lines.add("depth-name\tEnergy");
        lines.add("depth-scale\t" + energy.gainKeV());
        lines.add("depth-origin\t" + energy.offsetKeV());
        lines.add("depth-units\tkeV");
        lines.add("ev-per-chan\t" + energy.gainKeV() * Units.EV_PER_KEV);
    }

    private static void recording(List<String> lines, String title, Acquisition acquisition, boolean map) {
        if (!title.isBlank()) {
            lines.add("title\t" + oneLine(title));
        }
        number(lines, "beam-energy", acquisition, Key.BEAM_ENERGY);
        number(lines, "tilt-stage", acquisition, Key.TILT);
        number(lines, "live-time", acquisition, map ? Key.DWELL_TIME : Key.LIVE_TIME);
        number(lines, "detector-peak-width-ev", acquisition, Key.ENERGY_RESOLUTION);
        number(lines, Calibration.BEAM_CURRENT, acquisition, Key.BEAM_CURRENT);
        number(lines, Calibration.REAL_TIME, acquisition, Key.REAL_TIME);
        if (map) {
            number(lines, Calibration.TOTAL_LIVE_TIME, acquisition, Key.LIVE_TIME);
        }
        List<String> detectors = acquisition.names(Key.DETECTORS);
        if (!detectors.isEmpty()) {
            lines.add(Calibration.DETECTORS + "\t" + oneLine(String.join(Calibration.DETECTORS_JOINT, detectors)));
        }
        if (detectors.size() == 1) {
            angle(lines, "elevation", detectors.get(0));
            angle(lines, "azimuth", detectors.get(0));
        }
        if (!acquisition.names(Key.ELEMENTS).isEmpty()) {
            lines.add(Calibration.ELEMENTS + "\t" + oneLine(String.join(" ", acquisition.names(Key.ELEMENTS))));
        }
    }

    private static void number(List<String> lines, String key, Acquisition acquisition, Key what) {
        acquisition.number(what).ifPresent(value -> lines.add(key + "\t" + value));
    }

    /** An angle of the only detector, for programs that know the keys for one. */
    private static void angle(List<String> lines, String name, String detector) {
        Matcher angle = Pattern.compile(name + " ([-+0-9.]+) deg").matcher(detector);
        if (angle.find()) {
            lines.add(name + "-angle\t" + angle.group(1));
        }
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }

    private static void floats(OutputStream out, float[] values) throws IOException {
        byte[] part = new byte[1 << 14];
        ByteBuffer numbers = ByteBuffer.wrap(part).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            if (!numbers.hasRemaining()) {
                out.write(part);
                numbers.clear();
            }
            numbers.putFloat(value);
        }
        out.write(part, 0, numbers.position());
    }

    private static void doubles(OutputStream out, double[] values) throws IOException {
        ByteBuffer numbers = ByteBuffer.allocate(values.length * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (double value : values) {
            numbers.putDouble(value);
        }
        out.write(numbers.array());
    }

    private static void write(Path rpl, List<String> lines, Numbers numbers) {
        if (!rpl.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".rpl")) {
            throw new IllegalArgumentException(rpl + " does not end in .rpl");
        }
        AtomicWrite.file(Layout.rawBeside(rpl, ".raw"), numbers::writeTo);
        AtomicWrite.file(rpl, out -> {
            out.write("key\tvalue\n".getBytes(StandardCharsets.UTF_8));
            for (String line : lines) {
                out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            }
        });
    }
}
