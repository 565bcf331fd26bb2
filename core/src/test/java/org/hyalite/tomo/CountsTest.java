package org.hyalite.tomo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.hyalite.grid.TiltGeometry;
import org.hyalite.grid.TiltSeries;
import org.hyalite.kernel.Slabs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the criteria for the weight assume of counts: thinning is a binomial draw, and the deviance has its expectation. */
final class CountsTest {
    /** Counts between 0 and {@code most}, more than one block along y. */
    private static TiltSeries counts(int most, long seed) {
        Random random = new Random(seed);
        TiltSeries counts = TiltSeries.zeros(TiltGeometry.of(-30, 0, 30), 70, 21, 1);
        for (float[] block : counts.blocks()) {
            for (int i = 0; i < block.length; i++) {
                block[i] = random.nextInt(most + 1);
            }
        }
        return counts;
    }

    private static Observed observed(TiltSeries counts) {
        TiltSeries background = counts.copy();
        for (float[] block : background.blocks()) {
            Arrays.fill(block, 0.8f);
        }
        DataTerm term = new DataTerm.KullbackLeibler(background, new double[] {1, 2, 3});
        return Observed.single(counts, Optional.empty(), term);
    }

    @ParameterizedTest
    @CsvSource({"0.2, 3, 1", "0.5, 40, 2", "0.05, 9, 3", "0.9, 1, 4"})
    void what_is_set_aside_and_what_is_kept_are_all_and_binomial(double share, int most, long seed) {
        TiltSeries counts = counts(most, seed);
        Observed drawn = observed(counts).thinned(share, seed);
        TiltSeries aside = drawn.setAside().data();
        TiltSeries kept = drawn.kept().data();
        double excess = 0;
        double squares = 0;
        double expected = 0;
        double fourth = 0;
        for (int b = 0; b < counts.blocks().length; b++) {
            for (int i = 0; i < counts.blocks()[b].length; i++) {
                float n = counts.blocks()[b][i];
                float k = aside.blocks()[b][i];
                assertThat(k).isBetween(0f, n).isEqualTo((float) Math.rint(k));
                assertThat(kept.blocks()[b][i]).isEqualTo(n - k);
                double variance = n * share * (1 - share);
                excess += k - share * n;
                squares += Math.pow(k - share * n, 2);
                expected += variance;
                fourth += variance * (1 + 3 * (n - 2) * share * (1 - share)) - variance * variance;
            }
        }
        // four standard deviations of the sums of a binomial's first and second moments
        assertThat(excess).isCloseTo(0, within(4 * Math.sqrt(expected)));
        assertThat(squares).isCloseTo(expected, within(4 * Math.sqrt(fourth)));
    }

    @Test
    void the_parts_expect_their_share_of_the_line_and_of_the_background() {
        Observed drawn = observed(counts(9, 1)).thinned(0.25, 1);
        DataTerm.KullbackLeibler aside =
                (DataTerm.KullbackLeibler) drawn.setAside().term();
        DataTerm.KullbackLeibler kept = (DataTerm.KullbackLeibler) drawn.kept().term();
        assertThat(aside.countsPerUnit()).containsExactly(0.25, 0.5, 0.75);
        assertThat(kept.countsPerUnit()).containsExactly(0.75, 1.5, 2.25);
        assertThat((double) aside.background().at(1, 65, 3)).isCloseTo(0.2, within(1e-7));
        assertThat((double) kept.background().at(1, 65, 3)).isCloseTo(0.6, within(1e-7));
    }

    @Test
    void the_seed_names_the_draw_and_the_counts_are_left_alone() {
        TiltSeries counts = counts(20, 5);
        TiltSeries before = counts.copy();
        float[][] one = Thinned.of(counts, 0.3, 11).setAside().blocks();
        float[][] same = Thinned.of(counts, 0.3, 11).setAside().blocks();
        float[][] other = Thinned.of(counts, 0.3, 12).setAside().blocks();
        assertThat(Arrays.deepEquals(one, same)).isTrue();
        assertThat(Arrays.deepEquals(one, other)).isFalse();
        assertThat(Arrays.deepEquals(counts.blocks(), before.blocks())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(floats = {0.5f, -1, 2.25f, Float.NaN, Float.POSITIVE_INFINITY, 3e9f})
    void what_is_no_whole_number_is_refused_in_one_line(float bad) {
        TiltSeries counts = counts(4, 6);
        counts.set(2, 66, 7, bad);
        assertThatThrownBy(() -> Thinned.of(counts, 0.2, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("only whole numbers can be thinned")
                .hasMessageNotContaining("\n");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, -0.1, 1.5, Double.NaN})
    void a_share_that_is_none_is_refused(double share) {
        assertThatThrownBy(() -> Thinned.of(counts(4, 6), share, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("share of " + share);
    }

    @Test
    void the_expected_deviance_is_the_sum_over_all_counts() {
        PoissonDeviance deviance = new PoissonDeviance();
        for (double mean = 1e-3; mean <= 120; mean *= 1.07) {
            double sum = 0;
            double logFactorial = 0;
            for (int k = 0; k < 400; k++) {
                logFactorial += k > 0 ? Math.log(k) : 0;
                double half = mean - k + (k > 0 ? k * Math.log(k / mean) : 0);
                sum += Math.exp(k * Math.log(mean) - mean - logFactorial) * half;
            }
            assertThat(deviance.expectedHalf(mean)).as("mean %s", mean).isCloseTo(sum, within(1e-3));
        }
        assertThat(deviance.expectedHalf(0)).isZero();
        assertThat(deviance.expectedHalf(1e-9)).isBetween(0.0, 1e-6);
        assertThat(deviance.expectedHalf(1e6)).isCloseTo(0.5, within(1e-4));
    }

    @Test
    void noise_alone_leaves_the_expected_misfit() {
        TiltSeries seen = counts(6, 3);
        Observed empty = observed(seen.copy());
        Random random = new Random(2);
        double[] gains = {1, 2, 3};
        double sum = 0;
        for (int trial = 0; trial < 5; trial++) {
            TiltSeries drawn = seen.copy();
            for (int t = 0; t < 3; t++) {
                for (int y = 0; y < 70; y++) {
                    for (int x = 0; x < 21; x++) {
                        double mean = gains[t] * seen.at(t, y, x) + 0.8;
                        drawn.set(t, y, x, JointParticle.poisson(random, mean));
                    }
                }
            }
            sum += observed(drawn).fit(Slabs.of(1)).value(seen.blocks()) / 5;
        }
        double expected = empty.expectedMisfit(seen, Slabs.of(1));
        // 22 050 terms of standard deviation about 0.7: the mean of five is known to 1 % with room
        assertThat(sum).isCloseTo(expected, within(0.03 * expected));
    }
}
