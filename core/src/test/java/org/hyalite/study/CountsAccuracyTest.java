package org.hyalite.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.hyalite.progress.Progress;
import org.hyalite.study.recipe.InputException;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** That net counts are right on average, at the least scatter there can be, and that their errors say so. */
class CountsAccuracyTest {
    private static final int SPECTRA = 60;

    /** How often a normal value lies within one standard deviation of its mean. */
    private static final double NORMAL = 0.6827;

    private static final double SIGMAS = 4.5;

    @Test
    void netCountsAreUnbiasedAndEfficientAndTheirErrorsCover() {
        StudyResult result = CountsAccuracy.run(SPECTRA, 4, 2, Progress.NONE);
        JsonNode rows = result.summary().path("rows");
        double binomial = SIGMAS * Math.sqrt(NORMAL * (1 - NORMAL) / SPECTRA);
        int judged = 0;
        double efficiency = 0;
        double covered = 0;
        for (JsonNode row : rows) {
            boolean linear = row.path("estimator").asString("").equals("linear");
            if (linear || row.path("expected").asDouble() > 20) {
                assertThat(row.path("z").asDouble()).as(row.toString()).isBetween(-4.0, 4.0);
            }
            if (row.path("expected").asDouble() > 20) {
                efficiency += row.path("variance_over_least").asDouble();
                covered += row.path("covered").asDouble();
                assertThat(row.path("covered").asDouble())
                        .as(row.toString())
                        .isBetween(NORMAL - binomial, NORMAL + binomial);
                assertThat(row.path("variance_over_least").asDouble())
                        .as(row.toString())
                        .isBetween(variance(-SIGMAS), variance(SIGMAS));
                judged++;
            }
        }
        assertThat(judged).isGreaterThan(100);
        // 74 lines of 60 spectra: the mean variance is known to 2.1 %, the mean coverage to 0.7 %
        assertThat(efficiency / judged).isBetween(0.92, 1.08);
        assertThat(covered / judged).isBetween(0.65, 0.71);
        JsonNode criterion = result.summary().path("criterion");
        assertThat(criterion.path("rows_judged").asInt()).isGreaterThan(judged);
        assertThat(result.lines()).anyMatch(line -> line.startsWith("criterion"));
        for (JsonNode name : criterion.path("outside")) {
            assertThat(result.lines()).contains("  " + name.asString());
        }
    }

    /** The variance of {@link #SPECTRA} normal values over the true one, at a quantile in sigmas (Wilson and Hilferty). */
    private static double variance(double sigmas) {
        double w = 2 / (9.0 * (SPECTRA - 1));
        return Math.pow(1 - w + sigmas * Math.sqrt(w), 3);
    }

    @Test
    void tooFewSpectraAreRefused() {
        assertThatThrownBy(() -> CountsAccuracy.run(3, 1, 1, Progress.NONE))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("3 spectra");
    }
}
