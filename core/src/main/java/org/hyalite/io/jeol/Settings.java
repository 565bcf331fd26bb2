package org.hyalite.io.jeol;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hyalite.physics.Acquisition;
import org.hyalite.physics.Acquisition.Key;
import org.hyalite.physics.Units;

/** What the files' tags say of the microscope and the detector. */
final class Settings {

    private Settings() {}

    /** The beam energy. */
    static Acquisition beam(Optional<Tag> instrument, String energy) {
        return positive(Acquisition.nothing(), Key.BEAM_ENERGY, instrument.flatMap(t -> t.find(energy)), 1);
    }

    /** With a tag's number times {@code factor}, where it is positive. */
    static Acquisition positive(Acquisition known, Key key, Optional<Tag> tag, double factor) {
        Optional<Double> value = tag.map(Tag::number).filter(v -> v > 0);
        return value.isPresent()
                ? known.with(key, value.get() * factor, tag.orElseThrow().path())
                : known;
    }

    /**
     * Edge of a pixel, nm: {@code ScanSize} [mm, at magnification 1] {@code / Mag / pixels}; {@code NaN} if it is not known.
     * Which side of an image that is not square {@code ScanSize} measures is not known.
     */
    static double pixelNm(Optional<Tag> scanSize, Optional<Tag> magnification, int ny, int nx, List<String> warnings) {
        Optional<Double> size = scanSize.map(Tag::number).filter(v -> v > 0);
        Optional<Double> times = magnification.map(Tag::number).filter(v -> v > 0);
        if (size.isEmpty() || times.isEmpty()) {
            return Double.NaN;
        }
        if (ny != nx) {
            warnings.add("ScanSize may be the height or the width of " + ny + " × " + nx
                    + " pixels; the pixel size is left open");
            return Double.NaN;
        }
        double nm = size.get() * Units.NM_PER_MM / times.get() / nx;
        return nm > 0 && Double.isFinite(nm) ? nm : Double.NaN;
    }

    /** A detector with its angles, in words. */
    static Optional<String> detector(String type, Optional<Double> elevation, Optional<Double> azimuth) {
        List<String> parts = new ArrayList<>();
        if (!type.isBlank()) {
            parts.add(type.strip());
        }
        elevation.ifPresent(a -> parts.add("elevation " + a + " deg"));
        azimuth.ifPresent(a -> parts.add("azimuth " + a + " deg"));
        return parts.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", parts));
    }
}
