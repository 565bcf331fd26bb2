package org.hyalite.figure;

import java.awt.Color;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.util.ArrayList;
import java.util.List;

/**
 * Plots of y against x, two in a row: threshold curves with their fit, weight curves, shifts, spectra, mass checks.
 */
public final class CurveFigure {
    private static final double PLOT_HEIGHT = 128;
    private static final double HEADING = 13;
    private static final double RIGHT = 9;
    private static final double BETWEEN = 10;
    private static final double RADIUS = 1.5;
    private static final int MOST_FULL_DOTS = 120;

    private CurveFigure() {}

    /** How the upright axis counts. */
    public enum Upright {
        LINEAR,
        /** Linear, from zero. */
        FROM_ZERO,
        /** Powers of ten; values that are not positive are left out. */
        LOGARITHMIC
    }

    /**
     * A value on the x axis worth marking.
     *
     * @param label what it is, for the legend
     * @param x where
     */
    public record Mark(String label, double x) {}

    /**
     * One plot.
     *
     * @param title above it; may be empty
     * @param xTitle with the unit in brackets at its end: {@code tilt (°)}
     * @param yTitle likewise
     * @param upright the y axis
     * @param curves drawn in this order
     * @param marks upright lines
     */
    public record Panel(
            String title, String xTitle, String yTitle, Upright upright, List<Curve> curves, List<Mark> marks) {
        /** A plot without marks. */
        public static Panel of(String title, String xTitle, String yTitle, Upright upright, List<Curve> curves) {
            return new Panel(title, xTitle, yTitle, upright, curves, List.of());
        }

        /** The same with marks. */
        public Panel marked(List<Mark> some) {
            return new Panel(title, xTitle, yTitle, upright, curves, some);
        }

        private Panel said(Look look) {
            return new Panel(
                    look.say(title),
                    look.say(xTitle),
                    look.say(yTitle),
                    upright,
                    curves.stream().map(c -> c.named(look.say(c.name()))).toList(),
                    marks.stream()
                            .map(m -> new Mark(look.say(m.label()), m.x()))
                            .toList());
        }
    }

    private record Layout(Panel panel, Ticks x, Ticks y, Legend legend) {}

    /** Draws the plots: one takes a column's width, more stand two in a row on a page's. */
    public static Figure draw(String title, List<Panel> panels) {
        return draw(title, panels, Look.USUAL);
    }

    /** The same with another look. */
    public static Figure draw(String title, List<Panel> given, Look look) {
        if (given.isEmpty()) {
            throw new IllegalArgumentException("a figure of no plots");
        }
        List<Panel> panels = given.stream().map(p -> p.said(look)).toList();
        int columns = Math.min(look.columns(2), panels.size());
        double width = look.content(columns == 1 ? Figure.IN_COLUMN : Figure.ON_PAGE);
        double cell = (width - (columns - 1) * BETWEEN) / columns;
        double left = 0;
        for (Panel panel : panels) {
            left = Math.max(left, Axes.left(yTicks(panel)));
        }
        double plotWidth = cell - left - RIGHT;
        List<Layout> layouts = new ArrayList<>();
        for (Panel panel : panels) {
            layouts.add(new Layout(
                    panel, xTicks(panel, plotWidth), yTicks(panel), Legend.of(entries(panel), plotWidth + RIGHT)));
        }
        List<Double> tops = new ArrayList<>();
        List<Double> titles = new ArrayList<>();
        double heading = layouts.size() == 1 && panels.get(0).title().isBlank() ? 0 : HEADING;
        double y = 0;
        for (int i = 0; i < layouts.size(); i += columns) {
            double legends = layouts.subList(i, Math.min(i + columns, layouts.size())).stream()
                    .mapToDouble(l -> l.legend().height())
                    .max()
                    .orElse(0);
            titles.add(y + HEADING - 4);
            tops.add(y + heading + legends + 2);
            y += heading + legends + 2 + PLOT_HEIGHT + Axes.BELOW + 6;
        }
        double from = left;
        return Figure.of(title, width, y - 4, canvas -> {
            for (int i = 0; i < layouts.size(); i++) {
                double x = (i % columns) * (cell + BETWEEN);
                double top = tops.get(i / columns);
                String letter = layouts.size() == 1 ? "" : Axes.letter(i);
                panel(
                        canvas,
                        layouts.get(i),
                        letter,
                        x,
                        titles.get(i / columns),
                        new Box(x + from, top, plotWidth, PLOT_HEIGHT));
            }
        });
    }

