package org.hyalite.align;

import java.util.Arrays;
import java.util.List;

/**
 * The uneven support film of a tilt series, as a thin sheet that tilts with the specimen: its brightness at zero tilt,
 * {@code [y, x]} in the film's plane, and the plane's height. What one image hides behind the particle others show beside
 * it; so the film can be taken off where the particle is. The height is the one at which the images agree best on the
 * film.
 */
final class FilmMap {
    private static final double SMOOTH_PX = 1.2;
    private static final double STEEPEST_DEG = 75;

    /** A map that explains less of the background's unevenness than this is not used. */
    private static final double LEAST_EXPLAINED = 0.1;

    private final List<ImageBackground> images;
    private final int ny;
    private final int nx;
    private final double[] cos;
    private final double[] sin;
    private final boolean[] steep;
    private final double turnCos;
    private final double turnSin;
    private final double[] moveY;
    private final double[] moveX;
    private final double offset;
    private final int rows;
    private final int columns;
    private final int padY;

    private double[] map = new double[0];
    private double height;
    private double explained;

    /** The geometry in which the film is sought: what each image moves by after the turn, x from the axis. */
    private FilmMap(
            List<ImageBackground> images,
            double[] tiltsDeg,
            double rotationDeg,
            double[] moveY,
            double[] moveXFromAxis,
            double offset) {
        this.images = images;
        this.ny = images.get(0).ny;
        this.nx = images.get(0).nx;
        this.moveY = moveY;
        this.moveX = moveXFromAxis;
        this.offset = offset;
        turnCos = Math.cos(Math.toRadians(rotationDeg));
        turnSin = Math.sin(Math.toRadians(rotationDeg));
        cos = new double[tiltsDeg.length];
        sin = new double[tiltsDeg.length];
        steep = new boolean[tiltsDeg.length];
        for (int i = 0; i < cos.length; i++) {
            cos[i] = Math.cos(Math.toRadians(tiltsDeg[i]));
            sin[i] = Math.sin(Math.toRadians(tiltsDeg[i]));
            steep[i] = Math.abs(tiltsDeg[i]) > STEEPEST_DEG;
        }
        padY = ny / 4;
        rows = ny + 2 * padY;
        columns = 3 * nx;
    }

    /** The film of a series in the geometry that a fit and a gauge give; its height may be anywhere in the volume. */
    static FilmMap of(
            List<ImageBackground> images, double[] tiltsDeg, TiltAxisFinder.Fit fit, AxisGauge gauge, double offset) {
        FilmMap film = undrawn(images, tiltsDeg, fit, gauge, offset);
        double step = Math.max(2, film.nx / 32.0);
        film.search(0, film.nx / 2.0, step);
        return film;
    }

    /** The film again, in a better geometry. */
    static FilmMap again(FilmMap before, double[] tiltsDeg, TiltAxisFinder.Fit fit, AxisGauge gauge, double offset) {
        FilmMap film = undrawn(before.images, tiltsDeg, fit, gauge, offset);
        film.search(before.height, 1, 1);
        return film;
    }

    /** The film of a series in the geometry of its alignment. */
    static FilmMap of(List<ImageBackground> images, Alignment alignment, double offset) {
        double cos = Math.cos(Math.toRadians(alignment.axisRotationDeg()));
        double sin = Math.sin(Math.toRadians(alignment.axisRotationDeg()));
        double[] y = alignment.shiftYPx();
        double[] x = alignment.shiftXPx();
        for (int i = 0; i < y.length; i++) {
            double along = cos * y[i] + sin * x[i];
            x[i] = cos * x[i] - sin * y[i] - alignment.axisOffsetPx();
            y[i] = along;
        }
        FilmMap film = new FilmMap(images, alignment.tiltsDeg(), alignment.axisRotationDeg(), y, x, offset);
        film.search(0, film.nx / 2.0, Math.max(2, film.nx / 32.0));
        return film;
    }

