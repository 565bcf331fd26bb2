package org.hyalite.figure;

import java.awt.Color;
import java.awt.geom.Path2D;
import java.util.Arrays;
import java.util.List;
import org.hyalite.figure.Canvas.Anchor;

/** A ternary diagram: the volume of matter at each share of three elements, with a scale along every side. */
public final class TernaryFigure {
    private static final double SIDE = 178;
    private static final double LEFT = 26;
    private static final double TOP = 22;
    private static final double BELOW = 26;
    private static final double GAP = 10;
    private static final int STEPS = 5;
    private static final double TICK = 3;
    private static final double TALL = Math.sqrt(3) / 2;
    private static final Color LINE = new Color(255, 255, 255, 60);

    private TernaryFigure() {}

    /**
     * A phase's place.
     *
     * @param label may be empty
     * @param first fraction of the element at the top
     * @param second fraction of the element at the lower left
     */
    public record Mark(String label, double first, double second) {}

    /**
     * Draws a diagram.
     *
     * @param corners names of the element at the top, lower left and lower right
     * @param volumeNm3 nm³ of n² triangles: row i holds the shares i/n … (i + 1)/n of the top's element, in it 2 (n − i) − 1
     *     triangles by rising share of the second element, those that point to the top and those that do not in turns
     */
    public static Figure draw(List<String> corners, double[][] volumeNm3, List<Mark> marks) {
        return draw(corners, volumeNm3, marks, Look.USUAL);
    }

    /** The same with another look. */
    public static Figure draw(List<String> corners, double[][] volumeNm3, List<Mark> marks, Look look) {
        int n = volumeNm3.length;
        if (corners.size() != 3 || n < 1) {
            throw new IllegalArgumentException("a ternary figure of " + corners.size() + " corners and " + n + " rows");
        }
        for (int i = 0; i < n; i++) {
            if (volumeNm3[i].length != 2 * (n - i) - 1) {
                throw new IllegalArgumentException("row " + i + " of " + n + " has " + volumeNm3[i].length
                        + " triangles, expected " + (2 * (n - i) - 1));
            }
        }
        double[] filled = Arrays.stream(volumeNm3)
                .flatMapToDouble(Arrays::stream)
                .filter(v -> v > 0 && v < Double.POSITIVE_INFINITY)
                .sorted()
                .toArray();
        double high = ColourScale.positive(ColourScale.quantile(filled, PhaseDiagramFigure.MOST_CELLS));
        ColourScale scale = new ColourScale(
                look.amounts(ColourMap.EMBER), 0, high, "nm³", ColourScale.quantile(filled, 1) > high * 1.001);
        double height = TOP + SIDE * TALL + BELOW;
        return Figure.of("Ternary diagram", LEFT + SIDE + GAP + ColourBar.WIDTH + 6, height, canvas -> {
            canvas.fill(triangle(1, 0, 0, 1, 0, 0), scale.map().colour(0));
            for (int i = 0; i < n; i++) {
                for (int t = 0; t < volumeNm3[i].length; t++) {
                    if (volumeNm3[i][t] > 0) {
                        canvas.fill(cell(i, t, n), new Color(scale.rgb(volumeNm3[i][t])));
                    }
                }
            }
            scales(canvas, corners, look);
            for (Mark mark : marks) {
                mark(canvas, mark, look);
            }
            ColourBar.upright(
                    canvas,
                    new Box(LEFT + SIDE + GAP, TOP, ColourBar.WIDTH, SIDE * TALL),
                    scale,
                    look.say("volume (nm³)"));
        });
    }

    /** From the shares of the first and second corner to points on the page. */
    static double[] place(double first, double second) {
        double third = 1 - first - second;
        return new double[] {LEFT + SIDE * (third + first / 2), TOP + SIDE * TALL * (1 - first)};
    }

    private static Path2D triangle(double a1, double b1, double a2, double b2, double a3, double b3) {
        double[] p = place(a1, b1);
        double[] q = place(a2, b2);
        double[] r = place(a3, b3);
        Path2D path = new Path2D.Double();
        path.moveTo(p[0], p[1]);
        path.lineTo(q[0], q[1]);
        path.lineTo(r[0], r[1]);
        path.closePath();
        return path;
    }

