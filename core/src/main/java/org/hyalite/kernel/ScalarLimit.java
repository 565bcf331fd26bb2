package org.hyalite.kernel;

import java.util.Arrays;

/** How many multiply-adds plain Java manages in the first-level cache: chains of four on each value. */
final class ScalarLimit {
    private static final int ROW = 512;
    static final int PER_ROUND = 4 * ROW;

    private ScalarLimit() {}

    static float multiplyAdds(int rounds) {
        float[] row = new float[ROW];
        Arrays.fill(row, 2f);
        for (int i = 0; i < rounds; i++) {
            chain(row);
        }
        float sum = 0;
        for (float value : row) {
            sum += value;
        }
        return sum;
    }

    private static void chain(float[] row) {
        for (int y = 0; y < row.length; y++) {
            float a = Math.fma(row[y], 0.999f, 1e-3f);
            a = Math.fma(a, 0.999f, 1e-3f);
            a = Math.fma(a, 0.999f, 1e-3f);
            row[y] = Math.fma(a, 0.999f, 1e-3f);
        }
    }
}
