package org.hyalite.study;

import java.util.Arrays;
import org.hipparchus.distribution.continuous.TDistribution;
import tools.jackson.databind.node.ObjectNode;

/**
 * A number with all that is known of its error, and a 95 % interval.
 *
 * <ul>
 *   <li><b>statistical</b>: the standard deviation s over the replicas of the measured counts;
 *   <li><b>bias</b>: what the reconstruction does to such a specimen, by parametric bootstrap: what the microscope would record of
 *       a volume is simulated and reconstructed, and the mean of that less what was put in is a bias. Two volumes are put in: the
 *       reconstructed one, whose edges and noise are smoothed already ({@code biasOfVolumes}), and homogeneous phases with sharp
 *       edges, which overshoot and lose as a sharp specimen does ({@code biasOfPhases});
 *   <li><b>systematic</b>: what moves all voxels together: the cross sections' errors, and whatever the user gives.
 * </ul>
 *
 * <p>The value is not corrected. The 95 % interval holds the value and the value less either bias, and reaches
 * {@code h = √(t² (s² + s_b²) + 1.96² systematic² + b²/4)} beyond these: t is Student's quantile for the number of replicas,
 * s_b the standard error of the biases, b the larger of them, which is taken as known to half of itself.
 *
 * @param value as the run found it
 * @param statisticalSd s
 * @param replicaShift mean of the replicas less the value: what noise once more does to it
 * @param biasOfVolumes of the reconstructed volumes
 * @param biasOfPhases of homogeneous phases
 * @param biasSe standard error of the two
 * @param systematicSd one standard deviation
 * @param low lower end of the 95 % interval
 * @param high upper end
 */
record Estimate(
        double value,
        double statisticalSd,
        double replicaShift,
        double biasOfVolumes,
        double biasOfPhases,
        double biasSe,
        double systematicSd,
        double low,
        double high) {
    private static final double NORMAL_975 = 1.959963984540054;

    /** A bias is known to this share of itself. */
    private static final double BIAS_KNOWN = 0.5;

    /**
     * @param replicas the number in each replica of the measured counts; at least two
     * @param volumes the number in each reconstruction of what was simulated of the reconstructed volumes
     * @param phases the same of homogeneous phases with this value
     * @param least what the truth cannot be below
     * @param most what it cannot be above
     */
    static Estimate of(
            double value,
            double[] replicas,
            double[] volumes,
            double[] phases,
            double systematicSd,
            double least,
            double most) {
        double s = sd(replicas);
        double ofVolumes = volumes.length == 0 ? 0 : mean(volumes) - value;
        double ofPhases = phases.length == 0 ? 0 : mean(phases) - value;
        int fewest = Math.min(volumes.length, phases.length);
        // the simulations' scatter is that of the replicas, which are more
        double biasSe = fewest == 0 ? 0 : s / Math.sqrt(fewest);
        double largest = Math.max(Math.abs(ofVolumes), Math.abs(ofPhases));
        double t = new TDistribution(replicas.length - 1.0).inverseCumulativeProbability(0.975);
        double half = Math.hypot(
                Math.hypot(t * Math.hypot(s, biasSe), NORMAL_975 * systematicSd), BIAS_KNOWN * largest);
        double low = value - Math.max(0, Math.max(ofVolumes, ofPhases)) - half;
        double high = value - Math.min(0, Math.min(ofVolumes, ofPhases)) + half;
        return new Estimate(
                value,
                s,
                mean(replicas) - value,
                ofVolumes,
                ofPhases,
                biasSe,
                systematicSd,
                Math.max(least, Math.min(low, most)),
                Math.min(most, Math.max(high, least)));
    }

    /** One standard deviation of all: statistical, systematic, and the larger bias as if it were one. */
    double standardError() {
        double bias = Math.max(Math.abs(biasOfVolumes), Math.abs(biasOfPhases));
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
        json.put("bias_of_volumes" + unit, biasOfVolumes);
        json.put("bias_of_homogeneous_phases" + unit, biasOfPhases);
        json.put("bias_se" + unit, biasSe);
        json.put("systematic_sd" + unit, systematicSd);
        json.put("standard_error" + unit, standardError());
        json.set("interval95" + unit, Json.numbers(low, high));
        return json;
    }
}
