package org.hyalite.io.tiff;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.hyalite.io.format.LengthUnit;
import org.hyalite.physics.Acquisition;
import org.hyalite.physics.Acquisition.Key;
import org.hyalite.physics.Units;

/**
 * Pages that no description lays out: those of one size that follow each other are a stack. Pixel sizes come from the
 * tags of DigitalMicrograph's export or of FEI's instruments; a resolution per centimetre or inch is for printing unless
 * it is finer than any printer.
 */
final class PlainPages {
    private static final double FINEST_PRINT_NM = 1e4;
    private static final double NM_PER_INCH = 2.54e7;
    private static final double NM_PER_CM = 1e7;
    private static final int INCH = 2;
    private static final int CENTIMETRE = 3;
    private static final List<String> COLOURS = List.of("red", "green", "blue");

    private PlainPages() {}

    private record Size(double y, double x, String source) {}

    static List<Stored> read(
            TiffBytes file, List<TiffDirectory> directories, List<Integer> pages, List<String> warnings) {
        List<Stored> all = new ArrayList<>();
        for (int from = 0; from < pages.size(); ) {
            TiffDirectory first = directories.get(pages.get(from));
            PageLayout layout = PageLayout.of(file, first);
            int to = from + 1;
            while (to < pages.size()
                    && PageLayout.of(file, directories.get(pages.get(to))).sameShape(layout)) {
                to++;
            }
            Size size = size(first, warnings);
            Acquisition known = fei(first);
            int colours = layout.photometric() == 2 ? Math.min(3, layout.samples()) : layout.samples();
            if (colours < layout.samples()) {
                warnings.add("its further samples (transparency) are left out");
            }
            for (int s = 0; s < colours; s++) {
                List<Stored.Plane> planes = new ArrayList<>();
                for (int p = from; p < to; p++) {
                    planes.add(new Stored.Plane(pages.get(p), s, 0));
                }
                String name = colours == 1 ? "" : layout.photometric() == 2 ? COLOURS.get(s) : "sample " + (s + 1);
                all.add(new Stored(name, planes, false, Double.NaN, size.y, size.x, size.source, known));
            }
            from = to;
        }
        return all;
    }

    private static Size size(TiffDirectory page, List<String> warnings) {
        OptionalDouble x = LengthUnit.nm(page.text(Tag.DM_UNIT_X));
        OptionalDouble y = LengthUnit.nm(page.text(Tag.DM_UNIT_Y));
        if (x.isPresent() && y.isPresent() && page.has(Tag.DM_SCALE_X) && page.has(Tag.DM_SCALE_Y)) {
            return new Size(
                    y.getAsDouble() * Math.abs(page.number(Tag.DM_SCALE_Y).orElse(Double.NaN)),
                    x.getAsDouble() * Math.abs(page.number(Tag.DM_SCALE_X).orElse(Double.NaN)),
                    "tags 65009, 65003 (DigitalMicrograph)");
        }
        String fei = feiText(page);
        double width = section(fei, "scan", "pixelwidth") * Units.NM_PER_M;
        if (width > 0) {
            return new Size(section(fei, "scan", "pixelheight") * Units.NM_PER_M, width, "[Scan] PixelWidth (FEI)");
        }
        int unit = (int) page.whole(Tag.RESOLUTION_UNIT, INCH);
        double nm = unit == CENTIMETRE ? NM_PER_CM : unit == INCH ? NM_PER_INCH : Double.NaN;
        double xNm = nm / page.number(Tag.X_RESOLUTION).orElse(Double.NaN);
        double yNm = nm / page.number(Tag.Y_RESOLUTION).orElse(Double.NaN);
        if (xNm > 0 && yNm > 0 && xNm < FINEST_PRINT_NM) {
            warnings.add("its pixel size is taken from its resolution per " + (unit == INCH ? "inch" : "centimetre")
                    + ", which is too fine for printing");
            return new Size(yNm, xNm, "XResolution");
        }
        return new Size(Double.NaN, Double.NaN, "");
    }

    private static Acquisition fei(TiffDirectory page) {
        double volts = section(feiText(page), "beam", "hv");
        return volts > 0
                ? Acquisition.nothing().with(Key.BEAM_ENERGY, volts / Units.EV_PER_KEV, "[Beam] HV (FEI)")
                : Acquisition.nothing();
    }

    private static String feiText(TiffDirectory page) {
        return page.text(page.has(Tag.FEI_HELIOS) ? Tag.FEI_HELIOS : Tag.FEI_SFEG);
    }

    /** A number of a text in sections, {@code NaN} if it is not there. */
    private static double section(String text, String wanted, String key) {
        String section = "";
        for (String line : text.split("\\R")) {
            String plain = line.strip().toLowerCase(Locale.ROOT);
            if (plain.startsWith("[")) {
                section = plain.replaceAll("[\\[\\]]", "");
            } else if (section.equals(wanted) && plain.startsWith(key + "=")) {
                try {
                    double value = Double.parseDouble(plain.substring(key.length() + 1));
                    return Double.isFinite(value) ? value : Double.NaN;
                } catch (NumberFormatException e) {
                    return Double.NaN;
                }
            }
        }
        return Double.NaN;
    }
}
