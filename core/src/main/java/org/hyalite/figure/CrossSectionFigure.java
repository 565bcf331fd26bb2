package org.hyalite.figure;

import java.awt.Color;
import java.awt.geom.Line2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hyalite.physics.Uncertain;

/**
 * Counts against thickness, one panel for each line (the paper's Fig. 2): all pixels as a density in grey, means of
 * thickness classes with their standard errors in each particle's colour, the fitted line.
 */
public final class CrossSectionFigure {
    private static final double PLOT_HEIGHT = 140;
    private static final double HEADING = 13;
    private static final double RIGHT = 9;
    private static final double BETWEEN = 10;
    private static final int CLASSES = 16;
    private static final int FEWEST = 4;
    private static final int COLUMNS = 96;
    private static final int ROWS = 72;

    private CrossSectionFigure() {}

    /** The pixels of one particle. */
    public static final class Particle {
        private final String name;
        private final double[] thicknessNm;
        private final double[] counts;

        private Particle(String name, double[] thicknessNm, double[] counts) {
            this.name = name;
            this.thicknessNm = thicknessNm;
            this.counts = counts;
        }

        /**
         * Pixels in any order; the arrays are copied, and what is not finite is left out.
         *
         * @param thicknessNm thickness at each pixel, nm
         * @param counts net counts of the line at each pixel
         */
        public static Particle of(String name, double[] thicknessNm, double[] counts) {
            if (thicknessNm.length != counts.length) {
                throw new IllegalArgumentException(
                        name + ": " + thicknessNm.length + " thicknesses for " + counts.length + " counts");
            }
            int[] good = java.util.stream.IntStream.range(0, counts.length)
                    .filter(i -> Double.isFinite(thicknessNm[i]) && Double.isFinite(counts[i]))
                    .toArray();
            return new Particle(
                    name,
                    Arrays.stream(good).mapToDouble(i -> thicknessNm[i]).toArray(),
                    Arrays.stream(good).mapToDouble(i -> counts[i]).toArray());
        }

        public String name() {
            return name;
        }

        /** At each pixel, nm; the particle's own array. */
        public double[] thicknessNm() {
            return thicknessNm;
        }

        /** At each pixel; the particle's own array. */
        public double[] counts() {
            return counts;
        }
    }

    /**
     * One line's fit.
     *
     * @param title for instance {@code Co Kα}
     * @param crossSectionBarn what the fit gave, barn
     * @param countsPerNm the fitted line's slope, counts/nm; NaN draws no line
     * @param interceptCounts where it meets zero thickness, counts
     * @param particles whose pixels were pooled
     */
    public record Panel(
            String title,
            Uncertain crossSectionBarn,
            double countsPerNm,
            double interceptCounts,
            List<Particle> particles) {}

    private record Layout(Panel panel, Ticks x, Ticks y, Legend legend, List<Curve> means) {}

    /** Draws the panels: one takes a column's width, more stand two in a row on a page's. */
    public static Figure draw(List<Panel> panels) {
        return draw(panels, Look.USUAL);
    }

    /** The same with another look. */
    public static Figure draw(List<Panel> panels, Look look) {
        if (panels.isEmpty()) {
            throw new IllegalArgumentException("a figure of no lines");
        }
        int columns = Math.min(look.columns(2), panels.size());
        double width = look.content(columns == 1 ? Figure.IN_COLUMN : Figure.ON_PAGE);
        double cell = (width - (columns - 1) * BETWEEN) / columns;
        List<Ticks> ys = panels.stream().map(CrossSectionFigure::yTicks).toList();
        double left = ys.stream().mapToDouble(Axes::left).max().orElse(0);
        double plotWidth = cell - left - RIGHT;
        List<Layout> layouts = new ArrayList<>();
        for (int i = 0; i < panels.size(); i++) {
            Panel panel = panels.get(i);
            layouts.add(new Layout(
                    panel, xTicks(panel), ys.get(i), Legend.of(entries(panel), plotWidth + RIGHT), means(panel)));
        }
        double legends =
                layouts.stream().mapToDouble(l -> l.legend().height()).max().orElse(0);
        double rowHeight = HEADING + legends + 2 + PLOT_HEIGHT + Axes.BELOW + 6;
        int rows = (panels.size() + columns - 1) / columns;
        return Figure.of("Counts against thickness", width, rows * rowHeight - 4, canvas -> {
            for (int i = 0; i < layouts.size(); i++) {
                double x = (i % columns) * (cell + BETWEEN);
                double y = (i / columns) * rowHeight + HEADING + legends + 2;
                String letter = layouts.size() == 1 ? "" : Axes.letter(i);
                panel(
                        canvas,
                        layouts.get(i),
                        letter,
                        x,
                        HEADING + legends + 2,
                        new Box(x + left, y, plotWidth, PLOT_HEIGHT),
                        look);
            }
        });
    }

