package org.hyalite.figure;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/** What the drawing code draws on: points, y downwards, whether pixels or SVG come out at the other end. */
final class Canvas {
    static final Color INK = new Color(0x22, 0x22, 0x22);
    static final Color FAINT = new Color(0xE4, 0xE4, 0xE4);
    static final double HAIRLINE = 0.6;

    /** Which point of a text its x means. */
    enum Anchor {
        START("start", 0),
        MIDDLE("middle", 0.5),
        END("end", 1);

        final String svg;
        final double share;

        Anchor(String svg, double share) {
            this.svg = svg;
            this.share = share;
        }
    }

    /**
     * A text that was drawn.
     *
     * @param anchor what {@code x} means: in SVG the width is the viewer's affair
     * @param x before any turn
     * @param box what it covers, in the device's units
     */
    record Placed(String text, Anchor anchor, double x, Box box) {}

    /** How wide a text is, points. */
    interface Widths {
        double of(Font font, String text);
    }

    private final Graphics2D g;
    private final double pixelsPerPt;
    private final Widths widths;
    private final List<Placed> texts = new ArrayList<>();
    private final List<Boolean> smooth = new ArrayList<>();

    /**
     * @param pixelsPerPt resolution of the device, by which larger images are averaged down; 0 where it has none
     * @param widths of the device's letters
     */
    Canvas(Graphics2D g, double pixelsPerPt, Widths widths) {
        this.g = g;
        this.pixelsPerPt = pixelsPerPt;
        this.widths = widths;
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
        g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    }

    /** The texts in the order in which they were drawn. */
    List<Placed> texts() {
        return texts;
    }

    /** For each image drawn, in order, whether it may be interpolated. */
    List<Boolean> smooth() {
        return smooth;
    }

    void text(String text, double x, double baseline, Anchor anchor, Type type, Color colour) {
        if (text.isBlank()) {
            return;
        }
        text(text, x, baseline, anchor, type.font(), colour);
    }

    void text(String text, double x, double baseline, Anchor anchor, Font font, Color colour) {
        g.setFont(font);
        g.setColor(colour);
        double width = widths.of(font, text);
        double high = Type.capHeight(font.getSize2D());
        double left = x - anchor.share * width;
        g.drawString(text, (float) left, (float) baseline);
        Rectangle2D covered = g.getTransform()
                .createTransformedShape(new Rectangle2D.Double(left, baseline - high, width, high))
                .getBounds2D();
        texts.add(new Placed(
                text, anchor, x, new Box(covered.getX(), covered.getY(), covered.getWidth(), covered.getHeight())));
    }

    /** A text that reads upwards, centred on {@code (x, y)}, x on its baseline. */
    void textUpwards(String text, double x, double y, Type type, Color colour) {
        AffineTransform before = g.getTransform();
        g.translate(x, y);
        g.rotate(-Math.PI / 2);
        text(text, 0, 0, Anchor.MIDDLE, type, colour);
        g.setTransform(before);
    }

    void line(double x1, double y1, double x2, double y2, double width, Color colour) {
        stroke(new Line2D.Double(x1, y1, x2, y2), width, colour);
    }

    void stroke(Shape shape, double width, Color colour, float... dashes) {
        g.setColor(colour);
        g.setStroke(
                dashes.length == 0
                        ? new BasicStroke((float) width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND)
                        : new BasicStroke((float) width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, dashes, 0));
        g.draw(shape);
    }

    void frame(Box box, double width, Color colour) {
        stroke(box.rectangle(), width, colour);
    }

    void fill(Shape shape, Color colour) {
        g.setColor(colour);
        g.fill(shape);
    }

    void fill(Box box, Color colour) {
        fill(box.rectangle(), colour);
    }

    void dot(double x, double y, double radius, Color colour) {
        fill(new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius), colour);
    }

    void triangle(double x1, double y1, double x2, double y2, double x3, double y3, Color colour) {
        Path2D path = new Path2D.Double();
        path.moveTo(x1, y1);
        path.lineTo(x2, y2);
        path.lineTo(x3, y3);
        path.closePath();
        fill(path, colour);
    }

    /** Draws only inside a box until {@link #unclip}. */
    void clip(Box box) {
        g.setClip(box.rectangle());
    }

    void clip(Shape shape) {
        g.setClip(shape);
    }

    /** Draws inside another system of coordinates. */
    void within(AffineTransform transform, Runnable drawing) {
        AffineTransform before = g.getTransform();
        g.transform(transform);
        drawing.run();
        g.setTransform(before);
    }

    void unclip() {
        g.setClip(null);
    }

    /** An image of measured pixels, each shown as a square. */
    void pixels(BufferedImage image, Box box) {
        draw(image, box, false);
    }

    /** An image whose pixels are only samples of something smooth. */
    void picture(BufferedImage image, Box box) {
        draw(image, box, true);
    }

    private void draw(BufferedImage image, Box box, boolean interpolate) {
        BufferedImage shown = image;
        if (pixelsPerPt > 0) {
            int shrink = (int) Math.floor(Math.min(
                    image.getWidth() / (box.width() * pixelsPerPt), image.getHeight() / (box.height() * pixelsPerPt)));
            shown = shrink > 1 ? Raster.averaged(image, shrink) : image;
        }
        g.setRenderingHint(
                RenderingHints.KEY_INTERPOLATION,
                interpolate
                        ? RenderingHints.VALUE_INTERPOLATION_BILINEAR
                        : RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
        AffineTransform before = g.getTransform();
        g.translate(box.x(), box.y());
        g.scale(box.width() / shown.getWidth(), box.height() / shown.getHeight());
        g.drawImage(shown, 0, 0, null);
        g.setTransform(before);
        smooth.add(interpolate);
    }
}