    private static FilmMap undrawn(
            List<ImageBackground> images, double[] tiltsDeg, TiltAxisFinder.Fit fit, AxisGauge gauge, double offset) {
        double[] moveX = new double[tiltsDeg.length];
        for (int i = 0; i < moveX.length; i++) {
            moveX[i] = gauge.shift[i] - gauge.offset;
        }
        return new FilmMap(images, tiltsDeg, fit.rotationDeg(), fit.moveY(), moveX, offset);
    }

    /** Whether the images agree on a film well enough to use it. */
    boolean explains() {
        return explained >= LEAST_EXPLAINED;
    }

    private void search(double around, double reach, double step) {
        double best = around;
        double least = Double.POSITIVE_INFINITY;
        for (double h = around - reach; h <= around + reach; h += step) {
            double miss = miss(h);
            if (miss < least) {
                least = miss;
                best = h;
            }
        }
        for (double half = step / 2; half >= 0.4; half /= 2) {
            for (double h : new double[] {best - half, best + half}) {
                double miss = miss(h);
                if (miss < least) {
                    least = miss;
                    best = h;
                }
            }
        }
        height = best;
        draw(height);
        double constant = missOfConstant();
        explained = constant > 0 ? 1 - least / constant : 0;
    }

    private double along(int i, int p) {
        double y = p / nx - (ny - 1) / 2.0;
        double x = p % nx - (nx - 1) / 2.0;
        return turnCos * y + turnSin * x + moveY[i] + (ny - 1) / 2.0 + padY;
    }

    /** Column of the map that a pixel sees. */
    private double across(int i, int p, double h) {
        double y = p / nx - (ny - 1) / 2.0;
        double x = p % nx - (nx - 1) / 2.0;
        double u = turnCos * x - turnSin * y + moveX[i];
        return (u + h * sin[i]) / cos[i] + (columns - 1) / 2.0;
    }

    private void draw(double h) {
        double[] sum = new double[rows * columns];
        double[] weight = new double[rows * columns];
        double total = 0;
        long count = 0;
        for (int i = 0; i < images.size(); i++) {
            if (steep[i]) {
                continue;
            }
            ImageBackground image = images.get(i);
            for (int p = 0; p < image.raw.length; p++) {
                if (image.particle[p]) {
                    continue;
                }
                double value = (image.raw[p] - offset) * cos[i];
                double y = along(i, p);
                double x = across(i, p, h);
                int row = (int) Math.floor(y);
                int column = (int) Math.floor(x);
                if (row >= 0 && row < rows - 1 && column >= 0 && column < columns - 1) {
                    double ty = y - row;
                    double tx = x - column;
                    int at = row * columns + column;
                    add(sum, weight, at, (1 - ty) * (1 - tx), value);
                    add(sum, weight, at + 1, (1 - ty) * tx, value);
                    add(sum, weight, at + columns, ty * (1 - tx), value);
                    add(sum, weight, at + columns + 1, ty * tx, value);
                    total += value;
                    count++;
                }
            }
        }
        double mean = count == 0 ? 0 : total / count;
        for (int k = 0; k < sum.length; k++) {
            sum[k] -= mean * weight[k];
        }
        double[] smooth = Smoothing.gaussian(sum, rows, columns, SMOOTH_PX);
        double[] weights = Smoothing.gaussian(weight, rows, columns, SMOOTH_PX);
        map = new double[sum.length];
        boolean[] hidden = new boolean[sum.length];
        for (int k = 0; k < map.length; k++) {
            hidden[k] = weights[k] < 0.3;
            map[k] = mean + (hidden[k] ? 0 : smooth[k] / weights[k]);
        }
        bridge(hidden);
    }

    private static void add(double[] sum, double[] weight, int at, double share, double value) {
        sum[at] += share * value;
        weight[at] += share;
    }

    /** Hidden places are filled along their row from what is seen on either side. */
    private void bridge(boolean[] hidden) {
        for (int row = 0; row < rows; row++) {
            int last = -1;
            for (int column = 0; column < columns; column++) {
                int at = row * columns + column;
                if (hidden[at]) {
                    continue;
                }
                if (last >= 0 && column - last > 1) {
                    for (int c = last + 1; c < column; c++) {
                        double t = (double) (c - last) / (column - last);
                        map[row * columns + c] = (1 - t) * map[row * columns + last] + t * map[at];
                    }
                }
                last = column;
            }
        }
    }

