package org.hyalite.phase;

import org.hipparchus.special.Erf;

/** The normal distribution's integral {@code Φ}, from a table: within 1e-6, and many times quicker than exact. */
final class NormalTable {
    private static final double REACH = 8;
    private static final int PER_UNIT = 512;
    private static final double[] VALUES = new double[(int) (2 * REACH * PER_UNIT) + 2];

    static {
        for (int i = 0; i < VALUES.length; i++) {
            VALUES[i] = 0.5 * Erf.erfc((REACH - (double) i / PER_UNIT) / Math.sqrt(2));
        }
    }

    private NormalTable() {}

    static double below(double t) {
        if (!(t > -REACH)) {
            return 0;
        }
        if (t >= REACH) {
            return 1;
        }
        double at = (t + REACH) * PER_UNIT;
        int i = (int) at;
        return VALUES[i] + (at - i) * (VALUES[i + 1] - VALUES[i]);
    }
}
