package org.hyalite.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Vector API's twin gives the bits of the plain one, at widths that fill vectors and at widths that do not. */
final class KernelsTest {
    private final Kernels scalar = Kernels.scalar();
    private final Kernels vector = vector();

    private static Kernels vector() {
        Kernels found = Kernels.get();
        Assumptions.assumeTrue(found.name().startsWith("vector"), "the Vector API is not there: " + found.name());
        return found;
    }

    /** Random rows, some of them zero, some equal. */
    private static float[] random(int size, long seed) {
        Random random = new Random(seed);
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = random.nextInt(9) == 0 ? 0f : (float) random.nextGaussian();
        }
        return values;
    }

    private void same(int size, int arrays, Consumer<Run> work) {
        float[][] one = new float[arrays][];
        float[][] two = new float[arrays][];
        for (int i = 0; i < arrays; i++) {
            one[i] = random(size, 7 + i);
            two[i] = one[i].clone();
        }
        work.accept(new Run(scalar, one));
        work.accept(new Run(vector, two));
        for (int i = 0; i < arrays; i++) {
            assertThat(two[i]).as("array %d", i).isEqualTo(one[i]);
        }
        if (size > 0) {
            float[] before = random(size, 7);
            assertThat(one[0]).as("the kernel did something").isNotEqualTo(before);
        }
    }

    private record Run(Kernels kernels, float[][] a) {}

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4, 6, 8, 13, 16, 25, 63, 64})
    void sparse_rows(int n) {
        int[] start = {0, 3, 3, 8, 17};
        int[] index = {0, 2, 4, 1, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3};
        float[] weights = random(17, 3);
        int[] target = {3, 0, 2, 1};
        same(5 * n, 2, run -> {
            run.kernels.rows(start, target, 1, 4, index, weights, run.a[1], run.a[0], n, true);
            run.kernels.rows(start, new int[0], 0, 1, index, weights, run.a[1], run.a[0], n, false);
            run.kernels.rows(start, target, 3, 4, index, weights, run.a[1], run.a[0], n, false);
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4, 6, 8, 13, 16, 25, 63, 64})
    void total_variation(int n) {
        // arrays: u, v, g, pz, py, px
        same(4 * n, 6, run -> {
            float[][] a = run.a;
            run.kernels.tvDual(a[0], n, 2 * n, 3 * n, 0.3f, a[3], a[4], a[5], n, 0.7f, 0.4f, 1.8f);
            run.kernels.tvPrimal(a[0], a[1], a[2], n, a[3], 0, a[4], -0.2f, a[5], 2 * n, n, 0.1f, 1.8f);
            if (n > 0) {
                float[] norms = new float[n];
                run.kernels.tvNorm(a[0], n, 2 * n, 3 * n, 0.3f, norms, n);
                System.arraycopy(norms, 0, a[2], 0, n);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4, 6, 8, 13, 16, 25, 63, 64})
    void second_order_total_variation(int n) {
        secondOrder(n, 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 6, 8, 13, 16, 25, 63, 64})
    void second_order_total_variation_of_rows_that_follow_one_another(int n) {
        secondOrder(n, 2);
        secondOrder(n, 5);
    }

    private void secondOrder(int n, int count) {
        // ten rows apart, so that what is written is read by no other row
        int[] rows = {40 * n, 10 * n, 70 * n, 30 * n, 50 * n, 20 * n, 60 * n};
        float[] ends = random(10 * count, 98);
        float[] inner = new float[n];
        Arrays.fill(inner, 1f);
        if (n > 0) {
            inner[0] = 0.8f;
            inner[n - 1] = -0.3f;
        }
        float[] sigmas = {0.1f, 0.2f, 0.3f, 0.4f, 0.5f, 0.6f};
        float[] taus = {9f, 0.2f, 0.3f, 0.1f, 0.4f, 0.15f};
        same(n == 0 ? 0 : 90 * n + 15, 9, run -> {
            float[][] a = run.a;
            float[][] p = {a[3], a[4], a[5], a[6], a[7], a[8]};
            run.kernels.tv2Dual(a[0], rows, count, ends, p, 3, inner, n, sigmas, 0.6f, 1.7f);
            run.kernels.tv2Primal(a[0], a[1], a[2], rows, count, p, 3, ends, n, taus, 1, 1.7f);
            if (n > 0) {
                float[] norms = new float[n];
                run.kernels.tv2Norm(a[0], rows, ends, inner, norms, n, sigmas);
                System.arraycopy(norms, 0, a[2], 0, n);
            }
        });
    }
}
