package org.hyalite.phase;

import java.util.function.DoubleUnaryOperator;
import org.hipparchus.special.Erf;

/**
 * A step blurred by a Gaussian: {@code low + (high − low)/2 · (1 + erf((d − centre)/(√2 σ)))}.
 *
 * @param low level far on the negative side
 * @param high level far on the positive side
 * @param centre in the unit of d
 * @param sigma in the unit of d, > 0
 */
public record ErfEdge(double low, double high, double centre, double sigma) {
    /** Widths from 10 % to 90 % of the step, over σ. */
    public static final double TEN_TO_NINETY = 2.5631031310892007;

    private static final double GOLDEN = 0.5 * (Math.sqrt(5) - 1);
    private static final int HALVINGS = 40;

    /** The value at a distance. */
    public double at(double d) {
        return low + (high - low) * rise(d, centre, sigma);
    }

    private static double rise(double d, double centre, double sigma) {
        return 0.5 * (1 + Erf.erf((d - centre) / (Math.sqrt(2) * sigma)));
    }

    /** One curve to be fitted: values at distances, each with its weight. */
    record Profile(double[] distance, double[] value, double[] weight) {}

    /**
     * Several edges of one centre and σ, each with its own levels, by weighted least squares; every profile's misfit counts
     * over the square of its own range.
     *
     * @param least the smallest σ that is looked at
     * @param most the largest, and how far from 0 the centre may lie
     */
    static ErfEdge[] fit(Profile[] profiles, double least, double most) {
        double[] bestCentre = new double[1];
        DoubleUnaryOperator ofSigma = s -> {
            double sigma = Math.exp(s);
            bestCentre[0] = smallest(c -> misfit(profiles, c, sigma), -most, most);
            return misfit(profiles, bestCentre[0], sigma);
        };
        double sigma = Math.exp(smallest(ofSigma, Math.log(least), Math.log(most)));
        ofSigma.applyAsDouble(Math.log(sigma));
        ErfEdge[] edges = new ErfEdge[profiles.length];
        for (int p = 0; p < edges.length; p++) {
            double[] levels = levels(profiles[p], bestCentre[0], sigma);
            edges[p] = new ErfEdge(levels[0], levels[0] + levels[1], bestCentre[0], sigma);
        }
        return edges;
    }

    /** Golden section, begun around the smallest of some values. */
    private static double smallest(DoubleUnaryOperator f, double from, double to) {
        int steps = 12;
        double low = from;
        double high = to;
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i <= steps; i++) {
            double at = from + i * (to - from) / steps;
            double value = f.applyAsDouble(at);
            if (value < least) {
                least = value;
                low = Math.max(from, at - (to - from) / steps);
                high = Math.min(to, at + (to - from) / steps);
            }
        }
        double a = high - GOLDEN * (high - low);
        double b = low + GOLDEN * (high - low);
        double fa = f.applyAsDouble(a);
        double fb = f.applyAsDouble(b);
        for (int i = 0; i < HALVINGS; i++) {
            if (fa < fb) {
                high = b;
                b = a;
                fb = fa;
                a = high - GOLDEN * (high - low);
                fa = f.applyAsDouble(a);
            } else {
                low = a;
                a = b;
                fa = fb;
                b = low + GOLDEN * (high - low);
                fb = f.applyAsDouble(b);
            }
        }
        return 0.5 * (low + high);
    }

    private static double misfit(Profile[] profiles, double centre, double sigma) {
        double sum = 0;
        for (Profile p : profiles) {
            double[] levels = levels(p, centre, sigma);
            double own = 0;
            double smallest = Double.POSITIVE_INFINITY;
            double largest = Double.NEGATIVE_INFINITY;
            for (int i = 0; i < p.distance.length; i++) {
                if (p.weight[i] > 0) {
                    double d = p.value[i] - levels[0] - levels[1] * rise(p.distance[i], centre, sigma);
                    own += p.weight[i] * d * d;
                    smallest = Math.min(smallest, p.value[i]);
                    largest = Math.max(largest, p.value[i]);
                }
            }
            double range = largest - smallest;
            sum += range > 0 ? own / (range * range) : 0;
        }
        return sum;
    }

    /** Low level and step by linear least squares. */
    private static double[] levels(Profile p, double centre, double sigma) {
        double s = 0;
        double sx = 0;
        double sxx = 0;
        double sy = 0;
        double sxy = 0;
        for (int i = 0; i < p.distance.length; i++) {
            double w = p.weight[i];
            double x = rise(p.distance[i], centre, sigma);
            s += w;
            sx += w * x;
            sxx += w * x * x;
            sy += w * p.value[i];
            sxy += w * x * p.value[i];
        }
        double determinant = s * sxx - sx * sx;
        double step = determinant > 1e-12 * s * s ? (s * sxy - sx * sy) / determinant : 0;
        return new double[] {s > 0 ? (sy - step * sx) / s : 0, step};
    }
}
