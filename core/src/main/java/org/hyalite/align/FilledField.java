package org.hyalite.align;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.hyalite.grid.TiltSeries;
import org.hyalite.progress.Progress;

/**
 * Alignment of a specimen that fills the field, taken for a slab that lies flat at zero tilt: each image is stretched by
 * 1/cos θ across the axis, so that all show the slab's plane at one scale, then neighbours and next neighbours are laid
 * on each other, and the movements are adjusted by least squares. The slab's plane is laid through the axis and the axis
 * through the image's centre, which no data of a filled field can tell.
 */
final class FilledField {
    /** Below this correlation two images are taken to have nothing in common. */
    private static final double LEAST_CORRELATION = 0.3;

    private static final double STEEPEST_DEG = 80;

    private final int n;
    private final int ny;
    private final int nx;
    private final double[] tiltsDeg;
    private final double[][] stretched;

    private FilledField(TiltSeries adf) {
        n = adf.tilts();
        ny = adf.ny();
        nx = adf.nx();
        tiltsDeg = adf.geometry().tiltsDeg();
        stretched = new double[n][];
        for (int t = 0; t < n; t++) {
            stretched[t] = stretch(Smoothing.values(adf.image(t)), cos(t));
        }
    }

    private double cos(int t) {
        return Math.cos(Math.toRadians(Math.min(Math.abs(tiltsDeg[t]), STEEPEST_DEG)));
    }

    private double[] stretch(double[] image, double cos) {
        double[] out = new double[image.length];
        double centre = (nx - 1) / 2.0;
        double[] weights = new double[4];
        for (int x = 0; x < nx; x++) {
            int first = Resampler.weights((x - centre) * cos + centre, Resampling.Kernel.CUBIC, weights);
            for (int k = 0; k < 4; k++) {
                int source = Math.min(nx - 1, Math.max(0, first + k));
                for (int y = 0; y < ny; y++) {
                    out[y * nx + x] += weights[k] * image[y * nx + source];
                }
            }
        }
        return out;
    }

    static Alignment align(TiltSeries adf, List<String> warnings, Progress progress) {
        return new FilledField(adf).align(adf.geometry().nearestZero(), warnings, progress);
    }

    private record Pair(int of, int onto, ShiftEstimator.Shift shift) {}

    private Alignment align(int start, List<String> warnings, Progress progress) {
        int[] order = ProfileRegistration.byTilt(tiltsDeg);
        List<Pair> pairs = new ArrayList<>();
        for (int k = 0; k < n; k++) {
            progress.check();
            progress.report("phase correlation", (double) k / n);
            ShiftEstimator onto = ShiftEstimator.onto(stretched[order[k]], ny, nx);
            for (int step = 1; step <= 2 && k + step < n; step++) {
                pairs.add(new Pair(order[k + step], order[k], onto.of(stretched[order[k + step]])));
            }
        }
        double[] y = adjust(pairs, start, true);
        double[] x = adjust(pairs, start, false);
        double[] shiftX = new double[n];
        for (int t = 0; t < n; t++) {
            shiftX[t] = x[t] * cos(t);
        }
        List<String> all = new ArrayList<>(warnings);
        all.addAll(unlike(pairs, order));
        all.add("the axis' place and rotation cannot be told from a specimen that fills the field; it is taken to stand"
                + " upright in the middle, through the specimen");
        String method = String.format(
                Locale.ROOT,
                "phase correlation of neighbours stretched by 1/cos θ, mean correlation %.3f",
                pairs.stream().mapToDouble(p -> p.shift.correlation()).average().orElse(0));
        return Alignment.of(tiltsDeg, y, shiftX, 0, 0, method, residuals(pairs, y, x), all);
    }

    /** Places of all images along one axis from their differences, the start's being 0. */
    private double[] adjust(List<Pair> pairs, int start, boolean alongY) {
        double[][] normal = new double[n][n + 1];
        normal[start][start] = 1;
        for (Pair pair : pairs) {
            double r = pair.shift.correlation();
            double weight = r < LEAST_CORRELATION ? 1e-6 : r * r;
            double d = r < LEAST_CORRELATION ? 0 : alongY ? pair.shift.yPx() : pair.shift.xPx();
            normal[pair.of][pair.of] += weight;
            normal[pair.onto][pair.onto] += weight;
            normal[pair.of][pair.onto] -= weight;
            normal[pair.onto][pair.of] -= weight;
            normal[pair.of][n] += weight * d;
            normal[pair.onto][n] -= weight * d;
        }
        double[] place = Linear.solve(normal);
        double zero = place[start];
        for (int i = 0; i < n; i++) {
            place[i] -= zero;
        }
        return place;
    }

    private List<String> unlike(List<Pair> pairs, int[] order) {
        List<String> warnings = new ArrayList<>();
        for (Pair pair : pairs) {
            boolean neighbours = false;
            for (int k = 1; k < n; k++) {
                neighbours |= pair.of == order[k] && pair.onto == order[k - 1];
            }
            if (neighbours && pair.shift.correlation() < LEAST_CORRELATION) {
                warnings.add(String.format(
                        Locale.ROOT,
                        "images at %.1f° and %.1f° have nothing in common (correlation %.2f); they are not shifted"
                                + " against each other",
                        tiltsDeg[pair.onto],
                        tiltsDeg[pair.of],
                        pair.shift.correlation()));
            }
        }
        return warnings;
    }

    /** By how much each image's pairs miss the adjusted places, rms, pixels. */
    private double[] residuals(List<Pair> pairs, double[] y, double[] x) {
        double[] squares = new double[n];
        int[] count = new int[n];
        for (Pair pair : pairs) {
            if (pair.shift.correlation() < LEAST_CORRELATION) {
                continue;
            }
            double dy = y[pair.of] - y[pair.onto] - pair.shift.yPx();
            double dx = x[pair.of] - x[pair.onto] - pair.shift.xPx();
            for (int t : new int[] {pair.of, pair.onto}) {
                squares[t] += dy * dy + dx * dx;
                count[t]++;
            }
        }
        for (int t = 0; t < n; t++) {
            squares[t] = count[t] == 0 ? 0 : Math.sqrt(squares[t] / count[t]);
        }
        return squares;
    }
}
