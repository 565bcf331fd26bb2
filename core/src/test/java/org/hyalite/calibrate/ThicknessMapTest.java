package org.hyalite.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.hyalite.grid.Image;
import org.hyalite.grid.Volume;
import org.junit.jupiter.api.Test;

/** Protects the absolute scale of every cross section. */
class ThicknessMapTest {
    @Test
    void countsVoxelsAboveTheThresholdAlongZ() {
        Volume v = Volume.zeros(6, 2, 3, 2.5);
        v.set(1, 0, 2, 5);
        v.set(4, 0, 2, 7);
        v.set(5, 0, 2, 3);
        Image t = ThicknessMap.of(v, 3);
        assertThat(t.at(0, 2)).isEqualTo(5.0f);
        assertThat(t.sum()).isEqualTo(5.0);
        assertThat(t.pixelNm()).isEqualTo(2.5);
    }

    @Test
    void partialVolumesKeepTheVolumeThatAThresholdLosesAtEdges() {
        double worstBinary = 0;
        for (int seed = 0; seed < 3; seed++) {
            Synthetic shard = Synthetic.shard(seed, 17);
            for (double blur : new double[] {1, 1.5}) {
                Volume occupancy = shard.occupancy(64, 4);
                double truth = occupancy.sum() * 4; // summed thickness in nm of 4 nm pixels
                Volume v = Synthetic.combine(
                        Synthetic.blur(occupancy, blur), 1000, Synthetic.noise(64, 4, 1, seed), 20, 0, true);
                EdgeSpreadFit fit = EdgeSpreadFit.fit(v);
                double binary = ThicknessMap.of(v, fit.threshold()).sum() / truth - 1;
                double partial = ThicknessMap.ofPartialVolumes(v, fit).sum() / truth - 1;
                worstBinary = Math.max(worstBinary, Math.abs(binary));
                assertThat(partial).isCloseTo(0, within(0.008));
            }
        }
        assertThat(worstBinary).isGreaterThan(0.015); // else the other map would have no reason to be
    }
}
