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
    private static final int STARTS = 12;
    private static final int ROUNDS = 6;
    private static final int SECTIONS = 12;
    private static final double SHRINK = 0.6;
    /** Beyond so many σ the step is whole. */
    private static final double FAR = 5;

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
     * over the square of its own range. All have the same distances.
     *
     * @param least the smallest σ that is looked at
     * @param most the largest, and how far from 0 the centre may lie
     */
    static ErfEdge[] fit(Profile[] profiles, double least, double most) {
        double centre = 0;
        double sigma = least;
        double smallest = Double.POSITIVE_INFINITY;
        for (int i = 0; i <= STARTS; i++) {
            for (int j = 0; j <= STARTS; j++) {
                double c = most * (2.0 * i / STARTS - 1);
                double s = least * Math.pow(most / least, j / (double) STARTS);
                double misfit = misfit(profiles, c, s);
                if (misfit < smallest) {
                    smallest = misfit;
                    centre = c;
                    sigma = s;
                }
            }
        }
        double range = 2 * most / STARTS;
        double ratio = Math.log(most / least) / STARTS;
        for (int round = 0; round < ROUNDS; round++) {
            double s = sigma;
            centre = smallest(c -> misfit(profiles, c, s), centre - range, centre + range);
            double c = centre;
            double log = Math.log(sigma);
            sigma = Math.exp(smallest(
                    v -> misfit(profiles, c, Math.exp(v)),
                    Math.max(Math.log(least), log - ratio),
                    Math.min(Math.log(most), log + ratio)));
            range *= SHRINK;
            ratio *= SHRINK;
        }
        ErfEdge[] edges = new ErfEdge[profiles.length];
        double[] rise = rises(profiles[0].distance, centre, sigma);
        for (int p = 0; p < edges.length; p++) {
            double[] levels = levels(profiles[p], rise);
            edges[p] = new ErfEdge(levels[0], levels[0] + levels[1], centre, sigma);
        }
        return edges;
    }

    /** Golden section. */
    private static double smallest(DoubleUnaryOperator f, double from, double to) {
        double low = from;
        double high = to;
        double a = high - GOLDEN * (high - low);
        double b = low + GOLDEN * (high - low);
        double fa = f.applyAsDouble(a);
        double fb = f.applyAsDouble(b);
        for (int i = 0; i < SECTIONS; i++) {
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

    private static double[] rises(double[] distance, double centre, double sigma) {
        double[] rise = new double[distance.length];
        for (int i = 0; i < rise.length; i++) {
            double z = (distance[i] - centre) / sigma;
            rise[i] = z < -FAR ? 0 : z > FAR ? 1 : rise(distance[i], centre, sigma);
        }
        return rise;
    }

    private static double misfit(Profile[] profiles, double centre, double sigma) {
        double[] rise = rises(profiles[0].distance, centre, sigma);
        double sum = 0;
        for (Profile p : profiles) {
            double[] levels = levels(p, rise);
            double own = 0;
            double smallest = Double.POSITIVE_INFINITY;
            double largest = Double.NEGATIVE_INFINITY;
            for (int i = 0; i < p.distance.length; i++) {
                if (p.weight[i] > 0) {
                    double d = p.value[i] - levels[0] - levels[1] * rise[i];
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
    private static double[] levels(Profile p, double[] rise) {
        double s = 0;
        double sx = 0;
        double sxx = 0;
        double sy = 0;
        double sxy = 0;
        for (int i = 0; i < p.distance.length; i++) {
            double w = p.weight[i];
            double x = rise[i];
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
