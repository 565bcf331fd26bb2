package org.hyalite.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Replicas are worth what their random numbers are: the right distribution, and the same from the same names. */
final class DrawsTest {
    private static final int MANY = 100_000;

    @ParameterizedTest
    @ValueSource(doubles = {0.02, 1, 3.7, 31.9, 32.1, 400})
    void poissonNumbersHaveTheirMeanAndVariance(double mean) {
        Draws draws = Draws.of(7, 1);
        double sum = 0;
        double squares = 0;
        int none = 0;
        for (int i = 0; i < MANY; i++) {
            int n = draws.poisson(mean);
            sum += n;
            squares += (n - mean) * (n - mean);
            none += n == 0 ? 1 : 0;
        }
        double error = Math.sqrt(mean / MANY);
        assertThat(sum / MANY).isBetween(mean - 5 * error, mean + 5 * error);
        // the variance of (n − m)² is m + 2 m²
        double spread = 5 * Math.sqrt((mean + 2 * mean * mean) / MANY);
        assertThat(squares / MANY).isBetween(mean - spread, mean + spread);
        double empty = Math.exp(-mean);
        double emptyError = 5 * Math.sqrt(empty * (1 - empty) / MANY) + 1e-12;
        assertThat((double) none / MANY).isBetween(empty - emptyError, empty + emptyError);
    }

    @Test
    void nothingIsDrawnAboutNothing() {
        assertThat(Draws.of(1, 1).poisson(0)).isZero();
        assertThat(Draws.of(1, 1).poisson(-3)).isZero();
    }

    @Test
    void normalNumbersHaveMeanZeroAndVarianceOne() {
        Draws draws = Draws.of(11, 2);
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < MANY; i++) {
            double v = draws.normal();
            sum += v;
            squares += v * v;
        }
        assertThat(sum / MANY).isBetween(-0.016, 0.016);
        assertThat(squares / MANY).isBetween(0.977, 1.023);
    }

    @Test
    void neighbouringSeedsShareNoSeedOfTheirDraws() {
        Set<Long> seeds = new HashSet<>();
        for (int seed = 0; seed < 100; seed++) {
            for (int draw = 0; draw < 100; draw++) {
                seeds.add(Draws.seed(seed, 31, draw));
            }
        }
        assertThat(seeds).hasSize(100 * 100);
    }

    @Test
    void streamsAreNamedBySeedAndNumbers() {
        assertThat(Draws.of(1, 2, 3).uniform()).isEqualTo(Draws.of(1, 2, 3).uniform());
        assertThat(Draws.of(1, 2, 3).uniform()).isNotEqualTo(Draws.of(1, 3, 2).uniform());
        assertThat(Draws.of(1, 2).uniform()).isNotEqualTo(Draws.of(2, 1).uniform());
        assertThat(Draws.of(1, 2).uniform()).isNotEqualTo(Draws.of(1, 2, 0).uniform());
    }
}
