package org.hyalite.grid;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Protects what counts as the core of a particle or phase. */
class VolumeMaskMorphologyTest {
    private static VolumeMask random(long seed, double share) {
        Random random = new Random(seed);
        VolumeMask mask = VolumeMask.empty(Volume.zeros(7, 9, 5, 1));
        for (int z = 0; z < 7; z++) {
            for (int y = 0; y < 9; y++) {
                for (int x = 0; x < 5; x++) {
                    if (random.nextDouble() < share) {
                        mask.add(z, y, x);
                    }
                }
            }
        }
        return mask;
    }

    private static boolean allAround(VolumeMask mask, int z, int y, int x, boolean any) {
        for (int k = Math.max(0, z - 1); k <= Math.min(6, z + 1); k++) {
            for (int j = Math.max(0, y - 1); j <= Math.min(8, y + 1); j++) {
                for (int i = Math.max(0, x - 1); i <= Math.min(4, x + 1); i++) {
                    if (mask.contains(k, j, i) == any) {
                        return any;
                    }
                }
            }
        }
        return !any;
    }

    @Test
    void erosionAndDilationAskEveryNeighbour() {
        for (long seed = 0; seed < 5; seed++) {
            VolumeMask full = random(seed, 0.93);
            VolumeMask sparse = random(seed, 0.03);
            VolumeMask eroded = full.eroded(1);
            VolumeMask dilated = sparse.dilated(1);
            for (int z = 0; z < 7; z++) {
                for (int y = 0; y < 9; y++) {
                    for (int x = 0; x < 5; x++) {
                        assertThat(eroded.contains(z, y, x)).isEqualTo(allAround(full, z, y, x, false));
                        assertThat(dilated.contains(z, y, x)).isEqualTo(allAround(sparse, z, y, x, true));
                    }
                }
            }
            assertThat(full.eroded(0).count()).isEqualTo(full.count());
            assertThat(full.eroded(2).count()).isEqualTo(eroded.eroded(1).count());
        }
    }

    @Test
    void closingFillsPinholesOnly() {
        VolumeMask mask = VolumeMask.empty(Volume.zeros(7, 9, 5, 1));
        for (int z = 1; z < 6; z++) {
            for (int y = 1; y < 6; y++) {
                for (int x = 1; x < 4; x++) {
                    if (z != 3 || y != 3 || x != 2) {
                        mask.add(z, y, x);
                    }
                }
            }
        }
        assertThat(mask.contains(3, 3, 2)).isFalse();
        assertThat(mask.closed().contains(3, 3, 2)).isTrue();
        assertThat(mask.closed().contains(6, 8, 2)).isFalse();
        assertThat(mask.closed().contains(3, 7, 2)).isFalse();
    }
}
