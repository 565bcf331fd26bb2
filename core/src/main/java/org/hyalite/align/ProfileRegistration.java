package org.hyalite.align;

import java.util.Arrays;

/** Moves profiles along one axis until they lie on each other, whatever their brightness. */
final class ProfileRegistration {
    private static final double LEAST_OVERLAP = 0.5;
    private static final double[] WIDTHS = {0.6, 0.3, 0.25};

    private final double[][] profiles;

    /** Rows of a profile that were recorded: from, to (not included). */
    private final int from;

    private final int to;

    /**
     * @param profiles {@code [image][row]}
     * @param from first row that counts, before any movement
     * @param to end of the rows that count
     */
    ProfileRegistration(double[][] profiles, int from, int to) {
        this.profiles = profiles;
        this.from = from;
        this.to = to;
    }

    /**
     * A first guess: each profile is laid on that of the neighbouring tilt, from the middle outwards.
     *
     * @param order the images' indices in order of tilt
     * @param start the image that keeps its place
     * @param largest no two neighbours are farther apart, rows
     */
    double[] guess(int[] order, int start, double largest) {
        int n = profiles.length;
        double[] moves = new double[n];
        int middle = 0;
        while (order[middle] != start) {
            middle++;
        }
        for (int direction : new int[] {1, -1}) {
            for (int k = middle + direction; k >= 0 && k < n; k += direction) {
                int i = order[k];
                double[] reference = moved(order[k - direction], moves[order[k - direction]]);
                moves[i] = fine(i, reference, whole(i, reference, Math.rint(moves[order[k - direction]]), largest));
            }
        }
        return moves;
    }

    /** What each profile must be moved by, rows, to lie on the mean of the others; the start keeps its place. */
    double[] settle(double[] guess, int start, int rounds) {
        int n = profiles.length;
        double[] moves = guess;
        for (int round = 0; round < rounds; round++) {
            double[] next = new double[n];
            double[][] moved = new double[n][];
            for (int i = 0; i < n; i++) {
                moved[i] = moved(i, moves[i]);
            }
            for (int i = 0; i < n; i++) {
                next[i] = fine(i, meanWithout(i, moved), moves[i]);
            }
            moves = next;
        }
        double zero = moves[start];
        double[] settled = new double[n];
        for (int i = 0; i < n; i++) {
            settled[i] = moves[i] - zero;
        }
        return settled;
    }

    /** The mean of the profiles but one; {@code NaN} where fewer than half of them were recorded. */
    private static double[] meanWithout(int left, double[][] moved) {
        double[] sum = new double[moved[0].length];
        int[] count = new int[sum.length];
        for (int i = 0; i < moved.length; i++) {
            if (i == left) {
                continue;
            }
            double total = 0;
            for (double v : moved[i]) {
                total += Double.isNaN(v) ? 0 : v;
            }
            for (int r = 0; r < sum.length && total != 0; r++) {
                if (!Double.isNaN(moved[i][r])) {
                    sum[r] += moved[i][r] / total;
                    count[r]++;
                }
            }
        }
        for (int r = 0; r < sum.length; r++) {
            sum[r] = 2 * count[r] >= moved.length - 1 && count[r] > 0 ? sum[r] / count[r] : Double.NaN;
        }
        return sum;
    }

    /** The profile moved; {@code NaN} where it was not recorded. */
    private double[] moved(int i, double move) {
        double[] to = new double[profiles[i].length];
        double[] weights = new double[4];
        for (int r = 0; r < to.length; r++) {
            double at = r - move;
            int first = Resampler.weights(at, Resampling.Kernel.CUBIC, weights);
            if (at < this.from || at > this.to - 1) {
                to[r] = Double.NaN;
                continue;
            }
            for (int k = 0; k < 4; k++) {
                int source = Math.min(profiles[i].length - 1, Math.max(0, first + k));
                to[r] += weights[k] * profiles[i][source];
            }
        }
        return to;
    }

    private double whole(int i, double[] reference, double around, double reach) {
        double best = around;
        double least = Double.POSITIVE_INFINITY;
        for (double d = -reach; d <= reach; d++) {
            double miss = mismatch(i, reference, around + d);
            if (miss < least) {
                least = miss;
                best = around + d;
            }
        }
        return best;
    }

    /** Goes to the vertex of parabolas of shrinking width. */
    private double fine(int i, double[] reference, double start) {
        double best = start;
        for (double h : WIDTHS) {
            double low = mismatch(i, reference, best - h);
            double mid = mismatch(i, reference, best);
            double high = mismatch(i, reference, best + h);
            double bend = low - 2 * mid + high;
            if (bend > 0) {
                best += Math.max(-2 * h, Math.min(2 * h, 0.5 * h * (low - high) / bend));
            } else {
                best += low < high ? -h : high < low ? h : 0;
            }
        }
        return best;
    }

    /** One minus the squared correlation of profile and reference over the rows that both have. */
    private double mismatch(int i, double[] reference, double move) {
        double[] one = moved(i, move);
        double ab = 0;
        double aa = 0;
        double bb = 0;
        int rows = 0;
        int possible = 0;
        for (int r = 0; r < one.length; r++) {
            possible += Double.isNaN(reference[r]) ? 0 : 1;
            if (!Double.isNaN(one[r]) && !Double.isNaN(reference[r])) {
                ab += one[r] * reference[r];
                aa += one[r] * one[r];
                bb += reference[r] * reference[r];
                rows++;
            }
        }
        if (rows < LEAST_OVERLAP * possible || aa == 0 || bb == 0 || ab <= 0) {
            return 2;
        }
        return 1 - ab * ab / (aa * bb);
    }

    /** Indices of the images in ascending order of tilt. */
    static int[] byTilt(double[] tiltsDeg) {
        Integer[] order = new Integer[tiltsDeg.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, java.util.Comparator.comparingDouble(i -> tiltsDeg[i]));
        return Arrays.stream(order).mapToInt(Integer::intValue).toArray();
    }
}
