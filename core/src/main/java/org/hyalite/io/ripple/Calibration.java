package org.hyalite.io.ripple;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.hyalite.grid.EnergyAxis;
import org.hyalite.io.format.Axis;
import org.hyalite.io.format.LengthUnit;
import org.hyalite.physics.Acquisition;
import org.hyalite.physics.Acquisition.Key;
import org.hyalite.physics.Units;

/**
 * What a {@code .rpl} file says beyond the layout: HyperSpy's calibration of the axes and its keys of the recording. An
 * axis without a unit that is known here keeps its numbers and an empty unit.
 */
final class Calibration {
    private static final double SQUARE_TO = 1e-3;

    /** Keys of this project, with their units in their names: other programs ignore keys they do not know. */
    static final String BEAM_CURRENT = "beam-current-na";

    static final String REAL_TIME = "real-time-s";
    static final String TOTAL_LIVE_TIME = "total-live-time-s";
    static final String XRAY_COUNTS = "xray-counts";
    static final String ELEMENTS = "elements";
    static final String DETECTORS = "detectors";
    static final String DETECTORS_JOINT = "; ";

    private final Parameters parameters;
    private final Layout layout;
    private final List<String> warnings = new ArrayList<>();
    private final Axis y;
    private final Axis x;
    private final Axis energy;
    private final double pixelNm;

    private Calibration(Parameters parameters, Layout layout) {
        this.parameters = parameters;
        this.layout = layout;
        this.y = length("y", "height", layout.height());
        this.x = length("x", "width", layout.width());
        this.energy = energyOrChannels();
        boolean known = y.unit().equals("nm") && x.unit().equals("nm");
        boolean square = Math.abs(y.scale() - x.scale()) <= SQUARE_TO * Math.max(y.scale(), x.scale());
        if (known && !square) {
            warnings.add("pixels are not square: " + y.scale() + " nm high, " + x.scale()
                    + " nm wide; the pixel size is left open");
        }
        this.pixelNm = known && square ? x.scale() : Double.NaN;
        if (isSpectra() && !isXrays()) {
            warnings.add("its spectra are " + parameters.text("signal").orElse("no X-rays, or not said to be")
                    + ": no element is counted from them");
        }
        if (isSpectra() && energy.unit().isEmpty()) {
            warnings.add("there is no energy calibration (ev-per-chan, or depth-scale and depth-units):"
                    + " energies are channel numbers");
        }
    }

    static Calibration of(Parameters parameters, Layout layout) {
        return new Calibration(parameters, layout);
    }

    List<String> warnings() {
        return warnings;
    }

    String title() {
        return parameters.text("title").orElse("");
    }

    Axis y() {
        return y;
    }

    Axis x() {
        return x;
    }

    /** Edge of a pixel, nm; {@code NaN} if the file does not say or pixels are not square. */
    double pixelNm() {
        return pixelNm;
    }

    /** The axis of spectra: in keV, or channel numbers without a unit. */
    Axis energy() {
        return energy;
    }

    EnergyAxis energyAxis() {
        return new EnergyAxis(layout.depth(), energy.offset(), energy.scale());
    }

    /** Whether the file says that depth is energy. */
    boolean isSpectral() {
        return energy.unit().equals("keV")
                || parameters.text("signal").orElse("").toUpperCase(Locale.ROOT).startsWith("EDS");
    }

    /** Whether nothing says that spectra are something else than counts of X-rays. */
    boolean isXrays() {
        return !parameters.text(XRAY_COUNTS).orElse("").equals("no")
                && parameters.text("signal").orElse("").toUpperCase(Locale.ROOT).matches("(EDS|EDX|WDS|XRF).*|");
    }

    /** Whether planes of images follow each other in space; else by tilt, or by what the file does not say. */
    boolean isVolume() {
        return nmPer("depth").isPresent();
    }

    /** The axis of planes of images: along z in nm, or a tilt in degrees or of no unit. */
    Axis planes() {
        if (isVolume()) {
            return length("z", "depth", layout.depth());
        }
        boolean degrees = Arrays.asList("deg", "degree", "degrees", "°").contains(unit("depth"));
        return plain("tilt", "depth", layout.depth(), degrees ? "deg" : "");
    }

