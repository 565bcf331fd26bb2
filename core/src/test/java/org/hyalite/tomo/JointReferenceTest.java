package org.hyalite.tomo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.hyalite.grid.TiltGeometry;
import org.hyalite.grid.TiltSeries;
import org.hyalite.grid.Volume;
import org.hyalite.kernel.Slabs;
import org.hyalite.progress.Progress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Two elements' counts and images that see both: the solver finds the minimum that another method finds, see
 * {@link JointMinimum}.
 */
final class JointReferenceTest {
    private static final int NZ = 6;
    private static final int NY = 5;
    private static final int NX = 7;
    private static final double PIXEL_NM = 1.5;
    private static final double[] TILTS = {-60, -20, 15, 65};
    private static final float[][] RESPONSES = {{1, 0}, {0, 1}, {0.6f, 1.7f}};
    /** Counts per unit, by element and tilt. */
    private static final double[][] GAINS = {{1.2, 0.8, 1, 1.1}, {0.5, 0.6, 0.4, 0.7}};

    private final DenseMinimum grid = new DenseMinimum(NZ, NY, NX, PIXEL_NM, TILTS);
    private final Projector projector = Projector.of(TiltGeometry.of(TILTS), NZ, NY, NX, PIXEL_NM, Slabs.of(1));

    /** A box of one element, and a smaller one of the other that shares some of its faces. */
    private static Volume[] truth() {
        Volume first = Volume.zeros(NZ, NY, NX, PIXEL_NM);
        Volume second = first.copy();
        for (int z = 1; z < 5; z++) {
            for (int y = 0; y < 4; y++) {
                for (int x = 1; x < 6; x++) {
                    first.set(z, y, x, x < 3 ? 3 : 1 + 0.3f * z);
                    second.set(z, y, x, x < 3 || y > 2 ? 0 : 4);
                }
            }
        }
        return new Volume[] {first, second};
    }

    private List<Observed> observed(List<DenseMinimum.Pixel> pixels) {
        Random random = new Random(8);
        Volume[] truth = truth();
        TiltSeries[] clean = {projector.forward(truth[0]), projector.forward(truth[1])};
        List<Observed> observed = new ArrayList<>();
        for (int c = 0; c < 2; c++) {
            TiltSeries counts = clean[c].copy();
            TiltSeries background = clean[c].copy();
            float[] k = counts.blocks()[0];
            float[] r = background.blocks()[0];
            for (int i = 0; i < k.length; i++) {
                double gain = GAINS[c][i / (NX * NY)];
                r[i] = 0.5f + 1.5f * random.nextFloat();
                double mean = gain * k[i] + r[i];
                k[i] = (float) Math.max(0, Math.rint(mean + random.nextGaussian() * Math.sqrt(mean)));
                pixels.add(DenseReferenceTest.counts(k[i], gain, r[i]));
            }
            DataTerm term = new DataTerm.KullbackLeibler(background, GAINS[c]);
            observed.add(new Observed(counts, Optional.empty(), term, RESPONSES[c], Optional.empty()));
        }
        TiltSeries both = clean[0].copy();
        TiltSeries errors = clean[0].copy();
        float[] a = both.blocks()[0];
        float[] e = errors.blocks()[0];
        for (int i = 0; i < a.length; i++) {
            e[i] = 1 + random.nextFloat();
            a[i] = RESPONSES[2][0] * a[i]
                    + RESPONSES[2][1] * clean[1].blocks()[0][i]
                    + (float) (e[i] * random.nextGaussian());
            pixels.add(DenseReferenceTest.squares(a[i], 1 / ((double) e[i] * e[i])));
        }
        DataTerm term = new DataTerm.WeightedLeastSquares();
        observed.add(new Observed(both, Optional.of(errors), term, RESPONSES[2], Optional.empty()));
        return observed;
    }

    @ParameterizedTest
    @EnumSource(Regulariser.Coupling.class)
    void agrees_with_dense_admm(Regulariser.Coupling coupling) {
        List<DenseMinimum.Pixel> pixels = new ArrayList<>();
        List<Observed> observed = observed(pixels);
        double alpha = 0.4;
        JointMinimum.Found least = new JointMinimum(grid, RESPONSES)
                .minimise(pixels, coupling == Regulariser.Coupling.NUCLEAR, alpha, 1, 2, 250);
        Problem problem = new Problem(
                projector, observed, ReconstructionSettings.elements().withThreads(1));
        PrimalDual solver = problem.cold(new Regulariser.CoupledTv(coupling));
        solver.weight(alpha);
        List<PrimalDual.Evaluation> history = solver.solve(3e-6, 10000, Progress.NONE, "");
        PrimalDual.Evaluation last = history.get(history.size() - 1);
        assertThat(last.relativeGap()).isLessThan(3e-6);
        assertThat(last.primal()).isCloseTo(least.value(), within(1e-5 * least.value()));
        for (int c = 0; c < 2; c++) {
            float[] image = solver.image(c).blocks()[0];
            for (int r = 0; r < image.length; r++) {
                double sum = 0;
                for (int v = 0; v < grid.voxels; v++) {
                    sum += grid.a[r][v] * least.x()[c][v];
                }
                assertThat((double) image[r]).as("volume %d, pixel %d", c, r).isCloseTo(sum, within(1e-2));
            }
            for (int v = 0; v < grid.voxels; v++) {
                double x = solver.x(c).at(v / (NY * NX), v / NX % NY, v % NX);
                assertThat(x).as("volume %d, voxel %d", c, v).isCloseTo(least.x()[c][v], within(1e-2));
            }
        }
    }
}
