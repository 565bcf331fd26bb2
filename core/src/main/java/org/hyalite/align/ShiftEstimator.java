package org.hyalite.align;

import org.hyalite.grid.Image;
import org.jtransforms.fft.DoubleFFT_1D;

/**
 * By how much one image's content must be moved to lie on another's: phase correlation (Kuglin and Hines 1975) proposes,
 * the correlation coefficient over the overlap chooses and refines below a pixel.
 */
public final class ShiftEstimator {
    /**
     * A movement.
     *
     * @param yPx along y, pixels
     * @param xPx along x, pixels
     * @param correlation coefficient over the overlap after the movement, −1 … 1
     */
    public record Shift(double yPx, double xPx, double correlation) {}

    private static final double SMOOTH_PX = 1;
    private static final int PROPOSALS = 5;

    /** Images that overlap by less than this share of the area are not compared. */
    private static final double LEAST_OVERLAP = 0.4;

    private final int ny;
    private final int nx;
    private final double[] fixed;

    private ShiftEstimator(int ny, int nx, double[] fixed) {
        this.ny = ny;
        this.nx = nx;
        this.fixed = fixed;
    }

    /** Shifts onto an image. */
    public static ShiftEstimator onto(Image reference) {
        return onto(Smoothing.values(reference), reference.ny(), reference.nx());
    }

    static ShiftEstimator onto(double[] reference, int ny, int nx) {
        return new ShiftEstimator(ny, nx, Smoothing.gaussian(reference, ny, nx, SMOOTH_PX));
    }

    /** What an image of the same size must be moved by. */
    public Shift of(Image moving) {
        if (moving.ny() != ny || moving.nx() != nx) {
            throw new IllegalArgumentException(
                    "image of " + moving.ny() + " × " + moving.nx() + " pixels, expected ny × nx = " + ny + " × " + nx);
        }
        return of(Smoothing.values(moving));
    }

    Shift of(double[] moving) {
        double[] smooth = Smoothing.gaussian(moving, ny, nx, SMOOTH_PX);
        double[] peaks = phaseCorrelation(smooth);
        Shift best = new Shift(0, 0, correlation(smooth, 0, 0));
        for (int k = 0; k < PROPOSALS; k++) {
            int at = 0;
            for (int i = 1; i < peaks.length; i++) {
                at = peaks[i] > peaks[at] ? i : at;
            }
            int dy = at / nx > ny / 2 ? at / nx - ny : at / nx;
            int dx = at % nx > nx / 2 ? at % nx - nx : at % nx;
            erase(peaks, at / nx, at % nx);
            Shift candidate = climb(smooth, new Shift(dy, dx, correlation(smooth, dy, dx)), 1, 1);
            best = candidate.correlation > best.correlation ? candidate : best;
        }
        return refine(smooth, best);
    }

    /** The best movement near a given one. */
    Shift near(double[] moving, Shift start) {
        double[] smooth = Smoothing.gaussian(moving, ny, nx, SMOOTH_PX);
        return refine(smooth, new Shift(start.yPx, start.xPx, correlation(smooth, start.yPx, start.xPx)));
    }

    private Shift refine(double[] smooth, Shift start) {
        Shift best = climb(smooth, start, 1, 0.05);
        double h = 0.3;
        double y = vertex(
                correlation(smooth, best.yPx - h, best.xPx),
                best.correlation,
                correlation(smooth, best.yPx + h, best.xPx),
                h);
        double x = vertex(
                correlation(smooth, best.yPx, best.xPx - h),
                best.correlation,
                correlation(smooth, best.yPx, best.xPx + h),
                h);
        double refined = correlation(smooth, best.yPx + y, best.xPx + x);
        return refined >= best.correlation ? new Shift(best.yPx + y, best.xPx + x, refined) : best;
    }

    private static double vertex(double low, double mid, double high, double h) {
        double bend = low - 2 * mid + high;
        return bend < 0 ? Math.max(-h, Math.min(h, 0.5 * h * (low - high) / bend)) : 0;
    }

    /** Goes uphill in steps that are halved until they are smaller than {@code last}. */
    private Shift climb(double[] smooth, Shift start, double first, double last) {
        Shift best = start;
        for (double step = first; step >= last; step /= 2) {
            boolean moved = true;
            for (int turn = 0; moved && turn < 20; turn++) {
                moved = false;
                double[][] around = {{step, 0}, {-step, 0}, {0, step}, {0, -step}};
                for (double[] d : around) {
                    double r = correlation(smooth, best.yPx + d[0], best.xPx + d[1]);
                    if (r > best.correlation) {
                        best = new Shift(best.yPx + d[0], best.xPx + d[1], r);
                        moved = true;
                    }
                }
            }
        }
        return best;
    }

