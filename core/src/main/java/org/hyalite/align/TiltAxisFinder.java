package org.hyalite.align;

import java.util.Arrays;
import org.hyalite.progress.Progress;

/**
 * Rotation of the tilt axis and place of every image, from what rows along a right axis must obey at all tilts: a row's
 * mass stays, and its first moment across the axis goes as {@code A cos θ + B sin θ} beside the axis (the conditions of
 * Helgason and Ludwig of order 0 and 1; Natterer, The Mathematics of Computerized Tomography (1986), II.4). The rotation
 * is the one that leaves the least of both, each weighted for white noise.
 */
final class TiltAxisFinder {
    private static final double COARSE_DEG = 1;

    /** Step over which the misfit's bend is measured. */
    private static final double BEND_DEG = 0.5;

    private static final double FINEST_DEG = 0.005;

    /** Rounds in which profiles are laid on the mean of the others. */
    private static final int SETTLING = 4;

    /** Rows at the ends of the field that are not used where the particle leaves it. */
    private static final int EDGE = 3;

    private final double[][] images;
    private final int ny;
    private final int nx;
    private final double[] tiltsDeg;
    private final int start;
    private final boolean crossesRows;
    private final int[] order;

    /** Trust in each image, mean 1. */
    private final double[] trust;

    /** Mean number of columns that a particle's mask takes in a row. */
    private final double width;

    /**
     * @param images {@code [image][y, x]}: the particle alone, zero elsewhere
     * @param start the image nearest zero tilt
     * @param crossesRows whether the particle leaves the field along the axis
     * @param unevenness how uneven each image's background is, in the images' unit
     */
    TiltAxisFinder(
            double[][] images, int ny, int nx, double[] tiltsDeg, int start, boolean crossesRows, double[] unevenness) {
        this.images = images;
        this.ny = ny;
        this.nx = nx;
        this.tiltsDeg = tiltsDeg;
        this.start = start;
        this.crossesRows = crossesRows;
        this.order = ProfileRegistration.byTilt(tiltsDeg);
        this.trust = trust(unevenness);
        long pixels = 0;
        long rows = 0;
        for (double[] image : images) {
            for (int y = 0; y < ny; y++) {
                int in = 0;
                for (int x = 0; x < nx; x++) {
                    in += image[y * nx + x] != 0 ? 1 : 0;
                }
                pixels += in;
                rows += in > 0 ? 1 : 0;
            }
        }
        width = Math.max(2, rows == 0 ? 2 : (double) pixels / rows);
    }

    private static double[] trust(double[] unevenness) {
        double mean = Arrays.stream(unevenness).average().orElse(0);
        double[] trust = new double[unevenness.length];
        double sum = 0;
        for (int i = 0; i < trust.length; i++) {
            double sd = unevenness[i] + 0.1 * mean;
            trust[i] = sd > 0 ? 1 / (sd * sd) : 1;
            sum += trust[i];
        }
        for (int i = 0; i < trust.length; i++) {
            trust[i] *= trust.length / sum;
        }
        return trust;
    }

    /**
     * What one rotation gives.
     *
     * @param rotationDeg the axis rotation, degrees
     * @param moveY what each image moves by along the axis, pixels
     * @param place column of the axis in each image as recorded and turned, from the centre, less what of it goes as
     *     {@code cos θ} and {@code sin θ}, pixels
     * @param centre each image's centre of mass across the axis, from the centre, pixels
     * @param residualPx what each image's rows miss, rms weighted by mass², pixels
     * @param misfit the sum that is least at the right rotation
     * @param misfits what each image adds to it
     * @param freedom its degrees of freedom
     */
    record Fit(
            double rotationDeg,
            double[] moveY,
            double[] place,
            double[] centre,
            double[] residualPx,
            double misfit,
            double[] misfits,
            double freedom) {}

    /**
     * The best rotation within a range.
     *
     * @param fit the fit at that rotation
     * @param standardErrorDeg by leaving out images in turn, at least that of white noise; infinite if the particle does
     *     not show the rotation
     * @param leastErrorDeg from the misfit taken for white noise
     */
    record Found(Fit fit, double standardErrorDeg, double leastErrorDeg) {}

    /** The rotation that fits best within a range, whatever it is. */
    Found find(double maxRotationDeg, Progress progress) {
        Fit best = fit(0);
        if (maxRotationDeg == 0) {
            return new Found(best, 0, 0);
        }
        int steps = (int) Math.ceil(maxRotationDeg / COARSE_DEG);
        Fit upright = best;
        for (int side : new int[] {-1, 1}) {
            Fit last = upright;
            for (int k = 1; k <= steps; k++) {
                progress.check();
                last = fit(side * maxRotationDeg * k / steps, last.moveY, 1);
                best = better(best, last);
            }
        }
        return near(best, COARSE_DEG / 2, maxRotationDeg, progress);
    }

    /** The rotation that fits best around one that is nearly right. */
    Found findNear(Fit guess, double maxRotationDeg, Progress progress) {
        if (maxRotationDeg == 0) {
            return new Found(fit(0, guess.moveY, SETTLING), 0, 0);
        }
        return near(fit(guess.rotationDeg, guess.moveY, SETTLING), BEND_DEG, maxRotationDeg, progress);
    }

