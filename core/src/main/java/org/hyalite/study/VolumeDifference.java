package org.hyalite.study;

import org.hyalite.grid.Volume;
import org.hyalite.grid.VolumeMask;

/** How far two volumes of one grid are apart. */
final class VolumeDifference {
    private VolumeDifference() {}

    /** {@code ‖volume − reference‖ / ‖reference‖} over all voxels. */
    static double relativeL2(Volume volume, Volume reference) {
        reference.requireSameGrid(volume);
        double apart = 0;
        double norm = 0;
        for (int b = 0; b < reference.blocks().length; b++) {
            for (int i = 0; i < reference.blocks()[b].length; i++) {
                double r = reference.blocks()[b][i];
                double d = volume.blocks()[b][i] - r;
                apart += d * d;
                norm += r * r;
            }
        }
        return Math.sqrt(apart / norm);
    }

    /** {@code 2 |A ∩ B| / (|A| + |B|)}. */
    static double dice(VolumeMask a, VolumeMask b) {
        int both = 0;
        for (int z = 0; z < a.nz(); z++) {
            for (int y = 0; y < a.ny(); y++) {
                for (int x = 0; x < a.nx(); x++) {
                    both += a.contains(z, y, x) && b.contains(z, y, x) ? 1 : 0;
                }
            }
        }
        return 2.0 * both / (a.count() + b.count());
    }
}
