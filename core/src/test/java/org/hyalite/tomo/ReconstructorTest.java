package org.hyalite.tomo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.hyalite.grid.TiltGeometry;
import org.hyalite.grid.TiltSeries;
import org.hyalite.grid.Volume;
import org.hyalite.progress.Progress;
import org.junit.jupiter.api.Test;

/** From images to a volume: scale kept, weight found, gap honest, bad input refused. */
final class ReconstructorTest {
    private static final int N = 32;
    private static final List<Regulariser> ALL =
            List.of(new Regulariser.Tv(), new Regulariser.Tv2(), new Regulariser.Tgv());
    private static final double VOXEL_NM = 4;
    private final Volume truth = Particle.volume(N, VOXEL_NM);
    private final Projector projector = Projector.of(Particle.geometry(15), N, N, N, VOXEL_NM);
    private final TiltSeries clean = projector.forward(truth);

    private static ReconstructionSettings tv(double w) {
        return ReconstructionSettings.adf().with(new Weight.Relative(w)).withThreads(2);
    }

    @Test
    void data_of_its_own_projector_come_back_on_their_absolute_scale() {
        Reconstruction result = Reconstructor.reconstruct(clean, tv(3e-4).withGap(1e-3, 3000), Progress.NONE);
        assertThat(Particle.error(result.volume(), truth)).isLessThan(0.05);
        assertThat(result.volume().at(N / 2, N / 2, N / 2 - 4)).isCloseTo(5f, within(0.05f));
        for (MassPoint point : result.convergence().massCheck()) {
            assertThat(point.reprojected()).isCloseTo(point.measured(), within(2e-3 * point.measured()));
        }
        double atoms = truth.sum() * truth.voxelNm3();
        assertThat(result.volume().sum() * truth.voxelNm3()).isCloseTo(atoms, within(3e-3 * atoms));
    }

    @Test
    void the_gap_closes_and_is_never_negative() {
        TiltSeries noisy = Particle.noisy(clean, 40, 1);
        for (Regulariser regulariser : ALL) {
            Convergence convergence = Reconstructor.reconstruct(
                            noisy, tv(0.03).with(regulariser).withGap(1e-3, 1500), Progress.NONE)
                    .convergence();
            assertThat(convergence.converged()).as(regulariser.label()).isTrue();
            assertThat(convergence.relativeGap()).isLessThanOrEqualTo(1e-3);
            assertThat(convergence.headroom()).isPositive();
            assertThat(convergence.gaps())
                    .allSatisfy(gap -> assertThat(gap.relativeGap()).isGreaterThan(-1e-6));
        }
    }

    @Test
    void too_few_iterations_are_a_result_that_says_so() {
        Convergence convergence = Reconstructor.reconstruct(clean, tv(0.01).withGap(1e-3, 25), Progress.NONE)
                .convergence();
        assertThat(convergence.converged()).isFalse();
        assertThat(convergence.iterations()).isEqualTo(25);
        assertThat(convergence.relativeGap()).isGreaterThan(1e-3);
    }

    @Test
    void the_weight_found_is_close_to_the_best_by_search() {
        TiltSeries noisy = Particle.noisy(clean, 30, 2);
        Reconstruction found =
                Reconstructor.reconstruct(noisy, tv(0).with(new Weight.Auto()).withGap(1e-2, 300), Progress.NONE);
        double best = Double.POSITIVE_INFINITY;
        for (double w = 0.005; w < 0.1; w *= 1.5) {
            Volume volume = Reconstructor.reconstruct(noisy, tv(w).withGap(1e-2, 300), Progress.NONE)
                    .volume();
            best = Math.min(best, Particle.error(volume, truth));
        }
        assertThat(Particle.error(found.volume(), truth)).isLessThan(1.1 * best);
        assertThat(found.convergence().weightCurve()).hasSizeGreaterThan(3);
        assertThat(found.convergence().criterion()).contains("left-out tilts");
    }

    @Test
    void threads_do_not_change_a_bit() {
        TiltSeries noisy = Particle.noisy(clean, 20, 3);
        for (Regulariser regulariser : ALL) {
            ReconstructionSettings settings = tv(0.02).with(regulariser).withGap(1e-3, 30);
            Reconstruction one = Reconstructor.reconstruct(noisy, settings.withThreads(1), Progress.NONE);
            for (int threads = 2; threads <= 3; threads++) {
                Reconstruction other = Reconstructor.reconstruct(noisy, settings.withThreads(threads), Progress.NONE);
                assertThat(Arrays.deepEquals(
                                other.volume().blocks(), one.volume().blocks()))
                        .isTrue();
                assertThat(other.convergence().gaps())
                        .isEqualTo(one.convergence().gaps());
            }
        }
    }

