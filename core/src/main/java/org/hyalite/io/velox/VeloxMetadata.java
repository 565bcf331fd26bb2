package org.hyalite.io.velox;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.hyalite.grid.EnergyAxis;
import org.hyalite.io.format.Axis;
import org.hyalite.io.format.UnsupportedFileException;
import org.hyalite.io.stored.AxisUnit;
import org.hyalite.physics.Acquisition;
import org.hyalite.physics.Acquisition.Key;
import org.hyalite.physics.Units;
import tools.jackson.databind.JsonNode;

/**
 * The metadata of one frame, map or spectrum: a tree of texts, numbers among them, in SI units.
 *
 * @param place where it stands in the file
 */
record VeloxMetadata(VeloxTree tree, JsonNode node, String place) {
    private static final double SQUARE = 1e-3;
    private static final String ANALYTICAL = "AnalyticalDetector";

    /**
     * One X-ray detector (a segment of a Super-X), as far as the file knows it.
     *
     * @param tag where it stands in the metadata
     */
    record Detector(String name, String tag, JsonNode node) {
        Optional<Double> number(String key) {
            return VeloxMetadata.number(node.path(key));
        }
    }

    Optional<Double> number(String path) {
        return number(find(path));
    }

    String text(String path) {
        JsonNode found = find(path);
        return found.isString() ? found.asString() : "";
    }

    /** Where a value stands, short enough to be read: the first letters of an identifier say which part it is. */
    String source(String path) {
        return place.replaceAll("([0-9a-f]{8})[0-9a-f]{24}", "$1…") + "." + path;
    }

    private JsonNode find(String path) {
        JsonNode found = node;
        for (String step : path.split("[.]")) {
            found = found.path(step);
        }
        return found;
    }

    /** A finite number, also one stored as text. */
    static Optional<Double> number(JsonNode value) {
        if (value.isNumber()) {
            return Optional.of(value.asDouble(Double.NaN)).filter(Double::isFinite);
        }
        try {
            return value.isString()
                    ? Optional.of(Double.parseDouble(value.asString().strip())).filter(Double::isFinite)
                    : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** The detector's own name: {@code SuperXG21}, {@code SuperXG2} for its four segments summed, {@code HAADF}. */
    String detectorName() {
        String name = text("BinaryResult.Detector");
        JsonNode byIndex = node.path("Detectors").path("Detector-" + text("BinaryResult.DetectorIndex"));
        return name.isEmpty() ? byIndex.path("DetectorName").asString("") : name;
    }

    /** The X-ray detectors whose counts these are: that of the same name, else those whose name it begins. */
    List<Detector> detectors() {
        String wanted = detectorName();
        List<Detector> named = new ArrayList<>();
        List<Detector> begun = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry : node.path("Detectors").properties()) {
            JsonNode detector = entry.getValue();
            String name = detector.path("DetectorName").asString("");
            if (detector.path("DetectorType").asString("").equals(ANALYTICAL)) {
                Detector found = new Detector(name, "Detectors." + entry.getKey(), detector);
                if (name.equals(wanted)) {
                    named.add(found);
                }
                if (name.startsWith(wanted)) {
                    begun.add(found);
                }
            }
        }
        return named.isEmpty() ? begun : named;
    }

    /**
     * The energies of the channels.
     *
     * @throws UnsupportedFileException if no detector says them, or they differ
     */
    EnergyAxis energy(int channels) {
        Optional<EnergyAxis> axis = Optional.empty();
        for (Detector detector : detectors()) {
            Optional<Double> gain = detector.number("Dispersion").filter(g -> g > 0);
            Optional<Double> offset = detector.number("OffsetEnergy");
            if (gain.isPresent() && offset.isPresent()) {
                EnergyAxis own =
                        new EnergyAxis(channels, offset.get() / Units.EV_PER_KEV, gain.get() / Units.EV_PER_KEV);
                if (axis.isPresent() && !axis.get().equals(own)) {
                    throw new UnsupportedFileException(
                            tree.file(), place + " sums detectors of different channel widths or offsets");
                }
                axis = Optional.of(own);
            }
        }
        return axis.orElseThrow(() -> new UnsupportedFileException(
                tree.file(),
                source("Detectors") + " says neither Dispersion nor OffsetEnergy of '" + detectorName()
                        + "', so that its channels have no energies"));
    }

    /** The step of the pixels along both axes, {@code [y, x]}, with where they begin. */
    List<Axis> axes(int ny, int nx) {
        return List.of(axis("y", "height", ny), axis("x", "width", nx));
    }

    private Axis axis(String name, String side, int size) {
        String unit = text("BinaryResult.PixelUnit" + name.toUpperCase(Locale.ROOT));
        double scale = number("BinaryResult.PixelSize." + side).orElse(Double.NaN);
        double offset = number("BinaryResult.Offset." + name).orElse(0.0);
        if (!(scale > 0)) {
            return new Axis(name, size, 1, 0, "");
        }
        return AxisUnit.of(unit)
                .map(u -> new Axis(
                        name,
                        size,
                        scale * u.factor(),
                        offset * u.factor(),
                        u.kind().unit()))
                .orElseGet(() -> new Axis(name, size, scale, offset, unit));
    }

    /** Edge of a pixel, nm; {@code NaN} if it is not known, no length, or no square. */
    static double pixelNm(List<Axis> axes) {
        Axis y = axes.get(0);
        Axis x = axes.get(1);
        boolean square =
                y.unit().equals("nm") && x.unit().equals("nm") && Math.abs(y.scale() - x.scale()) <= SQUARE * x.scale();
        return square ? x.scale() : Double.NaN;
    }

    /** Beam, stage and pixels: what all signals share. */
    Acquisition acquisition(double pixelNm) {
        Acquisition known = Acquisition.nothing();
        known = with(known, Key.BEAM_ENERGY, "Optics.AccelerationVoltage", 1 / Units.EV_PER_KEV, true);
        known = with(
                known, Key.BEAM_CURRENT, "Optics.LastMeasuredScreenCurrent", 1 / Units.AMPERE_PER_NANOAMPERE, true);
        known = with(known, Key.TILT, "Stage.AlphaTilt", Math.toDegrees(1), false);
        return Double.isNaN(pixelNm) ? known : known.with(Key.PIXEL_SIZE, pixelNm, source("BinaryResult.PixelSize"));
    }

    private Acquisition with(Acquisition known, Key key, String path, double factor, boolean positive) {
        return number(path)
                .map(v -> v * factor)
                .filter(v -> Double.isFinite(v) && (v > 0 || !positive))
                .map(v -> known.with(key, v, source(path)))
                .orElse(known);
    }
}
