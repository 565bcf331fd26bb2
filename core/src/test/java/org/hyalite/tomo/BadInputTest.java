package org.hyalite.tomo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.hyalite.grid.TiltGeometry;
import org.hyalite.grid.TiltSeries;
import org.hyalite.grid.Volume;
import org.hyalite.kernel.Slabs;
import org.hyalite.progress.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is put in, what comes out is a volume of numbers with its doubts, or a refusal that names the place. */
final class BadInputTest {
    private static final int N = 16;
    private final Volume truth = Particle.volume(N, 4);
    private final TiltSeries clean =
            Projector.of(Particle.geometry(6), N, N, N, 4, Slabs.of(2)).forward(truth);

    static List<Regulariser> all() {
        return List.of(new Regulariser.None(), new Regulariser.Tv(), new Regulariser.Tv2(), new Regulariser.Tgv());
    }

    private static ReconstructionSettings settings(Regulariser regulariser, double w) {
        return ReconstructionSettings.adf()
                .with(regulariser)
                .with(new Weight.Relative(w))
                .withThreads(2)
                .withGap(1e-2, 300);
    }

    private static Reconstruction made(TiltSeries data, ReconstructionSettings settings) {
        Reconstruction made = Reconstructor.reconstruct(data, settings, Progress.NONE);
        for (float[] block : made.volume().blocks()) {
            for (float value : block) {
                assertThat(value).isFinite().isNotNegative();
            }
        }
        assertThat(made.convergence().relativeGap()).isFinite();
        return made;
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void a_pixel_that_is_no_finite_number_is_named(float bad) {
        TiltSeries broken = clean.copy();
        broken.set(3, 4, 5, bad);
        assertThatThrownBy(() -> Reconstructor.reconstruct(broken, settings(new Regulariser.Tv(), 0.01), Progress.NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("image 3, row 4, column 5")
                .hasMessageContaining("not a finite number");
    }

    @ParameterizedTest
    @MethodSource("all")
    void constant_images_give_a_volume_and_a_doubt(Regulariser regulariser) {
        TiltSeries flat = clean.copy();
        for (float[] block : flat.blocks()) {
            Arrays.fill(block, 7f);
        }
        ReconstructionSettings settings = settings(regulariser, 0.02);
        Volume volume = made(flat, settings).volume();
        assertThat(volume.max()).isPositive();
        assertThat(Doubts.of(flat, settings)).singleElement().asString().contains("one value", "0, 1, 2, 3, 4, 5 of 6");
        assertThat(Doubts.of(clean, settings)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("all")
    void images_of_zeros_and_counts_of_zero_give_zeros(Regulariser regulariser) {
        TiltSeries zero = TiltSeries.zeros(clean.geometry(), N, N, 4);
        TiltSeries background = zero.copy();
        for (float[] block : background.blocks()) {
            Arrays.fill(block, 2f);
        }
        double[] gains = {1, 1, 1, 1, 1, 1};
        for (DataTerm term : List.of(new DataTerm.LeastSquares(), new DataTerm.KullbackLeibler(background, gains))) {
            Reconstruction made = made(zero, settings(regulariser, 0.02).with(term));
            assertThat(made.volume().max()).isZero();
            assertThat(made.convergence().criterion()).contains("all pixels are zero");
        }
        assertThat(Doubts.of(zero, settings(regulariser, 0.02)))
                .singleElement()
                .asString()
                .contains("all pixels are zero");
    }

    @ParameterizedTest
    @MethodSource("all")
    void one_tilt_repeated_tilts_and_tilts_beyond_a_right_angle_work_and_are_told(Regulariser regulariser) {
        ReconstructionSettings settings = settings(regulariser, 0.02);
        TiltSeries one = clean.select(2);
        made(one, settings);
        assertThat(Doubts.of(one, settings)).singleElement().asString().contains("one tilt");
        TiltSeries repeated = clean.select(1, 4, 1);
        made(repeated, settings);
        assertThat(Doubts.of(repeated, settings)).containsExactly("images 0 and 2 are both at -42.0°");
        TiltGeometry far = TiltGeometry.of(-120, -30, 60, 180);
        TiltSeries beyond = Projector.of(far, N, N, N, 4, Slabs.of(2)).forward(truth);
        made(beyond, settings);
        assertThat(Doubts.of(beyond, settings)).hasSize(2).allMatch(d -> d.contains("beyond ±90°"));
        assertThatThrownBy(() -> TiltGeometry.of(0, 181))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("181");
        assertThatThrownBy(() -> TiltGeometry.of(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void an_image_from_behind_is_the_mirrored_one() {
        TiltGeometry both = TiltGeometry.of(-110, 70);
        TiltSeries images = Projector.of(both, N, N, N, 4, Slabs.of(1)).forward(truth);
        for (int y = 0; y < N; y++) {
            for (int x = 0; x < N; x++) {
                assertThat(images.at(0, y, x)).isCloseTo(images.at(1, y, N - 1 - x), within(1e-3f));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, -1e-300, Double.NaN, Double.POSITIVE_INFINITY})
    void weights_that_are_none_are_refused(double weight) {
        assertThatThrownBy(() -> new Weight.Relative(weight))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not a finite number ≥ 0");
        assertThatThrownBy(() -> new Weight.Absolute(weight)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @MethodSource("all")
    void a_weight_of_next_to_nothing_is_none(Regulariser regulariser) {
        Volume none = made(clean, settings(new Regulariser.None(), 0)).volume();
        for (double w : new double[] {0, 1e-300}) {
            Volume volume = made(clean, settings(regulariser, w)).volume();
            assertThat(Arrays.deepEquals(volume.blocks(), none.blocks())).isTrue();
        }
        boolean regularised = !(regulariser instanceof Regulariser.None);
        assertThat(Doubts.of(clean, settings(regulariser, 0))).hasSize(regularised ? 1 : 0);
    }

    @ParameterizedTest
    @MethodSource("all")
    void an_absurd_weight_is_a_weight_of_one(Regulariser regulariser) {
        Volume one = made(clean, settings(regulariser, 1)).volume();
        for (double w : new double[] {1.5, 1e6, 1e30, 1e300}) {
            Reconstruction made = made(clean, settings(regulariser, w));
            assertThat(Arrays.deepEquals(made.volume().blocks(), one.blocks())).isTrue();
            if (!(regulariser instanceof Regulariser.None)) {
                assertThat(made.convergence().weight()).isCloseTo(1, within(1e-6));
                assertThat(made.convergence().criterion()).contains("weight 1, which is used");
                assertThat(Doubts.of(clean, settings(regulariser, w)))
                        .singleElement()
                        .asString()
                        .contains("above 1");
            }
        }
        Reconstruction absolute = made(clean, settings(regulariser, 0).with(new Weight.Absolute(Double.MAX_VALUE)));
        assertThat(Arrays.deepEquals(absolute.volume().blocks(), one.blocks())).isTrue();
    }

    @ParameterizedTest
    @MethodSource("all")
    void divergence_is_an_exception(Regulariser regulariser) {
        Projector projector = Projector.of(clean.geometry(), N, N, N, 4, Slabs.of(1));
        Problem problem = new Problem(
                projector,
                List.of(Observed.single(clean, Optional.empty(), new DataTerm.LeastSquares())),
                settings(regulariser, 0.02));
        for (int most : new int[] {60, 3000}) {
            PrimalDual solver = PrimalDual.of(projector, problem.terms(), regulariser, new PrimalDual.Steps(1, 1, 10));
            solver.weight(0.02 * solver.scale());
            assertThatThrownBy(() -> solver.solve(1e-4, most, Progress.NONE, ""))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("diverged");
        }
    }

    @Test
    void the_forecast_covers_what_the_regularisers_hold() {
        long volume = 4L * 64 * 64 * 64;
        long none = Reconstructor.forecastBytes(64, 64, 64, 15, settings(new Regulariser.None(), 0));
        for (Regulariser regulariser : all()) {
            Projector projector = Projector.of(TiltGeometry.of(0), 4, 4, 4, 1);
            int dual = Penalty.of(regulariser, projector, 1).dual[0].length;
            int own = regulariser instanceof Regulariser.Tgv ? 6 : 0;
            long forecast = Reconstructor.forecastBytes(64, 64, 64, 15, settings(regulariser, 0.1));
            assertThat(forecast - none).isGreaterThanOrEqualTo((dual + own) * volume);
        }
    }
}
