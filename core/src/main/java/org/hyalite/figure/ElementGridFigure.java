package org.hyalite.figure;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hyalite.grid.Image;
import org.hyalite.grid.Volume;

/**
 * Many elements, one in each row, each on a scale of its own: measured map, reprojection at zero tilt, xy and xz slice;
 * above them the HAADF image and its volume's slices where they are given.
 */
public final class ElementGridFigure {
    private static final double GAP = 4;
    private static final double TOP = 15;
    private static final double NAME = 14;
    private static final double BAR = 38;

    private ElementGridFigure() {}

    /**
     * The dark-field image that goes with the maps.
     *
     * @param image at zero tilt, {@code [y, x]}, any unit
     * @param volume its reconstruction, where there is one
     */
    public record Haadf(Image image, Optional<Volume> volume) {}

    private record Cell(BufferedImage image, double pixelNm) {}

    private record Row(
            String name, List<Optional<Cell>> cells, Optional<ColourScale> areal, Optional<ColourScale> density) {}

    /**
     * Draws the figure; at least one channel.
     *
     * @param arealUnit {@code atoms/nm²}, or the relative unit
     * @param densityUnit {@code atoms/nm³}, or the relative unit
     */
    public static Figure draw(
            Optional<Haadf> haadf,
            List<SampleFigure.Channel> channels,
            SampleFigure.Slices slices,
            String arealUnit,
            String densityUnit) {
        return draw(haadf, channels, slices, arealUnit, densityUnit, Look.USUAL);
    }

    /** The same with another look. */
    public static Figure draw(
            Optional<Haadf> haadf,
            List<SampleFigure.Channel> channels,
            SampleFigure.Slices slices,
            String arealUnit,
            String densityUnit,
            Look look) {
        if (channels.isEmpty()) {
            throw new IllegalArgumentException("a figure of no elements");
        }
        Volume first = channels.get(0).density();
        List<Row> rows = new ArrayList<>();
        haadf.ifPresent(given -> rows.add(row(given, slices)));
        for (SampleFigure.Channel channel : channels) {
            slices.requireWithin(channel.density());
            rows.add(row(channel, slices, look.say(unit(arealUnit)), look.say(unit(densityUnit)), look));
        }
        double width = look.content(Figure.ON_PAGE);
        double field = (width - NAME - 2 * BAR - 5 * GAP) / 4;
        double fieldHeight = ImagePanel.height(field, first.nx(), first.ny(), first.nz());
        double height = TOP + rows.size() * (fieldHeight + GAP);
        double[] lefts = {
            NAME, NAME + field + GAP, NAME + 2 * (field + GAP) + BAR + GAP, NAME + 3 * (field + GAP) + BAR + GAP
        };
        return Figure.of("Maps and slices of each element", width, height, canvas -> {
            String[] headings = {"map, 0°", "reprojection, 0°", "xy slice", "xz slice"};
            for (int c = 0; c < 4; c++) {
                ImagePanel.heading(canvas, new Box(lefts[c], TOP, field, fieldHeight), look.say(headings[c]));
            }
            for (int r = 0; r < rows.size(); r++) {
                Row row = rows.get(r);
                double y = TOP + r * (fieldHeight + GAP);
                canvas.textUpwards(
                        Type.TITLE.fit(row.name(), fieldHeight),
                        NAME - 4.5,
                        y + fieldHeight / 2,
                        Type.TITLE,
                        Canvas.INK);
                for (int c = 0; c < 4; c++) {
                    Box box = new Box(lefts[c], y, field, fieldHeight);
                    if (row.cells().get(c).isPresent()) {
                        Cell cell = row.cells().get(c).get();
                        Box shown = ImagePanel.pixels(
                                canvas,
                                cell.image(),
                                box,
                                c == 0 ? cell.pixelNm() : Double.NaN,
                                c == 0 ? Axes.letter(r) : "");
                        if (c == 2) {
                            SampleFigure.cut(canvas, shown, (slices.y() + 0.5) / first.ny());
                        } else if (c == 3) {
                            SampleFigure.cut(canvas, shown, (slices.z() + 0.5) / first.nz());
                        }
                    }
                }
                bar(canvas, row.areal(), new Box(lefts[1] + field + GAP, y, BAR, fieldHeight));
                bar(canvas, row.density(), new Box(lefts[3] + field + GAP, y, BAR, fieldHeight));
            }
        });
    }

    private static void bar(Canvas canvas, Optional<ColourScale> scale, Box room) {
        scale.ifPresent(s -> ColourBar.upright(canvas, room, s, s.unit()));
    }

    private static String unit(String given) {
        return given.isEmpty() ? "relative" : given;
    }

    private static Row row(
            SampleFigure.Channel channel, SampleFigure.Slices slices, String areal, String density, Look look) {
        double high = Math.max(
                ColourScale.brightest(channel.map(), SampleFigure.SHARE),
                ColourScale.brightest(channel.reprojection(), SampleFigure.SHARE));
        high = ColourScale.positive(high);
        boolean clips = SampleFigure.clips(channel.map(), high) || SampleFigure.clips(channel.reprojection(), high);
        ColourMap map = look.amounts(ColourMap.EMBER);
        ColourScale maps = new ColourScale(map, 0, high, areal, clips);
        double top = ColourScale.positive(ColourScale.brightest(channel.density(), SampleFigure.SHARE));
        ColourScale volumes =
                new ColourScale(map, 0, top, density, channel.density().max() > top * 1.001);
        return new Row(
                channel.name(),
                List.of(
                        cell(channel.map(), maps),
                        cell(channel.reprojection(), maps),
                        cell(channel.density().planeXy(slices.z()), volumes),
                        cell(channel.density().planeXz(slices.y()), volumes)),
                Optional.of(maps),
                Optional.of(volumes));
    }

    private static Row row(Haadf haadf, SampleFigure.Slices slices) {
        ColourScale maps = ColourScale.between(haadf.image(), 0.005, 0.998, ColourMap.GREY);
        Optional<Volume> volume = haadf.volume();
        volume.ifPresent(slices::requireWithin);
        Optional<ColourScale> grey =
                volume.map(v -> ColourScale.upTo(ColourScale.brightest(v, SampleFigure.SHARE), ColourMap.GREY, ""));
        return new Row(
                "HAADF",
                List.of(
                        cell(haadf.image(), maps),
                        grey.flatMap(s -> volume.flatMap(v -> cell(v.projectionZ(), projected(v)))),
                        grey.flatMap(s -> volume.flatMap(v -> cell(v.planeXy(slices.z()), s))),
                        grey.flatMap(s -> volume.flatMap(v -> cell(v.planeXz(slices.y()), s)))),
                Optional.empty(),
                Optional.empty());
    }

    private static ColourScale projected(Volume volume) {
        return ColourScale.between(volume.projectionZ(), 0.005, 0.998, ColourMap.GREY);
    }

    private static Optional<Cell> cell(Image image, ColourScale scale) {
        return Optional.of(new Cell(Raster.of(image, scale), image.pixelNm()));
    }
}
