package org.hyalite.study;

import java.util.List;
import java.util.Map;
import org.hyalite.grid.TiltGeometry;
import org.hyalite.grid.TiltSeries;
import org.hyalite.physics.CrossSection;
import org.hyalite.physics.Dose;
import org.hyalite.physics.Element;
import org.hyalite.physics.XrayLine;
import org.hyalite.spectra.WindowCounts;
import org.hyalite.tomo.JointData;

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

    /** For a reconstruction together with other elements. */
    JointData.Channel toJoint() {
        return new JointData.Channel(element.symbol(), counts, background, countsPerUnit);
    }
}
