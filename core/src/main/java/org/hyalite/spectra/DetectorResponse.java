package org.hyalite.spectra;

import java.util.LinkedHashMap;
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
public record DetectorResponse(Optional<ChargeLoss> chargeLoss, boolean escapePeaks, Map<Element, Double> absorbers) {
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

    /** Of a model with fitted parameters, in its order. */
    static DetectorResponse of(SumModel model, Uncertain[] theta) {
        boolean lost = theta[SumModel.LOSS_DEPTH].value() > 0 || theta[SumModel.BORDER_SHARE].value() > 0;
        Map<Element, Double> absorbed = new LinkedHashMap<>();
        for (int k = 0; k < model.absorbers().size(); k++) {
            double thickness = theta[SumModel.ABSORBER + k].value() * SumModel.THICKNESS_UNIT;
            if (thickness > 0) {
                absorbed.put(model.absorbers().get(k).element(), thickness);
            }
        }
        return new DetectorResponse(
                lost
                        ? Optional.of(new ChargeLoss(
                                theta[SumModel.LOSS_DEPTH],
                                theta[SumModel.SURFACE_LOSS],
                                theta[SumModel.BORDER_SHARE],
                                theta[SumModel.BORDER_LOSS]))
                        : Optional.empty(),
                model.escape(),
                absorbed);
    }
}
