package org.hyalite.figure;

import java.awt.Color;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.hyalite.figure.Canvas.Anchor;

/** The scale beside or below an image: what each colour is worth. */
final class ColourBar {
    /** Room that an upright bar with numbers and title takes, points. */
    static final double WIDTH = 40;
    /** Thickness of a bar, points. */
    static final double THICKNESS = 6;

    /** Room for a name left of a level bar, points. */
    static final double NAME = 21;

    private static final int STEPS = 256;
    private static final double TICK = 2;

    private ColourBar() {}

    /** An upright bar at the left of {@code room}, as high as it, its title reading upwards at the right. */
    static void upright(Canvas canvas, Box room, ColourScale scale, String title) {
        double arrow = scale.clips() ? 5 : 0;
        Box bar = new Box(room.x(), room.y() + arrow, THICKNESS, room.height() - arrow);
        BufferedImage colours = new BufferedImage(1, STEPS, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < STEPS; i++) {
            colours.setRGB(0, STEPS - 1 - i, scale.map().rgb(i / (STEPS - 1.0)));
        }
        canvas.picture(colours, bar);
        Path2D outline = new Path2D.Double();
        outline.moveTo(bar.x(), bar.bottom());
        outline.lineTo(bar.x(), bar.y());
        if (scale.clips()) {
            canvas.triangle(
                    bar.x(),
                    bar.y(),
                    bar.right(),
                    bar.y(),
                    bar.centreX(),
                    room.y(),
                    scale.map().colour(1));
            outline.lineTo(bar.centreX(), room.y());
        }
        outline.lineTo(bar.right(), bar.y());
        outline.lineTo(bar.right(), bar.bottom());
        outline.closePath();
        canvas.stroke(outline, 0.4, Canvas.INK);
        Ticks ticks = Ticks.linear(scale.low(), scale.high(), (int) Math.max(2, bar.height() / 17));
        double widest = 0;
        for (int i = 0; i < ticks.at().size(); i++) {
            double y = bar.bottom() - ticks.share(ticks.at().get(i)) * bar.height();
            canvas.line(bar.right(), y, bar.right() + TICK, y, 0.5, Canvas.INK);
            double x = bar.right() + TICK + 1.6;
            double half = Type.TICK.capHeight() / 2;
            double middle = Math.max(room.y() + half, Math.min(room.bottom() - half, y));
            canvas.text(ticks.labels().get(i), x, middle + half, Anchor.START, Type.TICK, Canvas.INK);
            widest = Math.max(widest, Type.TICK.width(ticks.labels().get(i)));
        }
        canvas.textUpwards(
                Type.TICK.fit(ticks.title(title), room.height()),
                bar.right() + TICK + 3 + widest + Type.TICK.lineHeight() - 2,
                room.centreY(),
                Type.TICK,
                Canvas.INK);
    }

    /** What {@link #level} needs below its top, points. */
    static double levelHeight(int bars) {
        return bars * (THICKNESS + 1.2) + TICK + 2 * Type.TICK.lineHeight() + 3;
    }

    /** Level bars from black to each colour, one below another on one scale, names at the left. */
    static void level(
            Canvas canvas,
            double x,
            double top,
            double width,
            List<String> names,
            List<Color> colours,
            double high,
            boolean clips,
            String title) {
        double arrow = clips ? 5 : 0;
        double y = top;
        Box bar = new Box(x, y, width - arrow, THICKNESS);
        for (int k = 0; k < names.size(); k++) {
            bar = new Box(x, y, width - arrow, THICKNESS);
            Color colour = colours.get(k);
            canvas.picture(strip(share -> Raster.mixed(new double[] {share}, List.of(colour))), bar);
            if (clips) {
                canvas.triangle(bar.right(), bar.y(), bar.right(), bar.bottom(), x + width, bar.centreY(), colour);
            }
            canvas.text(
                    Type.TICK.fit(names.get(k), NAME),
                    x - 3,
                    bar.centreY() + Type.TICK.capHeight() / 2,
                    Anchor.END,
                    Type.TICK,
                    Canvas.INK);
            y += THICKNESS + 1.2;
        }
        Ticks ticks = Ticks.linear(0, high, (int) Math.max(2, width / 32));
        double below = bar.bottom();
        for (int i = 0; i < ticks.at().size(); i++) {
            double at = bar.x() + ticks.share(ticks.at().get(i)) * bar.width();
            canvas.line(at, below, at, below + TICK, 0.5, Canvas.INK);
            canvas.text(
                    ticks.labels().get(i),
                    at,
                    below + TICK + 1.8 + Type.TICK.capHeight(),
                    Anchor.MIDDLE,
                    Type.TICK,
                    Canvas.INK);
        }
        canvas.text(
                Type.TICK.fit(ticks.title(title), width + 20),
                x + width / 2,
                below + TICK + 3 + Type.TICK.capHeight() + Type.TICK.lineHeight(),
                Anchor.MIDDLE,
                Type.TICK,
                Canvas.INK);
    }

    private static BufferedImage strip(DoubleUnaryOperator colour) {
        BufferedImage image = new BufferedImage(STEPS, 1, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < STEPS; i++) {
            image.setRGB(i, 0, (int) colour.applyAsDouble(i / (STEPS - 1.0)));
        }
        return image;
    }
}