    private void erase(double[] peaks, int y, int x) {
        for (int dy = -2; dy <= 2; dy++) {
            for (int dx = -2; dx <= 2; dx++) {
                peaks[Math.floorMod(y + dy, ny) * nx + Math.floorMod(x + dx, nx)] = Double.NEGATIVE_INFINITY;
            }
        }
    }

    /** Correlation coefficient of the fixed image and the moved one over their overlap; −1 if they hardly overlap. */
    double correlation(double[] moving, double dy, double dx) {
        int y0 = Math.max(0, (int) Math.ceil(dy));
        int y1 = Math.min(ny, (int) Math.floor(ny - 1 + dy) + 1);
        int x0 = Math.max(0, (int) Math.ceil(dx));
        int x1 = Math.min(nx, (int) Math.floor(nx - 1 + dx) + 1);
        if (y1 <= y0 || x1 <= x0 || (double) (y1 - y0) * (x1 - x0) < LEAST_OVERLAP * ny * nx) {
            return -1;
        }
        int by = (int) Math.floor(-dy);
        int bx = (int) Math.floor(-dx);
        double ty = -dy - by;
        double tx = -dx - bx;
        int nextRow = ty > 0 ? nx : 0;
        int nextColumn = tx > 0 ? 1 : 0;
        double a = 0;
        double b = 0;
        double aa = 0;
        double bb = 0;
        double ab = 0;
        for (int y = y0; y < y1; y++) {
            for (int x = x0; x < x1; x++) {
                int i = (y + by) * nx + x + bx;
                double v = (1 - ty) * ((1 - tx) * moving[i] + tx * moving[i + nextColumn])
                        + ty * ((1 - tx) * moving[i + nextRow] + tx * moving[i + nextRow + nextColumn]);
                double f = fixed[y * nx + x];
                a += f;
                b += v;
                aa += f * f;
                bb += v * v;
                ab += f * v;
            }
        }
        double n = (double) (y1 - y0) * (x1 - x0);
        double spread = (aa - a * a / n) * (bb - b * b / n);
        return spread > 0 ? (ab - a * b / n) / Math.sqrt(spread) : -1;
    }

    private double[] phaseCorrelation(double[] smooth) {
        double[] f = transform(windowed(fixed), false);
        double[] g = transform(windowed(smooth), false);
        double largest = 0;
        double[] product = new double[f.length];
        for (int i = 0; i < f.length; i += 2) {
            product[i] = f[i] * g[i] + f[i + 1] * g[i + 1];
            product[i + 1] = f[i + 1] * g[i] - f[i] * g[i + 1];
            largest = Math.max(largest, Math.hypot(product[i], product[i + 1]));
        }
        for (int i = 0; i < f.length; i += 2) {
            double size = Math.hypot(product[i], product[i + 1]) + 1e-6 * largest;
            double scale = size > 0 ? 1 / Math.sqrt(size) : 0; // half-way between phase and plain: less noise
            product[i] *= scale;
            product[i + 1] *= scale;
        }
        double[] back = transform(product, true);
        double[] peaks = new double[ny * nx];
        for (int i = 0; i < peaks.length; i++) {
            peaks[i] = back[2 * i];
        }
        return peaks;
    }

    private double[] windowed(double[] image) {
        double mean = 0;
        for (double v : image) {
            mean += v / image.length;
        }
        double[] out = new double[2 * image.length];
        for (int y = 0; y < ny; y++) {
            double wy = taper(y, ny);
            for (int x = 0; x < nx; x++) {
                out[2 * (y * nx + x)] = (image[y * nx + x] - mean) * wy * taper(x, nx);
            }
        }
        return out;
    }

    /** 1 inside, falling to 0 over an eighth at either end. */
    private static double taper(int i, int n) {
        double edge = Math.min(i + 0.5, n - i - 0.5) / (n / 8.0);
        return edge >= 1 ? 1 : 0.5 - 0.5 * Math.cos(Math.PI * edge);
    }

    /** Fourier transform of {@code [y][x]} complex numbers, in place. */
    private double[] transform(double[] data, boolean inverse) {
        DoubleFFT_1D alongX = new DoubleFFT_1D(nx);
        DoubleFFT_1D alongY = new DoubleFFT_1D(ny);
        double[] column = new double[2 * ny];
        for (int y = 0; y < ny; y++) {
            if (inverse) {
                alongX.complexInverse(data, 2 * y * nx, true);
            } else {
                alongX.complexForward(data, 2 * y * nx);
            }
        }
        for (int x = 0; x < nx; x++) {
            for (int y = 0; y < ny; y++) {
                column[2 * y] = data[2 * (y * nx + x)];
                column[2 * y + 1] = data[2 * (y * nx + x) + 1];
            }
            if (inverse) {
                alongY.complexInverse(column, true);
            } else {
                alongY.complexForward(column);
            }
            for (int y = 0; y < ny; y++) {
                data[2 * (y * nx + x)] = column[2 * y];
                data[2 * (y * nx + x) + 1] = column[2 * y + 1];
            }
        }
        return data;
    }
}
