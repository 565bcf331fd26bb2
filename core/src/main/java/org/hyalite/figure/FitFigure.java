package org.hyalite.figure;

import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * A spectrum with its fit around one element's lines: above the counts, the model, the background and each line group upon
 * it; below what is left, in standard deviations of the counts. Two windows stand in a row.
 */
public final class FitFigure {
    private static final double ABOVE = 118;
    private static final double BELOW = 40;
    private static final double GAP = 5;
    private static final double HEADING = 13;
    private static final double RIGHT = 9;
    private static final double BETWEEN = 10;
    /** A group's curve ends where it makes less of its highest value than this, so that the background shows. */
    private static final double VISIBLE = 0.01;

    private static final Color DATA = Canvas.INK;
    private static final Color MODEL = new Color(0xD2, 0x3B, 0x10);
    private static final Color BACKGROUND = new Color(0x88, 0x88, 0x88);
    private static final Color ERROR_BAND = new Color(0xEE, 0xEE, 0xF2);

    private FitFigure() {}

    /**
     * One line group's share of the model.
     *
     * @param counts at each channel of the window; the array is not copied
     * @param own whether it belongs to the element that the figure is of
     */
    public record Group(String name, double[] counts, boolean own) {}

    /**
     * A range of energies; all arrays are as long as {@code energyKeV} and are not copied.
     *
     * @param energyKeV of the channels, keV
     * @param data counts
     * @param model everything modelled, counts
     * @param background the continuum, counts
     * @param logarithmic whether counts are shown as powers of ten
     */
    public record Window(
            String title,
            double[] energyKeV,
            double[] data,
            double[] model,
            double[] background,
            List<Group> groups,
            boolean logarithmic) {
        public Window {
            int n = energyKeV.length;
            if (n < 2 || data.length != n || model.length != n || background.length != n) {
                throw new IllegalArgumentException("a window of " + n + " energies, " + data.length + " counts, "
                        + model.length + " of a model and " + background.length + " of a background");
            }
        }
    }

    private record Layout(Window window, List<Curve> curves, List<Color> colours, Ticks x, Ticks y, Ticks rest) {}

    /** Draws the windows. */
    public static Figure draw(String title, List<Window> windows) {
        return draw(title, windows, Look.USUAL);
    }

    /** The same with another look. */
    public static Figure draw(String title, List<Window> windows, Look look) {
        if (windows.isEmpty()) {
            throw new IllegalArgumentException("a fit without lines");
        }
        int columns = Math.min(look.columns(2), windows.size());
        double width = look.content(columns == 1 ? Figure.IN_COLUMN : Figure.ON_PAGE);
        double cell = (width - (columns - 1) * BETWEEN) / columns;
        List<Layout> layouts = windows.stream().map(w -> layout(w, cell, look)).toList();
        double left = layouts.stream()
                .mapToDouble(l -> Math.max(Axes.left(l.y()), Axes.left(l.rest())))
                .max()
                .orElse(0);
        double plotWidth = cell - left - RIGHT;
        List<Legend> legends = layouts.stream()
                .map(l -> Legend.of(entries(l), plotWidth + RIGHT))
                .toList();
        double highest = legends.stream().mapToDouble(Legend::height).max().orElse(0);
        double row = HEADING + highest + 2 + ABOVE + GAP + BELOW + Axes.BELOW + 8;
        int rows = (windows.size() + columns - 1) / columns;
        return Figure.of(title, width, rows * row - 4, canvas -> {
            for (int i = 0; i < layouts.size(); i++) {
                double x = (i % columns) * (cell + BETWEEN);
                double top = (i / columns) * row;
                String letter = layouts.size() == 1 ? "" : Axes.letter(i);
                Box plot = new Box(x + left, top + HEADING + highest + 2, plotWidth, ABOVE);
                Axes.heading(canvas, letter, layouts.get(i).window().title(), x, top + HEADING - 4, cell, Canvas.INK);
                legends.get(i).draw(canvas, plot.x(), plot.y() - legends.get(i).height() - 2);
                window(canvas, layouts.get(i), plot, look);
            }
        });
    }

