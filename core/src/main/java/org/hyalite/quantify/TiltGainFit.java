package org.hyalite.quantify;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.LUDecomposition;
import org.hipparchus.linear.RealMatrix;
import org.hyalite.physics.Element;
import org.hyalite.physics.Uncertain;

/**
 * Weighted least squares of {@code N_e(θ_i) = T_e g_i}: totals and gains are fitted alternately, the errors come from the
 * inverse of the normal matrix with g fixed to 1 at the image nearest zero tilt.
 */
final class TiltGainFit {
    private static final int ROUNDS = 200;

    private final double[] tiltsDeg;
    private final List<Element> elements;
    private final double[][] value;
    private final double[][] weight;
    private final int reference;
    private final Uncertain[] gains;
    private final double chiSquare;
    private final int freedom;

    private TiltGainFit(double[] tiltsDeg, Map<Element, List<Uncertain>> totals) {
        this.tiltsDeg = tiltsDeg.clone();
        elements = List.copyOf(totals.keySet());
        value = new double[elements.size()][tiltsDeg.length];
        weight = new double[elements.size()][tiltsDeg.length];
        for (int e = 0; e < elements.size(); e++) {
            for (int i = 0; i < tiltsDeg.length; i++) {
                Uncertain total = totals.get(elements.get(e)).get(i);
                value[e][i] = total.value();
                weight[e][i] = 1 / (total.standardError() * total.standardError());
            }
        }
        int best = 0;
        for (int i = 1; i < tiltsDeg.length; i++) {
            best = Math.abs(tiltsDeg[i]) < Math.abs(tiltsDeg[best]) ? i : best;
        }
        reference = best;
        double[] g = new double[tiltsDeg.length];
        Arrays.fill(g, 1);
        double[] t = new double[elements.size()];
        for (int round = 0; round < ROUNDS; round++) {
            fitTotals(g, t);
            fitGains(g, t);
        }
        // one factor is free between totals and gains: it makes the reference 1
        double one = g[reference];
        for (int i = 0; i < g.length; i++) {
            g[i] /= one;
        }
        fitTotals(g, t);
        chiSquare = misfit(g, t);
        freedom = (t.length - 1) * (g.length - 1);
        gains = withErrors(g, t);
    }

    static TiltGainFit of(double[] tiltsDeg, Map<Element, List<Uncertain>> totals) {
        return new TiltGainFit(tiltsDeg, totals);
    }

    private void fitTotals(double[] g, double[] t) {
        for (int e = 0; e < t.length; e++) {
            double up = 0;
            double down = 0;
            for (int i = 0; i < g.length; i++) {
                up += weight[e][i] * g[i] * value[e][i];
                down += weight[e][i] * g[i] * g[i];
            }
            t[e] = up / down;
        }
    }

    private void fitGains(double[] g, double[] t) {
        for (int i = 0; i < g.length; i++) {
            double up = 0;
            double down = 0;
            for (int e = 0; e < t.length; e++) {
                up += weight[e][i] * t[e] * value[e][i];
                down += weight[e][i] * t[e] * t[e];
            }
            g[i] = up / down;
        }
    }

    private double misfit(double[] g, double[] t) {
        double sum = 0;
        for (int e = 0; e < t.length; e++) {
            for (int i = 0; i < g.length; i++) {
                double miss = value[e][i] - t[e] * g[i];
                sum += weight[e][i] * miss * miss;
            }
        }
        return sum;
    }

    List<Element> elements() {
        return elements;
    }

    double referenceDeg() {
        return tiltsDeg[reference];
    }

    Uncertain[] gains() {
        return gains.clone();
    }

    double chiSquare() {
        return chiSquare;
    }

    int freedom() {
        return freedom;
    }

    private Uncertain[] withErrors(double[] g, double[] t) {
        int n = g.length;
        int m = t.length;
        RealMatrix normal = new Array2DRowRealMatrix(n - 1 + m, n - 1 + m);
        for (int e = 0; e < m; e++) {
            for (int i = 0; i < n; i++) {
                int row = column(i);
                double w = weight[e][i];
                normal.addToEntry(n - 1 + e, n - 1 + e, w * g[i] * g[i]);
                if (i != reference) {
                    normal.addToEntry(row, row, w * t[e] * t[e]);
                    normal.addToEntry(row, n - 1 + e, w * t[e] * g[i]);
                    normal.addToEntry(n - 1 + e, row, w * t[e] * g[i]);
                }
            }
        }
        // unit diagonal, so that counts and gains of very different size do not spoil the inverse
        double[] size = new double[n - 1 + m];
        for (int a = 0; a < size.length; a++) {
            size[a] = Math.sqrt(normal.getEntry(a, a));
        }
        for (int a = 0; a < size.length; a++) {
            for (int b = 0; b < size.length; b++) {
                normal.multiplyEntry(a, b, 1 / (size[a] * size[b]));
            }
        }
        RealMatrix covariance = new LUDecomposition(normal).getSolver().getInverse();
        Uncertain[] gains = new Uncertain[n];
        for (int i = 0; i < n; i++) {
            int a = column(i);
            double error = i == reference ? 0 : Math.sqrt(Math.max(0, covariance.getEntry(a, a))) / size[a];
            gains[i] = new Uncertain(g[i], error);
        }
        return gains;
    }

    /** Where gain i stands among the unknowns, the reference left out. */
    private int column(int i) {
        return i < reference ? i : i - 1;
    }
}
