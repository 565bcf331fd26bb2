package org.hyalite.figure;

import java.awt.Color;
import org.hyalite.figure.Canvas.Anchor;

/** A framed plot with its two axes: from data to points on the page. */
final class Axes {
    /** Room below the frame for numbers and title, points. */
    static final double BELOW = 26;

    private static final double TICK = 2.6;
    private static final double GAP = 2.2;

    private final Box plot;
    private final Ticks x;
    private final Ticks y;

    private Axes(Box plot, Ticks x, Ticks y) {
        this.plot = plot;
        this.x = x;
        this.y = y;
    }

    static Axes of(Box plot, Ticks x, Ticks y) {
        return new Axes(plot, x, y);
    }

    /** Room left of the frame for the numbers and title of an axis, points. */
    static double left(Ticks y) {
        return Math.max(18, y.labelWidth()) + TICK + 2 * GAP + Type.LABEL.lineHeight();
    }

    Box plot() {
        return plot;
    }

    double x(double value) {
        return plot.x() + x.share(value) * plot.width();
    }

    double y(double value) {
        return plot.bottom() - y.share(value) * plot.height();
    }

    /** Faint lines through the marks. */
    void grid(Canvas canvas) {
        for (int i = 0; i < x.at().size(); i++) {
            double at = x(x.at().get(i));
            canvas.line(at, plot.y(), at, plot.bottom(), 0.4, Canvas.FAINT);
        }
        for (int i = 0; i < y.at().size(); i++) {
            if (!y.labels().get(i).isEmpty()) {
                double at = y(y.at().get(i));
                canvas.line(plot.x(), at, plot.right(), at, 0.4, Canvas.FAINT);
            }
        }
    }

    /** Frame, marks, numbers and titles. */
    void draw(Canvas canvas, String xTitle, String yTitle) {
        canvas.frame(plot, Canvas.HAIRLINE, Canvas.INK);
        double edge = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < x.at().size(); i++) {
            double at = x(x.at().get(i));
            boolean named = !x.labels().get(i).isEmpty();
            canvas.line(at, plot.bottom(), at, plot.bottom() + (named ? TICK : TICK / 2), 0.5, Canvas.INK);
            double half = Type.TICK.width(x.labels().get(i)) / 2;
            if (named && at - half > edge + 1) {
                double baseline = plot.bottom() + TICK + GAP + Type.TICK.capHeight();
                canvas.text(x.labels().get(i), at, baseline, Anchor.MIDDLE, Type.TICK, Canvas.INK);
                edge = at + half;
            }
        }
        for (int i = 0; i < y.at().size(); i++) {
            double at = y(y.at().get(i));
            boolean named = !y.labels().get(i).isEmpty();
            canvas.line(plot.x() - (named ? TICK : TICK / 2), at, plot.x(), at, 0.5, Canvas.INK);
            canvas.text(
                    y.labels().get(i),
                    plot.x() - TICK - GAP,
                    at + Type.TICK.capHeight() / 2,
                    Anchor.END,
                    Type.TICK,
                    Canvas.INK);
        }
        canvas.text(
                Type.LABEL.fit(x.title(xTitle), plot.width()),
                plot.centreX(),
                plot.bottom() + BELOW - 3,
                Anchor.MIDDLE,
                Type.LABEL,
                Canvas.INK);
        canvas.textUpwards(
                Type.LABEL.fit(y.title(yTitle), plot.height()),
                plot.x() - left(y) + Type.LABEL.lineHeight() - 2,
                plot.centreY(),
                Type.LABEL,
                Canvas.INK);
    }

    /** The panel's letter and title above the frame, in the room left for them. */
    static void heading(Canvas canvas, String letter, String title, double x, double baseline, double room, Color ink) {
        canvas.text(letter, x, baseline, Anchor.START, Type.LETTER, ink);
        double after = letter.isEmpty() ? 0 : Type.LETTER.width(letter) + 4;
        canvas.text(Type.TITLE.fit(title, room - after), x + after, baseline, Anchor.START, Type.TITLE, ink);
    }

    /** (a), (b), … (z), (aa), … */
    static String letter(int i) {
        String letters = i < 26 ? "" : String.valueOf((char) ('a' + i / 26 - 1));
        return "(" + letters + (char) ('a' + i % 26) + ")";
    }
}
