package org.hyalite.phase;

import java.util.Arrays;

/**
 * Expectation and maximisation for {@link MixtureState}. Phases whose voxels carry a known noise of measurement are
 * updated as Bovy, Hogg and Roweis (2011), Ann. Appl. Stat. 5, 1657, do ("extreme deconvolution"); the lines are those of
 * partial volumes, Santago and Gage (1993), IEEE Trans. Med. Imaging 12, 566, and learn their shares only.
 */
final class MixtureEm {
    private static final double LOG_2_PI = Math.log(2 * Math.PI);
    private static final double NOTHING = -700;

    private final MixturePoints points;
    private final int e;
    private final double logStray;
    private final double[] noise;
    private final double[] scratch;
    private final double[] across;

    MixtureEm(MixturePoints points) {
        this.points = points;
        e = points.elements();
        noise = points.noise().common().clone();
        scratch = new double[e];
        across = new double[e];
        logStray = -logBox(points);
    }

    private static double logBox(MixturePoints points) {
        int e = points.elements();
        double log = 0;
        for (int a = 0; a < e; a++) {
            double low = Double.POSITIVE_INFINITY;
            double high = Double.NEGATIVE_INFINITY;
            for (int i = a; i < points.densities().length; i += e) {
                low = Math.min(low, points.densities()[i]);
                high = Math.max(high, points.densities()[i]);
            }
            double least = 4 * Math.sqrt(points.noise().common()[a * e + a]);
            log += Math.log(Math.max(high - low, least));
        }
        return log;
    }

    /** A phase, an interface or a surface under one covariance of measurement. */
    private static final class Shape {
        double[] from = {};
        double[] gain = {};
        double[] left = {};
        Factor factor = Factor.of(new double[] {1}, 1);
        double[] along = {};
        double squared;
        double start;
        double constant;
    }

    private Shape phase(MixtureState s, int k, double[] measured) {
        Shape shape = new Shape();
        double[] total = sum(s.spread[k], measured, 1);
        shape.factor = Factor.of(total, e);
        shape.from = s.mean[k];
        shape.constant = -0.5 * (e * LOG_2_PI + shape.factor.logDeterminant());
        shape.gain = Small.times(s.spread[k], shape.factor.inverse(), e);
        shape.left = sum(s.spread[k], Small.times(shape.gain, s.spread[k], e), -1);
        return shape;
    }

    private Shape line(MixtureState s, int l, double[] measured) {
        int from = s.lines[l][0];
        int to = s.lines[l][1];
        Shape shape = new Shape();
        boolean surface = from == MixtureState.VACUUM;
        double[] spread = surface ? s.spread[to] : sum(s.spread[from], s.spread[to], 1);
        double[] total = new double[e * e];
        for (int i = 0; i < total.length; i++) {
            total[i] = (surface ? spread[i] : spread[i] / 2) + measured[i];
        }
        shape.factor = Factor.of(total, e);
        shape.from = surface ? new double[e] : s.mean[from];
        shape.along = new double[e];
        double density = 0;
        for (int a = 0; a < e; a++) {
            shape.along[a] = s.mean[to][a] - shape.from[a];
            density += s.mean[to][a];
        }
        shape.factor.whiten(shape.along);
        for (double u : shape.along) {
            shape.squared += u * u;
        }
        shape.start = surface && density > 0 ? Math.max(0, Math.min(0.95, points.threshold() / density)) : 0;
        shape.constant = -0.5 * (e * LOG_2_PI + shape.factor.logDeterminant());
        return shape;
    }

    private static double[] sum(double[] a, double[] b, double sign) {
        double[] sum = new double[a.length];
        for (int i = 0; i < a.length; i++) {
            sum[i] = a[i] + sign * b[i];
        }
        return sum;
    }

    private double logDensity(Shape shape, int point) {
        for (int a = 0; a < e; a++) {
            scratch[a] = points.densities()[point * e + a] - shape.from[a];
        }
        shape.factor.whiten(scratch);
        double c = 0;
        for (int a = 0; a < e; a++) {
            c += scratch[a] * scratch[a];
        }
        if (!(shape.squared > 1e-6)) {
            return shape.constant - 0.5 * c;
        }
        double b = 0;
        for (int a = 0; a < e; a++) {
            b += scratch[a] * shape.along[a];
        }
        double root = Math.sqrt(shape.squared);
        double at = b / shape.squared;
        double within = NormalTable.below((1 - at) * root) - NormalTable.below((shape.start - at) * root);
        return shape.constant
                - 0.5 * Math.max(0, c - b * at)
                + 0.5 * (LOG_2_PI - Math.log(shape.squared))
                + (within > 0 ? Math.log(within) : NOTHING)
                - Math.log(1 - shape.start);
    }

