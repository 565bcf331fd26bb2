package org.hyalite.phase;

import java.util.Arrays;

/**
 * The parameters of a mixture of phases, interfaces, surfaces and strays.
 *
 * <p>Phase k: normal, mean {@code m_k}, covariance {@code S_k} beside the measurement's. Interface of j and k: voxels
 * {@code (1 − t) m_j + t m_k}, t even over 0 … 1; surface of k: {@code t m_k} down to the threshold; both with the
 * phases' spread and the measurement's. Strays: even over the box that holds all voxels.
 */
final class MixtureState {
    /** Interfaces and surfaces beside the phases: from, to; {@link #VACUUM} stands for no matter. */
    static final int VACUUM = -1;

    final int phases;
    final int elements;
    final double[][] mean;
    final double[][] spread;
    final int[][] lines;
    /** Of phases, then lines, then strays; adding up to one. */
    final double[] weight;

    MixtureState(int phases, int elements) {
        this.phases = phases;
        this.elements = elements;
        mean = new double[phases][elements];
        spread = new double[phases][elements * elements];
        lines = new int[phases * (phases - 1) / 2 + phases][];
        int at = 0;
        for (int j = 0; j < phases; j++) {
            lines[at++] = new int[] {VACUUM, j};
            for (int k = 0; k < j; k++) {
                lines[at++] = new int[] {k, j};
            }
        }
        weight = new double[phases + lines.length + 1];
    }

    MixtureState copy() {
        MixtureState copy = new MixtureState(phases, elements);
        for (int k = 0; k < phases; k++) {
            System.arraycopy(mean[k], 0, copy.mean[k], 0, elements);
            System.arraycopy(spread[k], 0, copy.spread[k], 0, elements * elements);
        }
        System.arraycopy(weight, 0, copy.weight, 0, weight.length);
        return copy;
    }

    /** Nine tenths to the phases, alike; the rest to the others. */
    void evenWeights() {
        double others = weight.length - phases;
        Arrays.fill(weight, 0, phases, 0.9 / phases);
        Arrays.fill(weight, phases, weight.length, 0.1 / others);
    }

    /** The share of all interfaces between phases. */
    double interfaces() {
        return lines(false);
    }

    /** The share of all surfaces. */
    double surfaces() {
        return lines(true);
    }

    private double lines(boolean vacuum) {
        double sum = 0;
        for (int l = 0; l < lines.length; l++) {
            sum += (lines[l][0] == VACUUM) == vacuum ? weight[phases + l] : 0;
        }
        return sum;
    }

    double strays() {
        return weight[weight.length - 1];
    }

    /** Free parameters: means, spreads, and the shares that are not next to nothing. */
    int parameters(double leastShare) {
        int free = phases * (elements + elements * (elements + 1) / 2) - 1;
        for (int c = 0; c < weight.length; c++) {
            free += c < phases || weight[c] >= leastShare ? 1 : 0;
        }
        return free;
    }
}