    private Found near(Fit start, double firstStep, double maxRotationDeg, Progress progress) {
        Fit best = start;
        for (double step = firstStep; step > FINEST_DEG; step /= 2) {
            progress.check();
            Fit middle = best;
            for (int side : new int[] {-1, 1}) {
                if (Math.abs(middle.rotationDeg + side * step) <= maxRotationDeg) {
                    best = better(best, fit(middle.rotationDeg + side * step, middle.moveY, 1));
                }
            }
        }
        best = fit(best.rotationDeg, best.moveY, SETTLING);
        double h = BEND_DEG;
        Fit low = fit(best.rotationDeg - h, best.moveY, 1);
        Fit high = fit(best.rotationDeg + h, best.moveY, 1);
        double bend = (low.misfit - 2 * best.misfit + high.misfit) / (h * h);
        double white = bend > 0 ? Math.sqrt(2 * best.misfit / best.freedom / bend) : Double.POSITIVE_INFINITY;
        // an uneven film is no white noise: its misfits are alike within an image
        double error = Math.max(white, AxisTurn.vertex(low.misfits, best.misfits, high.misfits, h)[1]);
        boolean atEnd = Math.abs(best.rotationDeg) >= maxRotationDeg - BEND_DEG / 2;
        return atEnd
                ? new Found(best, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY)
                : new Found(best, error, white);
    }

    private static Fit better(Fit a, Fit b) {
        return b.misfit < a.misfit ? b : a;
    }

    /** What follows if the axis is turned by so much. */
    Fit fit(double rotationDeg) {
        RowMoments still = new RowMoments(images, ny, nx, rotationDeg, new double[images.length]);
        ProfileRegistration registration = registration(still);
        return fit(rotationDeg, registration.guess(order, start, ny / 4.0), SETTLING);
    }

    private ProfileRegistration registration(RowMoments still) {
        return crossesRows
                ? new ProfileRegistration(still.mass, still.pad + EDGE, still.pad + ny - EDGE)
                : new ProfileRegistration(still.mass, 0, still.rows);
    }

    private Fit fit(double rotationDeg, double[] guess, int rounds) {
        RowMoments still = new RowMoments(images, ny, nx, rotationDeg, new double[images.length]);
        double[] moves = registration(still).settle(guess, start, rounds);
        RowMoments moments = new RowMoments(images, ny, nx, rotationDeg, moves);
        int from = 0;
        int to = still.rows;
        if (crossesRows) {
            from = still.pad
                    + EDGE
                    + (int) Math.ceil(Math.max(0, Arrays.stream(moves).max().orElse(0)));
            to = still.pad
                    + ny
                    - EDGE
                    + (int) Math.floor(Math.min(0, Arrays.stream(moves).min().orElse(0)));
        }
        return evaluate(rotationDeg, moves, moments, from, Math.max(from + 2, to));
    }

    private Fit evaluate(double rotationDeg, double[] moves, RowMoments moments, int from, int to) {
        int n = images.length;
        double[] total = new double[n];
        double[] centre = new double[n];
        double meanTotal = 0;
        for (int i = 0; i < n; i++) {
            double first = 0;
            for (int r = from; r < to; r++) {
                total[i] += moments.mass[i][r];
                first += moments.moment[i][r];
            }
            centre[i] = total[i] != 0 ? first / total[i] : 0;
            meanTotal += total[i] / n;
        }
        double[][] seen = seen(n);
        double[] missX = new double[n];
        double[] pull = new double[n];
        double massSquares = 0;
        double[] misfits = new double[n];
        double[][] residual = new double[to - from][];
        double[] meanMass = new double[to - from];
        for (int r = from; r < to; r++) {
            double[] x = new double[n];
            double mean = 0;
            for (int i = 0; i < n; i++) {
                mean += trust[i] * moments.mass[i][r] * meanTotal / total[i] / n;
            }
            for (int i = 0; i < n; i++) {
                double scale = meanTotal / total[i];
                double d = moments.mass[i][r] * scale - mean;
                misfits[i] += trust[i] * d * d;
                x[i] = (moments.moment[i][r] - moments.mass[i][r] * centre[i]) * scale;
            }
            residual[r - from] = times(seen, x);
            meanMass[r - from] = mean;
            massSquares += mean * mean;
            for (int i = 0; i < n; i++) {
                pull[i] += mean * residual[r - from][i];
            }
        }
        for (int r = 0; r < residual.length; r++) {
            for (int i = 0; i < n; i++) {
                double left = residual[r][i] - meanMass[r] * pull[i] / massSquares;
                missX[i] += left * left;
                misfits[i] += 12 / (width * width) * trust[i] * left * left;
            }
        }
        double[] place = times(seen, centre);
        for (int i = 0; i < n; i++) {
            place[i] += pull[i] / massSquares;
            missX[i] = Math.sqrt(missX[i] / massSquares);
        }
        double freedom = Math.max(1, (to - from) * (2.0 * n - 3) - 2 * n);
        double misfit = Arrays.stream(misfits).sum();
        return new Fit(rotationDeg, moves, place, centre, missX, misfit, misfits, freedom);
    }

    /** Takes off numbers per image their parts along cos θ and sin θ, as the trusted images show them. */
    private double[][] seen(int n) {
        double[][] basis = {new double[n], new double[n]};
        for (int i = 0; i < n; i++) {
            basis[0][i] = Math.cos(Math.toRadians(tiltsDeg[i]));
            basis[1][i] = Math.sin(Math.toRadians(tiltsDeg[i]));
        }
        double[][] seen = new double[n][n];
        for (int i = 0; i < n; i++) {
            double[] unit = new double[n];
            unit[i] = 1;
            double[] part = AxisGauge.regress(basis, unit, trust);
            for (int j = 0; j < n; j++) {
                seen[j][i] = unit[j] - part[0] * basis[0][j] - part[1] * basis[1][j];
            }
        }
        return seen;
    }

    private static double[] times(double[][] matrix, double[] vector) {
        double[] product = new double[vector.length];
        for (int i = 0; i < product.length; i++) {
            for (int j = 0; j < vector.length; j++) {
                product[i] += matrix[i][j] * vector[j];
            }
        }
        return product;
    }
}
