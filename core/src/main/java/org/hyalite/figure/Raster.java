package org.hyalite.figure;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.List;
import org.hyalite.grid.Image;

/** Measured pixels turned into coloured ones, one for one. */
final class Raster {
    private Raster() {}

    static BufferedImage of(Image image, ColourScale scale) {
        BufferedImage out = new BufferedImage(image.nx(), image.ny(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < image.ny(); y++) {
            for (int x = 0; x < image.nx(); x++) {
                out.setRGB(x, y, scale.rgb(image.at(y, x)));
            }
        }
        return out;
    }

    /** Like {@link #of}, with black where the value is not above the scale's low end. */
    static BufferedImage onBlack(Image image, ColourScale scale) {
        BufferedImage out = of(image, scale);
        for (int y = 0; y < image.ny(); y++) {
            for (int x = 0; x < image.nx(); x++) {
                if (image.at(y, x) <= scale.low()) {
                    out.setRGB(x, y, 0);
                }
            }
        }
        return out;
    }

    /** The sum of colours, each in proportion to its image: {@code Σ colour · value / high}, clamped. */
    static BufferedImage mix(List<Image> images, List<Color> colours, double high) {
        Image first = images.get(0);
        BufferedImage out = new BufferedImage(first.nx(), first.ny(), BufferedImage.TYPE_INT_RGB);
        double[] values = new double[images.size()];
        for (int y = 0; y < first.ny(); y++) {
            for (int x = 0; x < first.nx(); x++) {
                for (int k = 0; k < values.length; k++) {
                    values[k] = images.get(k).at(y, x) / high;
                }
                out.setRGB(x, y, mixed(values, colours));
            }
        }
        return out;
    }

    /** The colour of parts, each 0 … 1 of its own colour. */
    static int mixed(double[] shares, List<Color> colours) {
        double red = 0;
        double green = 0;
        double blue = 0;
        for (int k = 0; k < shares.length; k++) {
            if (Double.isNaN(shares[k])) {
                return ColourMap.MISSING;
            }
            double share = Math.max(0, Math.min(1, shares[k]));
            red += share * colours.get(k).getRed();
            green += share * colours.get(k).getGreen();
            blue += share * colours.get(k).getBlue();
        }
        return channel(red) << 16 | channel(green) << 8 | channel(blue);
    }

    private static int channel(double value) {
        return (int) Math.round(Math.min(255, value));
    }

    /** Means of {@code by × by} pixels; the last ones of fewer. */
    static BufferedImage averaged(BufferedImage image, int by) {
        int width = (image.getWidth() + by - 1) / by;
        int height = (image.getHeight() + by - 1) / by;
        BufferedImage out = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                long red = 0;
                long green = 0;
                long blue = 0;
                int count = 0;
                for (int v = y * by; v < Math.min(image.getHeight(), (y + 1) * by); v++) {
                    for (int u = x * by; u < Math.min(image.getWidth(), (x + 1) * by); u++) {
                        int rgb = image.getRGB(u, v);
                        red += rgb >> 16 & 255;
                        green += rgb >> 8 & 255;
                        blue += rgb & 255;
                        count++;
                    }
                }
                out.setRGB(
                        x,
                        y,
                        Math.round((float) red / count) << 16
                                | Math.round((float) green / count) << 8
                                | Math.round((float) blue / count));
            }
        }
        return out;
    }
}
