package org.hyalite.figure;

import java.awt.Color;
import java.awt.geom.Line2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;
import org.hyalite.grid.Image;
import org.hyalite.grid.TiltSeries;

/**
 * One row of every image of a tilt series, tilt upwards, before and after alignment: afterwards every point of the
 * specimen runs along {@code x cos θ − z sin θ} about the axis, before it jumps from tilt to tilt.
 */
public final class SinogramFigure {
    private static final double PLOT_HEIGHT = 170;
    private static final double HEADING = 13;
    private static final double RIGHT = 9;
    private static final double BETWEEN = 10;
    private static final int BANDS = 360;
    private static final Color AXIS = new Color(255, 170, 60);

    private SinogramFigure() {}

    /**
     * Draws the sinograms on one scale of grey, the brighter the more.
     *
     * @param before {@code [tilt, y, x]}, tilts ascending, the middle of the images drawn as a line
     * @param after the same images, the axis in their middle
     * @param row which row (y) is shown
     */
    public static Figure draw(TiltSeries before, TiltSeries after, int row) {
        return draw(Rows.of(before, after, row), Look.USUAL);
    }

    /**
     * One row of every image.
     *
     * @param row which
     * @param tiltsDeg ascending, degrees; the array is not copied
     * @param before {@code [tilt, x]}
     * @param after {@code [tilt, x]}
     */
    public record Rows(int row, double[] tiltsDeg, Image before, Image after) {
        public Rows {
            if (tiltsDeg.length != before.ny() || tiltsDeg.length != after.ny() || before.nx() != after.nx()) {
                throw new IllegalArgumentException("sinograms of " + before.ny() + " × " + before.nx() + " and "
                        + after.ny() + " × " + after.nx() + " values at " + tiltsDeg.length + " tilts");
            }
        }

        /** That row of two series. */
        public static Rows of(TiltSeries before, TiltSeries after, int row) {
            if (row < 0 || row >= before.ny() || row >= after.ny()) {
                throw new IllegalArgumentException("row " + row + " of images of " + before.ny() + " rows");
            }
            return new Rows(row, before.geometry().tiltsDeg(), gathered(before, row), gathered(after, row));
        }

        private static Image gathered(TiltSeries series, int row) {
            Image rows = Image.zeros(series.tilts(), series.nx(), series.pixelNm());
            for (int t = 0; t < series.tilts(); t++) {
                Image image = series.image(t);
                for (int x = 0; x < series.nx(); x++) {
                    rows.set(t, x, image.at(row, x));
                }
            }
            return rows;
        }
    }

    /** The same of the rows alone, with a look. */
    public static Figure draw(Rows rows, Look look) {
        double[] tilts = rows.tiltsDeg();
        List<Image> images = List.of(bands(rows.before(), tilts), bands(rows.after(), tilts));
        ColourScale scale = ColourScale.between(images.get(0), 0.02, 0.998, look.amounts(ColourMap.GREY));
        double low = edge(tilts, 0);
        double high = edge(tilts, tilts.length);
        Ticks upright = Ticks.linear(low, high, 7);
        double left = Axes.left(upright);
        int columns = look.columns(2);
        double page = look.content(Figure.ON_PAGE);
        double cell = (page - (columns - 1) * BETWEEN) / columns;
        double width = cell - left - RIGHT;
        double half = rows.before().nx() / 2.0;
        Ticks across = Ticks.linear(-half, half, (int) (width / 28));
        String[] titles = {
            look.say(String.format(Locale.ROOT, "row %d as recorded, background off", rows.row())),
            look.say("the same row, aligned")
        };
        double rowHeight = HEADING + 2 + PLOT_HEIGHT + Axes.BELOW + 2;
        return Figure.of("Sinogram", page, rowHeight * (3 - columns), canvas -> {
            for (int i = 0; i < 2; i++) {
                double x = i % columns * (cell + BETWEEN);
                double top = i / columns * rowHeight;
                Axes.heading(canvas, Axes.letter(i), titles[i], x, top + HEADING - 4, cell, Canvas.INK);
                Box plot = new Box(x + left, top + HEADING + 2, width, PLOT_HEIGHT);
                BufferedImage pixels = Raster.of(images.get(i), scale);
                canvas.pixels(pixels, plot);
                Axes axes = Axes.of(plot, across, upright);
                double middle = axes.x(0);
                canvas.stroke(new Line2D.Double(middle, plot.y(), middle, plot.bottom()), 0.8, AXIS, 4f, 2.5f);
                axes.draw(
                        canvas,
                        look.say(i == 0 ? "from the middle (px)" : "from the tilt axis (px)"),
                        look.say("tilt (°)"));
            }
        });
    }

    /** Each tilt as a band that reaches half-way to its neighbours, the highest tilt on top. */
    private static Image bands(Image series, double[] tilts) {
        double low = edge(tilts, 0);
        double high = edge(tilts, tilts.length);
        int rows = Math.max(BANDS, 2 * tilts.length);
        Image out = Image.zeros(rows, series.nx(), series.pixelNm());
        int t = tilts.length - 1;
        for (int r = 0; r < rows; r++) {
            double tilt = high - (r + 0.5) / rows * (high - low);
            while (t > 0 && tilt < edge(tilts, t)) {
                t--;
            }
            for (int x = 0; x < series.nx(); x++) {
                out.set(r, x, series.at(t, x));
            }
        }
        return out;
    }

    /** Where the band of tilt {@code t} begins, and that of {@code t − 1} ends. */
    private static double edge(double[] tilts, int t) {
        int n = tilts.length;
        if (n == 1) {
            return tilts[0] + (t == 0 ? -0.5 : 0.5);
        }
        if (t == 0) {
            return tilts[0] - (tilts[1] - tilts[0]) / 2;
        }
        return t == n ? tilts[n - 1] + (tilts[n - 1] - tilts[n - 2]) / 2 : (tilts[t - 1] + tilts[t]) / 2;
    }
}
