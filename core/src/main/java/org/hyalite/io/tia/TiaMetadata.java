package org.hyalite.io.tia;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hyalite.physics.Acquisition;
import org.hyalite.physics.Acquisition.Key;

/** What an {@code .emi} file says of one series, in our units; of 0 for a voltage or a time it is said that it is missing. */
final class TiaMetadata {
    private static final double VOLT_PER_KILOVOLT = 1000;
    private static final String INFO = "AcquireInfo";

    /** What a series of spectra holds. */
    enum Measured {
        XRAYS,
        LOSSES,
        UNSAID
    }

    private final Optional<EmiObject> object;

    TiaMetadata(Optional<EmiObject> object) {
        this.object = object;
    }

    String name() {
        return object.map(EmiObject::name).orElse("");
    }

    /** What holds for every kind of signal. */
    Acquisition common(double pixelNm, String pixelSource) {
        Acquisition known = positive(
                Acquisition.nothing(),
                Key.BEAM_ENERGY,
                1 / VOLT_PER_KILOVOLT,
                "ExperimentalConditions",
                "MicroscopeConditions",
                "AcceleratingVoltage");
        if (!Double.isNaN(pixelNm)) {
            known = known.with(Key.PIXEL_SIZE, pixelNm, pixelSource);
        }
        Optional<Double> alpha =
                object.flatMap(o -> o.described("Stage A", "deg")).filter(a -> Math.abs(a) <= 180);
        return alpha.isPresent()
                ? known.with(Key.TILT, alpha.get() + 0.0, source("ExperimentalDescription/Stage A")) // no -0
                : known;
    }

    /** The time per pixel of a scanned image, and its detector. */
    Acquisition addScan(Acquisition known) {
        boolean scanned = object.flatMap(o -> o.described("Mode"))
                .filter(mode -> mode.contains("STEM"))
                .isPresent();
        Acquisition more = scanned ? positive(known, Key.DWELL_TIME, 1, INFO, "DwellTimePath") : known;
        return name().isEmpty()
                ? more
                : more.withNames(Key.DETECTORS, List.of(name()), source("'Acquire " + name() + "'"));
    }

    /**
     * What the spectra are. The file does not name it: X-rays have a shaping time, energy losses are corrected for bias
     * and gain of a camera or recorded with the filter's mode "Spectroscopy".
     */
    Measured measured() {
        boolean xrays = object.flatMap(o -> o.text(INFO, "ShapingTime")).isPresent();
        boolean camera = object.flatMap(o -> o.text(INFO, "BiasCorrection")).isPresent()
                || object.flatMap(o -> o.text(INFO, "GainCorrection")).isPresent();
        boolean filter = object.flatMap(o -> o.described("Filter mode"))
                .filter(m -> m.toLowerCase(Locale.ROOT).equals("spectroscopy"))
                .isPresent();
        if (xrays) {
            return Measured.XRAYS;
        }
        return camera || filter ? Measured.LOSSES : Measured.UNSAID;
    }

    /** Exposure of energy losses: of a point in a map, or of one spectrum. */
    Acquisition addLosses(Acquisition known, boolean map) {
        return positive(known, map ? Key.DWELL_TIME : Key.LIVE_TIME, 1, INFO, "IntegrationTime");
    }

    /** Detectors of X-rays and their resolution; the integration time is said to be neither live nor real. */
    Acquisition addXrays(Acquisition known, List<String> warnings) {
        Acquisition more = positive(known, Key.ENERGY_RESOLUTION, 1, INFO, "EnergyResolution");
        Optional<String> superX = object.flatMap(o -> o.described("Super-X selected detectors"));
        if (superX.isPresent()) {
            List<String> detectors = new ArrayList<>();
            for (String number : superX.get().split(";")) {
                if (!number.isBlank()) {
                    detectors.add("Super-X " + number.strip());
                }
            }
            more = more.withNames(
                    Key.DETECTORS, detectors, source("ExperimentalDescription/Super-X selected detectors"));
        }
        object.flatMap(o -> o.text(INFO, "IntegrationTime"))
                .ifPresent(t -> warnings.add("AcquireInfo/IntegrationTime is " + t
                        + " s, which is not said to be live time and is not used"));
        return more;
    }

    private Acquisition positive(Acquisition known, Key key, double factor, String... path) {
        return object.flatMap(o -> o.number(path))
                .filter(v -> v > 0)
                .map(v -> known.with(key, v * factor, source(String.join("/", path))))
                .orElse(known);
    }

    private String source(String tag) {
        return object.map(o -> o.file().getFileName() + ": " + tag).orElse(tag);
    }
}
