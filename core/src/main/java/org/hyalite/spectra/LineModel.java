package org.hyalite.spectra;

import java.util.List;
import java.util.Optional;
import org.hyalite.physics.XrayLine;

/**
 * How each line's net counts are defined: what a cross section measured with them belongs to.
 *
 * @param method windows or fit
 * @param estimator of a fit; empty for windows
 * @param range the fitted range
 * @param lines the quantified lines, in order
 * @param modelled names of all line groups in the model
 * @param backgroundPieces free background components of each pixel's fit; 0 for windows
 */
public record LineModel(
        Method method,
        Optional<Estimator> estimator,
        Window range,
        List<Definition> lines,
        List<String> modelled,
        int backgroundPieces) {

    /**
     * A range of energies, channel edge to channel edge.
     *
     * @param lowKeV lower end, keV
     * @param highKeV upper end, keV
     */
    public record Window(double lowKeV, double highKeV) {}

    /**
     * One line.
     *
     * @param line which
     * @param energyKeV its mean energy, keV
     * @param fwhmEv full width at half maximum there, eV
     * @param window the channels that are integrated or fitted
     * @param share share of the line's counts within them; net counts are corrected for the rest
     * @param background windows beside it; empty for a fit
     */
    public record Definition(
            XrayLine line, double energyKeV, double fwhmEv, Window window, double share, List<Window> background) {}
}
