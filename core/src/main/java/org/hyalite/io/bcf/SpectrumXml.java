package org.hyalite.io.bcf;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hyalite.grid.EnergyAxis;
import org.hyalite.physics.Acquisition;
import org.hyalite.physics.Acquisition.Key;
import org.hyalite.physics.Element;
import org.hyalite.physics.Units;
import org.hyalite.physics.XrayLine;

/** What a spectrum's XML ({@code ClassInstance TRTSpectrum}) says, alone in a file or for all spectra of a map. */
final class SpectrumXml {
    private static final int MOST_CHANNELS = 1 << 16;

    /** Full width at half maximum over standard deviation of a Gaussian, {@code 2 √(2 ln 2)}. */
    private static final double FWHM_PER_SIGMA = 2 * Math.sqrt(2 * Math.log(2));

    private static final double SECONDS_PER_MILLISECOND = 1e-3;

    private final MapXml spectrum;
    private final MapXml headers;

    SpectrumXml(MapXml spectrum) {
        this.spectrum = spectrum;
        this.headers = spectrum.child("TRTHeaderedClass").orElse(spectrum);
    }

    EnergyAxis energy() {
        MapXml header = header();
        int channels = header.needWhole("ChannelCount", 1, MOST_CHANNELS);
        double gain = header.needNumber("CalibLin");
        if (!(gain > 0)) {
            throw header.malformed("CalibLin", gain + " keV per channel is not positive");
        }
        return new EnergyAxis(channels, header.needNumber("CalibAbs"), gain);
    }

    /** How many pulses of zero energy a second the detector was given while it lived, Hz, where the file says so. */
    Optional<Double> zeroPeakFrequency() {
        return hardware("ZeroPeakFrequency").filter(f -> f > 0);
    }

    /** With the beam energy, unless it is known, the times, the peak width and the detector. */
    Acquisition addTo(Acquisition before) {
        Acquisition known = before;
        Optional<MapXml> geometry = headers.instance("TRTESMAHeader");
        Optional<Double> primary = geometry.flatMap(g -> g.number("PrimaryEnergy"));
        if (known.number(Key.BEAM_ENERGY).isEmpty() && primary.isPresent() && primary.get() > 0) {
            known = known.with(Key.BEAM_ENERGY, primary.get(), "TRTESMAHeader/PrimaryEnergy");
        }
        known = withTime(known, Key.REAL_TIME, "RealTime");
        known = withTime(known, Key.LIVE_TIME, "LiveTime");
        known = withTime(known, Key.LIVE_TIME, "LifeTime");
        known = withResolution(known);
        String detector = detector(headers.instance("TRTDetectorHeader"), geometry);
        return detector.isEmpty()
                ? known
                : known.withNames(
                        Key.DETECTORS,
                        List.of(detector),
                        "TRTDetectorHeader/Type, TRTESMAHeader/ElevationAngle, TRTESMAHeader/AzimutAngle");
    }

    /** The elements that parts of a type name, each once, in alphabetical order. */
    static List<String> elements(List<MapXml> parts) {
        List<String> symbols = new ArrayList<>();
        for (MapXml part : parts) {
            if (part.text("Element").isPresent()) {
                int z = part.needWhole("Element", 1, Integer.MAX_VALUE);
                try {
                    symbols.add(Element.of(z).symbol());
                } catch (IllegalArgumentException e) {
                    throw part.malformed("Element", "there is no element of atomic number " + z);
                }
            }
        }
        return symbols.stream().distinct().sorted().toList();
    }

    private Acquisition withTime(Acquisition known, Key key, String tag) {
        Optional<Double> time = hardware(tag).filter(t -> t > 0);
        return time.isPresent()
                ? known.with(key, time.get() * SECONDS_PER_MILLISECOND, "TRTSpectrumHardwareHeader/" + tag)
                : known;
    }

    private Optional<Double> hardware(String tag) {
        return headers.instance("TRTSpectrumHardwareHeader").flatMap(h -> h.number(tag));
    }

    /**
     * The peak width at Mn Kα. The file gives the variance of a peak as {@code σ²(E) = SigmaAbs + SigmaLin · E} in keV²
     * (SigmaLin of silicon is Fano factor times energy per pair, about 4.3e-4 keV).
     */
    private Acquisition withResolution(Acquisition known) {
        Optional<Double> constant = header().number("SigmaAbs");
        Optional<Double> slope = header().number("SigmaLin");
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

    private MapXml header() {
        return spectrum.instance("TRTSpectrumHeader")
                .orElseThrow(() -> spectrum.malformed("TRTSpectrumHeader", "there is no such part"));
    }
}
