package org.hyalite.tomo;

import java.util.Arrays;
import org.hyalite.grid.TiltSeries;

/**
 * The noise of images without a model of what they show: variance {@code a + b I} at intensity I, as a detector's is, with
 * its own noise a and the quanta's b I. In each of some classes of intensity the noise is the median size of a difference
 * of differences over 3 × 3 pixels, which no plane passes (Immerkær 1996, Comput. Vis. Image Underst. 64, 300).
 *
 * @param empty a, variance where there is no intensity
 * @param perUnit b
 */
public record ImageNoise(double empty, double perUnit) {
    private static final double MEDIAN_OF_NORMAL = 0.6744897501960817;
    private static final double NORM = 6;
    private static final int CLASSES = 16;

    /** Of all images together; zero for images smaller than 3 × 3 or without any noise. */
    public static ImageNoise of(TiltSeries series) {
        int ny = series.ny();
        int nx = series.nx();
        if (ny < 3 || nx < 3) {
            return new ImageNoise(0, 0);
        }
        int inner = (ny - 2) * (nx - 2);
        float[] levels = new float[series.tilts() * inner];
        float[] sizes = new float[levels.length];
        int k = 0;
        for (int t = 0; t < series.tilts(); t++) {
            float[] a = series.image(t).values();
            for (int y = 1; y < ny - 1; y++) {
                for (int x = 1; x < nx - 1; x++) {
                    int i = y * nx + x;
                    float corners = a[i - nx - 1] + a[i - nx + 1] + a[i + nx - 1] + a[i + nx + 1];
                    float sides = a[i - nx] + a[i + nx] + a[i - 1] + a[i + 1];
                    levels[k] = (corners + sides + a[i]) / 9;
                    sizes[k++] = Math.abs(corners - 2 * sides + 4 * a[i]);
                }
            }
        }
        return line(levels, sizes);
    }

    private static ImageNoise line(float[] levels, float[] sizes) {
        int[] order = ascending(levels);
        int classes = Math.min(CLASSES, levels.length);
        double[] level = new double[classes];
        double[] variance = new double[classes];
        for (int c = 0; c < classes; c++) {
            int from = (int) ((long) c * levels.length / classes);
            int to = (int) ((long) (c + 1) * levels.length / classes);
            float[] own = new float[to - from];
            for (int i = from; i < to; i++) {
                own[i - from] = sizes[order[i]];
                level[c] += Math.max(0, levels[order[i]]) / (to - from);
            }
            Arrays.sort(own);
            double noise = own[own.length / 2] / (NORM * MEDIAN_OF_NORMAL);
            variance[c] = noise * noise;
        }
        return line(level, variance);
    }

    /** Places by rising value: value and place packed into one number each, which sorts much faster than boxed places. */
    private static int[] ascending(float[] values) {
        long[] packed = new long[values.length];
        for (int i = 0; i < packed.length; i++) {
            int bits = Float.floatToIntBits(values[i]);
            // negative numbers rise as their bits fall
            packed[i] = (long) (bits < 0 ? bits ^ Integer.MAX_VALUE : bits) << 32 | i;
        }
        Arrays.sort(packed);
        int[] order = new int[packed.length];
        for (int i = 0; i < order.length; i++) {
            order[i] = (int) packed[i];
        }
        return order;
    }

    /** By least squares in relative terms, neither a nor b negative. */
    private static ImageNoise line(double[] level, double[] variance) {
        double least = Arrays.stream(variance).filter(v -> v > 0).min().orElse(0);
        double s = 0;
        double sx = 0;
        double sxx = 0;
        double sy = 0;
        double sxy = 0;
        for (int c = 0; c < level.length; c++) {
            double w = 1 / Math.max(variance[c] * variance[c], Double.MIN_NORMAL);
            if (variance[c] == 0) {
                continue;
            }
            s += w;
            sx += w * level[c];
            sxx += w * level[c] * level[c];
            sy += w * variance[c];
            sxy += w * level[c] * variance[c];
        }
        double determinant = s * sxx - sx * sx;
        double slope = determinant > 0 ? (s * sxy - sx * sy) / determinant : 0;
        if (!(slope > 0)) {
            return new ImageNoise(s > 0 ? sy / s : 0, 0);
        }
        double empty = (sy - slope * sx) / s;
        return new ImageNoise(Math.max(empty, 0.1 * least), slope);
    }

    /** Standard deviations of pixels with these expected intensities. */
    public TiltSeries errors(TiltSeries expected) {
        TiltSeries errors = expected.copy();
        for (float[] block : errors.blocks()) {
            for (int i = 0; i < block.length; i++) {
                block[i] = (float) Math.sqrt(empty + perUnit * Math.max(0, block[i]));
            }
        }
        return errors;
    }
}
