package org.hyalite.align;

/**
 * The choice among geometries that no data can tell apart. Known is, for every image, the column where the axis stands
 * in it as recorded, up to {@code a cos θ + b sin θ}. Chosen (ours):
 *
 * <ul>
 *   <li>the image nearest zero tilt is not shifted, as the contract has it;
 *   <li>b such that the particle's centre of mass lies at the height of the axis, hence in the middle of the volume;
 *   <li>a, and with it the axis offset, such that {@code Σ shift² / s² + offset² / (3 % of the field)²} is least: the
 *       smallest movements that explain the images (whatever the particle's height), where s is the scatter of the
 *       movements themselves. Where images are barely shifted this finds the true offset of the axis; where they are
 *       shifted at random it cannot, and says how far it may be off.
 * </ul>
 */
final class AxisGauge {
    private static final double USUAL_OFFSET = 0.03;

    /** What each image is moved by across the axis, pixels. */
    final double[] shift;

    /** Column of the axis from the centre, pixels. */
    final double offset;

    /** How far another choice of a could have it, pixels. */
    final double offsetSd;

    private AxisGauge(double[] shift, double offset, double offsetSd) {
        this.shift = shift;
        this.offset = offset;
        this.offsetSd = offsetSd;
    }

    /**
     * @param place column of the axis in each image as recorded, up to {@code a cos θ + b sin θ}
     * @param centre column of the centre of mass in each image as recorded
     */
    static AxisGauge choose(double[] place, double[] centre, double[] tiltsDeg, int start, int nx) {
        int n = place.length;
        double[][] basis = {new double[n], new double[n]};
        double[] lever = new double[n];
        double[] column = new double[n];
        for (int i = 0; i < n; i++) {
            basis[0][i] = Math.cos(Math.toRadians(tiltsDeg[i]));
            basis[1][i] = Math.sin(Math.toRadians(tiltsDeg[i]));
            lever[i] = centre[i] - place[i];
        }
        double[] alike = new double[n];
        java.util.Arrays.fill(alike, 1);
        double high = regress(basis, lever, alike)[1];
        for (int i = 0; i < n; i++) {
            column[i] = place[i] + high * basis[1][i];
        }
        // shift_i = offset − column_i − a cos θ_i − c sin θ_i with shift_start = 0, so that a follows from offset and
        // c; c, how
        // far the height of the axis is from the particle's, is only there to judge the offset
        double[] free = new double[n];
        double[][] per = new double[2][n];
        double square = 0;
        for (int i = 0; i < n; i++) {
            double ratio = basis[0][i] / basis[0][start];
            free[i] = column[start] * ratio - column[i];
            per[0][i] = 1 - ratio;
            per[1][i] = basis[1][i] - basis[1][start] * ratio;
        }
        double[] smallest = regress(per, free, alike);
        double scatter = 0;
        for (int i = 0; i < n; i++) {
            double s = free[i] - smallest[0] * per[0][i] - smallest[1] * per[1][i];
            scatter += s * s / Math.max(1, n - 3);
            square += per[0][i] * per[0][i];
        }
        double stiff = scatter / (USUAL_OFFSET * nx * USUAL_OFFSET * nx);
        double offset = square + stiff > 0 ? -smallest[0] * square / (square + stiff) : 0;
        double[] shift = new double[n];
        for (int i = 0; i < n; i++) {
            shift[i] = i == start ? 0 : free[i] + offset * per[0][i];
        }
        double sd = square + stiff > 0 ? Math.sqrt(scatter / (square + stiff)) : USUAL_OFFSET * nx;
        return new AxisGauge(shift, offset, sd);
    }

    /** Weighted least squares of values on two columns. */
    static double[] regress(double[][] basis, double[] values, double[] weights) {
        double[][] normal = new double[2][3];
        for (int i = 0; i < values.length; i++) {
            for (int a = 0; a < 2; a++) {
                normal[a][0] += weights[i] * basis[a][i] * basis[0][i];
                normal[a][1] += weights[i] * basis[a][i] * basis[1][i];
                normal[a][2] += weights[i] * basis[a][i] * values[i];
            }
        }
        return Linear.solve(normal);
    }
}
