package org.hyalite.phantom;

/**
 * A phase as it really is. Means and spreads are taken over its interior: what lies farther from the interface than the
 * interface is wide (everything, where the interface is sharp).
 *
 * @param name {@code Co-rich} or {@code Zn-rich}
 * @param fractionMean {@code X = Zn / (Co + Zn)}, the mean over the interior's volume
 * @param fractionSd its standard deviation there
 * @param densityMeanPerNm3 {@code N = Co + Zn}, atoms/nm³, likewise
 * @param densitySdPerNm3 its standard deviation there
 * @param volumeNm3 all on the phase's side of the interface's middle, nm³
 * @param interiorNm3 volume of the interior, nm³
 */
public record TruePhase(
        String name,
        double fractionMean,
        double fractionSd,
        double densityMeanPerNm3,
        double densitySdPerNm3,
        double volumeNm3,
        double interiorNm3) {}
