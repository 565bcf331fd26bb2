package org.hyalite.tomo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.hyalite.grid.TiltGeometry;
import org.hyalite.grid.TiltSeries;
import org.hyalite.grid.Volume;
import org.hyalite.kernel.Slabs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The operator of total generalised variation: its adjoint is exact, its steps are short enough, and ramps are free. */
final class GeneralisedVariationTest {
    private static void fill(float[][] blocks, Random random) {
        for (float[] block : blocks) {
            for (int i = 0; i < block.length; i++) {
                block[i] = (float) random.nextGaussian();
            }
        }
    }

    private static double dot(float[][] a, float[][] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            for (int k = 0; k < a[i].length; k++) {
                sum += (double) a[i][k] * b[i][k];
            }
        }
        return sum;
    }

    private static double square(Penalty penalty, int from, int to) {
        double sum = 0;
        for (float[][] block : penalty.dual) {
            for (int c = from; c < to; c++) {
                sum += dot(new float[][] {block[c]}, new float[][] {block[c]});
            }
        }
        return sum;
    }

    /** One step of the dual variables from zero, unbounded: v is then {@code g + ∇ᵀp}, the pull {@code Eᵀr − p}. */
    private static Volume sweep(GeneralisedVariation penalty, Volume u, Volume g, float sigma) {
        for (float[][] block : penalty.dual) {
            for (float[] component : block) {
                java.util.Arrays.fill(component, 0f);
            }
        }
        Volume v = Volume.zeros(u.nz(), u.ny(), u.nx(), 1);
        penalty.sweep(Penalty.Sweep.single(
                u.copy().blocks(),
                v.blocks(),
                g.blocks(),
                new float[u.nz() * u.nx()],
                sigma,
                Float.POSITIVE_INFINITY,
                1f));
        return v;
    }

    @ParameterizedTest
    @CsvSource({"20, 70, 9", "1, 1, 1", "2, 65, 3", "17, 64, 2", "3, 129, 4"})
    void the_adjoint_is_exact(int nz, int ny, int nx) {
        Projector projector = Projector.of(TiltGeometry.of(0), nz, ny, nx, 1, Slabs.of(2));
        GeneralisedVariation penalty = new GeneralisedVariation(projector);
        Random random = new Random(4);
        Volume u = Volume.zeros(nz, ny, nx, 1);
        fill(u.blocks(), random);
        float[][][] w = penalty.slopes();
        float[][][] before = new float[3][][];
        for (int c = 0; c < 3; c++) {
            fill(w[c], random);
            before[c] = copy(w[c]);
        }
        float sigma = 0.7f;
        Volume v = sweep(penalty, u, Volume.zeros(nz, ny, nx, 1), sigma);
        double inner = dot(u.blocks(), v.blocks());
        for (int c = 0; c < 3; c++) {
            inner += dot(before[c], penalty.pull()[c]);
        }
        double squares = square(penalty, 0, 3) / GeneralisedVariation.firstStep(sigma)
                + square(penalty, 3, 9) / GeneralisedVariation.secondStep(sigma);
        assertThat(inner).isCloseTo(squares, within(1e-5 * squares));
    }

    private static float[][] copy(float[][] blocks) {
        float[][] copies = new float[blocks.length][];
        for (int b = 0; b < blocks.length; b++) {
            copies[b] = blocks[b].clone();
        }
        return copies;
    }

    @ParameterizedTest
    @ValueSource(floats = {0.05f, 0.4f, 3})
    void the_steps_of_x_and_w_together_are_short_enough(float sigmaK) {
        int nz = 10;
        int ny = 13;
        int nx = 12;
        Projector projector = Projector.of(TiltGeometry.of(-60, -25, 5, 40, 70), nz, ny, nx, 1);
        GeneralisedVariation penalty = new GeneralisedVariation(projector);
        TiltSeries nothing = TiltSeries.zeros(projector.geometry(), ny, nx, 1);
        Terms terms = Terms.single(DataFit.leastSquares(nothing, projector.slabs()));
        SliceMatrix matrix = projector.matrix();
        float[] sigma = new float[matrix.raySum.length];
        for (int i = 0; i < sigma.length; i++) {
            sigma[i] = 0.5f / Math.max(1f, matrix.raySum[i]);
        }
        float[] tau = new float[nz * nx];
        for (int i = 0; i < tau.length; i++) {
            tau[i] = (float) (1 / (0.5 * matrix.voxelSum[i] + sigmaK * penalty.normSquare()));
        }
        double together =
                StepNorm.bound(matrix, terms, new float[][] {sigma}, new float[][] {tau}, sigmaK, penalty.order());
        Volume u = Volume.zeros(nz, ny, nx, 1);
        Random random = new Random(3);
        fill(u.blocks(), random);
        float[][][] w = penalty.slopes();
        for (float[][] component : w) {
            fill(component, random);
        }
        double norm = 0;
        for (int step = 0; step < 300; step++) {
            TiltSeries q = projector.forward(u);
            for (int i = 0; i < q.blocks()[0].length; i++) {
                q.blocks()[0][i] *= sigma[i / ny];
            }
            Volume v = sweep(penalty, u, projector.back(q), sigmaK);
            double square = 0;
            for (int i = 0; i < nz * ny * nx; i++) {
                u.blocks()[0][i] = (float) (tau[i / ny] / together * v.blocks()[0][i]);
                square += Math.pow(u.blocks()[0][i], 2);
                for (int c = 0; c < 3; c++) {
                    w[c][0][i] = GeneralisedVariation.slopeStep(sigmaK) * penalty.pull()[c][0][i];
                    square += Math.pow(w[c][0][i], 2);
                }
            }
            norm = Math.sqrt(square);
            for (int i = 0; i < nz * ny * nx; i++) {
                u.blocks()[0][i] /= (float) norm;
                for (int c = 0; c < 3; c++) {
                    w[c][0][i] /= (float) norm;
                }
            }
        }
        // not more than one, and not so short that they could be much longer
        assertThat(norm).isBetween(0.6, 1.0);
    }

    @Test
    void a_linear_ramp_with_its_slopes_costs_nothing() {
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
        GeneralisedVariation penalty = new GeneralisedVariation(projector);
        double tv = Penalty.of(new Regulariser.Tv(), projector, 1).value(new float[][][] {ramp.blocks()});
        assertThat(penalty.value(new float[][][] {ramp.blocks()})).isCloseTo(tv, within(1e-6 * tv));
        float[] slope = {3, -2, 5};
        for (int c = 0; c < 3; c++) {
            for (float[] block : penalty.slopes()[c]) {
                java.util.Arrays.fill(block, slope[c]);
            }
        }
        assertThat(penalty.value(new float[][][] {ramp.blocks()})).isZero();
    }
}
