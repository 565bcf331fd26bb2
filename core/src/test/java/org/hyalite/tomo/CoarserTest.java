package org.hyalite.tomo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.hyalite.grid.TiltGeometry;
import org.hyalite.grid.TiltSeries;
import org.hyalite.grid.Volume;
import org.hyalite.kernel.Slabs;
import org.hyalite.progress.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The coarser problem is the same problem: same axis, same scale, and a start that saves iterations. */
final class CoarserTest {
    private static final List<Regulariser> ALL =
            List.of(new Regulariser.Tv(), new Regulariser.Tv2(), new Regulariser.Tgv());
    private final Slabs slabs = Slabs.of(2);

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 1, 2})
    void a_ramp_is_spread_to_a_ramp_with_values_where_they_belong(int staggered) {
        Volume coarse = Volume.zeros(6, 70, 5, 2);
        for (int z = 0; z < 6; z++) {
            for (int y = 0; y < 70; y++) {
                for (int x = 0; x < 5; x++) {
                    coarse.set(z, y, x, (float)
                            (at(z, 0, staggered, 2) + 2 * at(y, 1, staggered, 2) + 3 * at(x, 2, staggered, 2)));
                }
            }
        }
        Volume fine = Volume.zeros(12, 139, 10, 1);
        Coarser.spread(coarse, fine, staggered, 4f, slabs);
        for (int z = 2; z < 10; z++) {
            for (int y = 2; y < 137; y++) {
                for (int x = 2; x < 8; x++) {
                    double expected =
                            4 * (at(z, 0, staggered, 1) + 2 * at(y, 1, staggered, 1) + 3 * at(x, 2, staggered, 1));
                    assertThat((double) fine.at(z, y, x)).isCloseTo(expected, within(1e-2));
                }
            }
        }
    }

    private static double at(int index, int axis, int staggered, double edge) {
        return edge * (axis == staggered ? index + 1 : index + 0.5);
    }

    @Test
    void means_of_the_images_are_the_images_on_coarse_pixels() {
        double[] shifts = {0.7, -1.4, 2};
        TiltGeometry geometry = TiltGeometry.of(new double[] {-50, 0, 35}, shifts, 1.3);
        Volume fine = Volume.zeros(32, 5, 32, 2);
        Volume coarse = Volume.zeros(16, 3, 16, 4);
        for (int z = 4; z < 11; z++) {
            for (int y = 0; y < 3; y++) {
                for (int x = 6; x < 9; x++) {
                    coarse.set(z, y, x, 1 + z + y);
                    for (int i = 0; i < 8; i++) {
                        if (2 * y + i % 2 < 5) {
                            fine.set(2 * z + i / 4, 2 * y + i % 2, 2 * x + i / 2 % 2, 1 + z + y);
                        }
                    }
                }
            }
        }
        TiltSeries means = Coarser.series(Projector.of(geometry, 32, 5, 32, 2).forward(fine), slabs);
        TiltSeries own = Projector.of(means.geometry(), 16, 3, 16, 4).forward(coarse);
        for (int i = 0; i < own.blocks()[0].length; i++) {
            assertThat(means.blocks()[0][i]).isCloseTo(own.blocks()[0][i], within(1e-3f));
        }
    }

    @Test
    void its_solution_is_a_start_that_saves_iterations() {
        int n = 48;
        Volume truth = Particle.volume(n, 4);
        Projector projector = Projector.of(Particle.geometry(15), n, n, n, 4);
        TiltSeries noisy = Particle.noisy(projector.forward(truth), 40, 1);
        for (Regulariser regulariser : ALL) {
            ReconstructionSettings settings = ReconstructionSettings.adf().with(regulariser);
            Problem problem = new Problem(
                    projector, List.of(Observed.single(noisy, Optional.empty(), settings.dataTerm())), settings);
            double alpha = 0.02 * problem.scale();
            PrimalDual cold = problem.cold(regulariser);
            cold.weight(alpha);
            PrimalDual warm = problem.solver(regulariser, alpha, Progress.NONE);
            int saved = iterations(cold) - iterations(warm);
            assertThat(saved).as(regulariser.label()).isPositive();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {7, 8, 65, 66, 67})
    void its_dual_pulls_on_nothing_that_costs_nothing(int ny) {
        Projector fine = Projector.of(TiltGeometry.of(0), 32, ny, 32, 1, slabs);
        Projector coarse = Projector.of(TiltGeometry.of(0), 16, (ny + 1) / 2, 16, 2, slabs);
        for (Regulariser regulariser : ALL) {
            Penalty from = Penalty.of(regulariser, coarse, 1);
            Volume steps = Volume.zeros(16, coarse.ny(), 16, 2);
            Random random = new Random(ny);
            for (float[] block : steps.blocks()) {
                for (int i = 0; i < block.length; i++) {
                    block[i] = random.nextFloat();
                }
            }
            sweep(from, steps, 1f);
            Penalty to = Penalty.of(regulariser, fine, 1);
            to.start(from, Volume.zeros(16, coarse.ny(), 16, 2), Volume.zeros(32, ny, 32, 1));
            Volume pull = sweep(to, Volume.zeros(32, ny, 32, 1), 0f);
            assertThat(to.dualSquare()).isPositive();
            assertThat(pull.sum()).as(regulariser.label()).isCloseTo(0, within(1e-2));
            double ramp = 0;
            for (int y = 0; y < ny; y++) {
                for (int i = 0; i < 32 * 32; i++) {
                    ramp += (y - ny / 2.0) * pull.at(i / 32, y, i % 32);
                }
            }
            if (to.order() == 2) {
                assertThat(ramp).isCloseTo(0, within(1e-2 * ny));
            }
        }
    }

    /** One step of the dual variable; returns {@code Kᵀp}. */
    private static Volume sweep(Penalty penalty, Volume u, float sigma) {
        Volume v = Volume.zeros(u.nz(), u.ny(), u.nx(), 1);
        Volume g = Volume.zeros(u.nz(), u.ny(), u.nx(), 1);
        penalty.sweep(
                Penalty.Sweep.single(u.blocks(), v.blocks(), g.blocks(), new float[u.nz() * u.nx()], sigma, 1f, 1f));
        return v;
    }

    private static int iterations(PrimalDual solver) {
        List<PrimalDual.Evaluation> history = solver.solve(2e-3, 1000, Progress.NONE, "");
        return history.get(history.size() - 1).iteration();
    }
}
