package org.hyalite.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.hyalite.grid.Volume;
import org.hyalite.phantom.TwinSettings;
import org.hyalite.phantom.TwinSettings.Kind;
import org.hyalite.physics.Element;
import org.hyalite.progress.Progress;
import org.hyalite.study.AccuracyMethod.Solved;
import org.hyalite.study.recipe.InputException;
import org.hyalite.tomo.Convergence;
import org.hyalite.tomo.Weight;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The yardstick itself: a wrong error or a best weight that is not the best would make every comparison wrong. */
class AccuracyBenchTest {
    private static final AccuracyCase CASE =
            AccuracyCase.simulate(TwinSettings.of(Kind.FLUX).withSize(24).withoutMisalignment(), 2, Progress.NONE);

    private static Volume times(Volume volume, double factor) {
        Volume copy = Volume.zeros(volume.nz(), volume.ny(), volume.nx(), volume.voxelNm());
        for (int b = 0; b < copy.blocks().length; b++) {
            for (int i = 0; i < copy.blocks()[b].length; i++) {
                copy.blocks()[b][i] = (float) (factor * volume.blocks()[b][i]);
            }
        }
        return copy;
    }

    @Test
    void errorsAreRelativeToTheTruthAndTheSumIsJudgedAsASum() {
        Map<Element, Volume> up = new LinkedHashMap<>();
        double factor = 1.1;
        for (Element element : CASE.elements()) {
            Volume right = Objects.requireNonNull(CASE.truth().get(element));
            assertThat(CASE.error(element, right)).isZero();
            assertThat(CASE.error(element, times(right, 0))).isCloseTo(1, within(1e-9));
            assertThat(CASE.error(element, times(right, factor))).isCloseTo(0.1, within(1e-5));
            up.put(element, times(right, factor));
        }
        assertThat(CASE.totalError(up)).isCloseTo(0.1, within(1e-5));
    }

    /** Total counts and densities must fit together, or the methods would be judged on data of another scale. */
    @Test
    void netDensitiesAndWindowCountsBothHoldTheTrueAtoms() {
        double area = Math.pow(CASE.settings().pixelNm(), 2);
        for (Element element : CASE.elements()) {
            double atoms = 0;
            for (float[] block :
                    Objects.requireNonNull(CASE.truth().get(element)).blocks()) {
                for (float v : block) {
                    atoms += v * Math.pow(CASE.settings().pixelNm(), 3);
                }
            }
            PoissonChannel channel = CASE.channel(element);
            for (int t = 0; t < CASE.adf().tilts(); t++) {
                double counted = (channel.counts().image(t).sum()
                                - channel.background().image(t).sum())
                        / channel.countsPerUnit()[t];
                double relative = 4
                        * Math.sqrt(channel.counts().image(t).sum())
                        / channel.counts().image(t).sum();
                assertThat(area * CASE.net(element).image(t).sum()).isCloseTo(atoms, within((0.01 + relative) * atoms));
                assertThat(area * counted).isCloseTo(atoms, within((0.01 + relative) * atoms));
            }
        }
    }

    @Test
    void tvFindsWhatItsOwnProjectorShowedAndTheTableTellsIt() {
        StudyResult result = AccuracyBench.run(
                new AccuracyBench.Request(
                        List.of(Kind.SEGREGATED),
                        List.of(2L),
                        24,
                        1,
                        List.of("tv"),
                        false,
                        Optional.empty(),
                        true,
                        2000,
                        2),
                Progress.NONE);
        JsonNode row = result.summary().path("rows").get(0);
        for (String element : List.of("Co", "Zn")) {
            assertThat(row.path("elements").path(element).path("error").asDouble())
                    .isBetween(1e-6, 0.03);
        }
        assertThat(result.lines()).anySatisfy(l -> assertThat(l).contains("segregated", "mean", "tv"));
        assertThat(result.summary().path("means")).hasSize(1);
    }

    /** A solver whose error and misfit are known functions of the weight. */
    private record Known(double best) implements AccuracyMethod.Part {
        @Override
        public Solved solve(Weight weight, Progress progress) {
            double w = ((Weight.Relative) weight).w();
            Volume volume = Volume.zeros(1, 1, 1, 1);
            volume.set(0, 0, 0, (float) w);
            Convergence told = new Convergence(
                    "tv", "l2", 1, 0, true, w, w, "given", List.of(), 0, List.of(), List.of(), 0, "none");
            return new Solved(Map.of(Element.of("Co"), volume), told);
        }

        static double error(Solved solved, double best) {
            double away = Math.log(solved.convergence().weight() / best);
            return 0.1 + away * away;
        }

        @Override
        public double misfit(Map<Element, Volume> volumes) {
            double w = Objects.requireNonNull(volumes.get(Element.of("Co"))).at(0, 0, 0);
            return 1 + 0.3 * Math.log(w / best);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {2e-5, 1e-3, 0.03})
    void theBestWeightIsFoundFromEitherSide(double best) {
        Known part = new Known(best);
        for (double start : new double[] {1e-4, 2e-3, 0.05}) {
            Solved found = AccuracyBench.best(
                    part,
                    part.solve(new Weight.Relative(start), Progress.NONE),
                    s -> Known.error(s, best),
                    Progress.NONE);
            assertThat(found.convergence().weight() / best).isBetween(1 / 1.25, 1.25);
        }
    }

    @Test
    void whatCannotBeComparedIsRefused() {
        assertThatThrownBy(() -> new AccuracyBench.Request(
                        List.of(Kind.FLUX),
                        List.of(1L),
                        64,
                        1,
                        List.of("magic"),
                        false,
                        Optional.empty(),
                        false,
                        2000,
                        1))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("unknown method 'magic'; known: paper");
        assertThatThrownBy(() -> new AccuracyBench.Request(
                        List.of(Kind.FLUX), List.of(), 64, 1, List.of("tv"), false, Optional.empty(), false, 2000, 1))
                .hasMessageContaining("give a kind, a seed");
    }
}
