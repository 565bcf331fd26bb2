package org.hyalite.phase;

/**
 * The voxels that a mixture is fitted to.
 *
 * @param elements E
 * @param densities {@code [point · E + element]}, atoms/nm³
 * @param voxels where each point lies
 * @param noise of their measurement
 * @param threshold N above which a voxel is inside, atoms/nm³
 */
record MixturePoints(int elements, double[] densities, int[] voxels, VoxelNoise noise, double threshold) {
    int count() {
        return voxels.length;
    }
}
