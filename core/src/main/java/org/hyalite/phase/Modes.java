package org.hyalite.phase;

import java.util.Arrays;

/**
 * The modes of points in the unit square: the hills of their smoothed density. Two hills are one mode if the pass
 * between them is higher than half of the lower top; hills that hold too few of the points are none.
 */
final class Modes {
    /** Cells along each side. */
    static final int CELLS = 128;

    private static final double HIGHEST_PASS = 0.5;

    private static final int NONE = -1;

    private final int[] label;
    private final int count;

    private Modes(int[] label, int count) {
        this.label = label;
        this.count = count;
    }

    /**
     * Finds the modes.
     *
     * @param u first coordinates, 0 … 1; the square's edges reflect, so that a hill at an edge is as high as any other
     * @param v second coordinates
     * @param sdU width of the smoothing along u
     * @param sdV width of the smoothing along v
     * @param leastShare share of the points that a mode must hold
     */
    static Modes of(float[] u, float[] v, double sdU, double sdV, double leastShare) {
        double[] points = new double[CELLS * CELLS];
        for (int i = 0; i < u.length; i++) {
            points[cell(u[i], v[i])]++;
        }
        double[] height = smoothed(smoothed(points, CELLS, 1, sdU * CELLS), 1, CELLS, sdV * CELLS);
        double top = Arrays.stream(height).max().orElse(0);
        Integer[] order = new Integer[height.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Double.compare(height[b], height[a]));
        int[] root = new int[height.length]; // the highest cell of each cell's hill
        Arrays.fill(root, NONE);
        double[] mass = new double[height.length];
        double least = leastShare * u.length;
        for (int cell : order) {
            if (!(height[cell] > 1e-9 * top)) {
                break;
            }
            int best = NONE;
            for (int neighbour : neighbours(cell)) {
                int hill = neighbour == NONE ? NONE : find(root, neighbour);
                if (hill != NONE && (best == NONE || height[hill] > height[best])) {
                    best = hill;
                }
            }
            root[cell] = best == NONE ? cell : best;
            for (int neighbour : neighbours(cell)) {
                int hill = neighbour == NONE ? NONE : find(root, neighbour);
                if (hill != NONE && hill != best && best != NONE) {
                    boolean onePhase = height[cell] > HIGHEST_PASS * height[hill] || mass[hill] < least;
                    if (onePhase) {
                        root[hill] = best;
                        mass[best] += mass[hill];
                    }
                }
            }
            mass[find(root, cell)] += points[cell];
        }
        return numbered(root, mass, least);
    }

    private static Modes numbered(int[] root, double[] mass, double least) {
        int[] number = new int[root.length];
        Arrays.fill(number, NONE);
        int[] label = new int[root.length];
        int count = 0;
        int largest = NONE;
        for (int i = 0; i < root.length; i++) {
            if (root[i] == i && (largest == NONE || mass[i] > mass[largest])) {
                largest = i;
            }
        }
        for (int i = 0; i < root.length; i++) {
            if (root[i] == i && (mass[i] >= least || i == largest)) {
                number[i] = count++;
            }
        }
        for (int i = 0; i < root.length; i++) {
            int hill = root[i] == NONE ? NONE : find(root, i);
            label[i] = hill == NONE ? NONE : number[hill];
        }
        return new Modes(label, count);
    }

    /** How many modes there are; at least one if there are points. */
    int count() {
        return count;
    }

    /** The mode on whose hill a point lies, or −1. */
    int at(float u, float v) {
        return label[cell(u, v)];
    }

    private static int cell(float u, float v) {
        int i = Math.max(0, Math.min(CELLS - 1, (int) (u * CELLS)));
        int j = Math.max(0, Math.min(CELLS - 1, (int) (v * CELLS)));
        return i * CELLS + j;
    }

    private static int find(int[] root, int cell) {
        int at = cell;
        if (root[at] == NONE) {
            return NONE;
        }
        while (root[at] != at) {
            at = root[at];
        }
        return at;
    }

    private static int[] neighbours(int cell) {
        int[] all = new int[8];
        int i = cell / CELLS;
        int j = cell % CELLS;
        int n = 0;
        for (int di = -1; di <= 1; di++) {
            for (int dj = -1; dj <= 1; dj++) {
                if (di != 0 || dj != 0) {
                    boolean on = i + di >= 0 && i + di < CELLS && j + dj >= 0 && j + dj < CELLS;
                    all[n++] = on ? (i + di) * CELLS + j + dj : NONE;
                }
            }
        }
        return all;
    }

    /** Smooths along the axis of a stride, the edges reflecting. */
    private static double[] smoothed(double[] from, int stride, int across, double sd) {
        int reach = Math.min(CELLS - 1, (int) Math.ceil(4 * sd));
        double[] w = new double[reach + 1];
        for (int k = 0; k <= reach; k++) {
            w[k] = sd > 0 ? Math.exp(-0.5 * k * k / (sd * sd)) : 1;
        }
        double[] to = new double[from.length];
        for (int line = 0; line < CELLS; line++) {
            for (int i = 0; i < CELLS; i++) {
                double value = from[line * across + i * stride];
                if (value == 0) {
                    continue;
                }
                for (int k = -reach; k <= reach; k++) {
                    int j = i + k;
                    j = j < 0 ? -j - 1 : j >= CELLS ? 2 * CELLS - 1 - j : j;
                    to[line * across + j * stride] += value * w[Math.abs(k)];
                }
            }
        }
        return to;
    }
}
