package org.hyalite.tomo;

import java.util.List;
import java.util.Optional;

/**
 * Volumes that were reconstructed together.
 *
 * @param volumes in the channels' order, all of one solve, each with its own mass check and headroom
 * @param adf what the ADF images said; empty without any
 */
public record JointReconstruction(List<Reconstruction> volumes, Optional<Adf> adf) {
    /**
     * The ADF images' part.
     *
     * @param response intensity per unit of Ax, by volume
     * @param explained the share of their variance that the volumes explain, from counts alone
     * @param fused whether they took part; not where they show much that the volumes do not
     */
    public record Adf(List<Double> response, double explained, boolean fused) {
        public Adf {
            response = List.copyOf(response);
        }
    }

    public JointReconstruction {
        volumes = List.copyOf(volumes);
    }
}
