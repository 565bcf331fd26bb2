package org.hyalite.tomo;

/** Half the deviance that Poisson numbers have from their own mean, on average: ½ for many counts, less below one. */
final class PoissonDeviance {
    private static final double LEAST = 1e-4;
    private static final double MOST = 60;
    private static final int PER_DECADE = 40;
    private final double[] table;

    PoissonDeviance() {
        table = new double[(int) Math.ceil(PER_DECADE * Math.log10(MOST / LEAST)) + 2];
        for (int i = 0; i < table.length; i++) {
            table[i] = exact(LEAST * Math.pow(10, (double) i / PER_DECADE));
        }
    }

    /** {@code E[k log(k/m) − (k − m)]}, k of mean m; interpolated, ± 1e-3. */
    double expectedHalf(double mean) {
        if (!(mean > LEAST)) {
            return Math.max(0, mean) / LEAST * table[0];
        }
        if (mean >= MOST) {
            // the next term of its expansion
            return 0.5 + 1 / (12 * mean);
        }
        double at = PER_DECADE * Math.log10(mean / LEAST);
        int i = (int) at;
        return table[i] + (at - i) * (table[i + 1] - table[i]);
    }

    private static double exact(double m) {
        double sum = 0;
        double p = Math.exp(-m);
        for (int k = 0; k < m + 12 * Math.sqrt(m) + 20; k++) {
            sum += p * ((k > 0 ? k * Math.log(k / m) : 0) - (k - m));
            p *= m / (k + 1);
        }
        return sum;
    }
}
