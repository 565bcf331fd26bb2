package org.hyalite.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.hyalite.grid.TiltGeometry;
import org.hyalite.grid.TiltSeries;
import org.hyalite.grid.Volume;
import org.hyalite.progress.Progress;
import org.hyalite.study.WeightJudge.Outcome;
import org.hyalite.study.WeightJudge.Verdict;
import org.hyalite.study.recipe.InputException;
import org.hyalite.tomo.DataTerm;
import org.hyalite.tomo.JointData;
import org.hyalite.tomo.Projector;
import org.hyalite.tomo.ReconstructionSettings;
import org.hyalite.tomo.Regulariser;
import org.hyalite.tomo.Weight.Criterion;
import org.junit.jupiter.api.Test;

/** The judge of the criteria: a residual of the wrong tilts, or a best that is none, would choose the wrong default. */
class WeightJudgeTest {
    private static final int SIZE = 24;
    private static final double NOISE = 0.6;
    private static final ReconstructionSettings TV =
            ReconstructionSettings.adf().withThreads(2).withGap(2e-3, 400);

    /** Images of a ball of density 2 with a hole, pixels of 1 nm, tilts out of order. */
    private static TiltSeries clean(int tilts) {
        double[] angles = new double[tilts];
        for (int t = 0; t < tilts; t++) {
            angles[t] = -70 + 140.0 * (t * 7 % tilts) / (tilts - 1);
        }
        Volume ball = Volume.zeros(SIZE, SIZE, SIZE, 1);
        for (int z = 0; z < SIZE; z++) {
            for (int y = 0; y < SIZE; y++) {
                for (int x = 0; x < SIZE; x++) {
                    double c = (SIZE - 1) / 2.0;
                    double r = Math.hypot(Math.hypot(z - c, y - c), x - c);
                    ball.set(z, y, x, r > 8 ? 0 : Math.hypot(z - c, x - c + 3) < 2.5 ? 1 : 2);
                }
            }
        }
        return Projector.of(TiltGeometry.of(angles), SIZE, SIZE, SIZE, 1).forward(ball);
    }

    private static TiltSeries noisy(TiltSeries series, double sd, long seed) {
        Random random = new Random(seed);
        TiltSeries noisy = series.copy();
        for (float[] block : noisy.blocks()) {
            for (int i = 0; i < block.length; i++) {
                block[i] += (float) (sd * random.nextGaussian());
            }
        }
        return noisy;
    }

    private static TiltSeries times(TiltSeries series, float factor) {
        TiltSeries copy = series.copy();
        for (float[] block : copy.blocks()) {
            for (int i = 0; i < block.length; i++) {
                block[i] *= factor;
            }
        }
        return copy;
    }

    private static TiltSeries all(TiltSeries like, float value) {
        TiltSeries copy = like.copy();
        for (float[] block : copy.blocks()) {
            Arrays.fill(block, value);
        }
        return copy;
    }

    /** Counts of mean {@code image + 1}. */
    private static TiltSeries counts(long seed) {
        Random random = new Random(seed);
        TiltSeries counts = clean(11);
        for (float[] block : counts.blocks()) {
            for (int i = 0; i < block.length; i++) {
                double left = Math.exp(-(block[i] / 4.0 + 1));
                int n = -1;
                for (double p = 1; p > left; n++) {
                    p *= random.nextDouble();
                }
                block[i] = n;
            }
        }
        return counts;
    }

    private static Verdict judge(TiltSeries images, double sd) {
        return new WeightTrials.Single("ball", "", images, Optional.of(all(images, (float) sd)), TV)
                .judge(Progress.NONE);
    }

    @Test
    void theBestIsTheLeastOfAllAndLiesWhereNoiseIsNearlyAllThatDiffers() {
        TiltSeries images = noisy(clean(11), NOISE, 1);
        Verdict verdict = judge(images, NOISE);
        assertThat(verdict.seen()).isEqualTo(6);
        assertThat(verdict.leftOut()).isEqualTo(5);
        assertThat(verdict.criteria()).containsOnlyKeys(Criterion.LEFT_OUT_TILTS, Criterion.DISCREPANCY);
        double best = verdict.best().residual();
        for (Outcome outcome : verdict.scan()) {
            assertThat(best).isLessThanOrEqualTo(outcome.residual());
        }
        verdict.criteria().values().forEach(o -> assertThat(best).isLessThanOrEqualTo(o.residual()));
        // the volume cannot know the noise of images that it has not seen
        assertThat(best).isBetween(0.95 * NOISE, 1.35 * NOISE);
        assertThat(verdict.scan().get(0).residual()).isGreaterThan(best);
        assertThat(verdict.scan().get(verdict.scan().size() - 1).residual()).isGreaterThan(best);
        assertThat(verdict.scan()).isSortedAccordingTo((a, b) -> Double.compare(a.weight(), b.weight()));
        assertThat(verdict.noise()).isCloseTo(NOISE, within(1e-6));
    }

