package org.hyalite.align;

import org.hyalite.grid.Image;

/**
 * One image turned about its centre and moved along y, in a single interpolation.
 *
 * <p>Output row and column {@code (y, x)}, measured from the centre, show the recorded point {@code R·(y − dy, x)} with
 * {@code R = [[cos φ, −sin φ], [sin φ, cos φ]]} on (y, x). A turn keeps areas, so that no factor is needed and mass in
 * the interior stays what it was (exactly for a movement along y, to about 1e-3 of local detail for a turn).
 */
final class Resampler {
    private Resampler() {}

    /** The image itself if there is nothing to do; otherwise a new one. */
    static Image resample(Image from, double rotationDeg, double dy, Resampling how) {
        boolean whole = dy == Math.rint(dy);
        if (rotationDeg == 0 && dy == 0) {
            return from;
        }
        if (rotationDeg == 0) {
            return whole ? rows(from, (int) dy, how.outside()) : alongY(from, dy, how);
        }
        return turned(from, Math.toRadians(rotationDeg), dy, how);
    }

    private static Image rows(Image from, int dy, Resampling.Outside outside) {
        int ny = from.ny();
        Image to = Image.zeros(ny, from.nx(), from.pixelNm());
        for (int y = 0; y < ny; y++) {
            int source = source(y - dy, ny, outside);
            if (source >= 0) {
                System.arraycopy(from.values(), source * from.nx(), to.values(), y * from.nx(), from.nx());
            }
        }
        return to;
    }

    private static Image alongY(Image from, double dy, Resampling how) {
        int ny = from.ny();
        int nx = from.nx();
        Image to = Image.zeros(ny, nx, from.pixelNm());
        double[] weights = new double[4];
        double[] row = new double[nx];
        for (int y = 0; y < ny; y++) {
            int first = weights(y - dy, how.kernel(), weights);
            java.util.Arrays.fill(row, 0);
            for (int k = 0; k < 4; k++) {
                int source = source(first + k, ny, how.outside());
                if (source >= 0 && weights[k] != 0) {
                    for (int x = 0; x < nx; x++) {
                        row[x] += weights[k] * from.values()[source * nx + x];
                    }
                }
            }
            for (int x = 0; x < nx; x++) {
                to.values()[y * nx + x] = (float) row[x];
            }
        }
        return to;
    }

    private static Image turned(Image from, double rotation, double dy, Resampling how) {
        int ny = from.ny();
        int nx = from.nx();
        double cos = Math.cos(rotation);
        double sin = Math.sin(rotation);
        double cy = (ny - 1) / 2.0;
        double cx = (nx - 1) / 2.0;
        Image to = Image.zeros(ny, nx, from.pixelNm());
        double[] wy = new double[4];
        double[] wx = new double[4];
        for (int y = 0; y < ny; y++) {
            for (int x = 0; x < nx; x++) {
                double py = y - dy - cy;
                double px = x - cx;
                int firstY = weights(cos * py - sin * px + cy, how.kernel(), wy);
                int firstX = weights(sin * py + cos * px + cx, how.kernel(), wx);
                double sum = 0;
                for (int k = 0; k < 4; k++) {
                    int sy = source(firstY + k, ny, how.outside());
                    if (sy < 0 || wy[k] == 0) {
                        continue;
                    }
                    double line = 0;
                    for (int l = 0; l < 4; l++) {
                        int sx = source(firstX + l, nx, how.outside());
                        if (sx >= 0) {
                            line += wx[l] * from.values()[sy * nx + sx];
                        }
                    }
                    sum += wy[k] * line;
                }
                to.values()[y * nx + x] = (float) sum;
            }
        }
        return to;
    }

    /** The pixel to read, or −1 where there is nothing. */
    private static int source(int index, int size, Resampling.Outside outside) {
        if (index >= 0 && index < size) {
            return index;
        }
        return switch (outside) {
            case ZERO -> -1;
            case EDGE -> index < 0 ? 0 : size - 1;
        };
    }

    /** Fills the four weights of a position and returns the pixel of the first; the weights add up to one. */
    static int weights(double position, Resampling.Kernel kernel, double[] weights) {
        int base = (int) Math.floor(position);
        double t = position - base;
        switch (kernel) {
            case LINEAR -> {
                weights[0] = 0;
                weights[1] = 1 - t;
                weights[2] = t;
                weights[3] = 0;
            }
            case CUBIC -> {
                weights[0] = ((-0.5 * t + 1) * t - 0.5) * t;
                weights[1] = (1.5 * t - 2.5) * t * t + 1;
                weights[2] = ((-1.5 * t + 2) * t + 0.5) * t;
                weights[3] = (0.5 * t - 0.5) * t * t;
            }
        }
        return base - 1;
    }
}
