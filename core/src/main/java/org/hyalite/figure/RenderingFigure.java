package org.hyalite.figure;

import java.awt.Color;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hyalite.figure.Canvas.Anchor;
import org.hyalite.grid.Volume;

/**
 * Volume renderings of samples, one in each row, from several sides; the colour goes with the number of atoms on one
 * scale for all elements and all samples (the paper's Fig. 5).
 */
public final class RenderingFigure {
    /** Two sides that together show a particle well. */
    public static final List<View> TWO_SIDES = List.of(new View(-28, 18), new View(118, 18));

    private static final double GAP = 4;
    private static final double NAME = 13;
    private static final double FIELD = 160;
    private static final double TOP = 15;
    private static final int PIXELS = 520;
    private static final double CONTENT = 0.12;

    private RenderingFigure() {}

    /**
     * One sample.
     *
     * @param name of the sample; may be empty
     * @param elements of one grid
     */
    public record Row(String name, List<ElementVolume> elements) {}

    /**
     * Draws the figure; at least one row and one view.
     *
     * @param high density of full colour, for instance {@link #brightest}
     * @param unit of the densities
     */
    public static Figure draw(List<Row> rows, List<View> views, double high, String unit) {
        return draw(rows, views, high, unit, Look.USUAL);
    }

    /** The same with another look. */
    public static Figure draw(List<Row> given, List<View> views, double high, String unit, Look look) {
        List<Row> rows = given.stream().map(row -> coloured(row, look)).toList();
        if (rows.isEmpty()
                || views.isEmpty()
                || rows.stream().anyMatch(r -> r.elements().isEmpty())) {
            throw new IllegalArgumentException("a figure of no samples, no elements or no views");
        }
        double full = ColourScale.positive(high);
        List<List<Rendering>> pictures = new ArrayList<>();
        Map<String, Color> legend = new LinkedHashMap<>();
        boolean clips = false;
        for (Row row : rows) {
            Volume total = row.elements().get(0).density();
            for (int k = 1; k < row.elements().size(); k++) {
                total = total.plus(row.elements().get(k).density());
            }
            Frame frame = Frame.around(total, CONTENT * full, views);
            pictures.add(views.stream()
                    .map(view -> Renderer.volume(row.elements(), full, view, frame, PIXELS))
                    .toList());
            for (ElementVolume element : row.elements()) {
                legend.putIfAbsent(element.name(), element.colour());
                clips |= element.density().max() > full * 1.001;
            }
        }
        boolean more = clips;
        List<String> names = List.copyOf(legend.keySet());
        List<Color> colours = List.copyOf(legend.values());
        double width = look.content(NAME + views.size() * (FIELD + GAP) - GAP);
        double field = (width - NAME + GAP) / views.size() - GAP;
        double bars = TOP + rows.size() * (field + GAP) + 5;
        double height = bars + ColourBar.levelHeight(names.size());
        return Figure.of("Volume renderings: " + String.join(", ", names), width, height, canvas -> {
            for (int r = 0; r < rows.size(); r++) {
                double y = TOP + r * (field + GAP);
                canvas.textUpwards(
                        Type.LABEL.fit(rows.get(r).name(), field), NAME - 4, y + field / 2, Type.LABEL, Canvas.INK);
                for (int v = 0; v < views.size(); v++) {
                    Box box = new Box(NAME + v * (field + GAP), y, field, field);
                    if (r == 0) {
                        ImagePanel.heading(canvas, box, look.say(views.get(v).caption()));
                    }
                    ImagePanel.rendering(canvas, pictures.get(r).get(v), box, v == 0 ? Axes.letter(r) : "");
                    triad(canvas, box, views.get(v));
                }
            }
            double bar = Math.min(width - NAME - 60, 220);
            ColourBar.level(
                    canvas,
                    NAME + (width - NAME - bar) / 2 + 8,
                    bars,
                    bar,
                    names,
                    colours,
                    full,
                    more,
                    look.say(unit.isEmpty() ? "relative" : unit));
        });
    }

    private static Row coloured(Row row, Look look) {
        List<ElementVolume> elements = new ArrayList<>();
        for (ElementVolume e : row.elements()) {
            elements.add(new ElementVolume(e.name(), look.element(elements.size(), e.colour()), e.density()));
        }
        return new Row(row.name(), elements);
    }

    /** The density below which nearly all voxels of all samples stay: a good end of the scale. */
    public static double brightest(List<Row> rows) {
        return ColourScale.positive(rows.stream()
                .flatMap(row -> row.elements().stream())
                .mapToDouble(element -> ColourScale.brightest(element.density(), SampleFigure.SHARE))
                .max()
                .orElse(1));
    }

    /** Shows in a corner where x, y and z point. */
    private static void triad(Canvas canvas, Box box, View view) {
        double length = 11;
        double x = box.x() + 19;
        double y = box.bottom() - 23;
        double[] right = view.right();
        double[] down = view.down();
        String[] names = {"x", "y", "z"};
        Color grey = new Color(235, 235, 235);
        for (int i = 0; i < 3; i++) {
            double dx = right[i] * length;
            double dy = down[i] * length;
            canvas.line(x, y, x + dx, y + dy, 0.8, grey);
            double reach = Math.hypot(dx, dy);
            if (reach > 0.3 * length) {
                double out = (reach + 4) / reach;
                canvas.text(
                        names[i],
                        x + dx * out,
                        y + dy * out + Type.TICK.capHeight() / 2 - 0.6,
                        Anchor.MIDDLE,
                        Type.TICK,
                        grey);
            }
        }
    }
}
