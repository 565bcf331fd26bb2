package org.hyalite.io.jeol;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.hyalite.grid.EnergyAxis;
import org.hyalite.grid.Spectrum;
import org.hyalite.io.format.Axis;
import org.hyalite.io.format.FileBytes;
import org.hyalite.io.format.Signal;
import org.hyalite.io.format.Statistics;
import org.hyalite.physics.Acquisition;
import org.hyalite.physics.Acquisition.Key;
import org.hyalite.physics.Element;

/**
 * One spectrum ({@code .eds}), {@code [energy]} in counts: a header of 458 bytes, the counts in 32 bits each, and then, one
 * behind the other and of changing length, elements left out, elements looked at with their lines, a quantification, and
 * the settings of microscope and detector. What stands behind the counts is read as far as it is known.
 */
final class EdsFile {
    private static final int LIVE_TIME_AT = 258;
    private static final int CALIBRATION_AT = 362;
    private static final int CHANNELS_AT = 454;
    private static final int MOST_CHANNELS = 1 << 16;
    private static final int LARGEST_FILE = 1 << 24;

    private static final int ELEMENT = 2;
    private static final int LINE = 1;
    private static final int SETTINGS = 5;

    private EdsFile() {}

    static Signal read(Path file, List<String> warnings) {
        FileBytes in = FileBytes.whole(file, LARGEST_FILE);
        in.seek(LIVE_TIME_AT);
        double live = in.f64();
        double real = in.f64();
        in.seek(CALIBRATION_AT);
        double gain = in.f64();
        double offset = in.f64();
        in.seek(CHANNELS_AT);
        int channels = in.i32();
        in.require(
                gain > 0 && gain < 1 && Math.abs(offset) < 100 && channels >= 1 && channels <= MOST_CHANNELS,
                "a header of " + channels + " channels of " + gain + " keV from " + offset
                        + " keV; this is no JEOL spectrum, or it is damaged");
        EnergyAxis axis = new EnergyAxis(channels, offset, gain);
        double[] counts = new double[channels];
        Statistics.Collector statistics = new Statistics.Collector();
        for (int c = 0; c < channels; c++) {
            int n = in.i32();
            in.require(n >= 0, "channel " + c + " has " + n + " counts; the file is damaged");
            counts[c] = n;
            statistics.add(n);
        }
        Acquisition known = Acquisition.nothing();
        known = seconds(known, Key.LIVE_TIME, live, "header, live time");
        known = seconds(known, Key.REAL_TIME, real, "header, real time");
        return new Signal(
                "EDX",
                List.of(new Axis("energy", channels, gain, offset, "keV")),
                statistics.get(),
                behind(in, known, warnings),
                new Signal.SingleSpectrum(Spectrum.of(axis, counts)));
    }

    private static Acquisition seconds(Acquisition known, Key key, double value, String source) {
        return value > 0 && Double.isFinite(value) ? known.with(key, value, source) : known;
    }

    /** What stands behind the counts. */
    private static Acquisition behind(FileBytes in, Acquisition counted, List<String> warnings) {
        in.skip(Integer.BYTES);
        in.skip(Short.BYTES * in.u32());
        TreeSet<String> elements = new TreeSet<>();
        long count = in.u32();
        for (long i = 0; i < count; i++) {
            if (in.i32() != ELEMENT) {
                return unknown(in, counted, warnings);
            }
            int z = in.u16();
            Optional<String> symbol = symbol(z);
            if (symbol.isEmpty()) {
                throw in.malformed("an element of atomic number " + z + "; the file is damaged");
            }
            elements.add(symbol.get());
            in.skip(8 + 4 + 14 + 32 + 32 + 4);
            long lines = in.u32();
            for (long k = 0; k < lines; k++) {
                if (in.i32() != LINE) {
                    return unknown(in, counted, warnings);
                }
                in.skip(8 + 2);
                in.skip(in.u8());
                in.skip(in.u8());
                in.skip(4);
            }
        }
        Acquisition known = elements.isEmpty()
                ? counted
                : counted.withNames(Key.ELEMENTS, List.copyOf(elements), "selected elements");
        long quantified = in.u32();
        if (quantified > 0) {
            in.skip(3 * 4 + 8 + 2 * 4);
            for (long i = 0; i < quantified; i++) {
                in.skip(4 + 2 + 8 + 2 * 8 + 3 * 8 + 16 + 3 * 8 + 2 * 8 + 2 * 4 + 8);
            }
        }
        return in.i32() == SETTINGS ? settings(in, known) : unknown(in, known, warnings);
    }

    private static Acquisition unknown(FileBytes in, Acquisition known, List<String> warnings) {
        warnings.add("byte " + (in.position() - Integer.BYTES)
                + ": what stands here is not known; beam energy, detector and resolution, which follow, are not read");
        return known;
    }

    private static Acquisition settings(FileBytes in, Acquisition counted) {
        String type = in.text(16);
        in.skip(2 * 16);
        Acquisition known = positive(in, counted, Key.BEAM_ENERGY, in.f64(), "parameters, AccKV");
        known = positive(in, known, Key.BEAM_CURRENT, in.f64(), "parameters, AccNA");
        in.skip(38);
        known = positive(in, known, Key.ENERGY_RESOLUTION, in.f64(), "parameters, MnKaRES");
        in.skip(5 * 8 + 4 + 8 + 5 * 2 + 8);
        double azimuth = written(in.f64());
        in.skip(8);
        double elevation = written(in.f64());
        in.require(
                Double.isFinite(azimuth) && Double.isFinite(elevation),
                "a detector at " + elevation + ", " + azimuth + " deg; the file is damaged");
        Optional<String> detector = Settings.detector(type, Optional.of(elevation), Optional.of(azimuth));
        return known.withNames(Key.DETECTORS, List.of(detector.orElseThrow()), "parameters, DetT, ElevAng, DirAng");
    }

    private static Acquisition positive(FileBytes in, Acquisition known, Key key, double value, String source) {
        in.require(Double.isFinite(value), key.label() + " is " + value + "; the file is damaged");
        return value > 0 ? known.with(key, written(value), source) : known;
    }

    /** A number that was a float before it was written as a double: 22.3 and not 22.299999237060547. */
    private static double written(double value) {
        return value == (float) value ? Double.parseDouble(Float.toString((float) value)) : value;
    }

    private static Optional<String> symbol(int z) {
        try {
            return Optional.of(Element.of(z).symbol());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
