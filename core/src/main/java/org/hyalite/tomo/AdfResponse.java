package org.hyalite.tomo;

import java.util.Arrays;
import java.util.Optional;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.LUDecomposition;
import org.hyalite.grid.TiltSeries;
import org.hyalite.progress.Progress;

/**
 * How the ADF images answer to each volume: {@code a = f(θ) + Σ_i R_i A x_i}, by least squares over all pixels with one
 * offset f per image, R ≥ 0. Fitted to the measured maps (k − r)/c, noisy as they are, R would come out too small; fitted
 * to the Ax of volumes from the counts alone, whose contrast the regulariser lowers, too large. So R is that at which what
 * is left of the images after R times the measured maps has no share of those Ax, which are instrumental variables:
 * {@code Σ (A x_c − mean)(a − Σ_i R_i (k_i − r_i)/c_i) = 0} for every c, on the coarser grid. The
 * images' errors are their noise ({@link ImageNoise}) and what this model leaves beyond it.
 */
final class AdfResponse {
    private final double[] response;
    private final double explained;
    private final Observed observed;

    private AdfResponse(double[] response, double explained, Observed observed) {
        this.response = response;
        this.explained = explained;
        this.observed = observed;
    }

    /** By volume, intensity per unit of the volume's Ax. */
    double[] response() {
        return response.clone();
    }

    /** The share of the ADF images' variance, each image's about its mean, that the volumes' images explain. */
    double explained() {
        return explained;
    }

    /** The ADF images as a further series of the problem, offsets removed. */
    Observed observed() {
        return observed;
    }

    static AdfResponse of(Problem counted, TiltSeries adf, Progress progress) {
        Problem coarse = counted.coarser().orElse(counted);
        TiltSeries seen = counted.coarser().isPresent() ? Coarser.series(adf, counted.slabs()) : adf;
        Problem own = new Problem(
                coarse.projector(), coarse.observed(), counted.settings().with(new Weight.Auto()));
        double alpha = WeightSearch.choose(own, progress).alpha();
        PrimalDual solver = own.solver(counted.settings().regulariser(), alpha, progress);
        solver.solve(1e-3, 400, progress, "the elements' response in the ADF images");
        TiltSeries[] images = new TiltSeries[solver.channels()];
        TiltSeries[] maps = new TiltSeries[images.length];
        for (int c = 0; c < images.length; c++) {
            images[c] = solver.image(c);
            maps[c] = coarse.observed().get(c).fit(counted.slabs()).estimate();
        }
        double[] response = fit(seen, images, maps);
        double[] offsets = offsets(seen, images, maps, response);
        TiltSeries clean = adf.copy();
        subtract(clean, offsets);
        float[] row = new float[response.length];
        for (int c = 0; c < row.length; c++) {
            row[c] = (float) response[c];
        }
        TiltSeries errors = ImageNoise.of(clean).errors(smoothed(clean));
        // how well they agree is another question than how strong they are: here the best fit's
        double[] best = fit(seen, images, images);
        double[] bestOffsets = offsets(seen, images, images, best);
        double explained = explained(seen, images, best, bestOffsets);
        addMisfit(errors, misfit(seen, images, best, bestOffsets), seen.nx() < adf.nx() ? 4 : 1);
        requireLeast(errors, LEAST_ERROR * largest(clean));
        DataTerm term = new DataTerm.WeightedLeastSquares();
        return new AdfResponse(
                response, explained, new Observed(clean, Optional.of(errors), term, row, Optional.empty()));
    }

    /** Over the brightest pixel: images without any noise are not believed to be without any. */
    private static final float LEAST_ERROR = 1e-3f;

    private static void requireLeast(TiltSeries errors, float least) {
        for (float[] block : errors.blocks()) {
            for (int k = 0; k < block.length; k++) {
                block[k] = Math.max(least, block[k]);
            }
        }
    }

    /** R ≥ 0: volumes whose R would be negative are left out, and the rest is fitted again. */
    private static double[] fit(TiltSeries adf, TiltSeries[] images, TiltSeries[] maps) {
        int m = images.length;
        double[][] normal = new double[m][m];
        double[] right = new double[m];
        for (int t = 0; t < adf.tilts(); t++) {
            float[] a = adf.image(t).values();
            float[][] x = new float[m][];
            float[][] measured = new float[m][];
            double[] mean = new double[m + 1];
            for (int c = 0; c < m; c++) {
                x[c] = images[c].image(t).values();
                measured[c] = maps[c].image(t).values();
                mean[c] = mean(x[c]);
            }
            mean[m] = mean(a);
            for (int i = 0; i < a.length; i++) {
                for (int c = 0; c < m; c++) {
                    double d = x[c][i] - mean[c];
                    right[c] += d * (a[i] - mean[m]);
                    for (int k = 0; k < m; k++) {
                        // d sums to zero: the maps' means drop out
                        normal[c][k] += d * measured[k][i];
                    }
                }
            }
        }
        boolean[] out = new boolean[m];
        for (int c = 0; c < m; c++) {
            // nothing of its map is in its volume
            out[c] = !(normal[c][c] > 0);
        }
        while (true) {
            double[][] own = new double[m][m];
            double[] b = right.clone();
            for (int c = 0; c < m; c++) {
                for (int k = 0; k < m; k++) {
                    own[c][k] = out[c] || out[k] ? 0 : normal[c][k];
                }
                if (out[c]) {
                    own[c][c] = 1;
                    b[c] = 0;
                }
            }
            double[] response = new LUDecomposition(new Array2DRowRealMatrix(own))
                    .getSolver()
                    .solve(new ArrayRealVector(b))
                    .toArray();
            int worst = -1;
            for (int c = 0; c < m; c++) {
                if (response[c] < 0 && (worst < 0 || response[c] < response[worst])) {
                    worst = c;
                }
            }
            if (worst < 0) {
                return response;
            }
            out[worst] = true;
        }
    }