    private Shape[] shapes(MixtureState s, double[] measured) {
        Shape[] shapes = new Shape[s.phases + s.lines.length];
        for (int c = 0; c < shapes.length; c++) {
            shapes[c] = c < s.phases ? phase(s, c, measured) : line(s, c - s.phases, measured);
        }
        return shapes;
    }

    /** Looks at every point, and moves the parameters if {@code learn}; the log likelihood of all points before that. */
    double step(MixtureState s, boolean learn) {
        Shape[] shapes = shapes(s, noise);
        double[] q = new double[s.weight.length];
        double[] mass = new double[s.weight.length];
        double[][] first = new double[s.phases][e];
        double[][] second = new double[s.phases][e * e];
        double[] own = new double[e * e];
        double total = 0;
        for (int i = 0; i < points.count(); i++) {
            if (points.noise().perVoxel()) {
                points.noise().of(points.voxels()[i], own);
                shapes = shapes(s, own);
            }
            total += responsibilities(s, shapes, i, q);
            for (int c = 0; c < q.length; c++) {
                mass[c] += q[c];
            }
            for (int k = 0; learn && k < s.phases; k++) {
                if (q[k] > 1e-8) {
                    gather(s, shapes[k], k, i, q[k], first[k], second[k]);
                }
            }
        }
        if (learn) {
            update(s, mass, first, second);
        }
        return total;
    }

    /** The shares of the components in a point, into {@code q}; its log likelihood is returned. */
    private double responsibilities(MixtureState s, Shape[] shapes, int i, double[] q) {
        double most = Double.NEGATIVE_INFINITY;
        for (int c = 0; c < q.length; c++) {
            double log = c < shapes.length ? logDensity(shapes[c], i) : logStray;
            q[c] = s.weight[c] > 0 ? Math.log(s.weight[c]) + log : Double.NEGATIVE_INFINITY;
            most = Math.max(most, q[c]);
        }
        double sum = 0;
        for (int c = 0; c < q.length; c++) {
            q[c] = Math.exp(q[c] - most);
            sum += q[c];
        }
        for (int c = 0; c < q.length; c++) {
            q[c] /= sum;
        }
        return most + Math.log(sum);
    }

    /** Where the point would lie without noise, in this phase: its part of the sums, about the mean so far. */
    private void gather(MixtureState s, Shape shape, int k, int i, double q, double[] first, double[] second) {
        for (int a = 0; a < e; a++) {
            double sum = 0;
            for (int b = 0; b < e; b++) {
                sum += shape.gain[a * e + b] * (points.densities()[i * e + b] - s.mean[k][b]);
            }
            scratch[a] = sum;
            across[a] = points.densities()[i * e + a] - s.mean[k][a];
        }
        for (int a = 0; a < e; a++) {
            first[a] += q * across[a];
            for (int b = 0; b < e; b++) {
                second[a * e + b] += q * (scratch[a] * scratch[b] + shape.left[a * e + b]);
            }
        }
    }

    private void update(MixtureState s, double[] mass, double[][] first, double[][] second) {
        double all = Arrays.stream(mass).sum();
        for (int c = 0; c < mass.length; c++) {
            s.weight[c] = mass[c] / all;
        }
        for (int k = 0; k < s.phases; k++) {
            if (mass[k] < 1e-6 * all) {
                continue;
            }
            for (int a = 0; a < e; a++) {
                s.mean[k][a] += first[k][a] / mass[k];
                for (int b = 0; b < e; b++) {
                    s.spread[k][a * e + b] = second[k][a * e + b] / mass[k];
                }
            }
        }
    }

    /** Log density of the phases alone at a place, by the common covariance; for the passes between them. */
    double logHeight(MixtureState s, double... at) {
        double sum = 0;
        for (int k = 0; k < s.phases; k++) {
            Factor factor = Factor.of(sum(s.spread[k], noise, 1), e);
            double[] d = new double[e];
            double c = 0;
            for (int a = 0; a < e; a++) {
                d[a] = at[a] - s.mean[k][a];
            }
            factor.whiten(d);
            for (double v : d) {
                c += v * v;
            }
            sum += s.weight[k] * Math.exp(-0.5 * (c + factor.logDeterminant()));
        }
        return Math.log(Math.max(sum, 1e-300));
    }
}
