package org.hyalite.spectra;

/**
 * Net counts by a filter common to all pixels, {@code net = Σ_c f_c n_c}: windows are such a filter, and so is least
 * squares with common weights. The variance is {@code Σ_c f_c² (n_c + m_c)}: the unbiased estimate of
 * {@code Σ_c f_c² μ_c} and, {@code m} being the mean spectrum scaled to one count, what one count more would add, so
 * that an empty pixel has an error too.
 */
final class FilterEstimator implements PixelEstimator {
    private final int lines;
    private final double[] filter;
    private final double[] leastVariance;

    private FilterEstimator(int lines, double[] filter, double[] leastVariance) {
        this.lines = lines;
        this.filter = filter;
        this.leastVariance = leastVariance;
    }

    /** Of filters {@code [line][channel]}. */
    static FilterEstimator of(double[][] filters, double[] oneCount) {
        int lines = filters.length;
        double[] filter = new double[lines * oneCount.length];
        double[] least = new double[lines];
        for (int k = 0; k < lines; k++) {
            for (int c = 0; c < oneCount.length; c++) {
                filter[c * lines + k] = filters[k][c];
                least[k] += filters[k][c] * filters[k][c] * oneCount[c];
            }
        }
        return new FilterEstimator(lines, filter, least);
    }

    @Override
    public void estimate(int[] channel, double[] counts, int events, double[] net, double[] standardError) {
        for (int k = 0; k < lines; k++) {
            net[k] = 0;
            standardError[k] = leastVariance[k];
        }
        for (int e = 0; e < events; e++) {
            double n = counts[e];
            int row = channel[e] * lines;
            for (int k = 0; k < lines; k++) {
                double f = filter[row + k];
                net[k] += f * n;
                standardError[k] += f * f * n;
            }
        }
        for (int k = 0; k < lines; k++) {
            standardError[k] = Math.sqrt(standardError[k]);
        }
    }
}
