package org.hyalite.figure;

import java.awt.Color;
import java.awt.geom.Line2D;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.hyalite.figure.Canvas.Anchor;

/**
 * Phase diagrams: the volume of matter at each composition and density (the paper's Figs. 6, S8 and S9), one panel for
 * each.
 */
public final class PhaseDiagramFigure {
    /** The share of filled cells that Fig. 6's colours tell apart; the fullest saturate. */
    public static final double MOST_CELLS = 0.985;
    /** All cells, as in Fig. S9. */
    public static final double ALL_CELLS = 1;

    private static final double PLOT_HEIGHT = 150;
    private static final double HEADING = 13;
    private static final double BETWEEN = 10;
    private static final Color LINE = new Color(255, 255, 255, 215);

    private PhaseDiagramFigure() {}

    /**
     * A phase to be marked by an ellipse of two standard deviations.
     *
     * @param label may be empty
     * @param fractionMean X
     * @param fractionSd of X
     * @param densityMean N, in the panel's density unit
     * @param densitySd of N
     */
    public record Mark(String label, double fractionMean, double fractionSd, double densityMean, double densitySd) {}

    /**
     * A mean or a phase with its covariance, drawn as the ellipse that holds 95 % of such a normal distribution:
     * {@code (p − m)ᵀ C⁻¹ (p − m) = 5.99} (the 95 % point of χ² with two degrees of freedom).
     *
     * @param label may be empty
     * @param fraction X
     * @param density N, in the panel's density unit
     * @param varFraction variance of X
     * @param covariance of X and N
     * @param varDensity variance of N
     */
    public record Ellipse(
            String label, double fraction, double density, double varFraction, double covariance, double varDensity) {}

    /**
     * The line between two phases that touch: mixtures of both, which are straight in the densities and so curved here,
     * {@code N = (1 − t) N₁ + t N₂}, {@code X = ((1 − t) X₁ N₁ + t X₂ N₂) / N}.
     *
     * @param fractionFrom X of the one
     * @param densityFrom N of the one
     * @param fractionTo X of the other
     * @param densityTo N of the other
     */
    public record TieLine(double fractionFrom, double densityFrom, double fractionTo, double densityTo) {}

    /** One diagram. */
    public static final class Panel {
        private final String title;
        private final double[] fractionEdges;
        private final double[] densityEdges;
        private final double[][] volumeNm3;
        private final OptionalDouble threshold;
        private final List<Mark> marks;
        private final List<Ellipse> ellipses;
        private final List<TieLine> ties;
        private final double share;

        private Panel(
                String title,
                double[] fractionEdges,
                double[] densityEdges,
                double[][] volumeNm3,
                OptionalDouble threshold,
                List<Mark> marks,
                List<Ellipse> ellipses,
                List<TieLine> ties,
                double share) {
            this.title = title;
            this.fractionEdges = fractionEdges;
            this.densityEdges = densityEdges;
            this.volumeNm3 = volumeNm3;
            this.threshold = threshold;
            this.marks = marks;
            this.ellipses = ellipses;
            this.ties = ties;
            this.share = share;
        }

        /**
         * A diagram without marks; the arrays are copied.
         *
         * @param fractionEdges ascending, one more than rows
         * @param densityEdges ascending, one more than columns
         * @param volumeNm3 {@code [fraction][density]}, nm³
         */
        public static Panel of(String title, double[] fractionEdges, double[] densityEdges, double[][] volumeNm3) {
            requireAscending("fraction", fractionEdges, volumeNm3.length);
            double[][] copy = new double[volumeNm3.length][];
            for (int i = 0; i < copy.length; i++) {
                requireAscending("density", densityEdges, volumeNm3[i].length);
                copy[i] = volumeNm3[i].clone();
            }
            return new Panel(
                    title,
                    fractionEdges.clone(),
                    densityEdges.clone(),
                    copy,
                    OptionalDouble.empty(),
                    List.of(),
                    List.of(),
                    List.of(),
                    MOST_CELLS);
        }

        /** The same with a line at the density below which composition means nothing. */
        public Panel withThreshold(double density) {
            return new Panel(
                    title,
                    fractionEdges,
                    densityEdges,
                    volumeNm3,
                    OptionalDouble.of(density),
                    marks,
                    ellipses,
                    ties,
                    share);
        }

