package org.hyalite.align;

import java.util.List;
import org.hyalite.progress.Progress;

/**
 * The axis rotation at which the images agree best with the volume they make, from a parabola through their misfits at
 * three angles; combined with the rotation found before, each weighted by its error. The error is had by leaving out
 * images in turn (jackknife).
 *
 * @param rotationDeg the rotation, degrees
 * @param errorDeg its standard error, degrees
 */
record AxisTurn(double rotationDeg, double errorDeg) {
    private static final double STEP_DEG = 0.5;
    private static final double LARGEST_DEG = 45;

    /** The rotation of an alignment, bettered; left alone where its own error says that the axis is fixed. */
    static AxisTurn find(ProjectionMatcher matcher, Alignment alignment, int bin, Progress progress) {
        double before = alignment.axisRotationDeg();
        double error =
                alignment.quality().map(AlignmentQuality::rotationErrorDeg).orElse(Double.NaN);
        if (!(error > 0) || Math.abs(before) + STEP_DEG > LARGEST_DEG) {
            return new AxisTurn(before, error);
        }
        double[][] squares = new double[3][];
        for (int k = 0; k < 3; k++) {
            progress.report("axis by projection matching", k / 3.0);
            List<ImageMatch.Found> found =
                    matcher.together(alignment.withAxis(alignment.axisOffsetPx(), before + (k - 1) * STEP_DEG), bin);
            squares[k] = found.stream().mapToDouble(ImageMatch.Found::squares).toArray();
        }
        double[] own = vertex(squares[0], squares[1], squares[2], STEP_DEG);
        if (!(own[1] < Double.POSITIVE_INFINITY) || Math.abs(own[0]) > 2 * STEP_DEG) {
            return new AxisTurn(before, error);
        }
        double trustBefore = Double.isInfinite(error) ? 0 : 1 / (error * error);
        double trustOwn = 1 / (own[1] * own[1]);
        double turn = own[0] * trustOwn / (trustOwn + trustBefore);
        // two estimates that lie further apart than their errors say are both less sure
        double stated = Math.sqrt(1 / (trustOwn + trustBefore));
        double apart = Double.isInfinite(error) ? 0 : Math.abs(own[0]) / Math.hypot(error, own[1]);
        return new AxisTurn(before + turn, stated * Math.max(1, apart));
    }

    /**
     * Where the sum of parabolas through three equidistant points is least, from the middle point, and its standard error
     * by leaving out each in turn; infinite if the sum has no minimum.
     */
    static double[] vertex(double[] low, double[] middle, double[] high, double step) {
        int n = middle.length;
        double slope = 0;
        double bend = 0;
        for (int i = 0; i < n; i++) {
            slope += (high[i] - low[i]) / (2 * step);
            bend += (low[i] - 2 * middle[i] + high[i]) / (step * step);
        }
        if (!(bend > 0) || n < 2) {
            return new double[] {0, Double.POSITIVE_INFINITY};
        }
        double best = -slope / bend;
        double squares = 0;
        for (int i = 0; i < n; i++) {
            double s = slope - (high[i] - low[i]) / (2 * step);
            double b = bend - (low[i] - 2 * middle[i] + high[i]) / (step * step);
            if (!(b > 0)) {
                return new double[] {best, Double.POSITIVE_INFINITY};
            }
            squares += (-s / b - best) * (-s / b - best);
        }
        return new double[] {best, Math.sqrt(squares * (n - 1) / n)};
    }
}
