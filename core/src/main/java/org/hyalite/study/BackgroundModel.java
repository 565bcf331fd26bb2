package org.hyalite.study;

import java.util.ArrayList;
import java.util.List;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.SingularValueDecomposition;
import org.hyalite.grid.Image;
import org.hyalite.grid.TiltSeries;
import org.hyalite.spectra.BackgroundSmoothing;

/**
 * What an expected background is made of, so that it can be made for other volumes: {@code r = G (c Σ_i β_i A x_i + o(θ)) + ρ},
 * fitted to the background that was estimated of the measurement. The continuum and the tails of other lines rise with
 * the matter in the beam; G, a Gaussian, is the smoothing of the estimate, which carries background from inside the particle's
 * outline to its outside. Its width is the one that fits best. ρ, what is left, is taken for the estimate's error: of other
 * volumes x' the true background is {@code c Σ β A x' + o}, sharp, and its estimate {@code G (…) + ρ}.
 */
final class BackgroundModel {
    private static final double[] WIDTHS_PX = {0.7, 1, 1.4, 2, 2.8, 4, 5.6, 8, 11.3};

    /** No background is 0, nor below this share of its mean. */
    private static final double LEAST_OF_MEAN = 0.02;

    private final double widthPx;
    private final double[] perCast;
    private final double[] offsets;
    private final double[] gains;
    private final TiltSeries rest;
    private final double least;

    private BackgroundModel(
            double widthPx, double[] perCast, double[] offsets, double[] gains, TiltSeries rest, double least) {
        this.widthPx = widthPx;
        this.perCast = perCast;
        this.offsets = offsets;
        this.gains = gains;
        this.rest = rest;
        this.least = least;
    }

    /**
     * Fits.
     *
     * @param background estimated counts, {@code [tilt, y, x]}
     * @param casts A x of every element, likewise
     * @param gains c, by tilt
     */
    static BackgroundModel fit(TiltSeries background, List<TiltSeries> casts, double[] gains) {
        double[][] wanted = images(background);
        double mean = 0;
        for (double[] image : wanted) {
            for (double v : image) {
                mean += v / ((double) wanted.length * image.length);
            }
        }
        BackgroundModel best = null;
        double leastMisfit = Double.POSITIVE_INFINITY;
        for (double width : WIDTHS_PX) {
            List<double[][]> smooth = new ArrayList<>();
            for (TiltSeries cast : casts) {
                smooth.add(images(smoothed(cast, width)));
            }
            double[] perCast = slopes(wanted, smooth, gains);
            double[] offsets = new double[wanted.length];
            TiltSeries rest = background.copy();
            double misfit = 0;
            for (int t = 0; t < wanted.length; t++) {
                float[] left = new float[wanted[t].length];
                double sum = 0;
                for (int i = 0; i < left.length; i++) {
                    double model = 0;
                    for (int e = 0; e < perCast.length; e++) {
                        model += gains[t] * perCast[e] * smooth.get(e)[t][i];
                    }
                    left[i] = (float) (wanted[t][i] - model);
                    sum += left[i];
                }
                offsets[t] = sum / left.length;
                for (int i = 0; i < left.length; i++) {
                    left[i] -= (float) offsets[t];
                    misfit += left[i] * left[i];
                }
                rest.setImage(t, Image.of(background.ny(), background.nx(), background.pixelNm(), left));
            }
            if (misfit < leastMisfit) {
                leastMisfit = misfit;
                best = new BackgroundModel(width, perCast, offsets, gains.clone(), rest, LEAST_OF_MEAN * mean);
            }
        }
        if (best == null) {
            throw new IllegalArgumentException("a background that is no number");
        }
        return best;
    }

    /** Standard deviation of the Gaussian, pixels. */
    double widthPx() {
        return widthPx;
    }

    /** The true background of other volumes. */
    TiltSeries expected(List<TiltSeries> casts) {
        return of(casts, false);
    }

    /** What would be estimated of it. */
    TiltSeries estimated(List<TiltSeries> casts) {
        return of(casts, true);
    }

    private TiltSeries of(List<TiltSeries> casts, boolean estimate) {
        TiltSeries sum = TiltSeries.zeros(rest.geometry(), rest.ny(), rest.nx(), rest.pixelNm());
        for (int e = 0; e < perCast.length; e++) {
            TiltSeries cast = estimate ? smoothed(casts.get(e), widthPx) : casts.get(e);
            for (int b = 0; b < sum.blocks().length; b++) {
                int size = sum.blocks()[b].length / gains.length;
                for (int i = 0; i < sum.blocks()[b].length; i++) {
                    sum.blocks()[b][i] += (float) (gains[i / size] * perCast[e] * cast.blocks()[b][i]);
                }
            }
        }
        for (int b = 0; b < sum.blocks().length; b++) {
            int size = sum.blocks()[b].length / gains.length;
            for (int i = 0; i < sum.blocks()[b].length; i++) {
                double value = sum.blocks()[b][i] + offsets[i / size] + (estimate ? rest.blocks()[b][i] : 0);
                sum.blocks()[b][i] = (float) Math.max(least, value);
            }
        }
        return sum;
    }

    /** β by least squares, the mean of every image left free. */
    private static double[] slopes(double[][] wanted, List<double[][]> casts, double[] gains) {
        int n = casts.size();
        double[][] normal = new double[n][n];
        double[] right = new double[n];
        for (int t = 0; t < wanted.length; t++) {
            double[] mean = new double[n + 1];
            int pixels = wanted[t].length;
            for (int i = 0; i < pixels; i++) {
                mean[n] += wanted[t][i] / pixels;
                for (int e = 0; e < n; e++) {
                    mean[e] += gains[t] * casts.get(e)[t][i] / pixels;
                }
            }
            for (int i = 0; i < pixels; i++) {
                for (int e = 0; e < n; e++) {
                    double d = gains[t] * casts.get(e)[t][i] - mean[e];
                    right[e] += d * (wanted[t][i] - mean[n]);
                    for (int f = 0; f < n; f++) {
                        normal[e][f] += d * (gains[t] * casts.get(f)[t][i] - mean[f]);
                    }
                }
            }
        }
        return new SingularValueDecomposition(new Array2DRowRealMatrix(normal, false))
                .getSolver()
                .solve(new ArrayRealVector(right))
                .toArray();
    }

    private static double[][] images(TiltSeries series) {
        double[][] images = new double[series.tilts()][];
        for (int t = 0; t < images.length; t++) {
            float[] values = series.image(t).values();
            images[t] = new double[values.length];
            for (int i = 0; i < values.length; i++) {
                images[t][i] = values[i];
            }
        }
        return images;
    }

    private static TiltSeries smoothed(TiltSeries series, double width) {
        List<Image> images = new ArrayList<>();
        for (int t = 0; t < series.tilts(); t++) {
            images.add(BackgroundSmoothing.gaussian(series.image(t), width));
        }
        return TiltSeries.of(series.geometry(), images);
    }
}
