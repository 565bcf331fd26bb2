package org.hyalite.tomo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.hyalite.grid.TiltGeometry;
import org.hyalite.grid.TiltSeries;
import org.hyalite.grid.Volume;
import org.hyalite.kernel.Slabs;
import org.hyalite.progress.Progress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The coupled total variation: its adjoint, its agreement with the plain one, its step bound, and its sums on threads. */
final class CoupledFirstOrderTest {
    private static final int NZ = 20;
    private static final int NY = 70;
    private static final int NX = 9;

    static Stream<Arguments> couplings() {
        List<Arguments> all = new ArrayList<>();
        for (Regulariser.Coupling coupling : Regulariser.Coupling.values()) {
            all.add(Arguments.of(1, coupling));
            all.add(Arguments.of(2, coupling));
            all.add(Arguments.of(3, coupling));
        }
        return all.stream();
    }

    private static Volume random(int nz, int ny, int nx, Random random) {
        Volume u = Volume.zeros(nz, ny, nx, 1);
        for (float[] block : u.blocks()) {
            for (int i = 0; i < block.length; i++) {
                block[i] = random.nextFloat();
            }
        }
        return u;
    }

    private static float[][][] blocks(Volume... volumes) {
        return Arrays.stream(volumes).map(Volume::blocks).toArray(float[][][]::new);
    }

    @ParameterizedTest
    @MethodSource("couplings")
    void the_differences_adjoint_is_exact(int channels, Regulariser.Coupling coupling) {
        // p after one step from zero with a wide bound is σ K u, and v is then σ KᵀK u: ⟨u, v⟩ = |p|² / σ
        Projector projector = Projector.of(TiltGeometry.of(0), NZ, NY, NX, 1, Slabs.of(2));
        Penalty penalty = Penalty.of(new Regulariser.CoupledTv(coupling), projector, channels);
        Random random = new Random(4);
        Volume[] u = new Volume[channels];
        Volume[] before = new Volume[channels];
        Volume[] v = new Volume[channels];
        Volume[] g = new Volume[channels];
        for (int c = 0; c < channels; c++) {
            u[c] = random(NZ, NY, NX, random);
            before[c] = u[c].copy();
            v[c] = Volume.zeros(NZ, NY, NX, 1);
            g[c] = Volume.zeros(NZ, NY, NX, 1);
        }
        float sigma = 0.5f;
        float[][] still = new float[channels][NZ * NX];
        penalty.sweep(new Penalty.Sweep(blocks(u), blocks(v), blocks(g), still, sigma, 1e9f, 1f));
        double inner = 0;
        for (int c = 0; c < channels; c++) {
            for (int b = 0; b < v[c].blocks().length; b++) {
                for (int i = 0; i < v[c].blocks()[b].length; i++) {
                    inner += (double) before[c].blocks()[b][i] * v[c].blocks()[b][i];
                }
            }
        }
        assertThat(inner).isPositive().isCloseTo(penalty.dualSquare() / sigma, within(2e-6 * inner));
    }

    /** Counts of two volumes, and images that see both, of any size. */
    static List<Observed> observed(Projector projector, Volume[] truth, float[] response, long seed) {
        Random random = new Random(seed);
        List<Observed> all = new ArrayList<>();
        TiltSeries sum = TiltSeries.zeros(projector.geometry(), projector.ny(), projector.nx(), projector.pixelNm());
        for (int c = 0; c < truth.length; c++) {
            TiltSeries counts = projector.forward(truth[c]);
            TiltSeries background = counts.copy();
            for (int b = 0; b < counts.blocks().length; b++) {
                for (int i = 0; i < counts.blocks()[b].length; i++) {
                    float mean = counts.blocks()[b][i];
                    sum.blocks()[b][i] += response.length == 0 ? 0 : response[c] * mean;
                    background.blocks()[b][i] = 0.5f + random.nextFloat();
                    double noisy =
                            mean + background.blocks()[b][i] + Math.sqrt(Math.max(0, mean)) * random.nextGaussian();
                    counts.blocks()[b][i] = (float) Math.max(0, Math.rint(noisy));
                }
            }
            double[] gains = new double[counts.tilts()];
            Arrays.fill(gains, 1);
            float[] own = new float[truth.length];
            own[c] = 1;
            DataTerm term = new DataTerm.KullbackLeibler(background, gains);
            all.add(new Observed(counts, Optional.empty(), term, own, Optional.empty()));
        }
        if (response.length > 0) {
            TiltSeries errors = sum.copy();
            for (int b = 0; b < sum.blocks().length; b++) {
                for (int i = 0; i < sum.blocks()[b].length; i++) {
                    errors.blocks()[b][i] = 0.5f + random.nextFloat();
                    sum.blocks()[b][i] += (float) (errors.blocks()[b][i] * random.nextGaussian());
                }
            }
            DataTerm term = new DataTerm.WeightedLeastSquares();
            all.add(new Observed(sum, Optional.of(errors), term, response, Optional.empty()));
        }
        return all;
    }

