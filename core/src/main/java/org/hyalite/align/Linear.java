package org.hyalite.align;

/** Small systems of linear equations. */
final class Linear {
    private Linear() {}

    /**
     * Solves {@code [A | b]} by elimination with row exchange; a direction that the equations do not see gets 0.
     *
     * @param system rows of n coefficients and a right side; overwritten
     */
    static double[] solve(double[][] system) {
        int n = system.length;
        double scale = 0;
        for (int i = 0; i < n; i++) {
            scale = Math.max(scale, Math.abs(system[i][i]));
        }
        boolean[] seen = new boolean[n];
        for (int c = 0; c < n; c++) {
            int pivot = c;
            for (int r = c + 1; r < n; r++) {
                pivot = Math.abs(system[r][c]) > Math.abs(system[pivot][c]) ? r : pivot;
            }
            if (Math.abs(system[pivot][c]) <= 1e-12 * scale) {
                continue;
            }
            seen[c] = true;
            double[] row = system[pivot];
            system[pivot] = system[c];
            system[c] = row;
            for (int r = 0; r < n; r++) {
                if (r != c) {
                    double factor = system[r][c] / row[c];
                    for (int k = c; k <= n; k++) {
                        system[r][k] -= factor * row[k];
                    }
                }
            }
        }
        double[] x = new double[n];
        for (int i = 0; i < n; i++) {
            x[i] = seen[i] ? system[i][n] / system[i][i] : 0;
        }
        return x;
    }
}
