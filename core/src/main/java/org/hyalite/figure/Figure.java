package org.hyalite.figure;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Iterator;
import java.util.function.Consumer;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * A finished figure of a fixed size, drawn by one code as PNG, SVG or PDF. The same data give the same bytes on the same
 * machine.
 */
public final class Figure {
    /** Width of one journal column, points. */
    public static final double COLUMN_PT = 243;
    /** Width of a journal page, points. */
    public static final double PAGE_PT = 504;

    /** Blank edge around everything, points. */
    static final double EDGE = 3;
    /** What is left of a column's width, points. */
    static final double IN_COLUMN = COLUMN_PT - 2 * EDGE;
    /** What is left of a page's width, points. */
    static final double ON_PAGE = PAGE_PT - 2 * EDGE;

    private static final double POINTS_PER_INCH = 72;
    private static final double METRES_PER_INCH = 0.0254;
    private static final String PNG_METADATA = "javax_imageio_png_1.0";
    private static final long MOST_PIXELS = 200_000_000;

    private final String title;
    private final double widthPt;
    private final double heightPt;
    private final double scale;
    private final Consumer<Canvas> painter;

    private Figure(String title, double widthPt, double heightPt, double scale, Consumer<Canvas> painter) {
        this.title = title;
        this.widthPt = widthPt;
        this.heightPt = heightPt;
        this.scale = scale;
        this.painter = painter;
    }

    /** A figure whose contents have this size; an edge is put around them. */
    static Figure of(String title, double width, double height, Consumer<Canvas> painter) {
        return new Figure(title, Math.ceil(width + 2 * EDGE), Math.ceil(height + 2 * EDGE), 1, painter);
    }

    /** The same drawing, lines and type with it, made larger or smaller to have exactly this width, points. */
    public Figure scaledTo(double points) {
        if (!(points > 0) || Double.isInfinite(points)) {
            throw new IllegalArgumentException("a figure of " + points + " pt");
        }
        double by = points / widthPt;
        return new Figure(title, points, heightPt * by, scale * by, painter);
    }

    /** By how much {@link #scaledTo} made it larger. */
    public double scale() {
        return scale;
    }

    /** The size of the smallest type in it, points. */
    public double smallestTypePt() {
        return Type.TICK.size() * scale;
    }

    /** What the figure shows, for those who hear it rather than see it. */
    public String title() {
        return title;
    }

    /** Width, points (1/72 inch). */
    public double widthPt() {
        return widthPt;
    }

    /** Height, points (1/72 inch). */
    public double heightPt() {
        return heightPt;
    }

    /** The figure as pixels: {@code round(widthPt · dpi / 72)} by {@code round(heightPt · dpi / 72)}. */
    public BufferedImage image(double dpi) {
        double pixelsPerPt = dpi / POINTS_PER_INCH;
        long width = Math.round(widthPt * pixelsPerPt);
        long height = Math.round(heightPt * pixelsPerPt);
        if (!(dpi > 0) || width < 1 || height < 1 || width * height > MOST_PIXELS) {
            throw new IllegalArgumentException("a figure of " + widthPt + " × " + heightPt + " pt cannot be drawn at "
                    + dpi + " dpi: " + width + " × " + height + " pixels");
        }
        BufferedImage image = new BufferedImage((int) width, (int) height, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        try {
            g.setColor(Color.WHITE);
            g.fillRect(0, 0, (int) width, (int) height);
            g.scale(pixelsPerPt, pixelsPerPt);
            paint(g, pixelsPerPt);
        } finally {
            g.dispose();
        }
        return image;
    }

    /**
     * Writes the figure as PNG, its resolution noted in it; the stream stays open.
     *
     * @param dpi pixels per inch; journals ask for 300 to 600
     */
    public void png(OutputStream out, double dpi) throws IOException {
        BufferedImage image = image(dpi);
        Iterator<ImageWriter> writers = ImageIO.getImageWritersByFormatName("png");
        if (!writers.hasNext()) {
            throw new IOException("this Java has no PNG writer");
        }
        ImageWriter writer = writers.next();
        try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
            IIOMetadata metadata = writer.getDefaultImageMetadata(
                    ImageTypeSpecifier.createFromRenderedImage(image), writer.getDefaultWriteParam());
            IIOMetadataNode resolution = new IIOMetadataNode("pHYs");
            String perMetre = Long.toString(Math.round(dpi / METRES_PER_INCH));
            resolution.setAttribute("pixelsPerUnitXAxis", perMetre);
            resolution.setAttribute("pixelsPerUnitYAxis", perMetre);
            resolution.setAttribute("unitSpecifier", "meter");
            IIOMetadataNode root = new IIOMetadataNode(PNG_METADATA);
            root.appendChild(resolution);
            metadata.mergeTree(PNG_METADATA, root);
            writer.setOutput(stream);
            writer.write(new IIOImage(image, null, metadata));
            stream.flush();
        } finally {
            writer.dispose();
        }
    }

    /** Writes the figure as SVG with text as text and rasters as embedded PNG; the stream stays open. */
    public void svg(OutputStream out) throws IOException {
        SvgWriter.write(this, out);
    }

    /** Writes the figure as PDF of one page, its fonts embedded, text as text; the stream stays open. */
    public void pdf(OutputStream out) throws IOException {
        PdfWriter.write(this, out);
    }

    /** Draws the figure in points on anything; the canvas records what an SVG has to know. */
    Canvas paint(Graphics2D g, double pixelsPerPt) {
        return paint(g, pixelsPerPt, Type::width);
    }

    /** The same where the device's letters have widths of their own. */
    Canvas paint(Graphics2D g, double pixelsPerPt, Canvas.Widths widths) {
        Canvas canvas = new Canvas(g, pixelsPerPt * scale, widths);
        canvas.fill(new Box(0, 0, widthPt, heightPt), Color.WHITE);
        if (scale != 1) {
            g.scale(scale, scale);
        }
        g.translate(EDGE, EDGE);
        painter.accept(canvas);
        return canvas;
    }
}
