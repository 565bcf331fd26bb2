package org.hyalite.tomo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.hyalite.grid.TiltGeometry;
import org.hyalite.grid.TiltSeries;
import org.hyalite.grid.Volume;
import org.hyalite.kernel.Kernels;
import org.hyalite.kernel.Slabs;
import org.hyalite.progress.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sizes that fill neither vectors nor blocks nor tiles, one tilt, many, and in any order: the same laws hold. */
final class OddSizesTest {
    private static void fill(float[][] blocks, long seed) {
        Random random = new Random(seed);
        for (float[] block : blocks) {
            for (int i = 0; i < block.length; i++) {
                block[i] = random.nextFloat();
            }
        }
    }

    private static double product(float[][] a, float[][] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            for (int k = 0; k < a[i].length; k++) {
                sum += (double) a[i][k] * b[i][k];
            }
        }
        return sum;
    }

    private static TiltGeometry evenly(int tilts) {
        double[] angles = new double[tilts];
        for (int t = 0; t < tilts; t++) {
            angles[t] = tilts == 1 ? 25 : -90 + 180.0 * t / tilts;
        }
        return TiltGeometry.of(angles);
    }

    @ParameterizedTest
    @CsvSource({
        "12, 1, 17, 5",
        "9, 63, 20, 5",
        "20, 65, 9, 5",
        "1, 7, 30, 3",
        "30, 7, 1, 3",
        "25, 3, 24, 1",
        "18, 3, 19, 180"
    })
    void projection_and_its_adjoint_stay_a_pair(int nz, int ny, int nx, int tilts) {
        TiltGeometry geometry = evenly(tilts);
        Projector projector = Projector.of(geometry, nz, ny, nx, 1.5, Slabs.of(2));
        Volume x = Volume.zeros(nz, ny, nx, 1.5);
        TiltSeries y = TiltSeries.zeros(geometry, ny, nx, 1.5);
        fill(x.blocks(), 1);
        fill(y.blocks(), 2);
        double there = product(projector.forward(x).blocks(), y.blocks());
        double back = product(x.blocks(), projector.back(y).blocks());
        assertThat(there).isPositive().isCloseTo(back, within(1e-5 * back));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 63, 65, 129})
    void sweeps_have_the_same_bits_in_both_twins_and_with_any_threads(int ny) {
        for (Regulariser regulariser : List.of(new Regulariser.Tv(), new Regulariser.Tv2())) {
            Volume one = swept(regulariser, ny, Slabs.of(1), Kernels.scalar());
            assertThat(one.max()).isPositive();
            for (int threads = 1; threads <= 3; threads++) {
                Volume other = swept(regulariser, ny, Slabs.of(threads), Kernels.get());
                assertThat(Arrays.deepEquals(other.blocks(), one.blocks()))
                        .as("%s, ny = %d, %d threads", regulariser.label(), ny, threads)
                        .isTrue();
            }
        }
    }

    /** 35 planes: two whole slabs and a part of one. */
    private static Volume swept(Regulariser regulariser, int ny, Slabs slabs, Kernels kernels) {
        int nz = 35;
        int nx = 11;
        Projector projector = Projector.of(TiltGeometry.of(0), nz, ny, nx, 1, slabs, kernels);
        Penalty penalty = Penalty.of(regulariser, projector, 1);
        Volume u = Volume.zeros(nz, ny, nx, 1);
        Volume v = Volume.zeros(nz, ny, nx, 1);
        Volume g = Volume.zeros(nz, ny, nx, 1);
        fill(u.blocks(), 3);
        fill(g.blocks(), 4);
        float[] tau = new float[nz * nx];
        Arrays.fill(tau, 0.05f);
        for (int i = 0; i < 4; i++) {
            float rho = i == 3 ? 1f : 1.7f;
            penalty.sweep(Penalty.Sweep.single(u.blocks(), v.blocks(), g.blocks(), tau, 0.1f, 0.3f, rho));
        }
        return u;
    }

    @Test
    void a_large_uneven_volume_goes_through_both_regularisers() {
        int nz = 77;
        int ny = 200;
        int nx = 333;
        TiltGeometry geometry = TiltGeometry.of(-40, 10, 55);
        Volume truth = Volume.zeros(nz, ny, nx, 2);
        fill(truth.blocks(), 5);
        TiltSeries images = Projector.of(geometry, nz, ny, nx, 2).forward(truth);
        for (Regulariser regulariser : List.of(new Regulariser.Tv(), new Regulariser.Tv2())) {
            Reconstruction result = Reconstructor.reconstruct(
                    images,
                    ReconstructionSettings.adf()
                            .with(regulariser)
                            .with(new Weight.Relative(1e-3))
                            .withPlanes(nz)
                            .withThreads(2)
                            .withGap(1e-9, 2),
                    Progress.NONE);
            assertThat(result.convergence().iterations()).isEqualTo(2);
            assertThat(result.volume().nz()).isEqualTo(nz);
            assertThat(result.volume().max()).isPositive().isFinite();
            assertThat(result.convergence().relativeGap()).isFinite().isPositive();
        }
    }

    @Test
    void the_order_of_the_images_does_not_matter() {
        int n = 24;
        TiltSeries images = Projector.of(Particle.geometry(15), n, n, n, 4).forward(Particle.volume(n, 4));
        int[] order = {7, 0, 14, 3, 11, 1, 13, 5, 9, 2, 12, 4, 10, 6, 8};
        ReconstructionSettings settings = ReconstructionSettings.adf()
                .with(new Weight.Relative(1e-3))
                .withThreads(2)
                .withGap(1e-3, 60);
        for (Regulariser regulariser : List.of(new Regulariser.Tv(), new Regulariser.Tv2())) {
            Volume straight = Reconstructor.reconstruct(images, settings.with(regulariser), Progress.NONE)
                    .volume();
            Volume mixed = Reconstructor.reconstruct(images.select(order), settings.with(regulariser), Progress.NONE)
                    .volume();
            // sums over tilts are taken in another order: the same but for rounding
            assertThat(Particle.error(mixed, straight)).as(regulariser.label()).isLessThan(1e-4);
        }
    }
}
