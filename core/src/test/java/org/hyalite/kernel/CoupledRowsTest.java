package org.hyalite.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.SingularValueDecomposition;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The dual step of several volumes is the projection that an independent singular value decomposition gives, and both
 * twins give the same bits.
 */
final class CoupledRowsTest {
    private static final float SIGMA = 0.7f;
    private static final float BOUND = 1.1f;

    /** Rows of a random problem: volumes of four rows, and their dual variables; the row at n is worked on. */
    private record Case(float[][] u, float[] next, float[][] p, int n) {
        static Case of(int channels, int n, long seed) {
            Random random = new Random(seed);
            float[][] u = new float[channels][4 * n];
            float[] next = new float[channels];
            float[][] p = new float[3 * channels][4 * n];
            for (float[] row : u) {
                fill(row, random, 0.8);
            }
            fill(next, random, 0.8);
            for (float[] row : p) {
                fill(row, random, 1);
            }
            for (int y = 2; y < n; y += 5) {
                special(u, p, n, y, random);
            }
            return new Case(u, next, p, n);
        }

        private static void fill(float[] row, Random random, double size) {
            for (int i = 0; i < row.length; i++) {
                row[i] = random.nextInt(9) == 0 ? 0f : (float) (size * random.nextGaussian());
            }
        }

        /** By turns: nothing at all, equal singular values, one singular value, all but parallel gradients. */
        private static void special(float[][] u, float[][] p, int n, int y, Random random) {
            for (float[] row : u) {
                row[n + y] = 0.25f;
                row[2 * n + y] = 0.25f;
                row[3 * n + y] = 0.25f;
                if (y + 1 < n) {
                    row[n + y + 1] = 0.25f;
                }
            }
            float size = 0.2f + 3 * random.nextFloat();
            int kind = y / 5 % 4;
            for (int i = 0; i < p.length; i++) {
                boolean diagonal = i % 3 == i / 3;
                p[i][n + y] = switch (kind) {
                    case 0 -> 0f;
                    case 1 -> diagonal ? size : 0f;
                    case 2 -> i % 3 == 1 ? size * (1 + i / 3) : 0f;
                    default -> size * (1 + i % 3) + 1e-3f * random.nextFloat();
                };
            }
        }

        Case copy() {
            float[][] v = new float[u.length][];
            float[][] q = new float[p.length][];
            for (int i = 0; i < v.length; i++) {
                v[i] = u[i].clone();
            }
            for (int i = 0; i < q.length; i++) {
                q[i] = p[i].clone();
            }
            return new Case(v, next.clone(), q, n);
        }

        Case stepped(Kernels kernels, float bound, float rho, boolean nuclear) {
            Case copy = copy();
            kernels.coupledDual(copy.u, n, 2 * n, 3 * n, next, copy.p, n, SIGMA, bound, rho, nuclear);
            return copy;
        }

        /** {@code P + factor [∇u₁ … ∇uₘ]} of a voxel, 3 × m. */
        RealMatrix moved(int y, double factor) {
            RealMatrix m = MatrixUtils.createRealMatrix(3, u.length);
            for (int c = 0; c < u.length; c++) {
                double here = u[c][n + y];
                double after = y + 1 < n ? u[c][n + y + 1] : next[c];
                double[] slopes = {u[c][2 * n + y] - here, after - here, u[c][3 * n + y] - here};
                for (int i = 0; i < 3; i++) {
                    m.setEntry(i, c, factor * slopes[i] + (factor == 1 ? 0 : p[3 * c + i][n + y]));
                }
            }
            return m;
        }

        RealMatrix dual(int y) {
            RealMatrix m = MatrixUtils.createRealMatrix(3, u.length);
            for (int i = 0; i < p.length; i++) {
                m.setEntry(i % 3, i / 3, p[i][n + y]);
            }
            return m;
        }
    }

    static Stream<Arguments> widths() {
        List<Arguments> all = new ArrayList<>();
        for (int n : new int[] {1, 3, 8, 63, 64, 65}) {
            all.add(Arguments.of(n, false));
            all.add(Arguments.of(n, true));
        }
        return all.stream();
    }

