package org.hyalite.figure;

import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import org.hyalite.figure.Canvas.Anchor;
import org.hyalite.figure.PhaseDiagramFigure.Ellipse;
import org.hyalite.figure.PhaseDiagramFigure.Mark;
import org.hyalite.figure.PhaseDiagramFigure.TieLine;

/** The ellipses of phases on a diagram, and their labels. */
final class PhaseRings {
    /** 95 % point of χ² with two degrees of freedom: −2 ln 0.05. */
    static final double WITHIN_95 = -2 * Math.log(0.05);

    private static final Color LINE = new Color(255, 255, 255, 215);
    static final Color RING = new Color(120, 220, 255, 235);
    static final Color PLATE = new Color(0, 0, 0, 150);

    /** An ellipse that has become a point would not be seen, points. */
    private static final double LEAST_RADIUS = 1.2;

    private static final int TIE_STEPS = 40;

    private PhaseRings() {}

    /** Draws all rings; the boxes that they take are returned. */
    static List<Box> draw(Canvas canvas, List<Mark> marks, List<Ellipse> ellipses, Axes axes) {
        List<Box> taken = new ArrayList<>();
        for (Mark mark : marks) {
            stroke(canvas, ring(mark, axes), 0.8, LINE, taken);
        }
        for (Ellipse ellipse : ellipses) {
            stroke(canvas, ring(ellipse, axes), 0.9, RING, taken);
        }
        return taken;
    }

    /** Puts every label above, below or beside its ring. */
    static void label(Canvas canvas, List<Mark> marks, List<Ellipse> ellipses, Axes axes, List<Box> taken) {
        for (Mark mark : marks) {
            label(canvas, mark.label(), ring(mark, axes).getBounds2D(), axes.plot(), taken);
        }
        for (Ellipse ellipse : ellipses) {
            label(canvas, ellipse.label(), ring(ellipse, axes).getBounds2D(), axes.plot(), taken);
        }
    }

    private static void stroke(Canvas canvas, Shape ring, double width, Color colour, List<Box> taken) {
        Rectangle2D bounds = ring.getBounds2D();
        if (Double.isFinite(bounds.getX() + bounds.getY() + bounds.getWidth() + bounds.getHeight())) {
            canvas.stroke(ring, width, colour);
            taken.add(new Box(bounds.getX(), bounds.getY(), bounds.getWidth(), bounds.getHeight()));
        }
    }

    private static Shape ring(Mark mark, Axes axes) {
        double rx = Math.abs(axes.x(mark.fractionMean() + 2 * mark.fractionSd()) - axes.x(mark.fractionMean()));
        double ry = Math.abs(axes.y(mark.densityMean() + 2 * mark.densitySd()) - axes.y(mark.densityMean()));
        return new Ellipse2D.Double(axes.x(mark.fractionMean()) - rx, axes.y(mark.densityMean()) - ry, 2 * rx, 2 * ry);
    }

    /** The unit circle through the covariance's Cholesky factor, in points on the page. */
    static Shape ring(Ellipse ellipse, Axes axes) {
        double perFraction = axes.x(1) - axes.x(0);
        double perDensity = axes.y(1) - axes.y(0);
        double xx = Math.max(0, ellipse.varFraction()) * perFraction * perFraction;
        double yy = Math.max(0, ellipse.varDensity()) * perDensity * perDensity;
        double most = Math.sqrt(xx * yy);
        double xy = Math.max(-most, Math.min(most, ellipse.covariance() * perFraction * perDensity));
        double l11 = Math.max(Math.sqrt(xx * WITHIN_95), LEAST_RADIUS);
        double l21 = xx > 0 ? xy / Math.sqrt(xx) * Math.sqrt(WITHIN_95) : 0;
        double l22 = Math.max(Math.sqrt(Math.max(0, yy * WITHIN_95 - l21 * l21)), LEAST_RADIUS);
        AffineTransform place =
                new AffineTransform(l11, l21, 0, l22, axes.x(ellipse.fraction()), axes.y(ellipse.density()));
        return place.createTransformedShape(new Ellipse2D.Double(-1, -1, 2, 2));
    }

    /** All mixtures of two phases. */
    static Shape tieLine(TieLine tie, Axes axes) {
        Path2D line = new Path2D.Double();
        for (int step = 0; step <= TIE_STEPS; step++) {
            double t = (double) step / TIE_STEPS;
            double n = (1 - t) * tie.densityFrom() + t * tie.densityTo();
            double atoms = (1 - t) * tie.fractionFrom() * tie.densityFrom() + t * tie.fractionTo() * tie.densityTo();
            double x = axes.x(n > 0 ? atoms / n : 0);
            double y = axes.y(n);
            if (!Double.isFinite(x + y)) {
                return new Path2D.Double();
            }
            if (step == 0) {
                line.moveTo(x, y);
            } else {
                line.lineTo(x, y);
            }
        }
        return line;
    }

    /** Puts a label above, below or beside its ellipse, wherever it covers nothing. */
    private static void label(Canvas canvas, String label, Rectangle2D ellipse, Box plot, List<Box> taken) {
        String text = Type.TICK.fit(label, plot.width() - 8);
        if (text.isEmpty() || !Double.isFinite(ellipse.getCenterX()) || !Double.isFinite(ellipse.getCenterY())) {
            return;
        }
        double width = Type.TICK.width(text) + 4;
        double height = Type.TICK.capHeight() + 4;
        double middle = Math.max(plot.x() + 2, Math.min(plot.right() - width - 2, ellipse.getCenterX() - width / 2));
        double level = ellipse.getCenterY() - height / 2;
        List<Box> places = List.of(
                new Box(middle, ellipse.getMinY() - height - 2, width, height),
                new Box(middle, ellipse.getMaxY() + 2, width, height),
                new Box(ellipse.getMaxX() + 2, level, width, height),
                new Box(ellipse.getMinX() - width - 2, level, width, height),
                new Box(middle, plot.y() + 2, width, height),
                new Box(middle, plot.bottom() - height - 2, width, height));
        for (Box place : places) {
            if (plot.contains(place) && taken.stream().noneMatch(place::overlaps)) {
                canvas.fill(place, PLATE);
                canvas.text(text, place.centreX(), place.bottom() - 2, Anchor.MIDDLE, Type.TICK, Color.WHITE);
                taken.add(place);
                return;
            }
        }
    }
}