    /** Means of the images less what the volumes, brought to all that was counted of them, cast there. */
    private static double[] offsets(TiltSeries adf, TiltSeries[] images, TiltSeries[] maps, double[] response) {
        double[] offsets = means(adf);
        for (int c = 0; c < images.length; c++) {
            double[] cast = means(images[c]);
            double all = Arrays.stream(cast).sum();
            double counted = Arrays.stream(means(maps[c])).sum();
            for (int t = 0; t < offsets.length && all > 0; t++) {
                offsets[t] -= response[c] * cast[t] * counted / all;
            }
        }
        return offsets;
    }

    private static double[] means(TiltSeries series) {
        double[] means = new double[series.tilts()];
        for (int t = 0; t < means.length; t++) {
            means[t] = mean(series.image(t).values());
        }
        return means;
    }

    /** Mean square of what the volumes' images leave. */
    private static double misfit(TiltSeries adf, TiltSeries[] images, double[] response, double[] offsets) {
        double left = 0;
        for (int t = 0; t < adf.tilts(); t++) {
            float[] a = adf.image(t).values();
            float[][] x = new float[images.length][];
            for (int c = 0; c < x.length; c++) {
                x[c] = images[c].image(t).values();
            }
            for (int i = 0; i < a.length; i++) {
                double rest = a[i] - offsets[t];
                for (int c = 0; c < x.length; c++) {
                    rest -= response[c] * x[c][i];
                }
                left += rest * rest;
            }
        }
        return left / ((double) adf.tilts() * adf.ny() * adf.nx());
    }

    private static double explained(TiltSeries adf, TiltSeries[] images, double[] response, double[] offsets) {
        double all = 0;
        for (int t = 0; t < adf.tilts(); t++) {
            float[] a = adf.image(t).values();
            double mean = mean(a);
            for (float value : a) {
                all += (value - mean) * (value - mean);
            }
        }
        double variance = all / ((double) adf.tilts() * adf.ny() * adf.nx());
        return variance > 0 ? 1 - misfit(adf, images, response, offsets) / variance : 0;
    }

    /**
     * What the model leaves beyond noise counts as error too, so that images of something else weigh as little as they
     * should.
     *
     * @param misfit mean square, of pixels that are means of {@code of} of these
     */
    private static void addMisfit(TiltSeries errors, double misfit, int of) {
        double noise = 0;
        long pixels = 0;
        for (float[] block : errors.blocks()) {
            for (float e : block) {
                noise += (double) e * e / of;
                pixels++;
            }
        }
        double beyond = Math.max(0, misfit - noise / pixels);
        for (float[] block : errors.blocks()) {
            for (int i = 0; i < block.length; i++) {
                block[i] = (float) Math.sqrt((double) block[i] * block[i] + beyond);
            }
        }
    }

    private static void subtract(TiltSeries series, double[] offsets) {
        for (int b = 0; b < series.blocks().length; b++) {
            float[] block = series.blocks()[b];
            int size = block.length / offsets.length;
            for (int i = 0; i < block.length; i++) {
                block[i] = (float) (block[i] - offsets[i / size]);
            }
        }
    }

    /** Means of 3 × 3 pixels. */
    private static TiltSeries smoothed(TiltSeries series) {
        TiltSeries means = series.copy();
        for (int t = 0; t < series.tilts(); t++) {
            for (int y = 0; y < series.ny(); y++) {
                for (int x = 0; x < series.nx(); x++) {
                    float sum = 0;
                    int count = 0;
                    for (int v = Math.max(0, y - 1); v <= Math.min(series.ny() - 1, y + 1); v++) {
                        for (int u = Math.max(0, x - 1); u <= Math.min(series.nx() - 1, x + 1); u++) {
                            sum += series.at(t, v, u);
                            count++;
                        }
                    }
                    means.set(t, y, x, sum / count);
                }
            }
        }
        return means;
    }

    private static float largest(TiltSeries series) {
        float largest = 0;
        for (float[] block : series.blocks()) {
            for (float value : block) {
                largest = Math.max(largest, Math.abs(value));
            }
        }
        return Math.max(largest, Float.MIN_NORMAL / LEAST_ERROR);
    }

    private static double mean(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        return sum / values.length;
    }
}