    static Stream<Arguments> channels() {
        List<Arguments> all = new ArrayList<>();
        for (int m : new int[] {1, 2, 3, 5}) {
            all.add(Arguments.of(m, false));
            all.add(Arguments.of(m, true));
        }
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("widths")
    void both_twins_give_the_same_bits(int n, boolean nuclear) {
        Kernels vector = Kernels.get();
        Assumptions.assumeTrue(vector.name().startsWith("vector"), "the Vector API is not there: " + vector.name());
        for (long seed = 1; seed <= 6; seed++) {
            Case start = Case.of(seed > 3 && !nuclear ? 5 : 2, n, seed);
            for (float bound : new float[] {0.01f, BOUND, 50f, Float.POSITIVE_INFINITY}) {
                Case plain = start.stepped(Kernels.scalar(), bound, 1.7f, nuclear);
                Case wide = start.stepped(vector, bound, 1.7f, nuclear);
                for (int i = 0; i < plain.p.length; i++) {
                    assertThat(wide.p[i]).as("component %d, bound %s", i, bound).isEqualTo(plain.p[i]);
                    assertThat(plain.p[i]).isNotEqualTo(start.p[i]).doesNotContain(Float.NaN);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("channels")
    void the_step_is_the_projection_by_an_independent_decomposition(int channels, boolean nuclear) {
        int inside = 0;
        int outside = 0;
        for (long seed = 1; seed <= 6; seed++) {
            Case start = Case.of(channels, 65, seed);
            Case made = start.stepped(Kernels.get(), BOUND, 1f, nuclear);
            for (int y = 0; y < start.n; y++) {
                RealMatrix moved = start.moved(y, SIGMA);
                SingularValueDecomposition parts = new SingularValueDecomposition(moved);
                double[] s = parts.getSingularValues();
                RealMatrix expected;
                double size;
                if (nuclear) {
                    RealMatrix least = parts.getS().copy();
                    for (int k = 0; k < s.length; k++) {
                        least.setEntry(k, k, Math.min(s[k], BOUND));
                    }
                    expected = parts.getU().multiply(least).multiply(parts.getVT());
                    size = new SingularValueDecomposition(made.dual(y)).getNorm();
                } else {
                    double norm = moved.getFrobeniusNorm();
                    expected = norm > BOUND ? moved.scalarMultiply(BOUND / norm) : moved;
                    size = made.dual(y).getFrobeniusNorm();
                }
                if (expected.subtract(moved).getFrobeniusNorm() < 1e-9) {
                    inside++;
                } else {
                    outside++;
                }
                assertThat(made.dual(y).subtract(expected).getFrobeniusNorm())
                        .as("seed %d, voxel %d, singular values %s", seed, y, Arrays.toString(s))
                        .isLessThan(1e-4);
                assertThat(size).isLessThan(BOUND * (1 + 1e-4));
            }
        }
        assertThat(inside).isGreaterThan(10);
        assertThat(outside).isGreaterThan(10);
    }

    @ParameterizedTest
    @MethodSource("channels")
    void relaxation_goes_beyond_the_projection_by_its_factor(int channels, boolean nuclear) {
        Case start = Case.of(channels, 65, 11);
        Case whole = start.stepped(Kernels.get(), BOUND, 1f, nuclear);
        Case relaxed = start.stepped(Kernels.get(), BOUND, 1.6f, nuclear);
        for (int i = 0; i < start.p.length; i++) {
            for (int k = 0; k < start.p[i].length; k++) {
                double expected = start.p[i][k] + 1.6 * (whole.p[i][k] - start.p[i][k]);
                assertThat((double) relaxed.p[i][k]).isCloseTo(expected, within(1e-5));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("channels")
    void the_norm_is_the_sum_of_singular_values_or_the_root_of_squares(int channels, boolean nuclear) {
        for (int n : new int[] {1, 7, 64}) {
            Case start = Case.of(channels, n, 3);
            double expected = 0;
            for (int y = 0; y < n; y++) {
                RealMatrix slopes = start.moved(y, 1);
                if (nuclear) {
                    for (double s : new SingularValueDecomposition(slopes).getSingularValues()) {
                        expected += s;
                    }
                } else {
                    expected += slopes.getFrobeniusNorm();
                }
            }
            double sum = Kernels.get().coupledNorm(start.u, n, 2 * n, 3 * n, start.next, n, nuclear);
            assertThat(sum).isCloseTo(expected, within(1e-5 * expected + 1e-6));
        }
    }

    @ParameterizedTest
    @MethodSource("widths")
    void one_volume_alone_moves_as_in_plain_total_variation(int n, boolean nuclear) {
        Case start = Case.of(1, n, 5);
        Case coupled = start.stepped(Kernels.get(), BOUND, 1.7f, nuclear);
        Case plain = start.copy();
        Kernels.get()
                .tvDual(
                        plain.u[0],
                        n,
                        2 * n,
                        3 * n,
                        plain.next[0],
                        plain.p[0],
                        plain.p[1],
                        plain.p[2],
                        n,
                        SIGMA,
                        BOUND,
                        1.7f);
        for (int i = 0; i < 3; i++) {
            for (int k = 0; k < plain.p[i].length; k++) {
                assertThat(coupled.p[i][k]).isCloseTo(plain.p[i][k], within(3e-6f));
            }
        }
    }
}
