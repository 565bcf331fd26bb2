package org.hyalite.phase;

/**
 * A phase found in a particle: its volume is that of all voxels assigned to it, its means and spreads are those of its
 * core, which no surface and no interface blurs (see {@link PhaseFinder}).
 *
 * @param name {@code Zn-rich}, {@code Co-rich} or {@code mixed}, numbered from the second of a name on
 * @param volumeNm3 nm³
 * @param fractionMean mean X of the middle half of the core's voxels
 * @param fractionSd standard deviation of X over the core's voxels
 * @param densityMeanPerNm3 mean N of the middle half of the core's voxels, atoms/nm³
 * @param densitySdPerNm3 standard deviation of N over the core's voxels, atoms/nm³
 * @param coreVoxels voxels of the core
 * @param coreDepth how many voxels below its surface the core begins; 0 if the phase is too thin to have a core
 */
public record PhaseRegion(
        String name,
        double volumeNm3,
        double fractionMean,
        double fractionSd,
        double densityMeanPerNm3,
        double densitySdPerNm3,
        int coreVoxels,
        int coreDepth) {}
