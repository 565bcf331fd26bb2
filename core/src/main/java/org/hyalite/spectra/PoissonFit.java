package org.hyalite.spectra;

import java.util.Arrays;

/**
 * Amplitudes {@code a ≥ 0} that maximise the Poisson likelihood {@code Σ_c n_c log μ_c − Σ_j a_j t_j},
 * {@code μ = Σ_j a_j φ_j}, {@code t_j} the column's sum, by projected Newton steps (Bertsekas, SIAM J. Control Optim. 20,
 * 221, 1982) after three multiplicative (EM) ones. The likelihood never falls. Only channels that hold counts are
 * visited. One instance for each thread.
 */
final class PoissonFit {
    private static final int MAX_STEPS = 100;
    private static final int EM_STEPS = 3;
    private static final double TOLERANCE = 1e-7;

    private final Columns columns;
    private final int count;
    private final int[] start;
    private final int[] column;
    private final double[] value;
    private final double[] total;
    private final double[] gradient;
    private final double[] hessian;
    private final double[] reduced;
    private final double[] step;
    private final double[] trial;
    private final int[] free;
    private double[] model = new double[256];
    private double[] trialModel = new double[256];

    PoissonFit(Columns columns) {
        this.columns = columns;
        count = columns.count();
        start = columns.start();
        column = columns.column();
        value = columns.value();
        total = columns.total();
        gradient = new double[count];
        hessian = new double[count * count];
        reduced = new double[count * count];
        step = new double[count];
        trial = new double[count];
        free = new int[count];
    }

    /**
     * Fits.
     *
     * @param channel channels that hold counts
     * @param counts their counts
     * @param events how many of them there are
     * @param a where to start, all positive; becomes the maximum
     * @return whether the conditions of the maximum hold to 1e-7 of a count (relative to the counts)
     */
    boolean fit(int[] channel, double[] counts, int events, double[] a) {
        if (model.length < events) {
            model = new double[events];
            trialModel = new double[events];
        }
        double n = 0;
        for (int e = 0; e < events; e++) {
            n += counts[e];
        }
        for (int j = 0; j < count; j++) {
            if (!(total[j] > 0)) {
                a[j] = 0;
            }
        }
        if (n == 0) {
            Arrays.fill(a, 0);
            return true;
        }
        predict(channel, events, a, model);
        for (int i = 0; i < EM_STEPS; i++) {
            derivatives(channel, counts, events, false);
            multiply(a);
            predict(channel, events, a, model);
        }
        double objective = objective(counts, events, a, model);
        double tolerance = TOLERANCE * (1 + n);
        for (int i = 0; i < MAX_STEPS; i++) {
            derivatives(channel, counts, events, true);
            if (violation(a) < tolerance) {
                return true;
            }
            int frees = direction(a);
            double next = frees == 0 ? objective : search(channel, counts, events, a, frees, objective);
            if (!(next < objective)) {
                derivatives(channel, counts, events, false);
                multiply(a); // no Newton step helps: a multiplicative one never hurts
                predict(channel, events, a, model);
                next = objective(counts, events, a, model);
                if (!(objective - next > 1e-13 * Math.abs(objective))) {
                    return violation(a) < 1e3 * tolerance;
                }
            }
            objective = next;
        }
        return false;
    }

    /** How far the conditions are from those of the maximum, in counts. */
    private double violation(double[] a) {
        double worst = 0;
        for (int j = 0; j < count; j++) {
            if (total[j] > 0) {
                double g = gradient[j];
                worst = Math.max(worst, g < 0 ? -g / total[j] * Math.max(1, a[j]) : g * a[j]);
            }
        }
        return worst;
    }

    /** Newton's direction over the columns that are not held at zero; how many those are. */
    private int direction(double[] a) {
        int frees = 0;
        for (int j = 0; j < count; j++) {
            if (total[j] > 0 && !(a[j] <= 1e-9 && gradient[j] > 0)) {
                free[frees++] = j;
            }
        }
        double ridge = 1e-9;
        boolean solved;
        do {
            for (int p = 0; p < frees; p++) {
                for (int q = 0; q < p; q++) {
                    reduced[p * count + q] = hessian[free[p] * count + free[q]];
                }
                double d = hessian[free[p] * count + free[p]];
                reduced[p * count + p] = d * (1 + ridge) + 1e-12;
                step[p] = -gradient[free[p]];
            }
            solved = Cholesky.factor(reduced, frees, count);
            ridge *= 100;
        } while (!solved);
        Cholesky.solve(reduced, frees, count, step);
        return frees;
    }

    /** Shortens the projected step until the likelihood rises; leaves {@code a} as it is if it never does. */
    private double search(int[] channel, double[] counts, int events, double[] a, int frees, double objective) {
        double length = 1;
        for (int halving = 0; halving < 40; halving++, length /= 2) {
            System.arraycopy(a, 0, trial, 0, count);
            double expected = 0;
            for (int p = 0; p < frees; p++) {
                int j = free[p];
                trial[j] = Math.max(0, a[j] + length * step[p]);
                expected += gradient[j] * (trial[j] - a[j]);
            }
            for (int j = 0; j < count; j++) {
                if (trial[j] <= 1e-9 && gradient[j] > 0) {
                    trial[j] = 0;
                }
            }
            predict(channel, events, trial, trialModel);
            double next = objective(counts, events, trial, trialModel);
            if (next <= objective + 1e-4 * expected && next < objective) {
                System.arraycopy(trial, 0, a, 0, count);
                double[] swap = model;
                model = trialModel;
                trialModel = swap;
                return next;
            }
        }
        return objective;
    }

    private void multiply(double[] a) {
        for (int j = 0; j < count; j++) {
            if (total[j] > 0) {
                a[j] *= Math.max(0, 1 - gradient[j] / total[j]);
            }
        }
    }

    private void predict(int[] channel, int events, double[] a, double[] into) {
        for (int e = 0; e < events; e++) {
            int c = channel[e];
            double sum = 0;
            for (int k = start[c]; k < start[c + 1]; k++) {
                sum += a[column[k]] * value[k];
            }
            into[e] = sum;
        }
    }

    private double objective(double[] counts, int events, double[] a, double[] mu) {
        double sum = 0;
        for (int j = 0; j < count; j++) {
            sum += a[j] * total[j];
        }
        double product = 1;
        int factors = 0;
        for (int e = 0; e < events; e++) {
            double n = counts[e];
            if (n == 1) { // nearly all: one logarithm for sixteen of them
                product *= mu[e];
                if (++factors == 16) {
                    sum -= Math.log(product);
                    product = 1;
                    factors = 0;
                }
            } else if (n > 0) {
                sum -= n * Math.log(mu[e]);
            }
        }
        return sum - Math.log(product);
    }

    private void derivatives(int[] channel, double[] counts, int events, boolean second) {
        System.arraycopy(total, 0, gradient, 0, count);
        if (second) {
            Arrays.fill(hessian, 0);
        }
        for (int e = 0; e < events; e++) {
            if (!(counts[e] > 0)) {
                continue;
            }
            int c = channel[e];
            double first = counts[e] / model[e];
            double curvature = first / model[e];
            int from = start[c];
            int to = start[c + 1];
            for (int p = from; p < to; p++) {
                gradient[column[p]] -= first * value[p];
                if (second) {
                    double wp = curvature * value[p];
                    int row = column[p] * count;
                    for (int q = from; q <= p; q++) {
                        hessian[row + column[q]] += wp * value[q];
                    }
                }
            }
        }
    }

    /** The columns that are fitted. */
    Columns columns() {
        return columns;
    }
}