    private static void panel(Canvas canvas, Layout layout, String letter, double x, double title, Box plot) {
        Panel panel = layout.panel();
        double legendTop = plot.y() - layout.legend().height() - 2;
        Axes.heading(canvas, letter, panel.title(), x, title, plot.right() + RIGHT - x, Canvas.INK);
        layout.legend().draw(canvas, plot.x(), legendTop);
        Axes axes = Axes.of(plot, layout.x(), layout.y());
        axes.grid(canvas);
        canvas.clip(plot);
        for (int i = 0; i < panel.marks().size(); i++) {
            double at = axes.x(panel.marks().get(i).x());
            if (Double.isFinite(at)) {
                canvas.stroke(new Line2D.Double(at, plot.y(), at, plot.bottom()), 0.8, markColour(i), dashes(i));
            }
        }
        for (int i = 0; i < panel.curves().size(); i++) {
            curve(canvas, axes, panel.curves().get(i), colour(panel, i));
        }
        canvas.unclip();
        axes.draw(canvas, panel.xTitle(), panel.yTitle());
    }

    static void curve(Canvas canvas, Axes axes, Curve curve, Color colour) {
        switch (curve.style()) {
            case LINE, DASHED, LINE_AND_POINTS -> join(canvas, axes, curve, colour);
            case STEPS -> steps(canvas, axes, curve, colour);
            case POINTS -> {}
        }
        boolean dots = curve.style() == Curve.Style.POINTS || curve.style() == Curve.Style.LINE_AND_POINTS;
        double radius = curve.size() > MOST_FULL_DOTS ? 0.6 * RADIUS : RADIUS;
        for (int i = 0; i < curve.size(); i++) {
            if (!shown(axes, curve, i)) {
                continue;
            }
            double x = axes.x(curve.x(i));
            if (curve.error(i) > 0) {
                double low = axes.y(curve.y(i) - curve.error(i));
                double high = axes.y(curve.y(i) + curve.error(i));
                canvas.line(x, low, x, high, 0.6, colour);
                canvas.line(x - 1.4, low, x + 1.4, low, 0.6, colour);
                canvas.line(x - 1.4, high, x + 1.4, high, 0.6, colour);
            }
            if (dots) {
                canvas.dot(x, axes.y(curve.y(i)), radius, colour);
            }
        }
    }

    private static void join(Canvas canvas, Axes axes, Curve curve, Color colour) {
        Path2D path = new Path2D.Double();
        boolean pen = false;
        for (int i = 0; i < curve.size(); i++) {
            if (!shown(axes, curve, i)) {
                pen = false;
                continue;
            }
            if (pen) {
                path.lineTo(axes.x(curve.x(i)), axes.y(curve.y(i)));
            } else {
                path.moveTo(axes.x(curve.x(i)), axes.y(curve.y(i)));
            }
            pen = true;
        }
        if (curve.style() == Curve.Style.DASHED) {
            canvas.stroke(path, 1, colour, 4f, 2.5f);
        } else {
            canvas.stroke(path, curve.size() > 400 ? 0.8 : 1.1, colour);
        }
    }

    private static void steps(Canvas canvas, Axes axes, Curve curve, Color colour) {
        Path2D path = new Path2D.Double();
        boolean pen = false;
        for (int i = 0; i < curve.size(); i++) {
            if (!shown(axes, curve, i)) {
                pen = false;
                continue;
            }
            double here = axes.x(curve.x(i));
            double before = i > 0 ? (axes.x(curve.x(i - 1)) + here) / 2 : here;
            double after = i + 1 < curve.size() ? (here + axes.x(curve.x(i + 1))) / 2 : here;
            double y = axes.y(curve.y(i));
            if (pen) {
                path.lineTo(before, y);
            } else {
                path.moveTo(before, y);
            }
            path.lineTo(after, y);
            pen = true;
        }
        canvas.stroke(path, 0.7, colour);
    }

