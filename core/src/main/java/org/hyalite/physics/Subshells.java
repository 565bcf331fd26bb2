package org.hyalite.physics;

import com.github.tschoonj.xraylib.Xraylib;
import java.util.function.DoubleSupplier;

/**
 * How many photons each subshell of L and M gives relative to the others. Fast electrons ionise a subshell of n electrons
 * and edge energy E about as n/E (Bethe's cross section; its logarithm differs little within a shell); Coster–Kronig
 * transitions then move holes to the higher subshells before they are filled; what is left radiates with the subshell's
 * fluorescence yield. Probabilities and yields are xraylib's, with two exceptions:
 * <ul>
 *   <li>the yield of M2 for Z = 77…82 is interpolated between those of Os and Bi (0.00325 and 0.00652). xraylib has 0.0423
 *       for Au, ten times what its neighbours' trend gives, and its values from Ir to Pb lead up to it and down again; platinum
 *       would have peaks at 0.83 and 2.70 keV that no spectrum of it shows;
 *   <li>that of M5 is at least that of M4 for Z &lt; 60, where xraylib has none or one on its way to none.
 * </ul>
 */
final class Subshells {
    private static final int[] ELECTRONS = {2, 2, 2, 4, 2, 2, 4, 4, 6};
    private static final int L1 = 1;
    private static final int M1 = 4;
    private static final int M2 = 5;
    private static final int M4 = 7;
    private static final int M5 = 8;

    private static final int OSMIUM = 76;
    private static final int BISMUTH = 83;
    private static final int NEODYMIUM = 60;

    /** xraylib's numbers of the transitions [from][to] within a shell, lowest subshell first; L1 to L3 has two. */
    private static final int[][] L_TRANSITIONS = {{-1, 1, 2}, {-1, -1, 4}, {-1, -1, -1}};

    private static final int L13_INTRASHELL = 3;
    private static final int[][] M_TRANSITIONS = {
        {-1, 5, 6, 7, 8}, {-1, -1, 9, 10, 11}, {-1, -1, -1, 12, 13}, {-1, -1, -1, -1, 14}, {-1, -1, -1, -1, -1}
    };

    private Subshells() {}

    /** Photons of each subshell of L (L1, L2, L3), in common arbitrary units. */
    static double[] photonsOfL(int z) {
        return photons(z, L1, L_TRANSITIONS);
    }

    /** Photons of each subshell of M (M1 … M5). */
    static double[] photonsOfM(int z) {
        return photons(z, M1, M_TRANSITIONS);
    }

    private static double[] photons(int z, int first, int[][] transitions) {
        int n = transitions.length;
        double[] holes = new double[n];
        for (int s = 0; s < n; s++) {
            int shell = first + s;
            double edge = tabled(() -> Xraylib.EdgeEnergy(z, shell));
            holes[s] = edge > 0 ? ELECTRONS[shell] / edge : 0;
        }
        double[] photons = new double[n];
        for (int s = 0; s < n; s++) {
            for (int to = s + 1; to < n; to++) {
                holes[to] += holes[s] * moved(z, transitions[s][to], first == L1 && s == 0 && to == 2);
            }
            photons[s] = holes[s] * radiated(z, first + s);
        }
        return photons;
    }

    private static double moved(int z, int transition, boolean twofold) {
        double moved = tabled(() -> Xraylib.CosKronTransProb(z, transition));
        return twofold ? moved + tabled(() -> Xraylib.CosKronTransProb(z, L13_INTRASHELL)) : moved;
    }

    private static double radiated(int z, int shell) {
        if (shell == M2 && z > OSMIUM && z < BISMUTH) {
            double share = (double) (z - OSMIUM) / (BISMUTH - OSMIUM);
            return (1 - share) * radiated(OSMIUM, M2) + share * radiated(BISMUTH, M2);
        }
        if (shell == M5 && z < NEODYMIUM) {
            return Math.max(tabled(() -> Xraylib.FluorYield(z, M5)), radiated(z, M4));
        }
        return tabled(() -> Xraylib.FluorYield(z, shell));
    }

    private static double tabled(DoubleSupplier value) {
        try {
            return value.getAsDouble();
        } catch (IllegalArgumentException absent) {
            return 0; // xraylib says so of what the element does not have
        }
    }
}
