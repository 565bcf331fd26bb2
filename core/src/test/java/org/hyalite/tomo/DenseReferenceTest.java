package org.hyalite.tomo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.hyalite.grid.TiltGeometry;
import org.hyalite.grid.TiltSeries;
import org.hyalite.grid.Volume;
import org.hyalite.kernel.Slabs;
import org.hyalite.progress.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The solver finds the minimum that another method finds, see {@link DenseMinimum}, for every data term and regulariser. */
final class DenseReferenceTest {
    private static final int NZ = 6;
    private static final int NY = 5;
    private static final int NX = 7;
    private static final double PIXEL_NM = 1.5;
    private static final double[] TILTS = {-60, -20, 15, 65};
    /** Counts per unit, by tilt. */
    private static final double[] GAINS = {1.2, 0.8, 1, 1.1};

    private final DenseMinimum dense = new DenseMinimum(NZ, NY, NX, PIXEL_NM, TILTS);
    private final Projector projector = Projector.of(TiltGeometry.of(TILTS), NZ, NY, NX, PIXEL_NM, Slabs.of(1));

    /** A box with a step and a slope in it. */
    private static Volume truth() {
        Volume truth = Volume.zeros(NZ, NY, NX, PIXEL_NM);
        for (int z = 1; z < 5; z++) {
            for (int y = 0; y < 4; y++) {
                for (int x = 1; x < 6; x++) {
                    truth.set(z, y, x, x < 3 ? 3 : 1 + 0.3f * z);
                }
            }
        }
        return truth;
    }

    @Test
    void the_projector_is_the_shadow_by_areas() {
        for (int v = 0; v < dense.voxels; v++) {
            Volume one = Volume.zeros(NZ, NY, NX, PIXEL_NM);
            one.set(v / (NY * NX), v / NX % NY, v % NX, 1);
            float[] image = projector.forward(one).blocks()[0];
            for (int r = 0; r < image.length; r++) {
                assertThat((double) image[r]).as("voxel %d, pixel %d", v, r).isCloseTo(dense.a[r][v], within(1e-6));
            }
        }
    }

    static Stream<Arguments> all() {
        List<Arguments> all = new ArrayList<>();
        for (String data : List.of("l2", "wl2", "kl")) {
            for (Regulariser regulariser : List.of(
                    new Regulariser.None(), new Regulariser.Tv(), new Regulariser.Tv2(), new Regulariser.Tgv())) {
                all.add(Arguments.of(data, regulariser));
            }
        }
        return all.stream();
    }

    /** The same problem for both. */
    private record Task(
            TiltSeries data,
            Optional<TiltSeries> errors,
            DataTerm term,
            List<DenseMinimum.Pixel> pixels,
            double alpha) {}

    private Task task(String label) {
        TiltSeries data = projector.forward(truth());
        TiltSeries beside = data.copy();
        Random random = new Random(8);
        List<DenseMinimum.Pixel> pixels = new ArrayList<>();
        float[] b = data.blocks()[0];
        float[] e = beside.blocks()[0];
        for (int i = 0; i < b.length; i++) {
            double gain = GAINS[i / (NX * NY)];
            e[i] = label.equals("l2") ? 1 : 0.5f + 1.5f * random.nextFloat();
            if (label.equals("kl")) {
                b[i] = (float) Math.max(
                        0, Math.rint(gain * b[i] + e[i] + random.nextGaussian() * Math.sqrt(b[i] + e[i])));
                pixels.add(counts(b[i], gain, e[i]));
            } else {
                b[i] += (float) random.nextGaussian();
                pixels.add(squares(b[i], 1 / ((double) e[i] * e[i])));
            }
        }
        return switch (label) {
            case "l2" -> new Task(data, Optional.empty(), new DataTerm.LeastSquares(), pixels, 1);
            case "wl2" -> new Task(data, Optional.of(beside), new DataTerm.WeightedLeastSquares(), pixels, 0.7);
            default -> new Task(data, Optional.empty(), new DataTerm.KullbackLeibler(beside, GAINS), pixels, 0.3);
        };
    }

    static DenseMinimum.Pixel squares(double b, double weight) {
        return new DenseMinimum.Pixel() {
            @Override
            public double value(double s) {
                return weight * (s - b) * (s - b) / 2;
            }

            @Override
            public double nearest(double t, double rho) {
                return (weight * b + rho * t) / (weight + rho);
            }
        };
    }

