package org.hyalite.spectra;

import java.util.Arrays;
import java.util.List;

/**
 * The columns that every pixel's spectrum is fitted with, line groups first (the quantified ones foremost), background
 * pieces last, and their amplitudes in the sum spectrum.
 *
 * @param groups the line groups, one column each
 * @param columns all columns
 * @param sumAmplitude their non-negative maximum-likelihood amplitudes in the sum spectrum
 * @param quantified how many of the first groups are quantified
 */
record PixelModel(List<LineGroup> groups, Columns columns, double[] sumAmplitude, int quantified) {

    static PixelModel of(
            List<LineGroup> groups,
            double[] background,
            double firstKeV,
            double gain,
            Response response,
            double[] data) {
        double[] floored = background.clone();
        double mean = Arrays.stream(background).average().orElse(0);
        double least = Math.max(1e-4 * mean, 1e-9 * (1 + Arrays.stream(data).sum()));
        for (int c = 0; c < floored.length; c++) {
            floored[c] = Math.max(floored[c], least); // every count must be possible
        }
        double[][] pieces = Background.pieces(floored, firstKeV, gain);
        double[][] dense = new double[groups.size() + pieces.length][];
        for (int g = 0; g < groups.size(); g++) {
            dense[g] = new double[data.length];
            for (LineGroup.Part part : groups.get(g).parts()) {
                response.add(part.lines(), part.share(), firstKeV, gain, dense[g]);
            }
        }
        System.arraycopy(pieces, 0, dense, groups.size(), pieces.length);
        Columns columns = Columns.of(dense);
        double[] a = new double[columns.count()];
        Arrays.fill(a, Arrays.stream(data).sum() / a.length);
        int[] channel = new int[data.length];
        Arrays.setAll(channel, i -> i);
        new PoissonFit(columns).fit(channel, data, data.length, a);
        int quantified = (int) groups.stream().filter(LineGroup::quantified).count();
        return new PixelModel(groups, columns, a, quantified);
    }

    int backgroundPieces() {
        return columns.count() - groups.size();
    }

    double[] model() {
        return columns.model(sumAmplitude);
    }

    /** The continuum of the sum spectrum. */
    double[] background() {
        double[] a = sumAmplitude.clone();
        Arrays.fill(a, 0, groups.size(), 0);
        return columns.model(a);
    }

    /** The model scaled to one count: what an empty pixel is thought to have been about to count. */
    double[] oneCount() {
        double[] model = model();
        double sum = Arrays.stream(model).sum();
        double least = 1e-6 / model.length;
        for (int c = 0; c < model.length; c++) {
            model[c] = sum > 0 ? Math.max(model[c] / sum, least) : 1.0 / model.length;
        }
        return model;
    }

    /**
     * Covariance of all amplitudes of a weighted linear fit whose weights are the inverse of the sum model (with one
     * count added to each channel, so that none is trusted without limit), times the sum's scale.
     */
    double[] covariance() {
        double[] information = new double[columns.count() * columns.count()];
        columns.addNormal(weight(), information);
        return Cholesky.inverse(information, columns.count());
    }

    /** Variances of the quantified amplitudes of a fit with weights that are the inverse of what is expected. */
    double[] leastVariance(double[] weight) {
        int n = columns.count();
        double[] information = new double[n * n];
        columns.addNormal(weight, information);
        double[] covariance = Cholesky.inverse(information, n);
        double[] variance = new double[quantified];
        Arrays.setAll(variance, k -> covariance[k * n + k]);
        return variance;
    }

    /** The filter that gives the amplitude of one column in that fit: one value for each channel. */
    double[] filter(int j) {
        return filters(j + 1)[j];
    }

    /** The filters that give the amplitudes of the first columns in that fit: {@code [column][channel]}. */
    double[][] filters(int first) {
        int n = columns.count();
        double[] covariance = covariance();
        double[] weight = weight();
        double[][] filters = new double[first][];
        for (int j = 0; j < first; j++) {
            filters[j] = columns.model(Arrays.copyOfRange(covariance, j * n, (j + 1) * n));
            for (int c = 0; c < weight.length; c++) {
                filters[j][c] *= weight[c];
            }
        }
        return filters;
    }

    double[] weight() {
        double[] weight = model();
        for (int c = 0; c < weight.length; c++) {
            weight[c] = 1 / (weight[c] + 1);
        }
        return weight;
    }
}