    /** The tilts left out must not reach the reconstruction. */
    @Test
    void whatIsLeftOutChangesTheResidualAndNoWeight() {
        TiltSeries images = noisy(clean(9), NOISE, 2);
        Verdict before = judge(images, NOISE);
        float more = 10f;
        for (int t : WeightJudge.everyOther(images.geometry(), 1)) {
            for (int y = 0; y < SIZE; y++) {
                for (int x = 0; x < SIZE; x++) {
                    images.set(t, y, x, images.at(t, y, x) + more);
                }
            }
        }
        Verdict after = judge(images, NOISE);
        before.criteria()
                .forEach((criterion, o) -> assertThat(
                                Objects.requireNonNull(after.criteria().get(criterion))
                                        .weight())
                        .isEqualTo(o.weight()));
        assertThat(after.best().residual()).isBetween(0.9 * more, 1.1 * more);
    }

    @Test
    void everyOtherTiltIsTakenByAngleAndNotByPlace() {
        TiltGeometry geometry = TiltGeometry.of(30, -10, 20, 0, 10);
        assertThat(WeightJudge.everyOther(geometry, 0)).containsExactly(1, 4, 0);
        assertThat(WeightJudge.everyOther(geometry, 1)).containsExactly(3, 2);
    }

    /** The unit of the images must not matter. */
    @Test
    void weightsAreThoseOfAnyUnitAndResidualsAreInIt() {
        TiltSeries images = noisy(clean(9), NOISE, 3);
        Verdict one = judge(images, NOISE);
        Verdict many = judge(times(images, 64f), 64 * NOISE);
        one.criteria().forEach((criterion, o) -> {
            Outcome other = Objects.requireNonNull(many.criteria().get(criterion));
            assertThat(other.weight() / o.weight()).isCloseTo(1, within(1e-3));
            assertThat(other.residual() / o.residual()).isCloseTo(64, within(0.1));
        });
    }

    @Test
    void thinningIsJudgedOnWholeCountsOnly() {
        TiltSeries counts = counts(4);
        Verdict whole = poisson(counts);
        assertThat(whole.criteria().keySet())
                .containsExactly(Criterion.LEFT_OUT_TILTS, Criterion.DISCREPANCY, Criterion.THINNING);
        assertThat(whole.noise()).isGreaterThan(1);
        assertThat(whole.best().residual()).isBetween(0.95 * whole.noise(), 1.3 * whole.noise());
        counts.set(0, 0, 0, 0.5f);
        assertThat(poisson(counts).criteria()).doesNotContainKey(Criterion.THINNING);
    }

    private static Verdict poisson(TiltSeries counts) {
        double[] perUnit = new double[counts.tilts()];
        Arrays.fill(perUnit, 1);
        DataTerm term = new DataTerm.KullbackLeibler(all(counts, 1f), perUnit);
        return new WeightTrials.Single("ball", "counts", counts, Optional.empty(), TV.with(term)).judge(Progress.NONE);
    }

    /** Two elements together are held against their own images each. */
    @Test
    void elementsTogetherAreJudgedOnAllTheirCounts() {
        TiltSeries counts = counts(5);
        double[] perUnit = new double[counts.tilts()];
        Arrays.fill(perUnit, 1);
        JointData.Channel one = new JointData.Channel("Co", counts, all(counts, 1f), perUnit);
        JointData.Channel other = new JointData.Channel("Zn", counts(6), all(counts, 1f), perUnit);
        Verdict verdict = new WeightTrials.Together(
                        "both", List.of(one, other), TV.with(new Regulariser.CoupledTv(Regulariser.Coupling.NUCLEAR)))
                .judge(Progress.NONE);
        assertThat(verdict.criteria()).hasSize(3);
        assertThat(verdict.best().residual()).isBetween(0.95 * verdict.noise(), 1.25 * verdict.noise());
    }

    @Test
    void tooFewTiltsAreRefusedByName() {
        assertThatThrownBy(() -> judge(clean(3), NOISE))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("ball: 3 tilts; at least 4");
    }
}
