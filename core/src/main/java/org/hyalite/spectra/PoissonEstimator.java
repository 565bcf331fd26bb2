package org.hyalite.spectra;

import java.util.Arrays;

/**
 * Non-negative Poisson maximum likelihood. The standard errors are those of the inverse Fisher information over the
 * columns that are not at zero and the quantified ones, at the fitted model plus the mean spectrum scaled to one count;
 * of an amplitude at zero it is one-sided: how far above zero it could be.
 */
final class PoissonEstimator implements PixelEstimator {
    /** The fit starts from the linear one, but no amplitude below this share of the mean spectrum's. */
    private static final double NEAR = 0.1;

    private final PixelModel model;
    private final Columns columns;
    private final PoissonFit fit;
    private final double[] beginning;
    private final double[] filter;
    private final double[] extra;
    private final double[] amplitude;
    private final double[] weight;
    private final double[] information;
    private final double[] reduced;
    private final double[] unit;
    private final int[] which;
    private final int[] place;
    private final int[] first;

    /**
     * An estimator for one thread.
     *
     * @param filter {@link #start} of the model
     */
    PoissonEstimator(PixelModel model, double[] filter) {
        this.model = model;
        this.filter = filter;
        columns = model.columns();
        fit = new PoissonFit(columns);
        int n = columns.count();
        double sum = Arrays.stream(model.model()).sum();
        beginning = new double[n];
        for (int j = 0; j < n; j++) {
            beginning[j] = model.sumAmplitude()[j] / sum + 0.01 / n;
        }
        extra = model.oneCount();
        amplitude = new double[n];
        weight = new double[columns.channels()];
        information = new double[n * n];
        reduced = new double[n * n];
        unit = new double[n];
        which = new int[n];
        place = new int[n];
        first = new int[n];
    }

    /** The linear fit's filters of all columns, {@code [channel][column]}: where the search begins. */
    static double[] start(PixelModel model) {
        int n = model.columns().count();
        double[][] filters = model.filters(n);
        double[] start = new double[model.columns().channels() * n];
        for (int j = 0; j < n; j++) {
            for (int c = 0; c < filters[j].length; c++) {
                start[c * n + j] = filters[j][c];
            }
        }
        return start;
    }

    @Override
    public void estimate(int[] channel, double[] counts, int events, double[] net, double[] standardError) {
        double total = 0;
        for (int e = 0; e < events; e++) {
            total += counts[e];
        }
        int n = amplitude.length;
        Arrays.fill(amplitude, 0);
        for (int e = 0; e < events; e++) {
            int row = channel[e] * n;
            for (int j = 0; j < n; j++) {
                amplitude[j] += filter[row + j] * counts[e];
            }
        }
        for (int j = 0; j < n; j++) {
            amplitude[j] = Math.max(amplitude[j], NEAR * total * beginning[j]);
        }
        fit.fit(channel, counts, events, amplitude, true);
        System.arraycopy(amplitude, 0, net, 0, model.quantified());
        errors(standardError);
    }

    private void errors(double[] standardError) {
        int[] start = columns.start();
        int[] column = columns.column();
        double[] value = columns.value();
        for (int c = 0; c < weight.length; c++) {
            double mu = extra[c];
            for (int k = start[c]; k < start[c + 1]; k++) {
                mu += amplitude[column[k]] * value[k];
            }
            weight[c] = 1 / mu;
        }
        Arrays.fill(information, 0);
        columns.addNormal(weight, information);
        int n = columns.count();
        int free = 0;
        for (int j : columns.order()) {
            if (j < model.quantified() || amplitude[j] > 0) {
                place[j] = free;
                which[free++] = j;
            }
        }
        for (int p = 0; p < free; p++) {
            for (int q = 0; q <= p; q++) {
                reduced[p * n + q] =
                        information[Math.max(which[p], which[q]) * n + Math.min(which[p], which[q])];
            }
            reduced[p * n + p] *= 1 + 1e-10;
        }
        boolean regular = Cholesky.factor(reduced, free, n, first);
        for (int k = 0; k < model.quantified(); k++) {
            if (regular) {
                Arrays.fill(unit, 0, free, 0);
                unit[place[k]] = 1;
                Cholesky.solve(reduced, free, n, first, unit);
                standardError[k] = Math.sqrt(unit[place[k]]);
            } else {
                standardError[k] = 1 / Math.sqrt(information[k * n + k]);
            }
        }
    }
}
