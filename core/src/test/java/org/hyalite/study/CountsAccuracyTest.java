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

    @Test
    void netCountsAreUnbiasedAndEfficientAndTheirErrorsCover() {
        JsonNode rows =
                CountsAccuracy.run(SPECTRA, 4, 2, Progress.NONE).summary().path("rows");
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
                judged++;
            }
        }
        assertThat(judged).isGreaterThan(100);
        // 74 lines of 60 spectra: the mean variance is known to 2.1 %, the mean coverage to 0.7 %
        assertThat(efficiency / judged).isBetween(0.92, 1.08);
        assertThat(covered / judged).isBetween(0.65, 0.71);
    }

    @Test
    void tooFewSpectraAreRefused() {
        assertThatThrownBy(() -> CountsAccuracy.run(3, 1, 1, Progress.NONE))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("3 spectra");
    }
}
