package org.hyalite.calibrate;

/** Otsu's threshold: where the variance between the two classes is greatest. */
final class Otsu {
    private Otsu() {}

    /**
     * The threshold of values in ascending order; if several are as good (a gap between the classes) their middle.
     *
     * @param sorted at least two different values
     */
    static double threshold(float[] sorted) {
        int n = sorted.length;
        double total = 0;
        for (float v : sorted) {
            total += v;
        }
        double below = 0;
        double best = -1;
        double threshold = sorted[0];
        for (int i = 0; i < n - 1; i++) {
            below += sorted[i];
            if (sorted[i] == sorted[i + 1]) {
                continue;
            }
            double share = (i + 1.0) / n;
            double distance = (total - below) / (n - i - 1) - below / (i + 1);
            double between = share * (1 - share) * distance * distance;
            if (between > best) {
                best = between;
                threshold = 0.5 * ((double) sorted[i] + sorted[i + 1]);
            }
        }
        return threshold;
    }
}
