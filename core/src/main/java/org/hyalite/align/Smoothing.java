package org.hyalite.align;

import org.hyalite.grid.Image;

/** Small filters on {@code [y, x]} arrays of doubles. */
final class Smoothing {
    private Smoothing() {}

    /** The pixels of an image as doubles. */
    static double[] values(Image image) {
        double[] values = new double[image.values().length];
        for (int i = 0; i < values.length; i++) {
            values[i] = image.values()[i];
        }
        return values;
    }

    /** A Gaussian of standard deviation {@code sigma} pixels, edges repeated, as a new array. */
    static double[] gaussian(double[] from, int ny, int nx, double sigma) {
        int reach = (int) Math.ceil(3 * sigma);
        double[] kernel = new double[2 * reach + 1];
        double sum = 0;
        for (int k = -reach; k <= reach; k++) {
            kernel[k + reach] = Math.exp(-k * k / (2 * sigma * sigma));
            sum += kernel[k + reach];
        }
        double[] along = new double[from.length];
        double[] to = new double[from.length];
        for (int k = -reach; k <= reach; k++) {
            double w = kernel[k + reach] / sum;
            for (int y = 0; y < ny; y++) {
                for (int x = 0; x < nx; x++) {
                    along[y * nx + x] += w * from[y * nx + Math.min(nx - 1, Math.max(0, x + k))];
                }
            }
        }
        for (int k = -reach; k <= reach; k++) {
            double w = kernel[k + reach] / sum;
            for (int y = 0; y < ny; y++) {
                int source = Math.min(ny - 1, Math.max(0, y + k)) * nx;
                for (int x = 0; x < nx; x++) {
                    to[y * nx + x] += w * along[source + x];
                }
            }
        }
        return to;
    }

    /** The pixels within {@code steps} pixels (city block) of marked ones. */
    static boolean[] grown(boolean[] marked, int ny, int nx, int steps) {
        boolean[] now = marked.clone();
        for (int s = 0; s < steps; s++) {
            boolean[] next = now.clone();
            for (int y = 0; y < ny; y++) {
                for (int x = 0; x < nx; x++) {
                    int i = y * nx + x;
                    next[i] |= y > 0 && now[i - nx]
                            || y < ny - 1 && now[i + nx]
                            || x > 0 && now[i - 1]
                            || x < nx - 1 && now[i + 1];
                }
            }
            now = next;
        }
        return now;
    }

    /** The connected pieces (4 neighbours) of marked pixels that weigh at least {@code share} of the heaviest. */
    static boolean[] heavyPieces(boolean[] marked, double[] weight, int ny, int nx, double share) {
        int[] label = new int[marked.length];
        int[] stack = new int[marked.length];
        double[] masses = new double[marked.length + 1];
        int pieces = 0;
        double heaviest = 0;
        for (int start = 0; start < marked.length; start++) {
            if (!marked[start] || label[start] != 0) {
                continue;
            }
            pieces++;
            int top = 0;
            stack[top++] = start;
            label[start] = pieces;
            while (top > 0) {
                int i = stack[--top];
                masses[pieces] += weight[i];
                int x = i % nx;
                int[] around = {i - nx, i + nx, x > 0 ? i - 1 : -1, x < nx - 1 ? i + 1 : -1};
                for (int j : around) {
                    if (j >= 0 && j < marked.length && marked[j] && label[j] == 0) {
                        label[j] = pieces;
                        stack[top++] = j;
                    }
                }
            }
            heaviest = Math.max(heaviest, masses[pieces]);
        }
        boolean[] kept = new boolean[marked.length];
        for (int i = 0; i < marked.length; i++) {
            kept[i] = label[i] != 0 && masses[label[i]] >= share * heaviest;
        }
        return kept;
    }

    /**
     * Values under a hole that join the smoothed values around it without a bulge (Laplace's equation, no flow across the
     * image's border), as a new array; outside the hole the smoothed values.
     */
    static double[] membrane(double[] from, boolean[] hole, int ny, int nx, double sigma) {
        double[] known = new double[from.length];
        double[] weight = new double[from.length];
        for (int i = 0; i < from.length; i++) {
            weight[i] = hole[i] ? 0 : 1;
            known[i] = hole[i] ? 0 : from[i];
        }
        double[] sums = gaussian(known, ny, nx, sigma);
        double[] weights = gaussian(weight, ny, nx, sigma);
        double[] to = new double[from.length];
        double[] wide = gaussian(known, ny, nx, 4 * sigma);
        double[] wideWeights = gaussian(weight, ny, nx, 4 * sigma);
        for (int i = 0; i < to.length; i++) {
            to[i] = weights[i] > 1e-3 ? sums[i] / weights[i] : wideWeights[i] > 1e-3 ? wide[i] / wideWeights[i] : 0;
        }
        double relax = 2 / (1 + Math.PI / Math.max(4, Math.min(ny, nx) / 2.0));
        for (int round = 0; round < 2 * Math.min(ny, nx); round++) {
            for (int i = 0; i < to.length; i++) {
                if (hole[i]) {
                    int x = i % nx;
                    double around = to[i >= nx ? i - nx : i]
                            + to[i < to.length - nx ? i + nx : i]
                            + to[x > 0 ? i - 1 : i]
                            + to[x < nx - 1 ? i + 1 : i];
                    to[i] += relax * (around / 4 - to[i]);
                }
            }
        }
        return to;
    }
}
