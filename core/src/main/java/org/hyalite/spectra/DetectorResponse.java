package org.hyalite.spectra;

import java.util.Map;
import java.util.Optional;
import org.hyalite.physics.Element;
import org.hyalite.physics.Uncertain;

/**
 * What the sum spectrum shows of the detector beside Gaussian peaks, and of what absorbs the continuum. Only what raised the
 * likelihood far more than chance would is here.
 *
 * @param chargeLoss incomplete charge collection; empty where the spectrum shows none
 * @param escapePeaks whether silicon escape peaks are in the model
 * @param absorbers mass thickness, g/cm², of elements whose absorption edges the continuum shows, at most 3e-5 each; effective
 *     values that make the continuum's shape, no measurement of thickness
 */
public record DetectorResponse(
        Optional<ChargeLoss> chargeLoss, boolean escapePeaks, Map<Element, Double> absorbers) {
    public DetectorResponse {
        absorbers = Map.copyOf(absorbers);
    }

    /**
     * Charge that is not collected, in two ways.
     *
     * @param depthUm how deep under the entrance window the loss reaches, µm of silicon (to 1/e)
     * @param surfaceShare share of the charge lost at the surface
     * @param borderPhotons share of the photons that lose charge at any depth
     * @param borderShare the largest share of its charge that such a photon loses
     */
    public record ChargeLoss(
            Uncertain depthUm, Uncertain surfaceShare, Uncertain borderPhotons, Uncertain borderShare) {}
}
