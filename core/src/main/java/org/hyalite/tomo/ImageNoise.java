package org.hyalite.tomo;

import java.util.Arrays;
import org.hyalite.grid.TiltSeries;

/**
 * The noise of images without a model of what they show: the difference of differences over 3 × 3 pixels, which no
 * plane and no straight edge along an axis passes (Immerkær 1996), by its median size.
 */
final class ImageNoise {
    private static final double MEDIAN_OF_NORMAL = 0.6744897501960817;
    private static final double NORM = 6;

    private ImageNoise() {}

    /** Standard deviation per pixel, over all images; 0 for images smaller than 3 × 3. */
    static double of(TiltSeries series) {
        int ny = series.ny();
        int nx = series.nx();
        if (ny < 3 || nx < 3) {
            return 0;
        }
        float[] all = new float[series.tilts() * (ny - 2) * (nx - 2)];
        int k = 0;
        for (int t = 0; t < series.tilts(); t++) {
            float[] a = series.image(t).values();
            for (int y = 1; y < ny - 1; y++) {
                for (int x = 1; x < nx - 1; x++) {
                    int i = y * nx + x;
                    float corners = a[i - nx - 1] + a[i - nx + 1] + a[i + nx - 1] + a[i + nx + 1];
                    float sides = a[i - nx] + a[i + nx] + a[i - 1] + a[i + 1];
                    all[k++] = Math.abs(corners - 2 * sides + 4 * a[i]);
                }
            }
        }
        Arrays.sort(all);
        return all[all.length / 2] / (NORM * MEDIAN_OF_NORMAL);
    }
}
