package org.hyalite.figure;

import java.util.List;
import org.hyalite.grid.Image;

/** Maps of one quantity side by side, on one scale of colours. */
public final class MapsFigure {
    private static final int COLUMNS = 4;
    private static final double TOP = 16;
    private static final double GAP = 5;

    private MapsFigure() {}

    /**
     * One map.
     *
     * @param name its heading
     */
    public record Panel(String name, Image image) {}

    /** Draws the maps, four in a row. */
    public static Figure draw(String title, List<Panel> panels, ColourScale scale) {
        return draw(title, panels, scale, Look.USUAL);
    }

    /** The same with another look. */
    public static Figure draw(String title, List<Panel> panels, ColourScale usual, Look look) {
        if (panels.isEmpty()) {
            throw new IllegalArgumentException("a figure of no maps");
        }
        ColourScale scale = new ColourScale(
                look.amounts(usual.map()), usual.low(), usual.high(), look.say(usual.unit()), usual.clips());
        int most = look.columns(COLUMNS);
        int columns = Math.min(most, panels.size());
        double width = look.content(panels.size() == 1 ? Figure.IN_COLUMN : Figure.ON_PAGE);
        double field = (width - ColourBar.WIDTH - most * GAP) / (panels.size() == 1 ? 1 : most);
        Image first = panels.get(0).image();
        double height = ImagePanel.height(field, first.nx(), first.ny());
        int rows = (panels.size() + columns - 1) / columns;
        return Figure.of(title, width, rows * (TOP + height) + GAP, canvas -> {
            for (int i = 0; i < panels.size(); i++) {
                Box box = new Box((i % columns) * (field + GAP), TOP + (i / columns) * (TOP + height), field, height);
                ImagePanel.heading(canvas, box, look.say(panels.get(i).name()));
                Image image = panels.get(i).image();
                ImagePanel.pixels(
                        canvas,
                        Raster.of(image, scale),
                        box,
                        i == 0 ? image.pixelNm() : Double.NaN,
                        panels.size() == 1 ? "" : Axes.letter(i));
            }
            ColourBar.upright(
                    canvas, new Box(columns * (field + GAP) + GAP, TOP, ColourBar.WIDTH, height), scale, scale.unit());
        });
    }
}
