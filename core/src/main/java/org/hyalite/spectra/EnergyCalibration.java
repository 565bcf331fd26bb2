package org.hyalite.spectra;

import org.hyalite.grid.EnergyAxis;
import org.hyalite.physics.Uncertain;

/**
 * The energy axis and the peak width as fitted on the sum spectrum; standard errors hold the counting noise and, where
 * the fit is worse than noise, are widened by the square root of χ² per degree of freedom.
 *
 * @param axis the fitted axis, all channels of the spectrum
 * @param offsetKeV energy at the centre of channel 0, keV
 * @param gainKeV width of a channel, keV
 * @param fwhmMnKaEv full width at half maximum at Mn Kα, eV
 * @param widthSlopeEv {@code s} in {@code FWHM(E)² = FWHM(Mn Kα)² + s (E − 5898.7 eV)}, eV; never narrower than 25 eV
 */
public record EnergyCalibration(
        EnergyAxis axis, Uncertain offsetKeV, Uncertain gainKeV, Uncertain fwhmMnKaEv, Uncertain widthSlopeEv) {

    /** Full width at half maximum of a line at an energy, both keV. */
    public double fwhmKeV(double energyKeV) {
        return width().fwhmKeV(energyKeV);
    }

    PeakWidth width() {
        return new PeakWidth(fwhmMnKaEv.value(), widthSlopeEv.value());
    }
}
