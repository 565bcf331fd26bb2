package org.hyalite.spectra;

import java.util.Arrays;

/**
 * Amplitudes {@code a ≥ 0} that maximise the Poisson likelihood {@code Σ_c n_c log μ_c − Σ_j a_j t_j},
 * {@code μ = Σ_j a_j φ_j}, {@code t_j} the column's sum, by projected Newton steps (Bertsekas, SIAM J. Control Optim. 20,
 * 221, 1982) after three multiplicative (EM) ones. The likelihood never falls. Only channels that hold counts are
 * visited. One instance for each thread.
 */
final class PoissonFit {
    /** Amplitudes up to this are at zero, counts. */
    private static final double NOTHING = 1e-9;

    private static final int MAX_STEPS = 100;
    private static final int EM_STEPS = 3;
    private static final double TOLERANCE = 1e-7;

    /**
     * Newton's decrement, squared, below which a whole step raises the likelihood without being watched: {@code −n log μ}
     * is self-concordant for {@code n ≥ 1} (Nesterov and Nemirovskii 1994).
     */
    private static final double CLOSE = 0.03;

    /** The same, below which a step that leaves all amplitudes above zero is the last: it squares the error. */
    private static final double LAST = 1e-5;

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
    private final int[] order;
    private final int[] first;
    private final int[] pairStart;
    private final int[] pair;
    private final double[] product;
    private double decrement;
    private double[] ratio = new double[256];
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
        order = columns.order();
        first = new int[count];
        pairStart = columns.pairStart();
        pair = columns.pair();
        product = columns.product();
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
        return fit(channel, counts, events, a, false);
    }

    /** The same; {@code near}: the start is near the maximum, as a linear fit is, so that no multiplicative step is needed. */
    boolean fit(int[] channel, double[] counts, int events, double[] a, boolean near) {
        if (model.length < events) {
            ratio = new double[events];
            model = new double[events];
            trialModel = new double[events];
        }
        double n = 0;
        double least = 1;
        for (int e = 0; e < events; e++) {
            n += counts[e];
            least = counts[e] > 0 ? Math.min(least, counts[e]) : least;
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
        for (int i = 0; i < (near ? 0 : EM_STEPS); i++) {
            gradient(channel, counts, events);
            multiply(a);
            predict(channel, events, a, model);
        }
        double objective = Double.NaN; // not known
        double tolerance = TOLERANCE * (1 + n);
        for (int i = 0; i < MAX_STEPS; i++) {
            gradient(channel, counts, events);
            if (violation(a) < tolerance) {
                return true;
            }
            hessian(channel, counts, events);
            int frees = direction(a);
            if (decrement < CLOSE * least && whole(a, frees)) {
                predict(channel, events, a, model);
                objective = Double.NaN;
                if (decrement < LAST) {
                    return true;
                }
                continue;
            }
            if (Double.isNaN(objective)) {
                objective = objective(counts, events, a, model);
            }
            double next = frees == 0 ? objective : search(channel, counts, events, a, frees, objective);
            if (!(next < objective)) {
                gradient(channel, counts, events);
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
        for (int j : order) {
            if (total[j] > 0 && !(a[j] <= NOTHING && gradient[j] > 0)) {
                free[frees++] = j;
            }
        }
        double ridge = 1e-9;
        boolean solved;
        do {
            for (int p = 0; p < frees; p++) {
                for (int q = 0; q < p; q++) {
                    reduced[p * count + q] =
                            hessian[Math.max(free[p], free[q]) * count + Math.min(free[p], free[q])];
                }
                double d = hessian[free[p] * count + free[p]];
                reduced[p * count + p] = d * (1 + ridge) + 1e-12;
                step[p] = -gradient[free[p]];
            }
            solved = Cholesky.factor(reduced, frees, count, first);
            ridge *= 100;
        } while (!solved);
        Cholesky.solve(reduced, frees, count, first, step);
        decrement = 0;
        for (int p = 0; p < frees; p++) {
            decrement -= gradient[free[p]] * step[p];
        }
        return frees;
    }

    /** Takes the step if it leaves every free amplitude above zero; whether it did. */
    private boolean whole(double[] a, int frees) {
        for (int p = 0; p < frees; p++) {
            if (!(a[free[p]] + step[p] > NOTHING)) {
                return false;
            }
        }
        for (int p = 0; p < frees; p++) {
            a[free[p]] += step[p];
        }
        return true;
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
                if (trial[j] <= NOTHING && gradient[j] > 0) {
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
        double likelihood = 1;
        int factors = 0;
        for (int e = 0; e < events; e++) {
            double n = counts[e];
            if (n == 1 || n == 2 || n == 3) { // nearly all: one logarithm for some sixteen of them
                double m = mu[e];
                likelihood *= n == 1 ? m : n == 2 ? m * m : m * m * m;
                factors += (int) n;
                if (factors >= 16) {
                    sum -= Math.log(likelihood);
                    likelihood = 1;
                    factors = 0;
                }
            } else if (n > 0) {
                sum -= n * Math.log(mu[e]);
            }
        }
        return sum - Math.log(likelihood);
    }

    private void gradient(int[] channel, double[] counts, int events) {
        System.arraycopy(total, 0, gradient, 0, count);
        for (int e = 0; e < events; e++) {
            double first = counts[e] / model[e];
            ratio[e] = first;
            int to = start[channel[e] + 1];
            for (int p = start[channel[e]]; p < to; p++) {
                gradient[column[p]] -= first * value[p];
            }
        }
    }

    /** The lower triangle of the second derivatives, after {@link #gradient}. */
    private void hessian(int[] channel, double[] counts, int events) {
        Arrays.fill(hessian, 0);
        for (int e = 0; e < events; e++) {
            double curvature = ratio[e] / model[e];
            int to = pairStart[channel[e] + 1];
            for (int p = pairStart[channel[e]]; p < to; p++) {
                hessian[pair[p]] += curvature * product[p];
            }
        }
    }

    /** The columns that are fitted. */
    Columns columns() {
        return columns;
    }
}
