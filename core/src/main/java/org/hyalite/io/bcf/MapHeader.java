package org.hyalite.io.bcf;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.hyalite.grid.EnergyAxis;
import org.hyalite.physics.Acquisition;
import org.hyalite.physics.Acquisition.Key;
import org.hyalite.physics.Element;
import org.hyalite.physics.Units;
import org.hyalite.physics.XrayLine;

/**
 * What a map's XML ({@code EDSDatabase/HeaderData}) says: the electron images, the pixel size, how the map was recorded,
 * and the calibration of each cube of spectra.
 */
final class MapHeader {
    private static final int LARGEST_SIDE = 1 << 16;
    private static final int MOST_CHANNELS = 1 << 16;
    private static final double SQUARE_TO = 1e-3;

    /** Full width at half maximum over standard deviation of a Gaussian, {@code 2 √(2 ln 2)}. */
    private static final double FWHM_PER_SIGMA = 2 * Math.sqrt(2 * Math.log(2));

    private static final double SECONDS_PER_MICROSECOND = 1e-6;
    private static final double SECONDS_PER_MILLISECOND = 1e-3;

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
    Optional<MapXml> spectra(int index) {
        return map.child("SpectrumData" + index).flatMap(s -> s.instance("TRTSpectrum"));
    }

    EnergyAxis energy(MapXml spectra) {
        MapXml header = need(spectra, "TRTSpectrumHeader");
        int channels = header.needWhole("ChannelCount", 1, MOST_CHANNELS);
        double gain = header.needNumber("CalibLin");
        if (!(gain > 0)) {
            throw header.malformed("CalibLin", gain + " keV per channel is not positive");
        }
        return new EnergyAxis(channels, header.needNumber("CalibAbs"), gain);
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
    Acquisition acquisition(MapXml spectra, int nx) {
        Acquisition known = acquisition();
        MapXml headers = spectra.child("TRTHeaderedClass").orElse(spectra);
        Optional<MapXml> geometry = headers.instance("TRTESMAHeader");
        Optional<Double> primary = geometry.flatMap(g -> g.number("PrimaryEnergy"));
        if (known.number(Key.BEAM_ENERGY).isEmpty() && primary.isPresent() && primary.get() > 0) {
            known = known.with(Key.BEAM_ENERGY, primary.get(), "TRTESMAHeader/PrimaryEnergy");
        }
        known = withTimes(known, headers, nx);
        known = withResolution(known, need(spectra, "TRTSpectrumHeader"));
        String detector = detector(headers.instance("TRTDetectorHeader"), geometry);
        if (!detector.isEmpty()) {
            known = known.withNames(
                    Key.DETECTORS,
                    List.of(detector),
                    "TRTDetectorHeader/Type, TRTESMAHeader/ElevationAngle, TRTESMAHeader/AzimutAngle");
        }
        List<String> elements = elements();
        return elements.isEmpty()
                ? known
                : known.withNames(Key.ELEMENTS, elements, "TRTSpectrumRegionList/TRTSpectrumRegion/Element");
    }

    /** {@code PixelTime [µs] · PixelAverage · LineAverage · pixels per line · Σ LineCounter} (how often a line was scanned). */
    private Acquisition withTimes(Acquisition known, MapXml headers, int nx) {
        Acquisition more = known;
        Optional<MapXml> scan = map.instance("TRTDSPConfiguration");
        Optional<String> lines = map.text("LineCounter");
        Optional<Double> pixelTime = scan.flatMap(s -> s.number("PixelTime"));
        Optional<Double> pixelAverage = scan.flatMap(s -> s.number("PixelAverage"));
        Optional<Double> lineAverage = scan.flatMap(s -> s.number("LineAverage"));
        if (lines.isPresent() && pixelTime.isPresent() && pixelAverage.isPresent() && lineAverage.isPresent()) {
            double seconds = pixelTime.get()
                    * SECONDS_PER_MICROSECOND
                    * pixelAverage.get()
                    * lineAverage.get()
                    * nx
                    * lineCount(lines.get());
            if (seconds > 0 && Double.isFinite(seconds)) {
                more = more.with(
                        Key.REAL_TIME,
                        seconds,
                        "TRTDSPConfiguration/PixelTime · PixelAverage · LineAverage · pixels per line · Σ LineCounter");
            }
        }
        Optional<Double> live = headers.instance("TRTSpectrumHardwareHeader").flatMap(h -> h.number("LiveTime"));
        if (live.isPresent() && live.get() > 0) {
            more = more.with(Key.LIVE_TIME, live.get() * SECONDS_PER_MILLISECOND, "TRTSpectrumHardwareHeader/LiveTime");
        }
        return more;
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

    /**
     * The peak width at Mn Kα. The file gives the variance of a peak as {@code σ²(E) = SigmaAbs + SigmaLin · E} in keV²
     * (SigmaLin of silicon is Fano factor times energy per pair, about 4.3e-4 keV).
     */
    private static Acquisition withResolution(Acquisition known, MapXml header) {
        Optional<Double> constant = header.number("SigmaAbs");
        Optional<Double> slope = header.number("SigmaLin");
        if (constant.isEmpty() || slope.isEmpty()) {
            return known;
        }
        double variance = constant.get() + slope.get() * XrayLine.of("Mn_Ka").energyKeV();
        return variance > 0
                ? known.with(
                        Key.ENERGY_RESOLUTION,
                        FWHM_PER_SIGMA * Math.sqrt(variance) * Units.EV_PER_KEV,
                        "TRTSpectrumHeader/SigmaAbs + SigmaLin · E, at Mn Ka")
                : known;
    }

    private static String detector(Optional<MapXml> detector, Optional<MapXml> geometry) {
        List<String> parts = new ArrayList<>();
        detector.flatMap(d -> d.text("Type")).ifPresent(parts::add);
        geometry.flatMap(g -> g.number("ElevationAngle"))
                .ifPresent(a -> parts.add(String.format(Locale.ROOT, "elevation %s deg", a)));
        geometry.flatMap(g -> g.number("AzimutAngle"))
                .ifPresent(a -> parts.add(String.format(Locale.ROOT, "azimuth %s deg", a)));
        return String.join(", ", parts);
    }

    private List<String> elements() {
        List<String> symbols = new ArrayList<>();
        for (MapXml region : map.allInstances("TRTSpectrumRegion")) {
            if (region.text("Element").isPresent()) {
                int z = region.needWhole("Element", 1, Integer.MAX_VALUE);
                try {
                    symbols.add(Element.of(z).symbol());
                } catch (IllegalArgumentException e) {
                    throw region.malformed("Element", "there is no element of atomic number " + z);
                }
            }
        }
        return symbols.stream().distinct().sorted().toList();
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

    private static MapXml need(MapXml parent, String type) {
        return parent.instance(type).orElseThrow(() -> parent.malformed(type, "there is no such part"));
    }
}