        /** The same with phases marked. */
        public Panel marked(List<Mark> phases) {
            return with(List.copyOf(phases), ellipses, ties, share);
        }

        /** The same with 95 % ellipses. */
        public Panel withEllipses(List<Ellipse> all) {
            return with(marks, List.copyOf(all), ties, share);
        }

        /** The same with lines between phases that touch. */
        public Panel withTieLines(List<TieLine> all) {
            return with(marks, ellipses, List.copyOf(all), share);
        }

        /** The same on another intensity scale: the share (0 … 1) of the filled cells that do not saturate. */
        public Panel scaledTo(double shareOfCells) {
            if (!(shareOfCells > 0 && shareOfCells <= 1)) {
                throw new IllegalArgumentException("share of cells " + shareOfCells + " is not within 0 … 1");
            }
            return with(marks, ellipses, ties, shareOfCells);
        }

        public String title() {
            return title;
        }

        /** Ascending; copied. */
        public double[] fractionEdges() {
            return fractionEdges.clone();
        }

        /** Ascending; copied. */
        public double[] densityEdges() {
            return densityEdges.clone();
        }

        /** nm³, {@code [fraction][density]}; the panel's own array. */
        public double[][] volumeNm3() {
            return volumeNm3;
        }

        public OptionalDouble threshold() {
            return threshold;
        }

        public List<Mark> marks() {
            return marks;
        }

        public List<Ellipse> ellipses() {
            return ellipses;
        }

        public List<TieLine> tieLines() {
            return ties;
        }

        /** The share of the filled cells that do not saturate. */
        public double shareOfCells() {
            return share;
        }

        private Panel said(Look look) {
            return new Panel(
                    look.say(title),
                    fractionEdges,
                    densityEdges,
                    volumeNm3,
                    threshold,
                    marks.stream()
                            .map(m -> new Mark(
                                    look.say(m.label()),
                                    m.fractionMean(),
                                    m.fractionSd(),
                                    m.densityMean(),
                                    m.densitySd()))
                            .toList(),
                    ellipses.stream()
                            .map(e -> new Ellipse(
                                    look.say(e.label()),
                                    e.fraction(),
                                    e.density(),
                                    e.varFraction(),
                                    e.covariance(),
                                    e.varDensity()))
                            .toList(),
                    ties,
                    share);
        }

        private Panel with(List<Mark> phases, List<Ellipse> rings, List<TieLine> lines, double shareOfCells) {
            return new Panel(
                    title, fractionEdges, densityEdges, volumeNm3, threshold, phases, rings, lines, shareOfCells);
        }

        private static void requireAscending(String name, double[] edges, int cells) {
            if (edges.length != cells + 1 || cells < 1) {
                throw new IllegalArgumentException(
                        edges.length + " " + name + " edges for " + cells + " cells, expected one more");
            }
            for (int i = 0; i < cells; i++) {
                if (!(edges[i] < edges[i + 1])) {
                    throw new IllegalArgumentException(
                            name + " edges " + edges[i] + ", " + edges[i + 1] + " at " + i + " do not ascend");
                }
            }
        }

        private double fullest(double of) {
            return ColourScale.quantile(
                    Arrays.stream(volumeNm3)
                            .flatMapToDouble(Arrays::stream)
                            .filter(v -> v > 0 && v < Double.POSITIVE_INFINITY)
                            .sorted()
                            .toArray(),
                    of);
        }

        private ColourScale scale(ColourMap map) {
            double high = ColourScale.positive(fullest(share));
            return new ColourScale(map, 0, high, "nm³", fullest(1) > high * 1.001);
        }

        /** The density above which there is next to nothing. */
        private double top() {
            double total = 0;
            double[] perDensity = new double[densityEdges.length - 1];
            for (double[] row : volumeNm3) {
                for (int j = 0; j < row.length; j++) {
                    if (row[j] > 0 && row[j] < Double.POSITIVE_INFINITY) {
                        perDensity[j] += row[j];
                        total += row[j];
                    }
                }
            }
            double above = 0;
            for (int j = perDensity.length - 1; j >= 0; j--) {
                above += perDensity[j];
                if (above > 2e-4 * total) {
                    return densityEdges[j + 1];
                }
            }
            return densityEdges[densityEdges.length - 1];
        }
    }

