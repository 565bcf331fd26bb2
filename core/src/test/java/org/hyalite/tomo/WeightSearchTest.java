package org.hyalite.tomo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.hyalite.grid.TiltSeries;
import org.hyalite.progress.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each criterion finds a weight, with its curve, from the data that it needs, and is refused without them. */
final class WeightSearchTest {
    private static final int N = 24;
    private static final int TILTS = 9;
    private final JointParticle particle = JointParticle.of(N, TILTS);

    private static ReconstructionSettings settings(Weight.Criterion criterion) {
        return JointParticle.settings().with(new Weight.Auto(criterion));
    }

    private static void requireSound(Problem problem, WeightSearch.Choice choice) {
        assertThat(choice.alpha()).isPositive().isFinite();
        assertThat(choice.criterion()).isNotBlank().doesNotContain("weakest", "too few");
        assertThat(choice.curve()).hasSizeGreaterThan(1);
        double before = 0;
        for (WeightPoint point : choice.curve()) {
            assertThat(point.weight()).isGreaterThan(before);
            assertThat(point.value()).isPositive().isFinite();
            before = point.weight();
        }
        // the choice lies on the path
        double w = choice.alpha() / problem.scale();
        assertThat(w).isBetween(choice.curve().get(0).weight() / 2, before * 2);
    }

    @ParameterizedTest
    @EnumSource(Weight.Criterion.class)
    void two_elements_and_mixed_images_get_a_weight(Weight.Criterion criterion) {
        Problem counted = particle.problem(particle.channels(0.3, 4), settings(criterion));
        List<Observed> all = new ArrayList<>(counted.observed());
        TiltSeries adf = particle.adf(new double[] {30, 7}, 400, 0.5, 3);
        TiltSeries errors = adf.copy();
        for (int t = 0; t < TILTS; t++) {
            for (int y = 0; y < N; y++) {
                for (int x = 0; x < N; x++) {
                    adf.set(t, y, x, adf.at(t, y, x) - 5 - 3 * t);
                    errors.set(t, y, x, 25);
                }
            }
        }
        float[] response = {30, 7};
        DataTerm term = new DataTerm.WeightedLeastSquares();
        all.add(new Observed(adf, Optional.of(errors), term, response, Optional.empty()));
        Problem problem = new Problem(counted.projector(), all, counted.settings());
        requireSound(problem, WeightSearch.choose(problem, Progress.NONE));
    }

    @ParameterizedTest
    @EnumSource(
            value = Weight.Criterion.class,
            names = {"LEFT_OUT_TILTS", "DISCREPANCY"})
    void maps_with_standard_errors_get_a_weight(Weight.Criterion criterion) {
        TiltSeries data = particle.image(0);
        TiltSeries errors = data.copy();
        Random random = new Random(3);
        for (int i = 0; i < data.blocks()[0].length; i++) {
            errors.blocks()[0][i] = 3 + 2 * random.nextFloat();
            data.blocks()[0][i] += (float) (errors.blocks()[0][i] * random.nextGaussian());
        }
        for (DataTerm term : List.of(new DataTerm.LeastSquares(), new DataTerm.WeightedLeastSquares())) {
            Problem problem = new Problem(
                    particle.projector,
                    List.of(Observed.single(data, Optional.of(errors), term)),
                    settings(criterion).with(new Regulariser.Tv()));
            requireSound(problem, WeightSearch.choose(problem, Progress.NONE));
        }
    }

    @Test
    void the_discrepancy_principles_weight_leaves_what_the_noise_is() {
        // a path of halves, each solved to 1 %, and the misfit taken as linear between two
        Problem problem = particle.problem(particle.channels(0.3, 4), settings(Weight.Criterion.DISCREPANCY));
        WeightSearch.Choice choice = WeightSearch.choose(problem, Progress.NONE);
        requireSound(problem, choice);
        PrimalDual solver = problem.cold(problem.settings().regulariser());
        solver.weight(choice.alpha());
        List<PrimalDual.Evaluation> history = solver.solve(1e-3, 1000, Progress.NONE, "");
        double expected = 0;
        for (int c = 0; c < 2; c++) {
            expected += problem.observed().get(c).expectedMisfit(solver.image(c), problem.slabs());
        }
        assertThat(history.get(history.size() - 1).fit()).isCloseTo(expected, within(0.1 * expected));
    }

    private Problem squares(Weight.Criterion criterion) {
        return new Problem(
                particle.projector,
                List.of(Observed.single(particle.image(0), Optional.empty(), new DataTerm.LeastSquares())),
                settings(criterion).with(new Regulariser.Tv()));
    }

    @Test
    void a_criterion_without_its_data_is_refused_in_one_line() {
        assertThatThrownBy(() -> WeightSearch.choose(squares(Weight.Criterion.THINNING), Progress.NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("thinning asks for counts; choose another criterion");
        assertThatThrownBy(() -> WeightSearch.choose(squares(Weight.Criterion.DISCREPANCY), Progress.NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("asks for counts or for standard errors; choose another criterion")
                .hasMessageNotContaining("\n");
    }

    @Test
    void counts_that_are_no_whole_numbers_are_refused_for_thinning_alone() {
        List<JointData.Channel> channels = particle.channels(0.3, 4);
        channels.get(1).counts().set(3, 2, 1, 0.5f);
        Problem thinned = particle.problem(channels, settings(Weight.Criterion.THINNING));
        assertThatThrownBy(() -> WeightSearch.choose(thinned, Progress.NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0.5 counts: only whole numbers can be thinned");
    }

    @Test
    void too_few_tilts_get_a_usual_weight_that_is_told() {
        Problem few = particle.problem(particle.channels(0.3, 4), settings(Weight.Criterion.LEFT_OUT_TILTS))
                .select(0, 3, 8);
        WeightSearch.Choice choice = WeightSearch.choose(few, Progress.NONE);
        assertThat(choice.alpha()).isPositive().isFinite();
        assertThat(choice.criterion()).contains("3 tilts are too few");
        assertThat(choice.curve()).isEmpty();
    }

    @Test
    void the_vertex_lies_between_its_neighbours_and_nearer_the_lower_one() {
        Random random = new Random(1);
        for (int trial = 0; trial < 500; trial++) {
            int size = 1 + random.nextInt(8);
            WeightPoint[] curve = new WeightPoint[size];
            int best = 0;
            for (int i = 0; i < size; i++) {
                curve[i] = new WeightPoint(0.2 * Math.pow(0.5, size - 1 - i), random.nextDouble());
                best = curve[i].value() < curve[best].value() ? i : best;
            }
            double w = WeightSearch.vertex(Arrays.asList(curve));
            if (best == 0 || best == size - 1) {
                assertThat(w).isCloseTo(curve[best].weight(), within(1e-12));
            } else {
                double lowest = curve[best].weight();
                assertThat(w).isBetween(curve[best - 1].weight(), curve[best + 1].weight());
                assertThat(w > lowest).isEqualTo(curve[best + 1].value() < curve[best - 1].value());
            }
        }
    }

    @Test
    void the_vertex_of_a_parabola_over_the_logarithm_is_its_own() {
        double at = Math.log(0.013);
        List<WeightPoint> curve = new ArrayList<>();
        for (double w = 0.2 / 1024; w < 0.21; w *= 2) {
            curve.add(new WeightPoint(w, 3 + 2 * Math.pow(Math.log(w) - at, 2)));
        }
        assertThat(WeightSearch.vertex(curve)).isCloseTo(0.013, within(1e-9));
    }
}
