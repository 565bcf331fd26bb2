package org.hyalite.tomo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.hyalite.grid.TiltGeometry;
import org.hyalite.grid.TiltSeries;
import org.hyalite.grid.Volume;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The bound on which convergence rests: never below the norm of the iteration's own operators, and close to it. */
final class StepNormTest {
    private static final int NZ = 10;
    private static final int NY = 13;
    private static final int NX = 12;

    @ParameterizedTest
    @CsvSource({"1, 0.05", "1, 0.4", "1, 3", "2, 0.004", "2, 0.05", "2, 0.4"})
    void bounds_the_joint_norm_closely(int order, float sigmaK) {
        Projector projector = Projector.of(TiltGeometry.of(-60, -25, 5, 40, 70), NZ, NY, NX, 1);
        SliceMatrix matrix = projector.matrix();
        TiltSeries nothing = TiltSeries.zeros(projector.geometry(), NY, NX, 1);
        Terms terms = Terms.single(DataFit.leastSquares(nothing, projector.slabs()));
        Penalty penalty = Penalty.of(order == 1 ? new Regulariser.Tv() : new Regulariser.Tv2(), projector, 1);
        float[] sigma = new float[matrix.raySum.length];
        for (int i = 0; i < sigma.length; i++) {
            sigma[i] = 0.5f / Math.max(1f, matrix.raySum[i]);
        }
        float[] tau = new float[NZ * NX];
        for (int i = 0; i < tau.length; i++) {
            tau[i] = (float) (1 / (0.5 * matrix.voxelSum[i] + sigmaK * penalty.normSquare()));
        }
        Volume u = Volume.zeros(NZ, NY, NX, 1);
        Random random = new Random(3);
        for (float[] block : u.blocks()) {
            for (int i = 0; i < block.length; i++) {
                block[i] = (float) random.nextGaussian();
            }
        }
        double norm = 0;
        for (int step = 0; step < 400; step++) {
            float[] plus = image(projector, penalty, u, 1, sigma, sigmaK);
            float[] minus = image(projector, penalty, u, -1, sigma, sigmaK);
            double square = 0;
            for (int i = 0; i < plus.length; i++) {
                plus[i] = (plus[i] - minus[i]) * tau[i / NY];
                square += (double) plus[i] * plus[i];
            }
            norm = Math.sqrt(square);
            for (int i = 0; i < plus.length; i++) {
                u.blocks()[0][i] = (float) (plus[i] / norm);
            }
        }
        double bound = StepNorm.bound(matrix, terms, new float[][] {sigma}, new float[][] {tau}, sigmaK, order);
        assertThat(bound).isGreaterThanOrEqualTo(norm).isLessThan(1.25 * norm);
    }

    /** {@code (Aᵀ Σ A + σ KᵀK) max(0, sign · u)}: the sweep with an unbounded dual variable, and voxels that stand still. */
    private static float[] image(
            Projector projector, Penalty penalty, Volume u, int sign, float[] sigma, float sigmaK) {
        Volume part = u.copy();
        float[] values = part.blocks()[0];
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.max(0f, sign * values[i]);
        }
        TiltSeries q = projector.forward(part);
        for (int i = 0; i < q.blocks()[0].length; i++) {
            q.blocks()[0][i] *= sigma[i / NY];
        }
        for (float[] component : penalty.dual[0]) {
            Arrays.fill(component, 0f);
        }
        Volume v = Volume.zeros(NZ, NY, NX, 1);
        penalty.sweep(Penalty.Sweep.single(
                part.blocks(),
                v.blocks(),
                projector.back(q).blocks(),
                new float[NZ * NX],
                sigmaK,
                Float.POSITIVE_INFINITY,
                1f));
        return v.blocks()[0];
    }
}
