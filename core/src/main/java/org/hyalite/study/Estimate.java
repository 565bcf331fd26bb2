package org.hyalite.study;

import java.util.Arrays;
import org.hipparchus.distribution.continuous.TDistribution;
import org.hipparchus.util.FastMath;
import tools.jackson.databind.node.ObjectNode;

/**
 * A number with all that is known of its error, and a 95 % interval.
 *
 * <ul>
 *   <li><b>statistical</b>: the standard deviation s over the replicas of the measured counts;
 *   <li><b>bias</b> b: what the reconstruction does to such a specimen. The reconstructed volumes are taken for the truth, what
 *       the microscope would record of them is simulated, and reconstructed: b is the mean of that less the value. Its own
 *       scatter is a part of the error;
 *   <li><b>systematic</b>: what moves all voxels together: the cross sections' errors, and whatever the user gives.
 * </ul>
 *
 * <p>The value is not corrected by b. The interval reaches {@code h = √(t² (s² + s_b²/n_b) + 1.96² systematic²)} to either
 * side, t being Student's quantile for the number of replicas, and further by 2 |b| on the side on which the truth then lies:
 * the volumes that the bias is simulated from are smoothed and cut off at zero already, so that it comes out too small.
 *
 * @param value as the run found it
 * @param statisticalSd s
 * @param replicaShift mean of the replicas less the value: what noise once more does to it
 * @param bias b
 * @param biasSe standard error of b
 * @param systematicSd one standard deviation
 * @param low lower end of the 95 % interval
 * @param high upper end
 */
record Estimate(
        double value,
        double statisticalSd,
        double replicaShift,
        double bias,
        double biasSe,
        double flatBias,
        double systematicSd,
        double low,
        double high) {
    private static final double NORMAL_975 = 1.959963984540054;

    /** How many times the simulated bias the interval is wider towards it. */
    private static final double BIAS_TIMES = 2;

    /**
     * @param replicas the number in each replica of the measured counts; at least two
     * @param simulated the number in each reconstruction of simulated data; none: the bias is not known and taken as 0
     * @param least what the truth cannot be below
     * @param most what it cannot be above
     */
    static Estimate of(
            double value,
            double[] replicas,
            double[] simulated,
            double filledWith,
            double[] filled,
            double systematicSd,
            double least,
            double most) {
        double flatBias = filled.length == 0 ? 0 : mean(filled) - filledWith;
        double s = sd(replicas);
        double bias = simulated.length == 0 ? 0 : mean(simulated) - value;
        double biasSe = simulated.length == 0
                ? 0
                : (simulated.length > 1 ? sd(simulated) : s) / FastMath.sqrt(simulated.length);
        double t = new TDistribution(replicas.length - 1.0).inverseCumulativeProbability(0.975);
        double half = FastMath.hypot(t * FastMath.hypot(s, biasSe), NORMAL_975 * systematicSd);
        double low = value - half - BIAS_TIMES * Math.max(0, bias);
        double high = value + half + BIAS_TIMES * Math.max(0, -bias);
        return new Estimate(
                value,
                s,
                mean(replicas) - value,
                bias,
                biasSe,
                flatBias,
                systematicSd,
                Math.max(least, Math.min(low, most)),
                Math.min(most, Math.max(high, least)));
    }

    /** One standard deviation of all: statistical, systematic, and the bias as if it were one. */
    double standardError() {
        return Math.sqrt(statisticalSd * statisticalSd + systematicSd * systematicSd + bias * bias + biasSe * biasSe);
    }

    boolean covers(double truth) {
        return low <= truth && truth <= high;
    }

    static double mean(double... values) {
        return Arrays.stream(values).average().orElse(0);
    }

    /** Standard deviation with n − 1. */
    static double sd(double... values) {
        return Math.sqrt(covariance(values, values));
    }

    /** Covariance with n − 1; zero of fewer than two. */
    static double covariance(double[] a, double[] b) {
        double meanA = mean(a);
        double meanB = mean(b);
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (a[i] - meanA) * (b[i] - meanB);
        }
        return a.length < 2 ? 0 : sum / (a.length - 1);
    }

    /** @param unit ends the names of numbers that have one: {@code _per_nm3} */
    ObjectNode toJson(String unit) {
        ObjectNode json = Json.object();
        json.put("value" + unit, value);
        json.put("statistical_sd" + unit, statisticalSd);
        json.put("replica_shift" + unit, replicaShift);
        json.put("bias" + unit, bias);
        json.put("bias_se" + unit, biasSe);
        json.put("bias_of_homogeneous_phases" + unit, flatBias);
        json.put("systematic_sd" + unit, systematicSd);
        json.put("standard_error" + unit, standardError());
        json.set("interval95" + unit, Json.numbers(low, high));
        return json;
    }
}