    private static ReconstructionSettings settings() {
        return ReconstructionSettings.elements().withThreads(1);
    }

    @ParameterizedTest
    @EnumSource(Regulariser.Coupling.class)
    void one_volume_alone_is_reconstructed_as_with_plain_total_variation(Regulariser.Coupling coupling) {
        Projector projector = Projector.of(Particle.geometry(5), 12, 12, 12, 4, Slabs.of(2));
        Volume[] truth = {Particle.volume(12, 4)};
        Problem problem = new Problem(projector, observed(projector, truth, new float[0], 2), settings());
        PrimalDual plain = problem.cold(new Regulariser.Tv());
        PrimalDual coupled = problem.cold(new Regulariser.CoupledTv(coupling));
        for (PrimalDual solver : List.of(plain, coupled)) {
            solver.weight(0.01 * solver.scale());
            solver.solve(1e-9, 120, Progress.NONE, "");
        }
        double largest = plain.x(0).max();
        assertThat(largest).isPositive();
        for (int b = 0; b < plain.x(0).blocks().length; b++) {
            for (int i = 0; i < plain.x(0).blocks()[b].length; i++) {
                double expected = plain.x(0).blocks()[b][i];
                assertThat((double) coupled.x(0).blocks()[b][i]).isCloseTo(expected, within(1e-4 * largest));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Regulariser.Coupling.class)
    void threads_change_nothing(Regulariser.Coupling coupling) {
        List<float[][][]> made = new ArrayList<>();
        List<List<PrimalDual.Evaluation>> histories = new ArrayList<>();
        for (int threads : new int[] {1, 2, 3}) {
            // more planes than a slab has, and more than one block along y
            Projector projector = Projector.of(Particle.geometry(4), 35, 70, 6, 2, Slabs.of(threads));
            Random random = new Random(6);
            Volume[] truth = {random(35, 70, 6, random), random(35, 70, 6, random)};
            Problem problem =
                    new Problem(projector, observed(projector, truth, new float[] {0.4f, 1.5f}, 3), settings());
            PrimalDual solver = problem.cold(new Regulariser.CoupledTv(coupling));
            solver.weight(0.01 * solver.scale());
            histories.add(solver.solve(1e-9, 11, Progress.NONE, ""));
            made.add(blocks(solver.x(0), solver.x(1)));
        }
        assertThat(made.get(0)[0][0]).isNotEqualTo(made.get(0)[1][0]);
        for (int k = 1; k < made.size(); k++) {
            assertThat(Arrays.deepEquals(made.get(k), made.get(0))).isTrue();
            assertThat(histories.get(k)).isEqualTo(histories.get(0));
        }
    }

    @ParameterizedTest
    @CsvSource({"0.05, 0.7, 1.3", "0.4, 0.7, 1.3", "3, 0.7, 1.3", "0.05, 3, 0.1", "0.4, 0, 1", "0.05, 0, 0"})
    void the_step_bound_covers_the_joint_norm_closely(float sigmaK, float first, float second) {
        int nz = 10;
        int ny = 13;
        int nx = 12;
        Projector projector = Projector.of(TiltGeometry.of(-60, -25, 5, 40, 70), nz, ny, nx, 1);
        SliceMatrix matrix = projector.matrix();
        DataFit fit = DataFit.leastSquares(TiltSeries.zeros(projector.geometry(), ny, nx, 1), projector.slabs());
        List<float[]> responses = List.of(new float[] {1, 0}, new float[] {0, 1}, new float[] {first, second});
        Terms terms =
                Terms.of(responses.stream().map(r -> new Terms.Term(fit, r)).toList(), 2);
        Regulariser regulariser = new Regulariser.CoupledTv(Regulariser.Coupling.NUCLEAR);
        Penalty penalty = Penalty.of(regulariser, projector, 2);
        double[] sizes = {0.5, 0.3, 0.4};
        float[][] sigma = new float[3][matrix.raySum.length];
        float[][] tau = new float[2][nz * nx];
        for (int j = 0; j < 3; j++) {
            for (int i = 0; i < sigma[j].length; i++) {
                sigma[j][i] = (float) (sizes[j] / Math.max(1f, matrix.raySum[i]));
            }
        }
        for (int c = 0; c < 2; c++) {
            double pull = 0;
            for (int j = 0; j < 3; j++) {
                pull += sizes[j] * responses.get(j)[c] * terms.get(j).total();
            }
            for (int i = 0; i < tau[c].length; i++) {
                tau[c][i] = (float) (1 / (pull * matrix.voxelSum[i] + sigmaK * penalty.normSquare()));
            }
        }
        Random random = new Random(3);
        float[][] u = new float[2][nz * nx * ny];
        for (float[] channel : u) {
            for (int i = 0; i < channel.length; i++) {
                channel[i] = (float) random.nextGaussian();
            }
        }
        double norm = 0;
        for (int step = 0; step < 200; step++) {
            float[][] plus = image(projector, penalty, responses, u, 1, sigma, sigmaK);
            float[][] minus = image(projector, penalty, responses, u, -1, sigma, sigmaK);
            double square = 0;
            for (int c = 0; c < 2; c++) {
                for (int i = 0; i < u[c].length; i++) {
                    u[c][i] = (plus[c][i] - minus[c][i]) * tau[c][i / ny];
                    square += (double) u[c][i] * u[c][i];
                }
            }
            norm = Math.sqrt(square);
            for (float[] channel : u) {
                for (int i = 0; i < channel.length; i++) {
                    channel[i] = (float) (channel[i] / norm);
                }
            }
        }
        double bound = StepNorm.bound(matrix, terms, sigma, tau, sigmaK, 1);
        assertThat(bound).isGreaterThanOrEqualTo(norm).isLessThan(1.25 * norm);
    }

    /** {@code (Aᵀ Rᵀ Σ R A + σ KᵀK) max(0, sign · u)}: the sweep with an unbounded dual variable, and voxels that stand still. */
    private static float[][] image(
            Projector projector,
            Penalty penalty,
            List<float[]> responses,
            float[][] u,
            int sign,
            float[][] sigma,
            float sigmaK) {
        Volume[] part = new Volume[2];
        Volume[] v = new Volume[2];
        Volume[] g = new Volume[2];
        TiltSeries[] seen = new TiltSeries[2];
        TiltSeries[] pulled = new TiltSeries[2];
        for (int c = 0; c < 2; c++) {
            part[c] = Volume.zeros(projector.nz(), projector.ny(), projector.nx(), 1);
            v[c] = part[c].copy();
            for (int i = 0; i < u[c].length; i++) {
                part[c].blocks()[0][i] = Math.max(0f, sign * u[c][i]);
            }
            seen[c] = projector.forward(part[c]);
            pulled[c] = TiltSeries.zeros(projector.geometry(), projector.ny(), projector.nx(), 1);
        }
        for (int j = 0; j < responses.size(); j++) {
            float[] r = responses.get(j);
            for (int i = 0; i < seen[0].blocks()[0].length; i++) {
                float q =
                        sigma[j][i / projector.ny()] * (r[0] * seen[0].blocks()[0][i] + r[1] * seen[1].blocks()[0][i]);
                pulled[0].blocks()[0][i] += r[0] * q;
                pulled[1].blocks()[0][i] += r[1] * q;
            }
        }
        for (int c = 0; c < 2; c++) {
            g[c] = projector.back(pulled[c]);
        }
        for (float[] component : penalty.dual[0]) {
            Arrays.fill(component, 0f);
        }
        float[][] still = new float[2][projector.nz() * projector.nx()];
        penalty.sweep(
                new Penalty.Sweep(blocks(part), blocks(v), blocks(g), still, sigmaK, Float.POSITIVE_INFINITY, 1f));
        return new float[][] {v[0].blocks()[0], v[1].blocks()[0]};
    }
}