    private static Layout layout(Window w, double cell, Look look) {
        List<Curve> curves = new ArrayList<>();
        List<Color> colours = new ArrayList<>();
        curves.add(Curve.of(look.say("data"), w.energyKeV(), w.data(), Curve.Style.STEPS));
        colours.add(DATA);
        curves.add(Curve.of(look.say("model"), w.energyKeV(), w.model(), Curve.Style.LINE));
        colours.add(MODEL);
        curves.add(Curve.of(look.say("background"), w.energyKeV(), w.background(), Curve.Style.DASHED));
        colours.add(BACKGROUND);
        int colour = 0;
        for (Group group : w.groups()) {
            double[] upon = new double[w.background().length];
            double least = VISIBLE * Arrays.stream(group.counts()).max().orElse(0);
            for (int c = 0; c < upon.length; c++) {
                upon[c] = group.counts()[c] > least ? w.background()[c] + group.counts()[c] : Double.NaN;
            }
            curves.add(Curve.of(group.name(), w.energyKeV(), upon, Curve.Style.LINE));
            if (colour == 1) {
                colour++; // too near the model's
            }
            colours.add(Palette.series(colour++));
        }
        Ticks x = Ticks.linear(w.energyKeV()[0], w.energyKeV()[w.energyKeV().length - 1], (int) (cell / 34));
        double high = 0;
        double low = Double.POSITIVE_INFINITY;
        for (int c = 0; c < w.data().length; c++) {
            high = Math.max(high, Math.max(w.data()[c], w.model()[c]));
            double least = Math.min(w.data()[c], w.model()[c]);
            low = least > 0 ? Math.min(low, least) : low;
        }
        Ticks y = w.logarithmic()
                ? Ticks.logarithmic(Math.max(Math.min(low, high), high * 1e-5), high)
                : Ticks.rounded(0, 1.03 * high, 5);
        double far = 3.4;
        for (double r : residuals(w)) {
            far = Math.max(far, 1.08 * Math.abs(r));
        }
        return new Layout(w, curves, colours, x, y, Ticks.linear(-far, far, 4));
    }

    /** {@code (data − model) / √model}; a model of less than one count is taken as one. */
    private static double[] residuals(Window w) {
        double[] residuals = new double[w.data().length];
        for (int c = 0; c < residuals.length; c++) {
            residuals[c] = (w.data()[c] - w.model()[c]) / Math.sqrt(Math.max(1, w.model()[c]));
        }
        return residuals;
    }

    private static void window(Canvas canvas, Layout layout, Box plot, Look look) {
        Ticks unnamed = new Ticks(
                layout.x().low(),
                layout.x().high(),
                layout.x().at(),
                Collections.nCopies(layout.x().at().size(), ""),
                0,
                false);
        Axes above = Axes.of(plot, unnamed, layout.y());
        above.grid(canvas);
        canvas.clip(plot);
        for (int i = 0; i < layout.curves().size(); i++) {
            CurveFigure.curve(
                    canvas, above, layout.curves().get(i), layout.colours().get(i));
        }
        canvas.unclip();
        above.draw(canvas, "", look.say("counts"));
        Box lower = new Box(plot.x(), plot.bottom() + GAP, plot.width(), BELOW);
        Axes below = Axes.of(lower, layout.x(), layout.rest());
        double band = below.y(-2) - below.y(2);
        canvas.fill(new Box(lower.x(), below.y(2), lower.width(), band), ERROR_BAND);
        below.grid(canvas);
        canvas.clip(lower);
        canvas.line(lower.x(), below.y(0), lower.right(), below.y(0), 0.7, MODEL);
        CurveFigure.curve(
                canvas,
                below,
                Curve.of("", layout.window().energyKeV(), residuals(layout.window()), Curve.Style.STEPS),
                DATA);
        canvas.unclip();
        below.draw(canvas, look.say("energy (keV)"), look.say("rest (sd)"));
    }

    private static List<Legend.Entry> entries(Layout layout) {
        List<Legend.Entry> entries = new ArrayList<>();
        for (int i = 0; i < layout.curves().size(); i++) {
            Curve curve = layout.curves().get(i);
            Color colour = layout.colours().get(i);
            entries.add(
                    new Legend.Entry(curve.name(), (canvas, box) -> CurveFigure.swatch(canvas, box, curve, colour)));
        }
        return entries;
    }
}