    private static void panel(Canvas canvas, Layout layout, String letter, double x, double top, Box plot, Look look) {
        Panel panel = layout.panel();
        double legendTop = plot.y() - layout.legend().height() - 2;
        Axes.heading(canvas, letter, panel.title(), x, plot.y() - top + 9, plot.right() + RIGHT - x - 2, Canvas.INK);
        layout.legend().draw(canvas, plot.x(), legendTop);
        Axes axes = Axes.of(plot, layout.x(), layout.y());
        canvas.pixels(density(panel, layout.x(), layout.y()), plot);
        canvas.clip(plot);
        if (Double.isFinite(panel.countsPerNm())) {
            double from = layout.x().low();
            double to = layout.x().high();
            canvas.stroke(
                    new Line2D.Double(
                            axes.x(from),
                            axes.y(panel.interceptCounts() + panel.countsPerNm() * from),
                            axes.x(to),
                            axes.y(panel.interceptCounts() + panel.countsPerNm() * to)),
                    1.1,
                    Canvas.INK);
        }
        for (int p = 0; p < layout.means().size(); p++) {
            Curve means = layout.means().get(p);
            for (int i = 0; i < means.size(); i++) {
                sign(canvas, p, axes.x(means.x(i)), axes.y(means.y(i)), axes, means.y(i), means.error(i));
            }
        }
        canvas.unclip();
        axes.draw(canvas, look.say("thickness (nm)"), look.say("net counts per pixel"));
    }

    private static void sign(Canvas canvas, int particle, double x, double y, Axes axes, double value, double error) {
        Color colour = Palette.series(particle);
        if (error > 0) {
            double low = axes.y(value - error);
            double high = axes.y(value + error);
            canvas.line(x, low, x, high, 0.7, colour);
            canvas.line(x - 1.5, low, x + 1.5, low, 0.7, colour);
            canvas.line(x - 1.5, high, x + 1.5, high, 0.7, colour);
        }
        marker(canvas, particle, x, y);
    }

    /** Dots, squares, triangles in turn, ringed in white so that they stand out from grey and from each other. */
    private static void marker(Canvas canvas, int particle, double x, double y) {
        Color colour = Palette.series(particle);
        for (int ring = 1; ring >= 0; ring--) {
            double r = 1.9 + 0.6 * ring;
            Color ink = ring == 1 ? Color.WHITE : colour;
            switch (particle % 3) {
                case 0 -> canvas.dot(x, y, r, ink);
                case 1 -> canvas.fill(new Box(x - 0.9 * r, y - 0.9 * r, 1.8 * r, 1.8 * r), ink);
                default -> canvas.triangle(x - 1.1 * r, y + 0.9 * r, x + 1.1 * r, y + 0.9 * r, x, y - 1.2 * r, ink);
            }
        }
    }