    Acquisition acquisition() {
        Acquisition known = Acquisition.nothing();
        known = with(known, Key.BEAM_ENERGY, "beam-energy", parameters.positive("beam-energy"));
        known = with(known, Key.BEAM_CURRENT, BEAM_CURRENT, parameters.positive(BEAM_CURRENT));
        boolean oneSpectrum = layout.height() == 1 && layout.width() == 1;
        Key liveTime = oneSpectrum ? Key.LIVE_TIME : Key.DWELL_TIME;
        known = with(known, liveTime, "live-time", given("live-time"));
        known = with(known, Key.LIVE_TIME, TOTAL_LIVE_TIME, given(TOTAL_LIVE_TIME));
        known = with(known, Key.REAL_TIME, REAL_TIME, given(REAL_TIME));
        known = with(known, Key.TILT, "tilt-stage", parameters.number("tilt-stage"));
        if (!Double.isNaN(pixelNm)) {
            known = known.with(Key.PIXEL_SIZE, pixelNm, "width-scale, width-units");
        }
        known = with(known, Key.ENERGY_RESOLUTION, "energy-resolution", given("energy-resolution"));
        known = with(known, Key.ENERGY_RESOLUTION, "detector-peak-width-ev", given("detector-peak-width-ev"));
        return withNames(known);
    }

    private Acquisition withNames(Acquisition known) {
        Acquisition more = known;
        List<String> geometry = new ArrayList<>();
        parameters.number("elevation-angle").ifPresent(a -> geometry.add("elevation " + a + " deg"));
        parameters.number("azimuth-angle").ifPresent(a -> geometry.add("azimuth " + a + " deg"));
        Optional<String> detectors = parameters.text(DETECTORS);
        if (detectors.isPresent()) {
            more = more.withNames(Key.DETECTORS, List.of(detectors.get().split(DETECTORS_JOINT)), DETECTORS);
        } else if (!geometry.isEmpty()) {
            more = more.withNames(
                    Key.DETECTORS, List.of("EDS, " + String.join(", ", geometry)), "elevation-angle, azimuth-angle");
        }
        Optional<String> elements = parameters.text(ELEMENTS);
        return elements.isPresent()
                ? more.withNames(Key.ELEMENTS, List.of(elements.get().split("[ ,]+")), ELEMENTS)
                : more;
    }

    private static Acquisition with(Acquisition known, Key key, String source, Optional<Double> value) {
        return value.isPresent() ? known.with(key, value.get(), source) : known;
    }

    /** A quantity of which nothing or less is written where it is not known. */
    private Optional<Double> given(String key) {
        return parameters.number(key).filter(v -> v > 0);
    }

    private boolean isSpectra() {
        return layout.depth() > 1 && (!layout.byImage() || isSpectral());
    }

    private Axis energyOrChannels() {
        double keV = switch (unit("depth")) {
            case "kev" -> 1;
            case "ev" -> 1 / Units.EV_PER_KEV;
            default -> Double.NaN;
        };
        Optional<Double> scale = layout.depth() > 1 ? parameters.positive("depth-scale") : Optional.empty();
        double origin = parameters.number("depth-origin").orElse(0.0);
        if (!Double.isNaN(keV) && scale.isPresent()) {
            return new Axis("energy", layout.depth(), scale.get() * keV, origin * keV, "keV");
        }
        Optional<Double> perChannel = given("ev-per-chan");
        if (perChannel.isPresent()) {
            // depth-origin is then in eV
            return new Axis(
                    "energy",
                    layout.depth(),
                    perChannel.get() / Units.EV_PER_KEV,
                    (Double.isNaN(keV) ? 1 / Units.EV_PER_KEV : keV) * origin,
                    "keV");
        }
        return new Axis("energy", layout.depth(), scale.orElse(1.0), origin, "");
    }

    private Axis length(String name, String key, int size) {
        OptionalDouble nm = nmPer(key);
        Axis plain = plain(name, key, size, "");
        if (nm.isEmpty() || parameters.number(key + "-scale").isEmpty()) {
            return plain;
        }
        return new Axis(name, size, plain.scale() * nm.getAsDouble(), plain.offset() * nm.getAsDouble(), "nm");
    }

    private Axis plain(String name, String key, int size, String unit) {
        return new Axis(
                name,
                size,
                parameters.positive(key + "-scale").orElse(1.0),
                parameters.number(key + "-origin").orElse(0.0),
                unit);
    }

    private String unit(String key) {
        return parameters.text(key + "-units").orElse("").toLowerCase(Locale.ROOT);
    }

    private OptionalDouble nmPer(String key) {
        return LengthUnit.nm(parameters.text(key + "-units").orElse(""));
    }
}
