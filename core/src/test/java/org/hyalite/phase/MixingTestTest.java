package org.hyalite.phase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.Random;
import org.hipparchus.distribution.continuous.UniformRealDistribution;
import org.hipparchus.stat.inference.KolmogorovSmirnovTest;
import org.hyalite.grid.Volume;
import org.hyalite.physics.Element;
import org.junit.jupiter.api.Test;

/** Protects the verdict "mixed": its p is honest where nothing is mixed, also where the null particle is biased. */
class MixingTestTest {
    private static final Element CO = Element.of("Co");
    private static final Element ZN = Element.of("Zn");
    private static final int N = 24;

    /** Each pipeline adds noise to L and each taking of an outline a bias; nothing is mixed. */
    private static double p(Random random, int replicas, double bias, double sd, double more) {
        double measured = -5 + more + sd * random.nextGaussian();
        double[] pure = new double[replicas];
        double[] again = new double[replicas];
        for (int b = 0; b < replicas; b++) {
            pure[b] = Math.exp(-5 + bias + sd * random.nextGaussian());
            again[b] = Math.exp(-5 + 2 * bias + sd * random.nextGaussian());
        }
        return MixingTest.of(Math.exp(measured), pure, again).p();
    }

    @Test
    void pIsUniformWhereNothingIsMixedAndSmallWhereSomethingIs() {
        Random random = new Random(7);
        for (double bias : new double[] {0, 0.5, -1}) {
            double[] p = new double[400];
            for (int i = 0; i < p.length; i++) {
                p[i] = p(random, 12, bias, 0.3, 0);
            }
            double farthest =
                    new KolmogorovSmirnovTest().kolmogorovSmirnovStatistic(new UniformRealDistribution(0, 1), p);
            // exceeded by uniform numbers with a probability of 1 %
            assertThat(farthest * Math.sqrt(p.length)).isLessThan(1.63);
            assertThat(p(random, 12, bias, 0.3, 4)).isLessThan(MixingTest.LEVEL);
        }
    }

    @Test
    void replicasThatAreAllAlikeGiveNoCertainty() {
        double[] same = {0.01, 0.01, 0.01};
        assertThat(MixingTest.of(0.01, same, same).p()).isCloseTo(0.5, within(1e-9));
        assertThat(MixingTest.of(0, new double[3], new double[0]).p()).isCloseTo(0.5, within(1e-9));
        assertThatThrownBy(() -> MixingTest.of(0.01, new double[] {0.1}, new double[0]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static PhaseDiagram ball(double co, double zn, boolean cut) {
        Volume a = Volume.zeros(N, N, N, 6);
        Volume b = Volume.zeros(N, N, N, 6);
        for (int z = 0; z < N; z++) {
            for (int y = 0; y < N; y++) {
                for (int x = 0; x < N; x++) {
                    if (Math.hypot(Math.hypot(z - 11.5, y - 11.5), x - 11.5) < 9) {
                        boolean first = !cut || x + 0.3 * y < 15;
                        a.set(z, y, x, (float) (first ? co : zn));
                        b.set(z, y, x, (float) (first ? zn : co));
                    }
                }
            }
        }
        return PhaseDiagram.of(ZN, Map.of(CO, a, ZN, b), 1);
    }

    @Test
    void mixednessIsZeroOfPureAndOneOfHalfAndHalf() {
        for (int depth = 1; depth <= 3; depth++) {
            assertThat(Mixedness.of(ball(5, 0, true), depth).value()).isZero();
            assertThat(Mixedness.of(ball(3, 3, false), depth).value()).isCloseTo(1, within(1e-6));
            assertThat(Mixedness.of(ball(4, 1, true), depth).value()).isCloseTo(0.64, within(1e-6));
        }
        assertThat(Mixedness.of(ball(5, 0, true), 3).voxels())
                .isLessThan(Mixedness.of(ball(5, 0, true), 2).voxels());
        assertThat(Mixedness.depth(ball(5, 0, true), 3)).isEqualTo(3);
        assertThat(Mixedness.depth(ball(5, 0, true), 9)).isLessThan(9);
    }

    @Test
    void particleOfPurePhasesIsItsOwnNullParticle() {
        PhaseDiagram diagram = ball(5, 0, true);
        NullParticle particle = NullParticle.of(diagram);
        for (Element element : new Element[] {CO, ZN}) {
            Volume measured = diagram.densities().get(element);
            Volume pure = particle.densities().get(element);
            assertThat(pure.nx()).isEqualTo(2 * N);
            assertThat(pure.voxelNm()).isEqualTo(3);
            assertThat(pure.sum() * pure.voxelNm3())
                    .isCloseTo(
                            measured.sum() * measured.voxelNm3(), within(0.01 * measured.sum() * measured.voxelNm3()));
        }
    }

    @Test
    void nullParticleOfAMixedOneIsPureAndHoldsAllItsAtoms() {
        PhaseDiagram diagram = ball(4, 2, false);
        NullParticle particle = NullParticle.of(diagram);
        assertThat(particle.densities().get(ZN).sum()).isZero();
        Volume co = particle.densities().get(CO);
        double atoms = diagram.density().sum() * diagram.density().voxelNm3();
        assertThat(co.sum() * co.voxelNm3()).isCloseTo(atoms, within(1e-4 * atoms));
        assertThatThrownBy(() -> NullParticle.of(PhaseDiagram.of(ZN, Map.of(ZN, co), 1)))
                .hasMessageContaining("two elements");
        assertThatThrownBy(() ->
                        NullParticle.of(PhaseDiagram.of(ZN, Map.of(ZN, diagram.density(), CO, diagram.density()), 100)))
                .hasMessageContaining("nothing lies inside");
    }
}
