package org.hyalite.tomo;

import java.util.List;

/**
 * Volumes that were reconstructed together.
 *
 * @param volumes in the channels' order, all of one solve, each with its own mass check and headroom
 * @param response intensity of the ADF images per unit of Ax, by volume; empty without ADF images
 */
public record JointReconstruction(List<Reconstruction> volumes, List<Double> response) {
    public JointReconstruction {
        volumes = List.copyOf(volumes);
        response = List.copyOf(response);
    }
}
