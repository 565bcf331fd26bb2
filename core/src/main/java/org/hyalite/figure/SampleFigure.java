package org.hyalite.figure;

import java.awt.Color;
import java.awt.geom.Line2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.hyalite.grid.Image;
import org.hyalite.grid.Volume;

/**
 * A sample's elements together: measured map, reprojection at zero tilt, an xy and an xz slice through the volume, the
 * elements' colours added up on one absolute scale for each kind (the paper's Figs. 3 and 4). For more elements than
 * colours can tell apart there is {@link ElementGridFigure}.
 */
public final class SampleFigure {
    private static final double GAP = 4;
    private static final double TOP = 15;
    private static final double NAMES = 24;
    /** Brighter pixels than this share are shown as clipped, lest one of them darken all others. */
    static final double SHARE = 0.997;

    private SampleFigure() {}

    /**
     * One element.
     *
     * @param name its symbol
     * @param colour see {@link Palette#element}
     * @param map measured at zero tilt, {@code [y, x]}
     * @param reprojection of the volume at zero tilt, {@code [y, x]}, in the map's unit
     * @param density the volume, {@code [z, y, x]}
     */
    public record Channel(String name, Color colour, Image map, Image reprojection, Volume density) {}

    /**
     * Where the volumes are cut.
     *
     * @param z of the xy slice, voxels
     * @param y of the xz slice, voxels
     */
    public record Slices(int z, int y) {
        /** Through the middle of a volume. */
        public static Slices middle(Volume volume) {
            return new Slices(volume.nz() / 2, volume.ny() / 2);
        }

        void requireWithin(Volume volume) {
            if (z < 0 || z >= volume.nz() || y < 0 || y >= volume.ny()) {
                throw new IllegalArgumentException("slices at z = " + z + ", y = " + y + " of a volume with nz = "
                        + volume.nz() + ", ny = " + volume.ny());
            }
        }
    }

    /**
     * The ends of the two scales and their units.
     *
     * @param arealHigh of maps and reprojections
     * @param densityHigh of the volumes
     * @param arealUnit {@code atoms/nm²}, or the relative unit
     * @param densityUnit {@code atoms/nm³}, or the relative unit
     */
    public record Scales(double arealHigh, double densityHigh, String arealUnit, String densityUnit) {
        /** Ends at the brightest of all elements, but for the few brightest pixels. */
        public static Scales of(List<Channel> channels, String arealUnit, String densityUnit) {
            double areal = 0;
            double density = 0;
            for (Channel c : channels) {
                areal = Math.max(areal, ColourScale.brightest(c.map(), SHARE));
                areal = Math.max(areal, ColourScale.brightest(c.reprojection(), SHARE));
                density = Math.max(density, ColourScale.brightest(c.density(), SHARE));
            }
            return new Scales(ColourScale.positive(areal), ColourScale.positive(density), arealUnit, densityUnit);
        }
    }

    /** Draws the figure; at least one channel, all of one grid. */
    public static Figure draw(List<Channel> channels, Slices slices, Scales scales) {
        return draw(channels, slices, scales, Look.USUAL);
    }

    /** The same with another look; in a narrow one the four images stand two by two. */
    public static Figure draw(List<Channel> channels, Slices slices, Scales scales, Look look) {
        if (channels.isEmpty()) {
            throw new IllegalArgumentException("a figure of no elements");
        }
        Volume first = channels.get(0).density();
        slices.requireWithin(first);
        channels.forEach(c -> first.requireSameGrid(c.density()));
        List<Color> colours = new ArrayList<>();
        for (Channel c : channels) {
            colours.add(look.element(colours.size(), c.colour()));
        }
        List<String> names = channels.stream().map(Channel::name).toList();
        List<BufferedImage> images = new ArrayList<>();
        images.add(mix(channels, Channel::map, colours, scales.arealHigh()));
        images.add(mix(channels, Channel::reprojection, colours, scales.arealHigh()));
        images.add(mix(channels, c -> c.density().planeXy(slices.z()), colours, scales.densityHigh()));
        images.add(mix(channels, c -> c.density().planeXz(slices.y()), colours, scales.densityHigh()));
        boolean arealClips = channels.stream()
                .anyMatch(c -> clips(c.map(), scales.arealHigh()) || clips(c.reprojection(), scales.arealHigh()));
        boolean densityClips = channels.stream().anyMatch(c -> c.density().max() > scales.densityHigh() * 1.001);

        double width = look.content(Figure.ON_PAGE);
        int columns = look.columns(4);
        double field = (width - (columns - 1) * GAP) / columns;
        double fieldHeight = ImagePanel.height(field, first.nx(), first.ny(), first.nz());
        double row = TOP + fieldHeight;
        double bars = row * (4 / columns) + 8;
        double height = bars + ColourBar.levelHeight(channels.size());
        double mapNm = channels.get(0).map().pixelNm();
        return Figure.of("Elemental maps and slices: " + String.join(", ", names), width, height, canvas -> {
            String[] headings = {"EDS map, 0°", "reprojection, 0°", "xy slice", "xz slice"};
            for (int i = 0; i < 4; i++) {
                Box box = new Box(i % columns * (field + GAP), i / columns * row + TOP, field, fieldHeight);
                ImagePanel.heading(canvas, box, look.say(headings[i]));
                Box shown =
                        ImagePanel.pixels(canvas, images.get(i), box, i < 2 ? mapNm : first.voxelNm(), Axes.letter(i));
                if (i == 2) {
                    cut(canvas, shown, (slices.y() + 0.5) / first.ny());
                } else if (i == 3) {
                    cut(canvas, shown, (slices.z() + 0.5) / first.nz());
                }
            }
            double half = (width - GAP) / 2;
            double wide = half - NAMES - (look.narrow() ? 6 : 34);
            ColourBar.level(
                    canvas,
                    NAMES,
                    bars,
                    wide,
                    names,
                    colours,
                    scales.arealHigh(),
                    arealClips,
                    look.say(title(scales.arealUnit())));
            ColourBar.level(
                    canvas,
                    half + GAP + NAMES,
                    bars,
                    wide,
                    names,
                    colours,
                    scales.densityHigh(),
                    densityClips,
                    look.say(title(scales.densityUnit())));
        });
    }

    /** Marks where another slice cuts this one: a dashed line with an arrowhead at either side. */
    static void cut(Canvas canvas, Box image, double share) {
        double y = image.y() + share * image.height();
        Color white = new Color(255, 255, 255, 190);
        canvas.stroke(new Line2D.Double(image.x() + 4, y, image.right() - 4, y), 0.5, white, 3f, 2.4f);
        canvas.triangle(image.x(), y - 2.4, image.x(), y + 2.4, image.x() + 4, y, white);
        canvas.triangle(image.right(), y - 2.4, image.right(), y + 2.4, image.right() - 4, y, white);
    }

    static boolean clips(Image image, double high) {
        for (float v : image.values()) {
            if (v > high * 1.001) {
                return true;
            }
        }
        return false;
    }

    private static String title(String unit) {
        return unit.isEmpty() ? "relative" : unit;
    }

    private static BufferedImage mix(
            List<Channel> channels, Function<Channel, Image> kind, List<Color> colours, double high) {
        return Raster.mix(channels.stream().map(kind).toList(), colours, high);
    }
}