    /**
     * Draws the panels on the same axes: one takes a column's width, more stand two in a row on a page's.
     *
     * @param fractionTitle for instance {@code X = Zn/(Zn + Co)}
     * @param densityTitle with the unit in brackets: {@code N (atoms/nm³)}
     */
    public static Figure draw(List<Panel> panels, String fractionTitle, String densityTitle) {
        return draw(panels, fractionTitle, densityTitle, Look.USUAL);
    }

    /** The same with another look. */
    public static Figure draw(List<Panel> given, String fractionTitle, String densityTitle, Look look) {
        if (given.isEmpty()) {
            throw new IllegalArgumentException("a figure of no diagrams");
        }
        List<Panel> panels = given.stream().map(p -> p.said(look)).toList();
        int columns = Math.min(look.columns(2), panels.size());
        double width = look.content(columns == 1 ? Figure.IN_COLUMN : Figure.ON_PAGE);
        ColourMap map = look.amounts(ColourMap.EMBER);
        double cell = (width - (columns - 1) * BETWEEN) / columns;
        double low = panels.stream().mapToDouble(p -> p.densityEdges[0]).min().orElse(0);
        double high = panels.stream().mapToDouble(Panel::top).max().orElse(1);
        Ticks x = Ticks.linear(
                panels.stream().mapToDouble(p -> p.fractionEdges[0]).min().orElse(0),
                panels.stream()
                        .mapToDouble(p -> p.fractionEdges[p.fractionEdges.length - 1])
                        .max()
                        .orElse(1),
                5);
        Ticks y = Ticks.linear(low, low + (high - low) * 1.06, 6);
        double left = Axes.left(y);
        double plotWidth = cell - left - ColourBar.WIDTH - 5;
        double heading = panels.size() == 1 && panels.get(0).title.isBlank() ? 2 : HEADING + 4;
        double rowHeight = heading + PLOT_HEIGHT + Axes.BELOW + 6;
        int rows = (panels.size() + columns - 1) / columns;
        return Figure.of("Phase diagram", width, rows * rowHeight - 4, canvas -> {
            for (int i = 0; i < panels.size(); i++) {
                double from = (i % columns) * (cell + BETWEEN);
                double top = (i / columns) * rowHeight + heading;
                Box plot = new Box(from + left, top, plotWidth, PLOT_HEIGHT);
                String letter = panels.size() == 1 ? "" : Axes.letter(i);
                Axes.heading(canvas, letter, panels.get(i).title, from, top - 5, plot.right() - from, Canvas.INK);
                Axes axes = Axes.of(plot, x, y);
                panel(canvas, panels.get(i), axes, look);
                axes.draw(canvas, look.say(fractionTitle), look.say(densityTitle));
                ColourBar.upright(
                        canvas,
                        new Box(plot.right() + 5, plot.y(), ColourBar.WIDTH, plot.height()),
                        panels.get(i).scale(map),
                        look.say("volume (nm³)"));
            }
        });
    }

    private static void panel(Canvas canvas, Panel panel, Axes axes, Look look) {
        Box plot = axes.plot();
        ColourMap map = look.amounts(ColourMap.EMBER);
        canvas.fill(plot, map.colour(0));
        canvas.clip(plot);
        DiagramCells.draw(canvas, panel.fractionEdges, panel.densityEdges, panel.volumeNm3, axes, panel.scale(map));
        panel.threshold.ifPresent(density -> {
            double y = axes.y(density);
            canvas.stroke(new Line2D.Double(plot.x(), y, plot.right(), y), 0.7, LINE, 3f, 2.4f);
        });
        for (TieLine tie : panel.ties) {
            canvas.stroke(PhaseRings.tieLine(tie, axes), 0.6, LINE, 1.2f, 1.6f);
        }
        List<Box> taken = PhaseRings.draw(canvas, panel.marks, panel.ellipses, axes);
        canvas.unclip();
        PhaseRings.label(canvas, panel.marks, panel.ellipses, axes, taken);
        panel.threshold.ifPresent(density -> {
            double y = axes.y(density);
            String text = look.say("threshold " + Numbers.significant(density, 3));
            double width = Type.TICK.width(text);
            Box room = new Box(plot.centreX() - width / 2, y + 2, width, Type.TICK.capHeight() + 2);
            if (plot.contains(room) && taken.stream().noneMatch(room::overlaps)) {
                canvas.text(text, plot.centreX(), y + 3 + Type.TICK.capHeight(), Anchor.MIDDLE, Type.TICK, LINE);
            }
        });
    }
}
