package org.hyalite.grid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The blocked layout must be invisible: what is set at [z, y, x] is read there, at sizes that do not divide by 64. */
class VolumeTest {
    @Test
    void valuesComeBackWhereTheyWereSet() {
        int[][] sizes = {{1, 1, 1}, {2, 63, 3}, {3, 64, 2}, {2, 65, 4}, {3, 200, 5}};
        for (int[] s : sizes) {
            Volume volume = Volume.zeros(s[0], s[1], s[2], 1.5);
            TiltSeries series = TiltSeries.zeros(TiltGeometry.of(new double[s[0]]), s[1], s[2], 1.5);
            Random random = new Random(1);
            for (int z = 0; z < s[0]; z++) {
                for (int y = 0; y < s[1]; y++) {
                    for (int x = 0; x < s[2]; x++) {
                        float value = random.nextFloat();
                        volume.set(z, y, x, value);
                        series.set(z, y, x, value);
                    }
                }
            }
            random = new Random(1);
            for (int z = 0; z < s[0]; z++) {
                for (int y = 0; y < s[1]; y++) {
                    for (int x = 0; x < s[2]; x++) {
                        float value = random.nextFloat();
                        assertThat(volume.at(z, y, x)).isEqualTo(value);
                        assertThat(volume.planeXz(y).at(z, x)).isEqualTo(value);
                        assertThat(series.image(z).at(y, x)).isEqualTo(value);
                    }
                }
            }
            assertThat(volume.projectionZ().sum()).isCloseTo(volume.sum() * 1.5, within(1e-3 * volume.sum()));
        }
    }

    @Test
    void seriesAreSortedByTilt() {
        TiltSeries series = TiltSeries.of(TiltGeometry.of(10, -20, 0), List.of(constant(1), constant(2), constant(3)));
        TiltSeries sorted = series.ascending();
        assertThat(sorted.geometry().tiltsDeg()).containsExactly(-20, 0, 10);
        assertThat(sorted.at(0, 0, 0)).isEqualTo(2);
        assertThat(sorted.geometry().nearestZero()).isEqualTo(1);
    }

    @Test
    void wrongSizesAreRefusedWithBothNumbers() {
        assertThatThrownBy(() -> Volume.zeros(0, 1, 1, 1)).hasMessageContaining("0 × 1 × 1");
        assertThatThrownBy(() -> Volume.zeros(1, 1, 1, 0)).hasMessageContaining("voxel size 0");
        assertThatThrownBy(() -> TiltSeries.of(TiltGeometry.of(0, 1), List.of(constant(1))))
                .hasMessageContaining("1 images, but 2 tilts");
    }

    private static Image constant(float value) {
        return Image.of(1, 1, 1, new float[] {value});
    }
}
