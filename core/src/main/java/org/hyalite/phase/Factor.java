package org.hyalite.phase;

/** The Cholesky factor of a small covariance, {@code C = L Lᵀ}, row by row. */
record Factor(double[] lower, int size, double logDeterminant) {
    /**
     * The factor of a covariance.
     *
     * @param covariance symmetric, {@code size × size}; a diagonal that rounding has made negative counts as next to zero
     */
    static Factor of(double[] covariance, int size) {
        double[] l = new double[size * size];
        double log = 0;
        for (int i = 0; i < size; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = covariance[i * size + j];
                for (int k = 0; k < j; k++) {
                    sum -= l[i * size + k] * l[j * size + k];
                }
                if (i == j) {
                    l[i * size + i] = Math.sqrt(Math.max(sum, 1e-12 * Math.abs(covariance[i * size + i]) + 1e-300));
                    log += 2 * Math.log(l[i * size + i]);
                } else {
                    l[i * size + j] = sum / l[j * size + j];
                }
            }
        }
        return new Factor(l, size, log);
    }

    /** {@code L⁻¹ v}, written over v. */
    void whiten(double[] v) {
        for (int i = 0; i < size; i++) {
            double sum = v[i];
            for (int k = 0; k < i; k++) {
                sum -= lower[i * size + k] * v[k];
            }
            v[i] = sum / lower[i * size + i];
        }
    }

    /** {@code C⁻¹}. */
    double[] inverse() {
        double[] inverse = new double[size * size];
        double[] v = new double[size];
        for (int c = 0; c < size; c++) {
            java.util.Arrays.fill(v, 0);
            v[c] = 1;
            whiten(v);
            for (int i = size - 1; i >= 0; i--) {
                double sum = v[i];
                for (int k = i + 1; k < size; k++) {
                    sum -= lower[k * size + i] * inverse[k * size + c];
                }
                inverse[i * size + c] = sum / lower[i * size + i];
            }
        }
        return inverse;
    }
}
