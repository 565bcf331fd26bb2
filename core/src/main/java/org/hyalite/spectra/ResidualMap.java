package org.hyalite.spectra;

import org.hyalite.grid.Image;
import org.hyalite.physics.XrayLine;

/**
 * How well the columns of the model describe each pixel within one line's own channels (those where the line has 2 % of its
 * height or more). With the weights {@code w} of the linear fit and its residuals {@code r}, {@code Q = Σ w_c r_c²}; what
 * Poisson noise alone makes of it is estimated from the pixel's own counts, {@code E = Σ G_d n_d}, such that {@code Q − E}
 * has the mean zero however few the counts, if the model is right. The counts must be counts as counted.
 *
 * @param line which line
 * @param deviation {@code (Q − E) / sd(Q)}, {@code [y, x]}: of pure Poisson noise it has mean 0 and standard deviation 1,
 *     skewed towards high values where counts are few
 * @param chiSquare Q summed over the map; over {@link #expected} it is χ² per degree of freedom, 1 of pure noise
 * @param expected E summed over the map
 * @param standardDeviation of the sum of {@code Q − E} by noise alone
 */
public record ResidualMap(XrayLine line, Image deviation, double chiSquare, double expected, double standardDeviation) {
    /** Of the pixels' {@code Q − E}, its standard deviation and E. */
    static ResidualMap of(XrayLine line, Image excess, Image sd, Image expected) {
        Image deviation = Image.zeros(excess.ny(), excess.nx(), excess.pixelNm());
        double q = 0;
        double e = 0;
        double variance = 0;
        for (int i = 0; i < excess.values().length; i++) {
            double s = sd.values()[i];
            deviation.values()[i] = s > 0 ? (float) (excess.values()[i] / s) : 0;
            q += (double) excess.values()[i] + expected.values()[i];
            e += expected.values()[i];
            variance += s * s;
        }
        return new ResidualMap(line, deviation, q, e, Math.sqrt(variance));
    }

    /** χ² per degree of freedom over the whole map; 1 for a map without counts. */
    public double reducedChiSquare() {
        return expected > 0 ? chiSquare / expected : 1;
    }

    /** What noise alone scatters {@link #reducedChiSquare} by. */
    public double reducedScatter() {
        return expected > 0 ? standardDeviation / expected : 0;
    }
}
