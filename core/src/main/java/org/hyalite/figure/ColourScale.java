package org.hyalite.figure;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.hyalite.grid.Image;
import org.hyalite.grid.Volume;

/**
 * Which colour a value has.
 *
 * @param map the colours
 * @param low the value of the first colour
 * @param high the value of the last colour; above {@code low}
 * @param unit of the values, for the colour bar; may be empty
 * @param clips whether the data go beyond {@code high}, which the colour bar then says
 */
public record ColourScale(ColourMap map, double low, double high, String unit, boolean clips) {
    private static final int MOST_SAMPLES = 1 << 21;

    public ColourScale {
        if (!(high > low) || !Double.isFinite(low) || !Double.isFinite(high)) {
            throw new IllegalArgumentException("colour scale from " + low + " to " + high);
        }
    }

    /** A scale from zero to {@code high}; to one where that is no positive number. */
    public static ColourScale upTo(double high, ColourMap map, String unit) {
        return new ColourScale(map, 0, positive(high), unit, false);
    }

    /** A scale over the middle of an image's values, from one share of its pixels (0 … 1) to another. */
    public static ColourScale between(Image image, double lowShare, double highShare, ColourMap map) {
        double[] sorted = finite(image.values());
        double low = quantile(sorted, lowShare);
        double high = quantile(sorted, highShare);
        return high > low
                ? new ColourScale(map, low, high, "", true)
                : new ColourScale(map, low - Math.max(1, Math.abs(low)), low + Math.max(1, Math.abs(low)), "", false);
    }

    /** The colour {@code 0xRRGGBB} of a value; a neutral grey for NaN. */
    public int rgb(double value) {
        return map.rgb((value - low) / (high - low));
    }

    /** The value that a share (0 … 1) of an image's positive pixels does not exceed; 0 if there are none. */
    static double brightest(Image image, double share) {
        return quantile(Arrays.stream(finite(image.values())).filter(v -> v > 0).toArray(), share);
    }

    /** The same of a volume's voxels, of which a large one is sampled evenly. */
    static double brightest(Volume volume, double share) {
        int step = (int) Math.max(1, volume.size() / MOST_SAMPLES);
        double[] values = Arrays.stream(volume.blocks())
                .flatMapToDouble(block ->
                        IntStream.range(0, (block.length + step - 1) / step).mapToDouble(i -> block[i * step]))
                .filter(v -> v > 0 && v < Double.POSITIVE_INFINITY)
                .sorted()
                .toArray();
        return quantile(values, share);
    }

    static double positive(double value) {
        return value > 0 && value < Double.POSITIVE_INFINITY ? value : 1;
    }

    /** The finite values, sorted. */
    static double[] finite(float[] values) {
        return IntStream.range(0, values.length)
                .mapToDouble(i -> values[i])
                .filter(Double::isFinite)
                .sorted()
                .toArray();
    }

    static double quantile(double[] sorted, double share) {
        if (sorted.length == 0) {
            return 0;
        }
        return sorted[(int) Math.round(Math.max(0, Math.min(1, share)) * (sorted.length - 1))];
    }
}
