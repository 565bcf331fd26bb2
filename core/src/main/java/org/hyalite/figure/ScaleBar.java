package org.hyalite.figure;

import java.awt.Color;
import java.awt.geom.RoundRectangle2D;
import org.hyalite.figure.Canvas.Anchor;

/** A white bar of a round length in an image's lower right corner. */
final class ScaleBar {
    private static final double MARGIN = 4.5;
    private static final double THICKNESS = 2;
    private static final double SMALLEST_PT = 34;
    private static final Color PLATE = new Color(0, 0, 0, 110);

    private ScaleBar() {}

    /**
     * The longest round length, nm, within {@code share} of a width.
     */
    static double lengthNm(double widthNm, double share) {
        double length = Ticks.step(widthNm * share);
        while (length > widthNm * share * 1.02) {
            length = Ticks.step(length * 0.39);
        }
        return length;
    }

    /** Draws the bar; nothing where the scale is not known or there is no room. */
    static void draw(Canvas canvas, Box image, double nmPerPt) {
        if (!(nmPerPt > 0) || Double.isInfinite(nmPerPt) || image.width() < SMALLEST_PT || image.height() < 20) {
            return;
        }
        double nm = lengthNm(image.width() * nmPerPt, 0.36);
        double width = nm / nmPerPt;
        String label = nm >= 1000 ? Numbers.significant(nm / 1000, 3) + " µm" : Numbers.significant(nm, 3) + " nm";
        double labelWidth = Type.TICK.width(label);
        double block = Math.max(width, labelWidth);
        double right = image.right() - MARGIN;
        double bottom = image.bottom() - MARGIN;
        double top = bottom - THICKNESS - 2 - Type.TICK.capHeight();
        canvas.fill(
                new RoundRectangle2D.Double(right - block - 2.5, top - 2.5, block + 5, bottom - top + 5, 3, 3), PLATE);
        double centre = right - block / 2;
        canvas.fill(new Box(centre - width / 2, bottom - THICKNESS, width, THICKNESS), Color.WHITE);
        canvas.text(label, centre, bottom - THICKNESS - 2, Anchor.MIDDLE, Type.TICK, Color.WHITE);
    }
}
