package org.hyalite.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.hyalite.figure.Curve;
import org.hyalite.figure.CurveFigure;
import org.hyalite.figure.CurveFigure.Upright;
import org.hyalite.figure.FitFigure;
import org.hyalite.grid.Spectrum;
import org.hyalite.physics.Element;
import org.hyalite.physics.XrayLine;
import org.hyalite.spectra.LineFitter;
import org.hyalite.spectra.LineModel;
import org.hyalite.spectra.SumFit;

/** The sum spectrum with its fit: the whole, and around one element's lines. */
final class SpectrumFigure {
    /** Peak widths (FWHM) that are shown on either side of a line. */
    private static final double REACH = 4.5;

    /** Groups that nowhere make so much of the element's highest line, or of the model there, are left out. */
    private static final double SEEN = 0.02;

    private static final int MOST_GROUPS = 6;

    /** An own line lower than this share of the window's highest peak would be flat on a linear scale. */
    private static final double FLAT = 0.12;

    private SpectrumFigure() {}

    static FigureData draw(String title, SumFit fit) {
        return new CurvesData(
                title,
                List.of(CurveFigure.Panel.of(
                        "",
                        "energy (keV)",
                        "counts",
                        Upright.LOGARITHMIC,
                        List.of(
                                curve("sum spectrum", fit.data(), Curve.Style.STEPS),
                                curve("model", fit.model(), Curve.Style.LINE),
                                curve("background", fit.background(), Curve.Style.DASHED)))));
    }

    private static Curve curve(String name, Spectrum spectrum, Curve.Style style) {
        double[] energy = new double[spectrum.counts().length];
        Arrays.setAll(energy, spectrum.axis()::energyKeV);
        return Curve.of(name, energy, spectrum.counts(), style);
    }

    /** Channels {@code from … to − 1} of the fitted range. */
    private record Channels(int from, int to) {}

    /** Around an element's quantified lines, with every group that overlaps them. */
    static FigureData around(Element element, LineFitter fitter) {
        SumFit fit = fitter.sumFit();
        List<FitFigure.Window> windows = new ArrayList<>();
        for (Channels channels : windows(element, fitter)) {
            windows.add(window(element, fit, channels));
        }
        return new FitData("Fit around the lines of " + element.symbol(), windows);
    }

    private static List<Channels> windows(Element element, LineFitter fitter) {
        Spectrum data = fitter.sumFit().data();
        int last = data.counts().length;
        List<Channels> all = fitter.model().lines().stream()
                .filter(l -> l.line().element().equals(element))
                .sorted(Comparator.comparingDouble(LineModel.Definition::energyKeV))
                .map(l -> {
                    double reach = REACH * l.fwhmEv() / 1000;
                    int from = (int) Math.floor(data.axis().channel(l.energyKeV() - reach));
                    int to = (int) Math.ceil(data.axis().channel(l.energyKeV() + reach)) + 1;
                    return new Channels(Math.max(0, from), Math.min(last, to));
                })
                .toList();
        List<Channels> merged = new ArrayList<>();
        for (Channels next : all) {
            Channels before = merged.isEmpty() ? new Channels(0, -1) : merged.get(merged.size() - 1);
            if (next.from() <= before.to()) {
                merged.set(merged.size() - 1, new Channels(before.from(), Math.max(before.to(), next.to())));
            } else {
                merged.add(next);
            }
        }
        return merged;
    }

    private static FitFigure.Window window(Element element, SumFit fit, Channels w) {
        double[] energy = new double[w.to() - w.from()];
        Arrays.setAll(energy, c -> fit.data().axis().energyKeV(w.from() + c));
        double[] model = part(fit.model(), w);
        double ownHeight = 0;
        for (SumFit.Curve curve : fit.curves()) {
            ownHeight = own(element, curve) ? Math.max(ownHeight, max(part(curve.curve(), w))) : ownHeight;
        }
        double seen = ownHeight;
        List<FitFigure.Group> groups = fit.curves().stream()
                .map(c -> new FitFigure.Group(label(c.name()), part(c.curve(), w), own(element, c)))
                .filter(g -> max(g.counts()) > 0 && (g.own() || max(g.counts()) > SEEN * seen))
                .sorted(Comparator.comparing((FitFigure.Group g) -> !g.own())
                        .thenComparingDouble(g -> -max(g.counts())))
                .limit(MOST_GROUPS)
                .toList();
        String title =
                String.format(Locale.ROOT, "%s, %.2f–%.2f keV", element.symbol(), energy[0], energy[energy.length - 1]);
        boolean logarithmic = ownHeight < FLAT * max(model);
        return new FitFigure.Window(
                title, energy, part(fit.data(), w), model, part(fit.background(), w), groups, logarithmic);
    }

    private static boolean own(Element element, SumFit.Curve curve) {
        return curve.name().startsWith(element.symbol() + "_");
    }

    /** {@code Fe Kα} of Fe_Ka, {@code Cu K} of Cu_K. */
    private static String label(String name) {
        return name.replace('_', ' ').replaceFirst("([KLM])a$", "$1α").replaceFirst("([KLM])b$", "$1β");
    }

    private static double[] part(Spectrum spectrum, Channels w) {
        return Arrays.copyOfRange(spectrum.counts(), w.from(), w.to());
    }

    private static double max(double[] values) {
        return Arrays.stream(values).max().orElse(0);
    }

    /** The elements of some lines, each once. */
    static List<Element> elements(List<XrayLine> lines) {
        return lines.stream().map(XrayLine::element).distinct().toList();
    }
}