    private static boolean shown(Axes axes, Curve curve, int i) {
        return Double.isFinite(axes.x(curve.x(i))) && Double.isFinite(axes.y(curve.y(i)));
    }

    private static Ticks xTicks(Panel panel, double width) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (Curve curve : panel.curves()) {
            for (int i = 0; i < curve.size(); i++) {
                if (Double.isFinite(curve.x(i)) && Double.isFinite(curve.y(i))) {
                    low = Math.min(low, curve.x(i));
                    high = Math.max(high, curve.x(i));
                }
            }
        }
        for (Mark mark : panel.marks()) {
            if (Double.isFinite(mark.x())) {
                low = Math.min(low, mark.x());
                high = Math.max(high, mark.x());
            }
        }
        double air = panel.curves().stream().allMatch(c -> c.size() > MOST_FULL_DOTS) ? 0 : 0.03 * (high - low);
        return Ticks.linear(low - air, high + air, (int) (width / 28));
    }

    private static Ticks yTicks(Panel panel) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        double smallest = Double.POSITIVE_INFINITY;
        for (Curve curve : panel.curves()) {
            for (int i = 0; i < curve.size(); i++) {
                if (Double.isFinite(curve.x(i)) && Double.isFinite(curve.y(i))) {
                    low = Math.min(low, curve.y(i) - curve.error(i));
                    high = Math.max(high, curve.y(i) + curve.error(i));
                    if (curve.y(i) > 0) {
                        smallest = Math.min(smallest, curve.y(i));
                    }
                }
            }
        }
        return switch (panel.upright()) {
            case LINEAR -> Ticks.rounded(low - 0.02 * (high - low), high + 0.02 * (high - low), 5);
            case FROM_ZERO -> Ticks.rounded(Math.min(0, low), high * 1.02, 5);
            case LOGARITHMIC -> Ticks.logarithmic(Math.max(smallest, high * 1e-7), high);
        };
    }

    private static List<Legend.Entry> entries(Panel panel) {
        List<Legend.Entry> entries = new ArrayList<>();
        for (int i = 0; i < panel.curves().size(); i++) {
            Curve curve = panel.curves().get(i);
            Color colour = colour(panel, i);
            if (!curve.name().isEmpty()) {
                entries.add(new Legend.Entry(curve.name(), (canvas, box) -> swatch(canvas, box, curve, colour)));
            }
        }
        for (int i = 0; i < panel.marks().size(); i++) {
            Color colour = markColour(i);
            float[] dashes = dashes(i);
            entries.add(new Legend.Entry(
                    panel.marks().get(i).label(),
                    (canvas, box) -> canvas.stroke(
                            new Line2D.Double(box.x(), box.centreY(), box.right(), box.centreY()),
                            0.8,
                            colour,
                            dashes)));
        }
        return entries;
    }

    static void swatch(Canvas canvas, Box box, Curve curve, Color colour) {
        if (curve.style() == Curve.Style.DASHED) {
            canvas.stroke(new Line2D.Double(box.x(), box.centreY(), box.right(), box.centreY()), 1, colour, 4f, 2.5f);
        } else if (curve.style() != Curve.Style.POINTS) {
            canvas.line(box.x(), box.centreY(), box.right(), box.centreY(), 1.1, colour);
        }
        if (curve.style() == Curve.Style.POINTS || curve.style() == Curve.Style.LINE_AND_POINTS) {
            canvas.dot(box.centreX(), box.centreY(), 1.2 * RADIUS, colour);
        }
    }

    private static Color colour(Panel panel, int i) {
        return panel.curves().get(i).colour().orElse(Palette.series(i));
    }

    private static Color markColour(int i) {
        int grey = 60 + 40 * (i % 3);
        return new Color(grey, grey, grey);
    }

    private static float[] dashes(int i) {
        return switch (i % 3) {
            case 0 -> new float[] {5, 1.2f};
            case 1 -> new float[] {2, 1.6f};
            default -> new float[] {5, 1.5f, 1, 1.5f};
        };
    }
}