    @Test
    void blocks_along_the_axis_do_not_show() {
        // 70 slices stand in two blocks; the first 70 of 70 + mirrored ones must not know it
        int ny = 70;
        TiltGeometry geometry = Particle.geometry(5);
        Volume slab = Volume.zeros(12, ny, 12, 1);
        for (int y = 0; y < ny; y++) {
            slab.set(6, y, 5, 1 + Math.abs(y - 34.5f));
            slab.set(5, y, 7, 2);
        }
        TiltSeries images = Projector.of(geometry, 12, ny, 12, 1).forward(slab);
        for (Regulariser regulariser : ALL) {
            Volume result = Reconstructor.reconstruct(
                            images, tv(0.01).with(regulariser).withGap(1e-6, 600), Progress.NONE)
                    .volume();
            for (int y = 0; y < ny / 2; y++) {
                for (int x = 0; x < 12; x++) {
                    assertThat(result.at(6, y, x))
                            .as("%s, slice %d, column %d", regulariser.label(), y, x)
                            .isCloseTo(result.at(6, ny - 1 - y, x), within(0.1f));
                }
            }
        }
    }

    @Test
    void counts_with_their_background_are_understood() {
        TiltSeries counts = clean.copy();
        TiltSeries background = clean.copy();
        double c = 0.05;
        for (int b = 0; b < counts.blocks().length; b++) {
            for (int i = 0; i < counts.blocks()[b].length; i++) {
                counts.blocks()[b][i] = (float) (c * clean.blocks()[b][i] + 3);
                background.blocks()[b][i] = 3;
            }
        }
        double[] gains = new double[15];
        Arrays.fill(gains, c);
        Reconstruction result = Reconstructor.reconstruct(
                counts,
                tv(1e-4).with(new DataTerm.KullbackLeibler(background, gains)).withGap(1e-2, 1500),
                Progress.NONE);
        assertThat(Particle.error(result.volume(), truth)).isLessThan(0.07);
    }

    @Test
    void standard_errors_of_one_size_change_nothing_but_the_unit_of_the_gap() {
        TiltSeries errors = clean.copy();
        for (float[] block : errors.blocks()) {
            Arrays.fill(block, 4f);
        }
        ReconstructionSettings settings = tv(0.02).withGap(1e-3, 1000);
        Volume plain = Reconstructor.reconstruct(clean, settings, Progress.NONE).volume();
        Volume weighted = Reconstructor.reconstruct(
                        clean, Optional.of(errors), settings.with(new DataTerm.WeightedLeastSquares()), Progress.NONE)
                .volume();
        assertThat(Particle.error(weighted, plain)).isLessThan(1e-3);
    }

    @Test
    void all_zero_images_give_a_volume_of_zeros() {
        TiltSeries zero = TiltSeries.zeros(TiltGeometry.of(0, 30), 5, 6, 2);
        Reconstruction result = Reconstructor.reconstruct(zero, ReconstructionSettings.adf(), Progress.NONE);
        assertThat(result.volume().max()).isZero();
        assertThat(result.convergence().converged()).isTrue();
    }

    @Test
    void one_tilt_repeated_tilts_and_a_weight_of_zero_work() {
        TiltSeries one = clean.select(7);
        assertThat(Reconstructor.reconstruct(one, ReconstructionSettings.adf().withGap(1e-2, 300), Progress.NONE)
                        .convergence()
                        .criterion())
                .contains("too few");
        TiltSeries repeated = clean.select(7, 7, 3, 3, 3);
        assertThat(Reconstructor.reconstruct(repeated, tv(0).withGap(1e-2, 100), Progress.NONE)
                        .volume()
                        .max())
                .isPositive()
                .isFinite();
    }

    @Test
    void refuses_what_is_no_number() {
        TiltSeries broken = clean.copy();
        broken.set(3, 4, 5, Float.NaN);
        assertThatThrownBy(() -> Reconstructor.reconstruct(broken, tv(0.01), Progress.NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("image 3, row 4, column 5");
        assertThatThrownBy(() -> new Weight.Relative(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Weight.Absolute(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Reconstructor.reconstruct(
                        clean, tv(0.01).with(new DataTerm.WeightedLeastSquares()), Progress.NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("standard errors");
    }

    @Test
    void can_be_cancelled_and_tells_how_far_it_is() {
        List<Double> told = new ArrayList<>();
        Progress twice = new Progress() {
            @Override
            public void report(String task, double fraction) {
                told.add(fraction);
            }

            @Override
            public boolean cancelled() {
                return told.size() >= 2;
            }
        };
        assertThatThrownBy(() -> Reconstructor.reconstruct(clean, tv(0.01), twice))
                .isInstanceOf(CancellationException.class);
        assertThat(told).hasSize(2).allSatisfy(fraction -> assertThat(fraction).isBetween(0.0, 1.0));
    }
}