    private static BufferedImage density(Panel panel, Ticks x, Ticks y) {
        int[] cells = new int[COLUMNS * ROWS];
        for (Particle particle : panel.particles()) {
            for (int i = 0; i < particle.counts.length; i++) {
                int column = (int) Math.floor(x.share(particle.thicknessNm[i]) * COLUMNS);
                int row = (int) Math.floor(y.share(particle.counts[i]) * ROWS);
                if (particle.thicknessNm[i] > 0 && column >= 0 && column < COLUMNS && row >= 0 && row < ROWS) {
                    cells[(ROWS - 1 - row) * COLUMNS + column]++;
                }
            }
        }
        double[] sorted = Arrays.stream(cells)
                .filter(n -> n > 0)
                .asDoubleStream()
                .sorted()
                .toArray();
        double most = Math.max(1, ColourScale.quantile(sorted, 0.99));
        BufferedImage image = new BufferedImage(COLUMNS, ROWS, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < cells.length; i++) {
            double ink = cells[i] == 0 ? 0 : 0.08 + 0.92 * Math.sqrt(Math.min(1, cells[i] / most));
            int red = (int) Math.round(255 - 118 * ink);
            int green = (int) Math.round(255 - 110 * ink);
            int blue = (int) Math.round(255 - 96 * ink);
            image.setRGB(i % COLUMNS, i / COLUMNS, red << 16 | green << 8 | blue);
        }
        return image;
    }

    private static List<Curve> means(Panel panel) {
        double thickest = thickest(panel);
        List<Curve> all = new ArrayList<>();
        for (Particle particle : panel.particles()) {
            double[] n = new double[CLASSES];
            double[] t = new double[CLASSES];
            double[] sum = new double[CLASSES];
            double[] squares = new double[CLASSES];
            for (int i = 0; i < particle.counts.length; i++) {
                if (particle.thicknessNm[i] > 0) {
                    int c = Math.min(CLASSES - 1, (int) (particle.thicknessNm[i] / thickest * CLASSES));
                    n[c]++;
                    t[c] += particle.thicknessNm[i];
                    sum[c] += particle.counts[i];
                    squares[c] += particle.counts[i] * particle.counts[i];
                }
            }
            int[] filled = java.util.stream.IntStream.range(0, CLASSES)
                    .filter(c -> n[c] >= FEWEST)
                    .toArray();
            double[] x = Arrays.stream(filled).mapToDouble(c -> t[c] / n[c]).toArray();
            double[] y = Arrays.stream(filled).mapToDouble(c -> sum[c] / n[c]).toArray();
            double[] errors = Arrays.stream(filled)
                    .mapToDouble(c -> Math.sqrt(Math.max(0, squares[c] - sum[c] * sum[c] / n[c]) / (n[c] - 1) / n[c]))
                    .toArray();
            all.add(Curve.of(particle.name, x, y, Curve.Style.POINTS).withErrors(errors));
        }
        return all;
    }

    private static double thickest(Panel panel) {
        return ColourScale.positive(panel.particles().stream()
                .flatMapToDouble(p -> Arrays.stream(p.thicknessNm))
                .max()
                .orElse(1));
    }

    private static Ticks xTicks(Panel panel) {
        return Ticks.linear(0, thickest(panel) * 1.03, 6);
    }

    private static Ticks yTicks(Panel panel) {
        double[] sorted = panel.particles().stream()
                .flatMapToDouble(p -> Arrays.stream(p.counts))
                .sorted()
                .toArray();
        double low = Math.min(0, ColourScale.quantile(sorted, 0.001));
        double high = ColourScale.quantile(sorted, 0.9995);
        return Ticks.rounded(low, high, 5);
    }

    private static List<Legend.Entry> entries(Panel panel) {
        List<Legend.Entry> entries = new ArrayList<>();
        entries.add(new Legend.Entry(
                "σ = " + Numbers.uncertain(panel.crossSectionBarn()) + " b",
                (canvas, box) -> canvas.line(box.x(), box.centreY(), box.right(), box.centreY(), 1.1, Canvas.INK)));
        for (int i = 0; i < panel.particles().size(); i++) {
            int particle = i;
            entries.add(new Legend.Entry(
                    panel.particles().get(i).name,
                    (canvas, box) -> marker(canvas, particle, box.centreX(), box.centreY())));
        }
        return entries;
    }
}
