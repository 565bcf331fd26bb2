package org.hyalite.io.msa;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hyalite.io.format.Axis;
import org.hyalite.io.format.LengthUnit;
import org.hyalite.io.format.MalformedFileException;
import org.hyalite.io.format.UnsupportedFileException;
import org.hyalite.physics.Units;

/** The energies of a spectrum: from XPERCHAN and OFFSET (or CHOFFSET), or from the x values of XY data. */
final class MsaAxis {
    private static final Pattern IN_LABEL = Pattern.compile("[(\\[]([^)\\]]+)[)\\]]");
    /** Printed energies are rounded; a spectrum whose x differ by more than this share of a step is not even. */
    private static final double EVEN = 0.1;

    private static final double KEV_PER_MEV = 1000;

    private MsaAxis() {}

    /**
     * @param xs the x values of XY data; empty for Y data
     * @return in keV, or channel numbers (or whatever the file has) without a unit
     */
    static Axis of(Path file, Keywords keywords, int points, double[] xs, List<String> warnings) {
        String unit = unit(keywords);
        double keV = keVPer(unit);
        if (Double.isNaN(keV) && LengthUnit.nm(unit).isPresent()) {
            throw new UnsupportedFileException(
                    file, "its x axis is in " + unit + "; spectra against energy (XUNITS eV or keV) are read");
        }
        double step;
        double offset;
        if (xs.length > 1) {
            offset = xs[0];
            step = (xs[points - 1] - xs[0]) / (points - 1);
            requireEven(file, xs, step);
        } else {
            step = keywords.number("#XPERCHAN")
                    .orElseThrow(() -> new MalformedFileException(
                            file, "its header", "there is no XPERCHAN, so no channel has an energy"));
            double perChannel = step;
            offset = xs.length == 1
                    ? xs[0]
                    : keywords.number("#OFFSET")
                            .orElseGet(() ->
                                    -perChannel * keywords.number("#CHOFFSET").orElse(0.0));
        }
        if (!(step > 0) || Double.isInfinite(step) || Double.isInfinite(offset)) {
            throw new MalformedFileException(
                    file, xs.length > 1 ? "#SPECTRUM" : "XPERCHAN", "channels are " + step + " wide");
        }
        if (Double.isNaN(keV)) {
            warnings.add("there is no energy calibration: XUNITS is " + (unit.isEmpty() ? "absent" : "'" + unit + "'"));
            return new Axis("energy", points, step, offset, "");
        }
        return new Axis("energy", points, step * keV, offset * keV, "keV");
    }

    private static String unit(Keywords keywords) {
        String unit = keywords.text("#XUNITS");
        if (unit.isEmpty()) {
            Matcher label = IN_LABEL.matcher(keywords.text("#XLABEL"));
            return label.find() ? label.group(1).strip() : "";
        }
        return Keywords.shown(unit);
    }

    private static double keVPer(String unit) {
        return switch (unit.toLowerCase(Locale.ROOT)) {
            case "ev" -> 1 / Units.EV_PER_KEV;
            case "kev" -> 1;
            case "mev" -> unit.charAt(0) == 'M' ? KEV_PER_MEV : Double.NaN;
            default -> Double.NaN;
        };
    }

    private static void requireEven(Path file, double[] xs, double step) {
        for (int i = 0; i < xs.length; i++) {
            if (!(Math.abs(xs[0] + i * step - xs[i]) <= EVEN * Math.abs(step))) {
                throw new UnsupportedFileException(
                        file, "its channels are not equally wide (channel " + i + " is at " + xs[i] + ")");
            }
        }
    }
}
