package org.hyalite.tomo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.hyalite.grid.TiltGeometry;
import org.hyalite.grid.TiltSeries;
import org.hyalite.grid.Volume;
import org.hyalite.kernel.Slabs;
import org.hyalite.progress.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The solver finds the minimum that another method finds: ADMM with dense matrices, whose differences are written down
 * from the definitions, voxel by voxel.
 */
final class DenseReferenceTest {
    private static final int NZ = 5;
    private static final int NY = 4;
    private static final int NX = 6;
    private static final int SIZE = NZ * NY * NX;

    private static int at(int z, int y, int x) {
        return (z * NY + y) * NX + x;
    }

    private static int step(int axis) {
        return axis == 0 ? NY * NX : axis == 1 ? NX : 1;
    }

    /** Groups of rows; each group's Euclidean length is summed. */
    private static List<List<double[]>> differences(boolean second) {
        List<List<double[]>> groups = new ArrayList<>();
        int[] sizes = {NZ, NY, NX};
        for (int z = 0; z < NZ; z++) {
            for (int y = 0; y < NY; y++) {
                for (int x = 0; x < NX; x++) {
                    int[] place = {z, y, x};
                    List<double[]> group = new ArrayList<>();
                    for (int i = 0; i < 3; i++) {
                        if (!second) {
                            double[] row = new double[SIZE];
                            if (place[i] + 1 < sizes[i]) {
                                row[at(z, y, x) + step(i)] += 1;
                                row[at(z, y, x)] -= 1;
                            }
                            group.add(row);
                            continue;
                        }
                        for (int j = 0; j < 3; j++) {
                            double[] row = new double[SIZE];
                            if (inside(place[i], sizes[i]) && inside(place[j], sizes[j])) {
                                mixed(row, at(z, y, x), step(i), step(j));
                                mixed(row, at(z, y, x), step(j), step(i));
                            }
                            group.add(row);
                        }
                    }
                    groups.add(group);
                }
            }
        }
        return groups;
    }

    private static boolean inside(int place, int size) {
        return place > 0 && place < size - 1;
    }

    /** Half the backward difference by {@code back} of the forward difference by {@code ahead}. */
    private static void mixed(double[] row, int place, int back, int ahead) {
        row[place + ahead] += 0.5;
        row[place] -= 0.5;
        row[place - back + ahead] -= 0.5;
        row[place - back] += 0.5;
    }

    private static double[][] matrix(Projector projector) {
        double[][] columns = new double[SIZE][];
        for (int i = 0; i < SIZE; i++) {
            Volume one = Volume.zeros(NZ, NY, NX, 2);
            one.set(i / (NY * NX), i / NX % NY, i % NX, 1);
            columns[i] = flat(projector.forward(one));
        }
        double[][] rows = new double[columns[0].length][SIZE];
        for (int i = 0; i < SIZE; i++) {
            for (int r = 0; r < rows.length; r++) {
                rows[r][i] = columns[i][r];
            }
        }
        return rows;
    }

    private static double[] flat(TiltSeries series) {
        double[] values = new double[series.blocks()[0].length];
        for (int i = 0; i < values.length; i++) {
            values[i] = series.blocks()[0][i];
        }
        return values;
    }

