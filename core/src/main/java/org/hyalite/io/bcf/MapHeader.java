package org.hyalite.io.bcf;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.hyalite.physics.Acquisition;
import org.hyalite.physics.Acquisition.Key;
import org.hyalite.physics.Units;

/**
 * What a map's XML ({@code EDSDatabase/HeaderData}) says: the electron images, the pixel size, how the map was recorded,
 * and the calibration of each cube of spectra.
 */
final class MapHeader {
    private static final int LARGEST_SIDE = 1 << 16;
    private static final double SQUARE_TO = 1e-3;

    private static final double SECONDS_PER_MICROSECOND = 1e-6;

    /**
     * The size of the map's images, pixels.
     */
    record Size(int ny, int nx) {}

    private final MapXml map;
    private final List<MapXml> images;
    private final List<String> warnings = new ArrayList<>();
    private final OptionalDouble dyNm;
    private final OptionalDouble dxNm;

    private MapHeader(MapXml map) {
        this.map = map;
        this.images = map.instances("TRTImageData").stream()
                .filter(i -> i.attribute("Name").isEmpty())
                .toList();
        this.dyNm = step("DY");
        this.dxNm = step("DX");
        if (dyNm.isPresent() && dxNm.isPresent() && !isSquare(dyNm.getAsDouble(), dxNm.getAsDouble())) {
            warnings.add("pixels are not square: " + dyNm.getAsDouble() + " nm high, " + dxNm.getAsDouble()
                    + " nm wide; the pixel size is left open");
        }
    }

    static MapHeader read(EntryReader entry) {
        MapXml root = MapXml.parse(entry);
        MapXml map = root.instance("TRTSpectrumDatabase")
                .orElseThrow(() -> root.malformed("TRTSpectrumDatabase", "there is no such part"));
        return new MapHeader(map);
    }

    List<String> warnings() {
        return warnings;
    }

    /** The map's electron images, each of one or more planes. */
    List<MapXml> images() {
        return images;
    }

    static Size size(MapXml image) {
        return new Size(image.needWhole("Height", 1, LARGEST_SIDE), image.needWhole("Width", 1, LARGEST_SIDE));
    }

    /** Height of a pixel, nm. */
    OptionalDouble dyNm() {
        return dyNm;
    }

    /** Width of a pixel, nm. */
    OptionalDouble dxNm() {
        return dxNm;
    }

    /** Edge of a square pixel, nm; {@code NaN} if it is not known or pixels are not square. */
    double pixelNm() {
        boolean known = dyNm.isPresent() && dxNm.isPresent() && isSquare(dyNm.getAsDouble(), dxNm.getAsDouble());
        return known ? dxNm.getAsDouble() : Double.NaN;
    }

    /** The description of the spectra in {@code SpectrumData}<i>index</i>, if there is one. */
    Optional<SpectrumXml> spectra(int index) {
        return map.child("SpectrumData" + index)
                .flatMap(s -> s.instance("TRTSpectrum"))
                .map(SpectrumXml::new);
    }

    /** What holds for every signal: the beam energy and the pixel size. */
    Acquisition acquisition() {
        Acquisition known = Acquisition.nothing();
        Optional<MapXml> sem = map.instance("TRTSEMData");
        Optional<Double> highVoltage = sem.flatMap(s -> s.number("HV"));
        if (highVoltage.isPresent() && highVoltage.get() > 0) {
            known = known.with(Key.BEAM_ENERGY, highVoltage.get(), "TRTSEMData/HV");
        }
        if (!Double.isNaN(pixelNm())) {
            known = known.with(Key.PIXEL_SIZE, pixelNm(), "TRTSEMData/DX");
        }
        Optional<Double> stage = map.instance("TRTSEMStageData").flatMap(s -> s.number("Tilt"));
        Optional<Double> scan = map.instance("TRTDSPConfiguration").flatMap(s -> s.number("TiltAngle"));
        if (stage.isPresent()) {
            known = known.with(Key.TILT, stage.get(), "TRTSEMStageData/Tilt");
        } else if (scan.isPresent()) {
            known = known.with(Key.TILT, scan.get(), "TRTDSPConfiguration/TiltAngle");
        }
        return known;
    }

    /** What holds for a cube of spectra: beside the above the times, the detector and the elements looked at. */
    Acquisition acquisition(SpectrumXml spectra, int nx) {
        Acquisition known = withRealTime(spectra.addTo(acquisition()), nx);
        List<String> elements = SpectrumXml.elements(map.allInstances("TRTSpectrumRegion"));
        return elements.isEmpty()
                ? known
                : known.withNames(Key.ELEMENTS, elements, "TRTSpectrumRegionList/TRTSpectrumRegion/Element");
    }

    /** {@code PixelTime [µs] · PixelAverage · LineAverage · pixels per line · Σ LineCounter} (how often a line was scanned). */
    private Acquisition withRealTime(Acquisition known, int nx) {
        Optional<MapXml> scan = map.instance("TRTDSPConfiguration");
        Optional<String> lines = map.text("LineCounter");
        Optional<Double> pixelTime = scan.flatMap(s -> s.number("PixelTime"));
        Optional<Double> pixelAverage = scan.flatMap(s -> s.number("PixelAverage"));
        Optional<Double> lineAverage = scan.flatMap(s -> s.number("LineAverage"));
        if (lines.isEmpty() || pixelTime.isEmpty() || pixelAverage.isEmpty() || lineAverage.isEmpty()) {
            return known;
        }
        double seconds = pixelTime.get()
                * SECONDS_PER_MICROSECOND
                * pixelAverage.get()
                * lineAverage.get()
                * nx
                * lineCount(lines.get());
        return seconds > 0 && Double.isFinite(seconds)
                ? known.with(
                        Key.REAL_TIME,
                        seconds,
                        "TRTDSPConfiguration/PixelTime · PixelAverage · LineAverage · pixels per line · Σ LineCounter")
                : known;
    }

    private double lineCount(String lines) {
        double sum = 0;
        for (String line : lines.split(",")) {
            try {
                int count = Integer.parseInt(line.strip());
                if (count < 0) {
                    throw map.malformed("LineCounter", "a line was scanned " + count + " times");
                }
                sum += count;
            } catch (NumberFormatException e) {
                throw map.malformed("LineCounter", "'" + line + "' is no whole number");
            }
        }
        return sum;
    }

    private OptionalDouble step(String name) {
        Optional<MapXml> sem = map.instance("TRTSEMData");
        Optional<Double> um = sem.flatMap(s -> s.number(name));
        if (um.isEmpty()) {
            return OptionalDouble.empty();
        }
        if (!(um.get() > 0)) {
            throw sem.get().malformed(name, "a pixel size of " + um.get() + " µm is not possible");
        }
        return OptionalDouble.of(um.get() * Units.NM_PER_UM);
    }

    private static boolean isSquare(double a, double b) {
        return Math.abs(a - b) <= SQUARE_TO * Math.max(a, b);
    }
}
