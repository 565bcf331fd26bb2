package org.hyalite.figure;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import org.hyalite.grid.Image;
import org.hyalite.grid.Volume;

/**
 * The standards, one in each row: ADF image at zero tilt, surface of the segmented volume, thickness map (the paper's
 * Fig. 1). All thickness maps have one scale.
 */
public final class StandardsFigure {
    private static final double WIDTH = 372;
    private static final double NAME = 13;
    private static final double GAP = 4;
    private static final double TOP = 15;
    private static final int SURFACE_PIXELS = 420;
    private static final View SIDE = new View(25, 22);
    private static final Color SURFACE = new Color(214, 220, 230);

    private StandardsFigure() {}

    /**
     * One standard.
     *
     * @param name of the standard
     * @param adf image at zero tilt, {@code [y, x]}, any unit
     * @param volume the reconstruction that was segmented, {@code [z, y, x]}
     * @param threshold inside is above it, in the volume's unit
     * @param thicknessNm thickness map, {@code [y, x]}, nm
     */
    public record Row(String name, Image adf, Volume volume, double threshold, Image thicknessNm) {}

    /** Draws the figure; at least one row. */
    public static Figure draw(List<Row> rows) {
        return draw(rows, Look.USUAL);
    }

    /** The same with another look. */
    public static Figure draw(List<Row> rows, Look look) {
        if (rows.isEmpty()) {
            throw new IllegalArgumentException("a figure of no standards");
        }
        double width = look.content(WIDTH);
        double field = (width - NAME - 3 * GAP - ColourBar.WIDTH) / 3;
        double thickest = rows.stream()
                .mapToDouble(row -> ColourScale.brightest(row.thicknessNm(), 1))
                .max()
                .orElse(1);
        ColourScale thickness = ColourScale.upTo(thickest, look.amounts(ColourMap.LAGOON), "nm");
        List<BufferedImage> adfs = new ArrayList<>();
        List<Rendering> surfaces = new ArrayList<>();
        List<BufferedImage> maps = new ArrayList<>();
        List<Double> tops = new ArrayList<>();
        double y = TOP;
        for (Row row : rows) {
            adfs.add(Raster.of(row.adf(), ColourScale.between(row.adf(), 0.005, 0.998, ColourMap.GREY)));
            Frame frame = Frame.around(row.volume(), row.threshold(), List.of(SIDE));
            surfaces.add(Renderer.surface(row.volume(), row.threshold(), SURFACE, SIDE, frame, SURFACE_PIXELS));
            maps.add(Raster.onBlack(row.thicknessNm(), thickness));
            tops.add(y);
            y += ImagePanel.height(field, row.adf().nx(), row.adf().ny()) + GAP;
        }
        double height = y;
        return Figure.of("Calibration standards", width, height, canvas -> {
            for (int i = 0; i < rows.size(); i++) {
                Row row = rows.get(i);
                double bottom = i + 1 < rows.size() ? tops.get(i + 1) : height;
                double h = bottom - GAP - tops.get(i);
                Box adf = new Box(NAME, tops.get(i), field, h);
                Box surface = new Box(NAME + field + GAP, tops.get(i), field, h);
                Box map = new Box(NAME + 2 * (field + GAP), tops.get(i), field, h);
                if (i == 0) {
                    ImagePanel.heading(canvas, adf, look.say("ADF, 0°"));
                    ImagePanel.heading(canvas, surface, look.say("segmented surface"));
                    ImagePanel.heading(canvas, map, look.say("thickness"));
                }
                canvas.textUpwards(Type.LABEL.fit(row.name(), h), NAME - 4, adf.centreY(), Type.LABEL, Canvas.INK);
                ImagePanel.pixels(canvas, adfs.get(i), adf, row.adf().pixelNm(), Axes.letter(i));
                ImagePanel.rendering(canvas, surfaces.get(i), surface, "");
                ImagePanel.pixels(canvas, maps.get(i), map, row.thicknessNm().pixelNm(), "");
                ColourBar.upright(
                        canvas,
                        new Box(map.right() + GAP, map.y(), ColourBar.WIDTH, h),
                        thickness,
                        look.say("thickness (nm)"));
            }
        });
    }
}
