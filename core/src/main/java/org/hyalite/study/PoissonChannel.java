package org.hyalite.study;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.hyalite.grid.TiltGeometry;
import org.hyalite.grid.TiltSeries;
import org.hyalite.physics.CrossSection;
import org.hyalite.physics.Dose;
import org.hyalite.physics.Element;
import org.hyalite.physics.XrayLine;
import org.hyalite.spectra.WindowCounts;
import org.hyalite.tomo.JointData;
import org.hyalite.tomo.Thinned;

/**
 * One element's counts as they were counted, with what is expected of them: {@code E[counts] = c(θ) · Ax + background},
 * Ax in atoms/nm². All counts are independent Poisson numbers.
 *
 * @param element which
 * @param counts {@code [tilt, y, x]}, whole numbers where the maps' counts are
 * @param background expected counts that are not of the element's lines, {@code [tilt, y, x]}, > 0
 * @param countsPerUnit c, counts per atom/nm², by tilt: {@code (τ i / e) · g(θ) · Σ_l share_l σ_l}
 */
record PoissonChannel(Element element, TiltSeries counts, TiltSeries background, double[] countsPerUnit) {
    /**
     * Two independent halves of the same counts.
     *
     * @param kept the share that was asked for
     * @param setAside the rest
     */
    record Split(PoissonChannel kept, PoissonChannel setAside) {}

    /**
     * The channel of one element.
     *
     * @param tilts the maps' tilts, in their order
     * @param doses of a pixel, by map
     * @param gains g(θ), by map
     */
    static PoissonChannel of(
            WindowCounts window,
            TiltGeometry tilts,
            Map<XrayLine, CrossSection> crossSections,
            List<Dose> doses,
            double[] gains) {
        double nm2 = 0;
        for (Map.Entry<XrayLine, Double> line : window.shares().entrySet()) {
            CrossSection sigma = crossSections.get(line.getKey());
            if (sigma == null) {
                throw new IllegalArgumentException(
                        "no cross section of " + line.getKey().name());
            }
            nm2 += line.getValue() * sigma.nm2();
        }
        double[] perUnit = new double[tilts.count()];
        for (int t = 0; t < perUnit.length; t++) {
            perUnit[t] = doses.get(t).electrons() * gains[t] * nm2;
        }
        return new PoissonChannel(
                window.element(),
                TiltSeries.of(tilts, window.counts()),
                TiltSeries.of(tilts, window.background()),
                perUnit);
    }

    /**
     * Draws each count into one of two channels: both are Poisson again, independent of each other, with the same
     * specimen and {@code share} (the rest) of the dose.
     *
     * @param share of the counts that is kept on average, within (0, 1)
     * @throws IllegalArgumentException if a count is no whole number ≥ 0
     */
    Split thinned(double share, long seed) {
        if (!(share > 0 && share < 1)) {
            throw new IllegalArgumentException("share of " + share + " is not within (0, 1)");
        }
        SplittableRandom random = new SplittableRandom(seed);
        TiltSeries kept = counts.copy();
        TiltSeries rest = counts.copy();
        for (int b = 0; b < counts.blocks().length; b++) {
            float[] all = counts.blocks()[b];
            for (int i = 0; i < all.length; i++) {
                int n = (int) all[i];
                if (n != all[i] || n < 0) {
                    throw new IllegalArgumentException(all[i] + " counts: only whole numbers can be split");
                }
                int drawn = 0;
                for (int k = 0; k < n; k++) {
                    drawn += random.nextDouble() < share ? 1 : 0;
                }
                kept.blocks()[b][i] = drawn;
                rest.blocks()[b][i] = n - drawn;
            }
        }
        return new Split(with(kept, share), with(rest, 1 - share));
    }

    private PoissonChannel with(TiltSeries some, double share) {
        TiltSeries less = background.copy();
        for (float[] block : less.blocks()) {
            for (int i = 0; i < block.length; i++) {
                block[i] *= (float) share;
            }
        }
        double[] perUnit = countsPerUnit.clone();
        for (int t = 0; t < perUnit.length; t++) {
            perUnit[t] *= share;
        }
        return new PoissonChannel(element, some, less, perUnit);
    }

    /** For a reconstruction together with other elements, its weight found by leaving tilts out. */
    JointData.Channel toJoint() {
        return new JointData.Channel(element.symbol(), counts, background, countsPerUnit, Optional.empty());
    }

    /** The same with a share of the counts set aside, by which its weight is found. */
    JointData.Channel toJoint(double share, long seed) {
        Thinned thinned = new Thinned(thinned(1 - share, seed).setAside().counts(), share);
        return new JointData.Channel(element.symbol(), counts, background, countsPerUnit, Optional.of(thinned));
    }
}
