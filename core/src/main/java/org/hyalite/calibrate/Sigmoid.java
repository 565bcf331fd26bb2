package org.hyalite.calibrate;

import java.util.Optional;
import org.hipparchus.exception.MathRuntimeException;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.RealVector;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LeastSquaresBuilder;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LeastSquaresOptimizer;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LevenbergMarquardtOptimizer;
import org.hipparchus.optim.nonlinear.vector.leastsquares.MultivariateJacobianFunction;
import org.hipparchus.special.Erf;
import org.hipparchus.util.Pair;

/**
 * An edge-spread function {@code a + b/2 · erfc((T − T₀) / (√2 w))}: it falls from {@code a + b} to {@code a}, steepest
 * at {@code T₀}.
 *
 * @param a level beyond the edge, in the unit of what was fitted
 * @param b height of the edge, likewise
 * @param centre {@code T₀}, grey value
 * @param width {@code w}, grey value
 * @param rSquared share of the variance that it explains
 */
public record Sigmoid(double a, double b, double centre, double width, double rSquared) {
    private static final int EVALUATIONS = 2000;

    /** The function at a grey value. */
    public double at(double t) {
        return a + b / 2 * Erf.erfc((t - centre) / (Math.sqrt(2) * width));
    }

    /**
     * The least-squares fit (Levenberg–Marquardt) to a falling flank, or empty if there is none: fewer than six points,
     * no solution, or nothing that falls.
     */
    static Optional<Sigmoid> fit(double[] t, double[] values) {
        int n = t.length;
        if (n < 6) {
            return Optional.empty();
        }
        double scale = 0;
        for (double v : values) {
            scale = Math.max(scale, Math.abs(v));
        }
        double range = t[n - 1] - t[0];
        if (!(scale > 0) || !(range > 0)) {
            return Optional.empty();
        }
        double[] u = new double[n];
        double[] v = new double[n];
        for (int i = 0; i < n; i++) {
            u[i] = (t[i] - t[0]) / range;
            v[i] = values[i] / scale;
        }
        try {
            LeastSquaresOptimizer.Optimum best = new LevenbergMarquardtOptimizer()
                    .optimize(new LeastSquaresBuilder()
                            .model(model(u))
                            .target(v)
                            .start(new double[] {v[n - 1], v[0] - v[n - 1], 0.3, 0.15})
                            .maxEvaluations(EVALUATIONS)
                            .maxIterations(EVALUATIONS)
                            .build());
            RealVector p = best.getPoint();
            double mean = 0;
            for (double value : v) {
                mean += value / n;
            }
            double total = 0;
            for (double value : v) {
                total += (value - mean) * (value - mean);
            }
            double explained = total > 0 ? 1 - best.getCost() * best.getCost() / total : 0;
            double width = Math.abs(p.getEntry(3)) * range;
            Sigmoid found = new Sigmoid(
                    p.getEntry(0) * scale, p.getEntry(1) * scale, t[0] + p.getEntry(2) * range, width, explained);
            boolean falls = found.b > 0 && width > 0 && Double.isFinite(found.centre) && Double.isFinite(found.a);
            return falls ? Optional.of(found) : Optional.empty();
        } catch (MathRuntimeException notConverged) {
            return Optional.empty(); // no sigmoid is a result: the half-way level is then used
        }
    }

    private static MultivariateJacobianFunction model(double[] u) {
        return point -> {
            double b = point.getEntry(1);
            double centre = point.getEntry(2);
            double w = Math.max(Math.abs(point.getEntry(3)), 1e-6);
            RealVector value = new ArrayRealVector(u.length);
            Array2DRowRealMatrix slope = new Array2DRowRealMatrix(u.length, 4);
            for (int i = 0; i < u.length; i++) {
                double q = (u[i] - centre) / w;
                double half = Erf.erfc(q / Math.sqrt(2)) / 2;
                double gauss = Math.exp(-q * q / 2) / Math.sqrt(2 * Math.PI);
                value.setEntry(i, point.getEntry(0) + b * half);
                slope.setEntry(i, 0, 1);
                slope.setEntry(i, 1, half);
                slope.setEntry(i, 2, b * gauss / w);
                slope.setEntry(i, 3, b * gauss * q / w * Math.signum(point.getEntry(3)));
            }
            return new Pair<>(value, slope);
        };
    }
}
