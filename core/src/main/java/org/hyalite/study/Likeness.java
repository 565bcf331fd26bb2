package org.hyalite.study;

import org.hyalite.grid.Image;

/**
 * How like a predicted image is to the measured one, over the inner field: both smoothed alike by a Gaussian first, so that
 * what is compared is more than the noise of single pixels.
 *
 * @param error root mean square of the difference, in the images' unit
 * @param scaledError the same after the prediction was multiplied by what makes it least
 * @param correlation Pearson's
 */
record Likeness(double error, double scaledError, double correlation) {
    /** Standard deviation of the smoothing, pixels. */
    static final double SIGMA_PX = 1.5;
    /** The share of the field's width, and of its height, that is left out at each edge. */
    static final double EDGE = 0.125;

    static Likeness of(Image predicted, Image measured) {
        double[] p = smoothed(predicted);
        double[] m = smoothed(measured);
        int ny = measured.ny();
        int nx = measured.nx();
        int edgeY = (int) Math.round(EDGE * ny);
        int edgeX = (int) Math.round(EDGE * nx);
        double n = 0;
        double sp = 0;
        double sm = 0;
        double pp = 0;
        double mm = 0;
        double pm = 0;
        for (int y = edgeY; y < ny - edgeY; y++) {
            for (int x = edgeX; x < nx - edgeX; x++) {
                double a = p[y * nx + x];
                double b = m[y * nx + x];
                n++;
                sp += a;
                sm += b;
                pp += a * a;
                mm += b * b;
                pm += a * b;
            }
        }
        double spread = Math.sqrt((pp - sp * sp / n) * (mm - sm * sm / n));
        return new Likeness(
                Math.sqrt(Math.max(0, pp - 2 * pm + mm) / n),
                Math.sqrt(Math.max(0, pp > 0 ? mm - pm * pm / pp : mm) / n),
                spread > 0 ? (pm - sp * sm / n) / spread : 0);
    }

    /** A Gaussian along x, then along y, the edges' pixels repeated. */
    private static double[] smoothed(Image image) {
        int reach = (int) Math.ceil(4 * SIGMA_PX);
        double[] kernel = new double[2 * reach + 1];
        double sum = 0;
        for (int k = -reach; k <= reach; k++) {
            kernel[k + reach] = Math.exp(-k * k / (2 * SIGMA_PX * SIGMA_PX));
            sum += kernel[k + reach];
        }
        int ny = image.ny();
        int nx = image.nx();
        double[] along = new double[ny * nx];
        double[] out = new double[ny * nx];
        for (int y = 0; y < ny; y++) {
            for (int x = 0; x < nx; x++) {
                for (int k = -reach; k <= reach; k++) {
                    along[y * nx + x] += kernel[k + reach] / sum * image.at(y, Math.max(0, Math.min(nx - 1, x + k)));
                }
            }
        }
        for (int y = 0; y < ny; y++) {
            for (int k = -reach; k <= reach; k++) {
                int from = Math.max(0, Math.min(ny - 1, y + k)) * nx;
                for (int x = 0; x < nx; x++) {
                    out[y * nx + x] += kernel[k + reach] / sum * along[from + x];
                }
            }
        }
        return out;
    }
}
