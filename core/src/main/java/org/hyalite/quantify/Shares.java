package org.hyalite.quantify;

import java.util.Optional;
import org.hyalite.physics.Uncertain;

/**
 * Shares of a whole, {@code C_i = m_i / S} with {@code S = Σ m_j}, and their errors to first order, the m independent:
 * {@code s²(C_i) = ((1 − C_i)² s_i² + C_i² Σ_{j≠i} s_j²) / S²}.
 */
final class Shares {
    private Shares() {}

    static double sum(double[] m) {
        double sum = 0;
        for (double v : m) {
            sum += v;
        }
        return sum;
    }

    /** Length of a vector of independent errors. */
    static double length(double[] errors) {
        double squares = 0;
        for (double e : errors) {
            squares += e * e;
        }
        return Math.sqrt(squares);
    }

    /** C_i with its error. */
    static Uncertain share(double[] m, double[] errors, int i) {
        double sum = sum(m);
        double share = m[i] / sum;
        double squares = 0;
        for (int j = 0; j < m.length; j++) {
            double slope = (j == i ? 1 - share : -share) * errors[j];
            squares += slope * slope;
        }
        return new Uncertain(share, Math.sqrt(squares) / Math.abs(sum));
    }

    /** The error of C_i that relative errors of the m make; empty if one of them is not known. */
    static Optional<Double> systematic(double[] m, java.util.List<Optional<Double>> relative, int i) {
        if (relative.stream().anyMatch(Optional::isEmpty)) {
            return Optional.empty();
        }
        double[] errors = new double[m.length];
        for (int j = 0; j < m.length; j++) {
            errors[j] = m[j] * relative.get(j).orElseThrow();
        }
        return Optional.of(share(m, errors, i).standardError());
    }
}
