package org.hyalite.io.bcf;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.hyalite.grid.EnergyAxis;
import org.hyalite.grid.Spectrum;
import org.hyalite.io.format.Axis;
import org.hyalite.io.format.FileBytes;
import org.hyalite.io.format.Format;
import org.hyalite.io.format.MalformedFileException;
import org.hyalite.io.format.Recording;
import org.hyalite.io.format.Signal;
import org.hyalite.io.format.Statistics;
import org.hyalite.physics.Acquisition;
import org.hyalite.physics.Acquisition.Key;
import org.jspecify.annotations.Nullable;

/**
 * Reads Bruker's spectra ({@code .spx}), {@code [energy]} in counts: XML with the same parts as a map's header, and the
 * counts as a list of whole numbers. Such a file knows neither tilt nor beam current.
 */
public final class SpxFile implements Format {
    private static final String NAME = "Bruker SPX";
    private static final int LARGEST_FILE = 1 << 25;

    private SpxFile() {}

    public static SpxFile format() {
        return new SpxFile();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean recognises(Path file) {
        return file.getFileName() != null
                && file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".spx");
    }

    @Override
    public Recording read(Path file) {
        MapXml root = MapXml.parse(new Source(FileBytes.whole(file, LARGEST_FILE)));
        MapXml spectrum =
                root.instance("TRTSpectrum").orElseThrow(() -> root.malformed("TRTSpectrum", "there is no spectrum"));
        SpectrumXml header = new SpectrumXml(spectrum);
        EnergyAxis energy = header.energy();
        Statistics.Collector statistics = new Statistics.Collector();
        double[] counts = counts(spectrum, energy.channels());
        for (double n : counts) {
            statistics.add(n);
        }
        Acquisition known = header.addTo(Acquisition.nothing());
        List<String> elements = SpectrumXml.elements(spectrum.allInstances("TRTPSEElement"));
        if (!elements.isEmpty()) {
            known = known.withNames(Key.ELEMENTS, elements, "TRTPSEElementList/TRTPSEElement/Element");
        }
        Signal signal = new Signal(
                "EDX",
                List.of(new Axis("energy", energy.channels(), energy.gainKeV(), energy.offsetKeV(), "keV")),
                statistics.get(),
                known,
                new Signal.SingleSpectrum(Spectrum.of(energy, counts)));
        return new Recording(file, NAME, List.of(signal), new ArrayList<>());
    }

    private static double[] counts(MapXml spectrum, int channels) {
        String text = spectrum.text("Channels").orElseThrow(() -> spectrum.malformed("Channels", "it is missing"));
        String[] numbers = text.split(",");
        if (numbers.length != channels) {
            throw spectrum.malformed("Channels", numbers.length + " numbers, but ChannelCount is " + channels);
        }
        double[] counts = new double[channels];
        for (int c = 0; c < channels; c++) {
            try {
                counts[c] = Long.parseLong(numbers[c].strip());
            } catch (NumberFormatException e) {
                throw spectrum.malformed("Channels", "'" + shortened(numbers[c]) + "' is no whole number");
            }
            if (counts[c] < 0) {
                throw spectrum.malformed("Channels", "channel " + c + " has " + numbers[c] + " counts");
            }
        }
        return counts;
    }

    private static String shortened(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.length() <= 20 ? line : line.substring(0, 20) + "…";
    }

    /** A file of XML. */
    private static final class Source implements XmlSource {
        private final Path file;
        private final int size;
        private final ByteArrayInputStream bytes;

        Source(FileBytes in) {
            this.file = in.file();
            this.size = in.remaining();
            this.bytes = new ByteArrayInputStream(in.raw(size));
        }

        @Override
        public InputStream asStream() {
            return bytes;
        }

        @Override
        public long position() {
            return (long) size - bytes.available();
        }

        @Override
        public MalformedFileException malformedPart(String part, String found, @Nullable Throwable cause) {
            return new MalformedFileException(file, part, found, cause);
        }
    }
}
