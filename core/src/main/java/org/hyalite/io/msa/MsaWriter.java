package org.hyalite.io.msa;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hyalite.grid.EnergyAxis;
import org.hyalite.grid.Spectrum;
import org.hyalite.grid.SpectrumImage;
import org.hyalite.io.format.AtomicWrite;
import org.hyalite.io.format.Signal;
import org.hyalite.physics.Acquisition;
import org.hyalite.physics.Acquisition.Key;

/**
 * Writes EMSA/MAS spectra (version 1.0, Y data, one column, energies in keV, lines ended by CR LF): a spectrum, or the
 * sum spectrum of a map. The file appears under its name only when it is whole.
 */
public final class MsaWriter {
    private MsaWriter() {}

    /** What is known of a signal that its file does not hold. */
    public static Set<Key> leftOut(Acquisition acquisition) {
        Set<Key> keys = new LinkedHashSet<>(acquisition.known().keySet());
        keys.removeAll(EnumSet.of(
                Key.BEAM_ENERGY,
                Key.BEAM_CURRENT,
                Key.LIVE_TIME,
                Key.REAL_TIME,
                Key.TILT,
                Key.ENERGY_RESOLUTION,
                Key.DETECTORS,
                Key.ELEMENTS));
        return keys;
    }

    /**
     * Writes a spectrum, or the sum of all spectra of a signal.
     *
     * @throws IllegalArgumentException if the signal holds no spectra, or spectra on different energy axes
     * @throws java.io.UncheckedIOException naming the file, if it cannot be written
     */
    public static void write(Path file, Signal signal) {
        Spectrum spectrum;
        Acquisition known = signal.acquisition();
        Optional<Double> live = known.number(Key.LIVE_TIME);
        String comment = "";
        if (signal.data() instanceof Signal.SingleSpectrum single) {
            spectrum = single.spectrum();
        } else if (signal.data() instanceof Signal.Maps maps) {
            spectrum = maps.maps().stream()
                    .map(SpectrumImage::sum)
                    .reduce(Spectrum::plus)
                    .orElseThrow();
            SpectrumImage first = maps.maps().get(0);
            long pixels = (long) maps.maps().size() * first.ny() * first.nx();
            comment = "Sum of " + pixels + " spectra";
            if (live.isEmpty()) {
                live = known.number(Key.DWELL_TIME).map(s -> s * pixels);
            }
        } else {
            throw new IllegalArgumentException(
                    "an EMSA/MAS file holds a spectrum, not a " + signal.data().kind());
        }
        boolean energies = signal.axes().isEmpty()
                || !signal.axes().get(signal.axes().size() - 1).unit().isEmpty();
        Optional<Double> liveTime = live;
        String about = comment;
        AtomicWrite.file(file, out -> {
            Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
            header(writer, signal.name(), about, spectrum, energies);
            recording(writer, known, liveTime);
            line(writer, "#SPECTRUM", "Spectral data follow");
            for (double count : spectrum.counts()) {
                writer.write(number(count) + ",\r\n");
            }
            line(writer, "#ENDOFDATA", "");
            writer.flush();
        });
    }

    private static void header(Writer writer, String title, String comment, Spectrum spectrum, boolean energies)
            throws IOException {
        EnergyAxis axis = spectrum.axis();
        line(writer, "#FORMAT", "EMSA/MAS Spectral Data File");
        line(writer, "#VERSION", "1.0");
        line(writer, "#TITLE", title);
        if (!comment.isEmpty()) {
            line(writer, "#COMMENT", comment);
        }
        line(writer, "#OWNER", "");
        line(writer, "#NPOINTS", Integer.toString(axis.channels()));
        line(writer, "#NCOLUMNS", "1");
        line(writer, "#XUNITS", energies ? "keV" : "channels");
        line(writer, "#YUNITS", spectrum.isCounts() ? "counts" : "");
        line(writer, "#DATATYPE", "Y");
        line(writer, "#XPERCHAN", number(axis.gainKeV()));
        line(writer, "#OFFSET", number(axis.offsetKeV()));
        if (spectrum.isCounts()) {
            line(writer, "#SIGNALTYPE", "EDS");
        } else {
            line(writer, MsaAcquisition.XRAY_COUNTS, "no");
        }
        line(writer, "#XLABEL", energies ? "Energy" : "Channel");
        line(writer, "#YLABEL", spectrum.isCounts() ? "Counts" : "Intensity");
    }

    private static void recording(Writer writer, Acquisition known, Optional<Double> live) throws IOException {
        put(writer, "#BEAMKV", known.number(Key.BEAM_ENERGY));
        put(writer, "#PROBECUR", known.number(Key.BEAM_CURRENT));
        put(writer, "#LIVETIME", live);
        put(writer, "#REALTIME", known.number(Key.REAL_TIME));
        put(writer, "#XTILTSTGE", known.number(Key.TILT));
        put(writer, MsaAcquisition.RESOLUTION, known.number(Key.ENERGY_RESOLUTION));
        List<String> detectors = known.names(Key.DETECTORS);
        if (detectors.size() == 1) {
            put(writer, "#ELEVANGLE", angle("elevation", detectors.get(0)));
            put(writer, "#AZIMANGLE", angle("azimuth", detectors.get(0)));
        }
        if (!detectors.isEmpty()) {
            line(writer, MsaAcquisition.DETECTORS, String.join(MsaAcquisition.JOINT, detectors));
        }
        if (!known.names(Key.ELEMENTS).isEmpty()) {
            line(writer, MsaAcquisition.ELEMENTS, String.join(" ", known.names(Key.ELEMENTS)));
        }
    }

    private static Optional<Double> angle(String name, String detector) {
        Matcher angle = Pattern.compile(name + " ([-+]?[0-9]+[.]?[0-9]*) deg").matcher(detector);
        return angle.find() ? Optional.of(Double.valueOf(angle.group(1))) : Optional.empty();
    }

    private static void put(Writer writer, String keyword, Optional<Double> value) throws IOException {
        if (value.isPresent()) {
            line(writer, keyword, number(value.get()));
        }
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1L << 53 ? Long.toString((long) value) : "" + value;
    }

    private static void line(Writer writer, String keyword, String value) throws IOException {
        String plain = value.replaceAll("\\s+", " ").strip();
        writer.write(String.format(Locale.ROOT, "%-13s: %s\r\n", keyword, plain));
    }
}
