package org.hyalite.phantom;

/**
 * Draws an index with given probabilities at one random number a draw: Walker's alias method in Vose's form (Vose 1991,
 * IEEE Trans. Softw. Eng. 17, 972).
 */
final class AliasTable {
    private final double[] keep;
    private final int[] alias;

    private AliasTable(double[] keep, int[] alias) {
        this.keep = keep;
        this.alias = alias;
    }

    /** The table of weights that are not negative and not all zero; they need not add up to one. */
    static AliasTable of(double[] weights) {
        int n = weights.length;
        double total = 0;
        for (double w : weights) {
            total += w;
        }
        double[] keep = new double[n];
        int[] alias = new int[n];
        int[] small = new int[n];
        int[] large = new int[n];
        int smalls = 0;
        int larges = 0;
        for (int i = 0; i < n; i++) {
            keep[i] = weights[i] * n / total;
            alias[i] = i;
            if (keep[i] < 1) {
                small[smalls++] = i;
            } else {
                large[larges++] = i;
            }
        }
        while (smalls > 0 && larges > 0) {
            int poor = small[--smalls];
            int rich = large[larges - 1];
            alias[poor] = rich;
            keep[rich] -= 1 - keep[poor];
            if (keep[rich] < 1) {
                larges--;
                small[smalls++] = rich;
            }
        }
        while (larges > 0) {
            keep[large[--larges]] = 1;
        }
        for (int i = 0; i < smalls; i++) {
            // rounding alone leaves an index here; one of no weight must never be drawn for it
            keep[small[i]] = weights[small[i]] > 0 ? 1 : 0;
        }
        return new AliasTable(keep, alias);
    }

    /** One index; the dice give its place by their whole part and the choice by the rest. */
    int draw(Dice dice) {
        double place = dice.uniform() * keep.length;
        int i = (int) place;
        return place - i < keep[i] ? i : alias[i];
    }
}
