package org.hyalite.study;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.hyalite.phase.PhaseRegion;
import org.hyalite.physics.Element;

/**
 * What is known of the means of one phase.
 *
 * @param covariance of (X, N), statistical and systematic together
 * @param statisticalCovariance of (X, N) over the replicas
 * @param volumeNm3 as the run found it
 * @param volumeSdNm3 over the replicas in which a phase of this name was found, threshold and phases anew
 * @param volumeReplicas how many these are
 */
record PhaseUncertainty(
        PhaseRegion region,
        Estimate fraction,
        Estimate density,
        double[][] covariance,
        double[][] statisticalCovariance,
        double volumeNm3,
        double volumeSdNm3,
        int volumeReplicas) {
    /**
     * @param own X and N of the measurement, taken as the replicas' are
     * @param elements mean density of each element in the phase
     * @param numerator the element of X
     * @param relative relative systematic standard deviation of each element's density, independent of one another
     * @param common relative systematic standard deviation that all elements share
     */
    static PhaseUncertainty of(
            PhaseRegion region,
            int phase,
            PhaseMeans own,
            ReplicaState state,
            Map<Element, Double> elements,
            Element numerator,
            Map<Element, Double> relative,
            double common) {
        double[] x = ReplicaState.values(state.measured(), phase, r -> r.means().fraction());
        double[] n = ReplicaState.values(state.measured(), phase, r -> r.means().density());
        double[] simulatedX = ReplicaState.values(state.simulated(), phase, r -> r.means().fraction());
        double[] simulatedN = ReplicaState.values(state.simulated(), phase, r -> r.means().density());
        double[] filledX = ReplicaState.values(state.homogeneous(), phase, r -> r.means().fraction());
        double[] filledN = ReplicaState.values(state.homogeneous(), phase, r -> r.means().density());
        double[][] systematic = systematic(elements, numerator, relative, common);
        Estimate fraction = Estimate.of(own.fraction(), x, simulatedX, filledX, Math.sqrt(systematic[0][0]), 0, 1);
        Estimate density = Estimate.of(
                own.density(), n, simulatedN, filledN, Math.sqrt(systematic[1][1]), 0, Double.POSITIVE_INFINITY);
        double[][] statistical = {
            {Estimate.covariance(x, x), Estimate.covariance(x, n)},
            {Estimate.covariance(n, x), Estimate.covariance(n, n)}
        };
        double[][] all = new double[2][2];
        for (int i = 0; i < 2; i++) {
            for (int k = 0; k < 2; k++) {
                all[i][k] = statistical[i][k] + systematic[i][k];
            }
        }
        double[] volumes = Arrays.stream(ReplicaState.values(state.measured(), phase, ReplicaState.Row::volumeNm3))
                .filter(Double::isFinite)
                .toArray();
        return new PhaseUncertainty(
                region,
                fraction,
                density,
                all,
                statistical,
                region.volumeNm3(),
                Estimate.sd(volumes),
                volumes.length);
    }

    /**
     * Covariance of (X, N) by relative errors of the elements' densities n: {@code ∂N/∂ln n_E = n_E},
     * {@code ∂X/∂ln n_E = X (δ_EA − n_E/N)}, A the element of X.
     */
    static double[][] systematic(
            Map<Element, Double> elements, Element numerator, Map<Element, Double> relative, double common) {
        double n = elements.values().stream().mapToDouble(d -> d).sum();
        double x = n > 0 ? Objects.requireNonNull(elements.get(numerator)) / n : 0;
        double[][] covariance = new double[2][2];
        elements.forEach((element, density) -> {
            double s = relative.getOrDefault(element, 0.0);
            double dx = n > 0 ? x * ((element.equals(numerator) ? 1 : 0) - density / n) : 0;
            covariance[0][0] += dx * dx * s * s;
            covariance[0][1] += dx * density * s * s;
            covariance[1][0] += dx * density * s * s;
            covariance[1][1] += density * density * s * s;
        });
        covariance[1][1] += n * n * common * common;
        return covariance;
    }
}
