package org.hyalite.tomo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.hyalite.grid.TiltSeries;
import org.hyalite.progress.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The response of ADF images to each element comes from the data: as large as it is, and never negative. */
final class AdfResponseTest {
    private static final int N = 32;
    private static final int TILTS = 9;
    private final JointParticle particle = JointParticle.of(N, TILTS);

    private AdfResponse found(double countsPerUnit, TiltSeries adf) {
        List<JointData.Channel> channels = particle.channels(countsPerUnit, 5);
        Problem problem = particle.problem(channels, JointParticle.settings());
        return AdfResponse.of(problem, adf, Progress.NONE);
    }

    @ParameterizedTest
    @CsvSource({"30, 7", "8, 30"})
    void two_elements_responses_are_found_from_counts(double first, double second) {
        TiltSeries adf = particle.adf(new double[] {first, second}, 4, 0.5, 3);
        AdfResponse found = found(3, adf);
        assertThat(found.response()[0]).isCloseTo(first, within(0.03 * first));
        assertThat(found.response()[1]).isCloseTo(second, within(0.03 * second));
        double peak = 0;
        for (float value : found.observed().data().image(TILTS / 2).values()) {
            peak = Math.max(peak, value);
        }
        // the row that the solver uses is the same, and the offsets of 5 + 3 t are gone
        assertThat(found.observed().response()[0]).isEqualTo((float) found.response()[0]);
        for (int t = 0; t < TILTS; t++) {
            double border = 0;
            for (int x = 0; x < N; x++) {
                border += found.observed().data().at(t, 0, x) / N;
            }
            assertThat(border).as("image %d", t).isCloseTo(0, within(0.005 * peak));
        }
        for (float e : found.observed().standardErrors().orElseThrow().blocks()[0]) {
            assertThat(e).isPositive().isFinite();
        }
    }

    @Test
    void few_counts_make_it_neither_small_nor_large() {
        // some eight counts in the brightest pixels, where plain least squares is off by an eighth
        double sum = 0;
        for (long seed = 1; seed <= 3; seed++) {
            Problem problem = particle.problem(particle.channels(0.1, seed), JointParticle.settings());
            TiltSeries adf = particle.adf(new double[] {30, 7}, 4, 0.5, seed);
            sum += AdfResponse.of(problem, adf, Progress.NONE).response()[0] / 3;
        }
        assertThat(sum).isCloseTo(30, within(0.04 * 30));
    }

    @Test
    void an_element_that_the_images_do_not_see_has_next_to_no_response() {
        double[] response =
                found(1, particle.adf(new double[] {30, 0}, 4, 0.5, 1)).response();
        assertThat(response[0]).isCloseTo(30, within(0.9));
        assertThat(response[1]).isBetween(0.0, 0.6);
    }

    @Test
    void a_response_is_never_negative() {
        // the second element takes away what the first one gives
        double[] response =
                found(1, particle.adf(new double[] {30, -5}, 200, 0, 4)).response();
        assertThat(response[1]).isZero();
        assertThat(response[0]).isCloseTo(30, within(3.0));
    }
}
