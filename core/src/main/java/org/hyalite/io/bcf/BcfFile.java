package org.hyalite.io.bcf;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hyalite.grid.EnergyAxis;
import org.hyalite.grid.Image;
import org.hyalite.io.format.Axis;
import org.hyalite.io.format.Format;
import org.hyalite.io.format.Recording;
import org.hyalite.io.format.Signal;
import org.hyalite.io.format.Statistics;
import org.hyalite.io.format.UnsupportedFileException;
import org.hyalite.physics.Acquisition;

/**
 * Reads Bruker's {@code .bcf} maps (Esprit 1 and 2): every electron image, {@code [y, x]} in the detector's own unit, and
 * the spectra, {@code [y, x, energy]} in counts. Every chunk's checksum is checked. Such a file knows no beam current;
 * the live time, of the map and of each pixel, is told by the strobe peak ({@link LiveTimes}).
 */
public final class BcfFile implements Format {
    private static final String NAME = "Bruker BCF";
    private static final String FOLDER = "EDSDatabase/";
    private static final String HEADER = FOLDER + "HeaderData";
    private static final String SPECTRA = FOLDER + "SpectrumData";
    private static final int MOST_PLANES = 64;

    private BcfFile() {}

    public static BcfFile format() {
        return new BcfFile();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean recognises(Path file) {
        return file.getFileName() != null
                && file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".bcf");
    }

    @Override
    public Recording read(Path file) {
        try (SfsContainer container = SfsContainer.open(file)) {
            SfsContainer.Entry headerEntry = container.entries().get(HEADER);
            if (headerEntry == null) {
                throw new UnsupportedFileException(
                        file,
                        "it holds no X-ray map (no " + HEADER + "), only "
                                + String.join(", ", container.entries().keySet()));
            }
            try (EntryReader in = EntryReader.open(container, headerEntry)) {
                return read(container, in, MapHeader.read(in));
            }
        }
    }

    private static Recording read(SfsContainer container, EntryReader headerEntry, MapHeader header) {
        List<Signal> signals = new ArrayList<>();
        List<String> warnings = new ArrayList<>(header.warnings());
        Optional<MapHeader.Size> size = Optional.empty();
        for (MapXml image : header.images()) {
            size = Optional.of(MapHeader.size(image));
            int planes = image.needWhole("PlaneCount", 0, MOST_PLANES);
            for (int p = 0; p < planes; p++) {
                plane(image, p, header).ifPresent(signals::add);
            }
        }
        for (int i = 0; header.spectra(i).isPresent(); i++) {
            SfsContainer.Entry entry = container.entries().get(SPECTRA + i);
            if (entry == null) {
                throw headerEntry.malformedPart(
                        "SpectrumData" + i, "it is described here, but the file does not hold it; copy the file again");
            }
            if (size.isEmpty()) {
                throw headerEntry.malformedPart("TRTImageData", "it is missing: the map's size is not known");
            }
            signals.addAll(cube(container, entry, header, header.spectra(i).get(), size.get(), warnings));
        }
        if (signals.isEmpty()) {
            throw headerEntry.malformedPart("TRTSpectrumDatabase", "it describes neither an image nor spectra");
        }
        return new Recording(container.file(), NAME, signals, warnings);
    }

    /** The spectra, and the live time of each pixel where the strobe peak tells it. */
    private static List<Signal> cube(
            SfsContainer container,
            SfsContainer.Entry entry,
            MapHeader header,
            SpectrumXml spectra,
            MapHeader.Size size,
            List<String> warnings) {
        EnergyAxis energy = spectra.energy();
        try (EntryReader in = EntryReader.open(container, entry)) {
            MapCube.Decoded cube = MapCube.read(in, size, header.pixelNm(), energy);
            if (cube.unreadBytes() > 0) {
                warnings.add(entry.name() + ": " + cube.unreadBytes() + " bytes after the last pixel were not read");
            }
            List<Axis> axes = new ArrayList<>(axes(size, header));
            axes.add(new Axis("energy", energy.channels(), energy.gainKeV(), energy.offsetKeV(), "keV"));
            Acquisition known = header.acquisition(spectra, size.nx());
            Optional<LiveTimes> live = LiveTimes.of(cube.image(), spectra.zeroPeakFrequency(), known, warnings);
            List<Signal> signals = new ArrayList<>();
            signals.add(new Signal(
                    "EDX",
                    axes,
                    cube.statistics(),
                    live.map(LiveTimes::acquisition).orElse(known),
                    new Signal.Maps(List.of(cube.image()))));
            live.ifPresent(l -> signals.add(liveTimes(l, size, header)));
            return signals;
        }
    }

    private static Signal liveTimes(LiveTimes live, MapHeader.Size size, MapHeader header) {
        Statistics.Collector statistics = new Statistics.Collector();
        for (float seconds : live.perPixel().values()) {
            statistics.add(seconds);
        }
        return new Signal(
                Signal.LIVE_TIME,
                axes(size, header),
                statistics.get(),
                header.acquisition(),
                new Signal.Picture(live.perPixel()));
    }

    /** One plane of an image, unless the file says that it was not recorded. */
    private static Optional<Signal> plane(MapXml image, int index, MapHeader header) {
        String tag = "Plane" + index;
        MapXml plane = image.child(tag).orElseThrow(() -> image.malformed(tag, "it is missing"));
        if (plane.number("Valid").orElse(1.0) == 0) {
            return Optional.empty();
        }
        MapHeader.Size size = MapHeader.size(image);
        int width = image.needWhole("ItemSize", 1, Integer.BYTES);
        if (width == 3) {
            throw image.malformed("ItemSize", "pixels of 3 bytes are not known");
        }
        String text = plane.text("Data").orElseThrow(() -> plane.malformed("Data", "it is missing"));
        long expected = (long) size.ny() * size.nx() * width;
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text.indexOf('\n') < 0 ? text : text.replaceAll("\\s", ""));
        } catch (IllegalArgumentException e) {
            throw plane.malformed("Data", "it is no base64 text: " + e.getMessage());
        }
        if (bytes.length != expected) {
            throw plane.malformed(
                    "Data",
                    bytes.length + " bytes, expected " + expected + " = " + size.ny() + " × " + size.nx() + " × "
                            + width);
        }
        float[] values = new float[size.ny() * size.nx()];
        Statistics.Collector statistics = new Statistics.Collector();
        for (int i = 0; i < values.length; i++) {
            long value = 0;
            for (int k = width - 1; k >= 0; k--) {
                value = value << 8 | bytes[i * width + k] & 0xff;
            }
            values[i] = value;
            statistics.add(value);
        }
        return Optional.of(new Signal(
                plane.text("Description").orElse(""),
                axes(size, header),
                statistics.get(),
                header.acquisition(),
                new Signal.Picture(Image.of(size.ny(), size.nx(), header.pixelNm(), values))));
    }

    private static List<Axis> axes(MapHeader.Size size, MapHeader header) {
        return List.of(
                axis("y", size.ny(), header.dyNm().orElse(Double.NaN)),
                axis("x", size.nx(), header.dxNm().orElse(Double.NaN)));
    }

    private static Axis axis(String name, int size, double stepNm) {
        return Double.isNaN(stepNm) ? new Axis(name, size, 1, 0, "") : new Axis(name, size, stepNm, 0, "nm");
    }
}