    /** What the film adds to a pixel. */
    private double at(int i, int p, double h) {
        double y = Math.min(rows - 1.001, Math.max(0, along(i, p)));
        double x = Math.min(columns - 1.001, Math.max(0, across(i, p, h)));
        int row = (int) Math.floor(y);
        int column = (int) Math.floor(x);
        double ty = y - row;
        double tx = x - column;
        int at = row * columns + column;
        double value = (1 - ty) * ((1 - tx) * map[at] + tx * map[at + 1])
                + ty * ((1 - tx) * map[at + columns] + tx * map[at + columns + 1]);
        return value / cos[i];
    }

    private double miss(double h) {
        draw(h);
        double sum = 0;
        for (int i = 0; i < images.size(); i++) {
            if (steep[i]) {
                continue;
            }
            ImageBackground image = images.get(i);
            for (int p = 0; p < image.raw.length; p++) {
                if (!image.particle[p]) {
                    double d = image.raw[p] - offset - at(i, p, h);
                    sum += d * d;
                }
            }
        }
        return sum;
    }

    private double missOfConstant() {
        double sum = 0;
        for (int i = 0; i < images.size(); i++) {
            if (steep[i]) {
                continue;
            }
            ImageBackground image = images.get(i);
            double mean = image.level()[0];
            for (int p = 0; p < image.raw.length; p++) {
                if (!image.particle[p]) {
                    double d = image.raw[p] - mean;
                    sum += d * d;
                }
            }
        }
        return sum;
    }

    /**
     * How much brighter than its mean beside the particle the film is in each pixel of an image; nothing where the image
     * is too steep to be told.
     */
    double[] unevenness(int i) {
        ImageBackground image = images.get(i);
        double[] film = new double[image.raw.length];
        if (steep[i]) {
            return film;
        }
        double outside = 0;
        int n = 0;
        for (int p = 0; p < film.length; p++) {
            film[p] = at(i, p, height);
            if (!image.particle[p]) {
                outside += film[p];
                n++;
            }
        }
        double mean = n == 0 ? 0 : outside / n;
        for (int p = 0; p < film.length; p++) {
            film[p] -= mean;
        }
        return film;
    }

    /** An image without offset and film, and zero outside the particle. */
    double[] particleOnly(int i) {
        ImageBackground image = images.get(i);
        if (steep[i]) {
            return image.particleOnly();
        }
        double[] left = new double[image.raw.length];
        double outside = 0;
        int n = 0;
        for (int p = 0; p < left.length; p++) {
            left[p] = image.raw[p] - offset - at(i, p, height);
            if (!image.particle[p]) {
                outside += left[p];
                n++;
            }
        }
        double mean = n == 0 ? 0 : outside / n;
        for (int p = 0; p < left.length; p++) {
            left[p] = image.particle[p] ? left[p] - mean : 0;
        }
        return left;
    }

    /** For people: height and share of the background's unevenness explained. */
    String summary() {
        return String.format(
                java.util.Locale.ROOT,
                "film mapped %.0f px from the axis (%.0f %% of the background's unevenness)",
                height,
                100 * explained);
    }

    /** A pixel's remaining unevenness where an image shows the film alone, rms. */
    double[] left() {
        double[] left = new double[images.size()];
        for (int i = 0; i < left.length; i++) {
            ImageBackground image = images.get(i);
            if (steep[i]) {
                left[i] = image.unevenness();
                continue;
            }
            double[] d = new double[image.raw.length];
            for (int p = 0; p < d.length; p++) {
                d[p] = image.particle[p] ? 0 : image.raw[p] - offset - at(i, p, height);
            }
            double[] smooth = Smoothing.gaussian(d, ny, nx, 2);
            double[] distances = new double[d.length];
            int n = 0;
            for (int p = 0; p < d.length; p++) {
                if (!image.particle[p]) {
                    distances[n++] = Math.abs(smooth[p]);
                }
            }
            distances = Arrays.copyOf(distances, n);
            Arrays.sort(distances);
            left[i] = n == 0 ? image.unevenness() : 1.4826 * distances[n / 2];
        }
        return left;
    }
}
