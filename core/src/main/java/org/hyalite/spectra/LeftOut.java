package org.hyalite.spectra;

import org.hyalite.grid.Image;
import org.hyalite.physics.XrayLine;

/**
 * What denoising took from a line's counts beyond noise: with d the difference of the filters, {@code (d·n)² − Σ d_c² n_c} has
 * the mean of the squared signal that is left out.
 *
 * @param line which line
 * @param rmsCounts root mean square over the pixels of the counts left out
 * @param standardDeviations the sum over its scatter; some four or more are no chance
 */
public record LeftOut(XrayLine line, double rmsCounts, double standardDeviations) {
    /** Of the differences of some maps and the square roots of {@code Σ d_c² n_c}. */
    static LeftOut of(XrayLine line, Iterable<Image[]> differenceAndNoise) {
        double sum = 0;
        double squares = 0;
        long pixels = 0;
        for (Image[] map : differenceAndNoise) {
            for (int i = 0; i < map[0].values().length; i++) {
                double d = map[0].values()[i];
                double noise = map[1].values()[i];
                double excess = d * d - noise * noise;
                sum += excess;
                squares += excess * excess;
                pixels++;
            }
        }
        return new LeftOut(
                line, Math.sqrt(Math.max(0, sum / Math.max(1, pixels))), squares > 0 ? sum / Math.sqrt(squares) : 0);
    }
}