    private static Path2D cell(int i, int number, int n) {
        int j = number / 2;
        double a = (double) i / n;
        double b = (double) j / n;
        double h = 1.0 / n;
        return number % 2 == 0 ? triangle(a, b, a + h, b, a, b + h) : triangle(a + h, b, a + h, b + h, a, b + h);
    }

    /** Each side carries the share of the corner that it runs up to, counted against the clock. */
    private static void scales(Canvas canvas, List<String> corners, Look look) {
        for (int s = 1; s < STEPS; s++) {
            double t = (double) s / STEPS;
            rule(canvas, t, 0, t, 1 - t);
            rule(canvas, 0, t, 1 - t, t);
            rule(canvas, 0, 1 - t, 1 - t, 0);
        }
        canvas.stroke(triangle(1, 0, 0, 1, 0, 0), Canvas.HAIRLINE, Canvas.INK);
        double cap = Type.TICK.capHeight();
        for (int s = 0; s <= STEPS; s++) {
            double t = (double) s / STEPS;
            String text = Numbers.fixed(t, 1);
            double[] right = place(t, 0);
            canvas.line(right[0], right[1], right[0] + TICK, right[1], 0.5, Canvas.INK);
            double[] left = place(1 - t, t);
            canvas.line(left[0], left[1], left[0] - TICK / 2, left[1] - TICK * TALL, 0.5, Canvas.INK);
            double[] below = place(0, 1 - t);
            canvas.line(below[0], below[1], below[0] - TICK / 2, below[1] + TICK * TALL, 0.5, Canvas.INK);
            if (s > 0 && s < STEPS) {
                canvas.text(text, right[0] + TICK + 2, right[1] + cap / 2, Anchor.START, Type.TICK, Canvas.INK);
                canvas.text(text, left[0] - TICK, left[1] - TICK, Anchor.END, Type.TICK, Canvas.INK);
                canvas.text(text, below[0] - 1, below[1] + TICK + 2 + cap, Anchor.MIDDLE, Type.TICK, Canvas.INK);
            }
        }
        double[] top = place(1, 0);
        double[] left = place(0, 1);
        double[] right = place(0, 0);
        canvas.text(corners.get(0), top[0], top[1] - 6, Anchor.MIDDLE, Type.TITLE, Canvas.INK);
        double level = left[1] + TICK + 12;
        canvas.text(corners.get(1), left[0], level, Anchor.MIDDLE, Type.TITLE, Canvas.INK);
        canvas.text(corners.get(2), right[0], level, Anchor.MIDDLE, Type.TITLE, Canvas.INK);
        String names = look.say("shares among " + String.join(", ", corners));
        canvas.text(Type.TICK.fit(names, SIDE), LEFT + SIDE / 2, level + 11, Anchor.MIDDLE, Type.TICK, Canvas.INK);
    }

    private static void rule(Canvas canvas, double a1, double b1, double a2, double b2) {
        double[] from = place(a1, b1);
        double[] to = place(a2, b2);
        canvas.line(from[0], from[1], to[0], to[1], 0.4, LINE);
    }

    private static void mark(Canvas canvas, Mark mark, Look look) {
        if (!Double.isFinite(mark.first() + mark.second())) {
            return;
        }
        double[] at = place(mark.first(), mark.second());
        canvas.stroke(new java.awt.geom.Ellipse2D.Double(at[0] - 4, at[1] - 4, 8, 8), 0.9, PhaseRings.RING);
        String text = Type.TICK.fit(look.say(mark.label()), SIDE / 2);
        double width = Type.TICK.width(text) + 4;
        double x = Math.max(LEFT, Math.min(LEFT + SIDE - width, at[0] - width / 2));
        double y = at[1] > TOP + SIDE * TALL - 20 ? at[1] - 17 : at[1] + 6;
        if (!text.isEmpty()) {
            canvas.fill(new Box(x, y, width, Type.TICK.capHeight() + 4), PhaseRings.PLATE);
            canvas.text(text, x + width / 2, y + Type.TICK.capHeight() + 2, Anchor.MIDDLE, Type.TICK, Color.WHITE);
        }
    }
}
