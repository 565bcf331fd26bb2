package org.hyalite.figure;

import java.awt.Color;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import org.hyalite.figure.Canvas.Anchor;

/** One image in its black field, with letter and scale bar. */
final class ImagePanel {
    private static final Color PLATE = new Color(0, 0, 0, 110);

    private ImagePanel() {}

    /** Height of a field of a given width for images of these sizes, at most {@code 1.5} times as high as wide. */
    static double height(double width, int nx, int... ny) {
        int highest = 1;
        for (int n : ny) {
            highest = Math.max(highest, n);
        }
        return Math.max(0.4 * width, Math.min(1.5 * width, width * highest / nx));
    }

    /**
     * Draws measured pixels and returns where they lie.
     *
     * @param pixelNm edge of a pixel, nm; NaN leaves the scale bar out
     */
    static Box pixels(Canvas canvas, BufferedImage image, Box field, double pixelNm, String letter) {
        canvas.fill(field, Color.BLACK);
        Box box = field.fitted(image.getWidth(), image.getHeight());
        canvas.pixels(image, box);
        finish(canvas, field, pixelNm * image.getWidth() / box.width(), letter);
        return box;
    }

    /** Draws a rendering. */
    static void rendering(Canvas canvas, Rendering rendering, Box field, String letter) {
        canvas.fill(field, Color.BLACK);
        BufferedImage image = rendering.image();
        Box box = field.fitted(image.getWidth(), image.getHeight());
        canvas.picture(image, box);
        finish(canvas, field, rendering.nmPerPixel() * image.getWidth() / box.width(), letter);
    }

    /** A heading centred above a field. */
    static void heading(Canvas canvas, Box field, String heading) {
        canvas.text(
                Type.LABEL.fit(heading, field.width()),
                field.centreX(),
                field.y() - 4,
                Anchor.MIDDLE,
                Type.LABEL,
                Canvas.INK);
    }

    private static void finish(Canvas canvas, Box field, double nmPerPt, String letter) {
        ScaleBar.draw(canvas, field, nmPerPt);
        if (!letter.isEmpty()) {
            double width = Type.LETTER.width(letter);
            double height = Type.LETTER.capHeight();
            canvas.fill(
                    new RoundRectangle2D.Double(field.x() + 2, field.y() + 2, width + 5, height + 6.5, 3, 3), PLATE);
            canvas.text(letter, field.x() + 4.5, field.y() + 4.6 + height, Anchor.START, Type.LETTER, Color.WHITE);
        }
    }
}
