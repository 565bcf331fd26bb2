package org.hyalite.spectra;

import java.util.List;
import org.hyalite.grid.Spectrum;
import org.hyalite.physics.Uncertain;
import org.hyalite.physics.XrayLine;

/**
 * The fit to the sum spectrum over the fitted range, on the fitted energy axis, for a figure and for judging.
 *
 * @param data the sum spectrum
 * @param model everything modelled
 * @param background the continuum
 * @param curves each line group's own curve
 * @param chiSquare Pearson's χ², {@code Σ (data − model)² / model}
 * @param degreesOfFreedom channels less free parameters
 * @param residualPeaks peaks that nothing in the model explains, strongest first
 * @param warnings what a user should know, each a sentence
 */
public record SumFit(
        Spectrum data,
        Spectrum model,
        Spectrum background,
        List<Curve> curves,
        double chiSquare,
        int degreesOfFreedom,
        List<ResidualPeak> residualPeaks,
        List<String> warnings) {

    /**
     * One line group of the model.
     *
     * @param name a line as {@code Co_Ka}, or a whole shell as {@code Cu_K}
     * @param quantified whether its counts are asked for
     * @param counts its counts in the sum spectrum, non-negative maximum likelihood
     * @param curve its share of the model
     */
    public record Curve(String name, boolean quantified, Uncertain counts, Spectrum curve) {}

    /**
     * A peak that the model does not explain.
     *
     * @param energyKeV where, keV
     * @param counts its counts
     * @param standardDeviations counts over their standard error
     * @param candidates lines that may be it, the likeliest first
     */
    public record ResidualPeak(double energyKeV, double counts, double standardDeviations, List<XrayLine> candidates) {}
}
