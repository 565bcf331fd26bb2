package org.hyalite.phase;

import java.util.List;

/**
 * Two standard deviations of voxels within the cores of the phases, as Collins et al. (2019) state their precision
 * (there ± 0.03 and ± 2 atoms/nm³); phases are pooled by the voxels of their cores.
 *
 * @param fraction2Sd of X
 * @param density2SdPerNm3 of N, atoms/nm³
 */
public record Precision(double fraction2Sd, double density2SdPerNm3) {
    /**
     * The pooled precision of some phases.
     *
     * @param regions at least one
     */
    static Precision of(List<PhaseRegion> regions) {
        double voxels = 0;
        double fraction = 0;
        double density = 0;
        for (PhaseRegion r : regions) {
            voxels += r.coreVoxels();
            fraction += r.coreVoxels() * r.fractionSd() * r.fractionSd();
            density += r.coreVoxels() * r.densitySdPerNm3() * r.densitySdPerNm3();
        }
        return new Precision(2 * Math.sqrt(fraction / voxels), 2 * Math.sqrt(density / voxels));
    }
}
