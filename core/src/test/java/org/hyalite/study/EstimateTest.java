package org.hyalite.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.hyalite.physics.Element;
import org.junit.jupiter.api.Test;

/** An interval that says 95 % must hold the truth that often, also with few replicas, and where the truth is at its bound. */
final class EstimateTest {
    private static final double[] NONE = {};
    private static final double FREE = Double.POSITIVE_INFINITY;

    @Test
    void withoutBiasTheIntervalCoversNinetyFivePercentOfTheTime() {
        Random random = new Random(5);
        for (int replicas : new int[] {4, 10}) {
            int covered = 0;
            int runs = 4000;
            for (int i = 0; i < runs; i++) {
                double value = 3 + random.nextGaussian();
                double[] drawn = new double[replicas];
                for (int r = 0; r < replicas; r++) {
                    drawn[r] = value + random.nextGaussian();
                }
                covered += Estimate.of(value, drawn, NONE, NONE, 0, -FREE, FREE).covers(3) ? 1 : 0;
            }
            // three standard deviations of a share of 4000
            assertThat((double) covered / runs).isBetween(0.94, 0.96);
        }
    }

    @Test
    void theIntervalHoldsTheValueAndTheValueLessEitherBias() {
        double[] replicas = {5.01, 4.99, 5.0, 5.02, 4.98};
        Estimate estimate = Estimate.of(5, replicas, new double[] {5.2}, new double[] {5.5}, 0, 0, FREE);
        assertThat(estimate.biasOfVolumes()).isCloseTo(0.2, within(1e-12));
        assertThat(estimate.biasOfPhases()).isCloseTo(0.5, within(1e-12));
        assertThat(estimate.covers(5)).isTrue();
        assertThat(estimate.covers(4.5)).isTrue();
        // half of the larger bias beyond, and little more
        assertThat(estimate.low()).isBetween(4.2, 4.25);
        assertThat(estimate.high()).isBetween(5.25, 5.3);
        assertThat(estimate.value()).isEqualTo(5);
    }

    @Test
    void systematicErrorsWidenTheIntervalByTheirQuantile() {
        double[] same = {2, 2, 2};
        Estimate estimate = Estimate.of(2, same, same, same, 0.1, 0, FREE);
        assertThat(estimate.high() - estimate.low()).isCloseTo(2 * 1.96 * 0.1, within(1e-4));
        assertThat(estimate.standardError()).isCloseTo(0.1, within(1e-12));
    }

    @Test
    void theIntervalStaysWhereTheTruthCanBe() {
        Estimate estimate = Estimate.of(0.001, new double[] {0, 0.002, 0.004}, NONE, NONE, 0.01, 0, 1);
        assertThat(estimate.low()).isZero();
        assertThat(Estimate.of(0.999, new double[] {1, 0.998}, NONE, NONE, 0.01, 0, 1)
                        .high())
                .isEqualTo(1);
    }

    @Test
    void scaleErrorsOfElementsMoveFractionAndDensityTogether() {
        Element co = Element.of("Co");
        Element zn = Element.of("Zn");
        Map<Element, Double> means = new LinkedHashMap<>(Map.of(co, 3.6, zn, 2.4));
        Map<Element, Double> relative = Map.of(co, 0.02, zn, 0.01);
        double[][] covariance = PhaseUncertainty.systematic(means, zn, relative, 0.005);
        // against draws
        Random random = new Random(1);
        int n = 200_000;
        double[] x = new double[n];
        double[] d = new double[n];
        for (int i = 0; i < n; i++) {
            double all = 1 + 0.005 * random.nextGaussian();
            double a = 3.6 * (1 + 0.02 * random.nextGaussian()) * all;
            double b = 2.4 * (1 + 0.01 * random.nextGaussian()) * all;
            x[i] = b / (a + b);
            d[i] = a + b;
        }
        assertThat(covariance[0][0]).isCloseTo(Estimate.covariance(x, x), within(0.02 * covariance[0][0]));
        assertThat(covariance[1][1]).isCloseTo(Estimate.covariance(d, d), within(0.02 * covariance[1][1]));
        assertThat(covariance[0][1]).isEqualTo(covariance[1][0]).isNegative();
        assertThat(covariance[0][1])
                .isCloseTo(Estimate.covariance(x, d), within(0.03 * Math.abs(covariance[0][1]) + 1e-6));
    }

    @Test
    void aPhaseOfOneElementHasAnExactFraction() {
        Element co = Element.of("Co");
        Element zn = Element.of("Zn");
        Map<Element, Double> pure = new LinkedHashMap<>(Map.of(co, 5.0, zn, 0.0));
        double[][] covariance = PhaseUncertainty.systematic(pure, zn, Map.of(co, 0.02, zn, 0.02), 0);
        assertThat(covariance[0][0]).isZero();
        assertThat(covariance[1][1]).isCloseTo(0.01, within(1e-12));
    }
}
