package org.hyalite.align;

/**
 * What a tilt axis of a given rotation sees of a free particle: per image and row along the axis the mass, and the first
 * moment across the axis. Pixels are spread onto rows with a cubic B-spline, which keeps mass and moments exactly.
 */
final class RowMoments {
    /** Rows added before and after, so that nothing falls off when an image is moved. */
    final int pad;

    /** Rows, padding included. */
    final int rows;

    /** {@code [image][row]}. */
    final double[][] mass;

    /** {@code [image][row]}, from the image's centre, pixels × mass. */
    final double[][] moment;

    /**
     * The moments of images {@code [y, x]} of a particle alone.
     *
     * @param moveY what image i is moved by along the axis, pixels
     */
    RowMoments(double[][] images, int ny, int nx, double rotationDeg, double[] moveY) {
        pad = ny / 4 + 4;
        rows = ny + 2 * pad;
        mass = new double[images.length][rows];
        moment = new double[images.length][rows];
        double cos = Math.cos(Math.toRadians(rotationDeg));
        double sin = Math.sin(Math.toRadians(rotationDeg));
        for (int i = 0; i < images.length; i++) {
            double[] image = images[i];
            for (int p = 0; p < image.length; p++) {
                double v = image[p];
                if (v == 0) {
                    continue;
                }
                double y = p / nx - (ny - 1) / 2.0;
                double x = p % nx - (nx - 1) / 2.0;
                double along = cos * y + sin * x + moveY[i] + (ny - 1) / 2.0 + pad;
                spread(mass[i], moment[i], along, v, v * (cos * x - sin * y));
            }
        }
    }

    private void spread(double[] massRow, double[] momentRow, double at, double v, double vx) {
        int base = (int) Math.floor(at);
        double t = at - base;
        double s = 1 - t;
        double[] weights = {
            s * s * s / 6, (3 * t * t * t - 6 * t * t + 4) / 6, (3 * s * s * s - 6 * s * s + 4) / 6, t * t * t / 6
        };
        for (int k = 0; k < 4; k++) {
            int row = base - 1 + k;
            if (row >= 0 && row < rows) {
                massRow[row] += weights[k] * v;
                momentRow[row] += weights[k] * vx;
            }
        }
    }
}