    static DenseMinimum.Pixel counts(double k, double gain, double background) {
        return new DenseMinimum.Pixel() {
            @Override
            public double value(double s) {
                double mean = gain * s + background;
                return mean - k + (k > 0 ? k * Math.log(k / mean) : 0);
            }

            @Override
            public double nearest(double t, double rho) {
                // gain − k gain/mean + ρ (s − t) = 0, in mean = gain s + background
                double share = gain * gain / rho;
                double half = (background + gain * t - share) / 2;
                double mean = half + Math.sqrt(half * half + k * share);
                return (Math.max(mean, 0) - background) / gain;
            }
        };
    }

    @ParameterizedTest
    @MethodSource("all")
    void agrees_with_dense_admm(String label, Regulariser regulariser) {
        Task task = task(label);
        boolean none = regulariser instanceof Regulariser.None;
        DenseMinimum.Found least = none
                ? dense.minimise(task.pixels, regulariser, 0, 1, 0.1, 2000)
                : dense.minimise(task.pixels, regulariser, task.alpha, 1, 2, 700);
        Reconstruction result = Reconstructor.reconstruct(
                task.data,
                task.errors,
                ReconstructionSettings.adf()
                        .with(regulariser)
                        .with(task.term)
                        .with(new Weight.Absolute(task.alpha))
                        .withPlanes(NZ)
                        .withThreads(1)
                        .withGap(3e-6, 10000),
                Progress.NONE);
        List<GapPoint> gaps = result.convergence().gaps();
        double primal = gaps.get(gaps.size() - 1).primal();
        assertThat(primal).isCloseTo(least.value(), within((none ? 3e-4 : 1e-5) * least.value()));
        float[] image = projector.forward(result.volume()).blocks()[0];
        for (int r = 0; r < image.length; r++) {
            assertThat((double) image[r]).as("pixel %d", r).isCloseTo(least.image()[r], within(none ? 0.1 : 5e-3));
        }
        // without a regulariser the images are determined, the volume is not
        for (int v = 0; !none && v < dense.voxels; v++) {
            double x = result.volume().at(v / (NY * NX), v / NX % NY, v % NX);
            assertThat(x).as("voxel %d", v).isCloseTo(least.x()[v], within(5e-3));
        }
    }

    @Test
    void a_linear_ramp_costs_nothing_in_second_order() {
        int ny = 70;
        Projector projector = Projector.of(TiltGeometry.of(0), 7, ny, 9, 1, Slabs.of(2));
        Volume ramp = Volume.zeros(7, ny, 9, 1);
        for (int z = 0; z < 7; z++) {
            for (int y = 0; y < ny; y++) {
                for (int x = 0; x < 9; x++) {
                    ramp.set(z, y, x, 3 * z - 2 * y + 5 * x + 200);
                }
            }
        }
        assertThat(Penalty.of(new Regulariser.Tv2(), projector, 1).value(new float[][][] {ramp.blocks()}))
                .isZero();
        double tv = Penalty.of(new Regulariser.Tv(), projector, 1).value(new float[][][] {ramp.blocks()});
        assertThat(tv).isGreaterThan(Math.sqrt(9 + 4 + 25) * 6 * (ny - 1) * 8);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void the_differences_adjoint_is_exact(boolean second) {
        // p after one step from zero with a wide bound is σ K u, and v is then σ KᵀK u: ⟨u, v⟩ = |p|² / σ
        int ny = 70;
        Projector projector = Projector.of(TiltGeometry.of(0), 20, ny, 9, 1, Slabs.of(2));
        Penalty penalty = Penalty.of(second ? new Regulariser.Tv2() : new Regulariser.Tv(), projector, 1);
        Volume u = Volume.zeros(20, ny, 9, 1);
        Random random = new Random(4);
        for (float[] block : u.blocks()) {
            for (int i = 0; i < block.length; i++) {
                block[i] = random.nextFloat();
            }
        }
        Volume before = u.copy();
        Volume v = Volume.zeros(20, ny, 9, 1);
        Volume g = Volume.zeros(20, ny, 9, 1);
        float sigma = 0.5f;
        penalty.sweep(Penalty.Sweep.single(u.blocks(), v.blocks(), g.blocks(), new float[20 * 9], sigma, 1e9f, 1f));
        double inner = 0;
        for (int b = 0; b < v.blocks().length; b++) {
            for (int i = 0; i < v.blocks()[b].length; i++) {
                inner += (double) before.blocks()[b][i] * v.blocks()[b][i];
            }
        }
        assertThat(inner).isCloseTo(penalty.dualSquare() / sigma, within(1e-6 * inner));
    }
}
