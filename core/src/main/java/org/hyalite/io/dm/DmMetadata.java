package org.hyalite.io.dm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hyalite.physics.Acquisition;
import org.hyalite.physics.Acquisition.Key;

/**
 * What an image's tags say of its recording, in our units. DigitalMicrograph writes 0 where a quantity was not measured
 * (voltage, current, times): that is taken as missing.
 */
final class DmMetadata {
    private static final double VOLT_PER_KILOVOLT = 1000;
    private static final double SECOND_PER_MICROSECOND = 1e-6;
    /** Real time of one pixel may exceed its nominal time by this factor; that of a map is longer. */
    private static final double PIXEL_OVERHEAD = 2;

    private DmMetadata() {}

    /** What holds for every kind of signal. */
    static Acquisition of(DmImage image, double pixelNm) {
        Acquisition known = Acquisition.nothing();
        DmTag.Group tags = image.tags();
        known = positive(known, tags, Key.BEAM_ENERGY, 1 / VOLT_PER_KILOVOLT, "Microscope Info", "Voltage");
        known = positive(known, tags, Key.BEAM_CURRENT, 1, "Microscope Info", "Probe Current (nA)");
        if (!Double.isNaN(pixelNm)) {
            known = known.with(Key.PIXEL_SIZE, pixelNm, "ImageData/Calibrations/Dimension");
        }
        Optional<Double> alpha =
                tags.number("Microscope Info", "Stage Position", "Stage Alpha").filter(DmMetadata::isAngle);
        if (alpha.isPresent() && image.axes().size() < 3 || alpha.isPresent() && DmSpectra.isSpectral(image)) {
            known = known.with(Key.TILT, alpha.get(), "ImageTags/Microscope Info/Stage Position/Stage Alpha");
        }
        return known;
    }

    /** The time per pixel of a scanned picture, and what it was recorded with. */
    static Acquisition addScan(DmImage image, Acquisition known) {
        Acquisition more =
                positive(known, image.tags(), Key.DWELL_TIME, SECOND_PER_MICROSECOND, "DigiScan", "Sample Time");
        return image.text("DataBar", "Signal Name")
                .map(name -> more.withNames(Key.DETECTORS, List.of(name), "ImageTags/DataBar/Signal Name"))
                .orElse(more);
    }

    /** Live and real time of one X-ray spectrum, and the detector. */
    static Acquisition addXrays(DmImage image, Acquisition known) {
        Acquisition more = addDetector(image, known);
        more = positive(more, image.tags(), Key.LIVE_TIME, 1, "EDS", "Live time");
        return positive(more, image.tags(), Key.REAL_TIME, 1, "EDS", "Real time");
    }

    /**
     * Times of an X-ray map. Its live and real time are those of one pixel if the real time is about the pixel time, and
     * those of the whole map if it is longer; without a pixel time that cannot be told, and they are left out.
     */
    static Acquisition addXrayMap(DmImage image, long pixels, Acquisition known, List<String> warnings) {
        Acquisition more = addDetector(image, known);
        Optional<Double> live = image.tags().number("EDS", "Live time").filter(t -> t > 0);
        Optional<Double> real = image.tags().number("EDS", "Real time").filter(t -> t > 0);
        Optional<Double> pixel =
                image.tags().number("SI", "Acquisition", "Pixel time (s)").filter(t -> t > 0);
        if (live.isEmpty()
                || real.isEmpty()
                || live.get() > real.get()
                || real.get().isInfinite()) {
            pixel.ifPresent(t -> warnings.add(
                    image.shown() + ": the pixel time of " + t + " s is no live time, and no live time is stated"));
            return more;
        }
        if (pixel.isEmpty() || pixels <= PIXEL_OVERHEAD) {
            warnings.add(image.shown() + ": EDS/Live time is " + live.get()
                    + " s, and the file does not tell whether of a pixel or of the map: it is not used");
            return more;
        }
        if (real.get() <= PIXEL_OVERHEAD * pixel.get()) {
            return more.with(Key.DWELL_TIME, live.get(), "ImageTags/EDS/Live time, of a pixel as Real time shows");
        }
        return more.with(Key.LIVE_TIME, live.get(), "ImageTags/EDS/Live time")
                .with(Key.REAL_TIME, real.get(), "ImageTags/EDS/Real time")
                .with(
                        Key.DWELL_TIME,
                        live.get() / pixels,
                        "ImageTags/EDS/Live time, of the map, by " + pixels + " pixels");
    }

    /** The exposure of energy losses: of a pixel in a map, in sum for one spectrum. */
    static Acquisition addLosses(DmImage image, boolean map, Acquisition known) {
        return map
                ? positive(known, image.tags(), Key.DWELL_TIME, 1, "SI", "Acquisition", "Pixel time (s)")
                : positive(known, image.tags(), Key.LIVE_TIME, 1, "EELS", "Acquisition", "Integration time (s)");
    }

    static boolean isAngle(double degrees) {
        return Math.abs(degrees) <= 180;
    }

    private static Acquisition addDetector(DmImage image, Acquisition known) {
        List<String> parts = new ArrayList<>();
        image.text("EDS", "Detector Info", "Detector type").ifPresent(parts::add);
        for (String angle : List.of("Elevation", "Azimuthal")) {
            image.tags()
                    .number("EDS", "Detector Info", angle + " angle")
                    .filter(DmMetadata::isAngle)
                    .ifPresent(a -> parts.add((angle.equals("Elevation") ? "elevation " : "azimuth ") + a + " deg"));
        }
        return parts.isEmpty()
                ? known
                : known.withNames(Key.DETECTORS, List.of(String.join(", ", parts)), "ImageTags/EDS/Detector Info");
    }

    private static Acquisition positive(Acquisition known, DmTag.Group tags, Key key, double factor, String... path) {
        return tags.number(path)
                .filter(v -> v > 0 && Double.isFinite(v))
                .map(v -> known.with(key, v * factor, "ImageTags/" + String.join("/", path)))
                .orElse(known);
    }
}