    private static double product(double[] row, double[] x) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += row[i] * x[i];
        }
        return sum;
    }

    private static void addTransposed(double[] row, double factor, double[] into) {
        for (int i = 0; i < into.length; i++) {
            into[i] += factor * row[i];
        }
    }

    private static double length(List<double[]> group, double[] x) {
        double square = 0;
        for (double[] row : group) {
            square += Math.pow(product(row, x), 2);
        }
        return Math.sqrt(square);
    }

    private static double objective(double[][] a, double[] b, List<List<double[]>> groups, double alpha, double[] x) {
        double sum = 0;
        for (int r = 0; r < b.length; r++) {
            sum += Math.pow(product(a[r], x) - b[r], 2) / 2;
        }
        for (List<double[]> group : groups) {
            sum += alpha * length(group, x);
        }
        return sum;
    }

    /** Lower triangle L with L Lᵀ = m. */
    private static double[][] cholesky(double[][] m) {
        double[][] l = new double[m.length][m.length];
        for (int i = 0; i < m.length; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = m[i][j];
                for (int k = 0; k < j; k++) {
                    sum -= l[i][k] * l[j][k];
                }
                l[i][j] = i == j ? Math.sqrt(sum) : sum / l[j][j];
            }
        }
        return l;
    }

    private static double[] solve(double[][] l, double[] right) {
        double[] x = right.clone();
        for (int i = 0; i < x.length; i++) {
            for (int k = 0; k < i; k++) {
                x[i] -= l[i][k] * x[k];
            }
            x[i] /= l[i][i];
        }
        for (int i = x.length - 1; i >= 0; i--) {
            for (int k = i + 1; k < x.length; k++) {
                x[i] -= l[k][i] * x[k];
            }
            x[i] /= l[i][i];
        }
        return x;
    }

    /** Minimises by the alternating direction method of multipliers. */
    private static double[] admm(double[][] a, double[] b, List<List<double[]>> groups, double alpha) {
        double rho = 2;
        double[][] normal = new double[SIZE][SIZE];
        double[] pull = new double[SIZE];
        for (int r = 0; r < b.length; r++) {
            addTransposed(a[r], b[r], pull);
            for (int i = 0; i < SIZE; i++) {
                if (a[r][i] != 0) {
                    addTransposed(a[r], a[r][i], normal[i]);
                }
            }
        }
        for (int i = 0; i < SIZE; i++) {
            normal[i][i] += rho;
        }
        for (List<double[]> group : groups) {
            for (double[] row : group) {
                for (int i = 0; i < SIZE; i++) {
                    if (row[i] != 0) {
                        addTransposed(row, rho * row[i], normal[i]);
                    }
                }
            }
        }
        double[][] l = cholesky(normal);
        int width = groups.get(0).size();
        double[][] z = new double[groups.size()][width];
        double[][] u = new double[groups.size()][width];
        double[] w = new double[SIZE];
        double[] v = new double[SIZE];
        for (int iteration = 0; iteration < 1500; iteration++) {
            double[] right = pull.clone();
            for (int g = 0; g < z.length; g++) {
                for (int c = 0; c < width; c++) {
                    addTransposed(groups.get(g).get(c), rho * (z[g][c] - u[g][c]), right);
                }
            }
            for (int i = 0; i < SIZE; i++) {
                right[i] += rho * (w[i] - v[i]);
            }
            double[] x = solve(l, right);
            for (int g = 0; g < z.length; g++) {
                double square = 0;
                double[] moved = new double[width];
                for (int c = 0; c < width; c++) {
                    moved[c] = product(groups.get(g).get(c), x) + u[g][c];
                    square += moved[c] * moved[c];
                }
                double shrink = Math.max(0, 1 - alpha / rho / Math.max(1e-300, Math.sqrt(square)));
                for (int c = 0; c < width; c++) {
                    z[g][c] = shrink * moved[c];
                    u[g][c] = moved[c] - z[g][c];
                }
            }
            for (int i = 0; i < SIZE; i++) {
                double moved = x[i] + v[i];
                w[i] = Math.max(0, moved);
                v[i] = moved - w[i];
            }
        }
        return w;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void agrees_with_dense_admm(boolean second) {
        Projector projector = Projector.of(TiltGeometry.of(-60, -25, 5, 40, 70), NZ, NY, NX, 2);
        Random random = new Random(8);
        Volume truth = Volume.zeros(NZ, NY, NX, 2);
        for (int z = 1; z < 4; z++) {
            for (int y = 0; y < 3; y++) {
                for (int x = 1; x < 5; x++) {
                    truth.set(z, y, x, x < 3 ? 3 : 1.5f);
                }
            }
        }
        TiltSeries data = projector.forward(truth);
        for (float[] block : data.blocks()) {
            for (int i = 0; i < block.length; i++) {
                block[i] += (float) random.nextGaussian();
            }
        }
        double alpha = 2;
        double[][] a = matrix(projector);
        List<List<double[]>> groups = differences(second);
        double[] reference = admm(a, flat(data), groups, alpha);
        double least = objective(a, flat(data), groups, alpha, reference);

        Reconstruction result = Reconstructor.reconstruct(
                data,
                ReconstructionSettings.adf()
                        .with(second ? new Regulariser.Tv2() : new Regulariser.Tv())
                        .with(new Weight.Absolute(alpha))
                        .withPlanes(NZ)
                        .withGap(1e-5, 20000),
                Progress.NONE);
        double[] x = new double[SIZE];
        for (int i = 0; i < SIZE; i++) {
            x[i] = result.volume().at(i / (NY * NX), i / NX % NY, i % NX);
        }
        assertThat(objective(a, flat(data), groups, alpha, x)).isCloseTo(least, within(1e-4 * least));
        assertThat(result.convergence()
                        .gaps()
                        .get(result.convergence().gaps().size() - 1)
                        .primal())
                .isCloseTo(least, within(1e-4 * least));
        for (int i = 0; i < SIZE; i++) {
            assertThat(x[i]).as("voxel %d", i).isCloseTo(reference[i], within(0.05));
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
