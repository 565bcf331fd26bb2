package org.hyalite.grid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** The packed store must give back every count, whatever its size and place. */
class SpectrumImageTest {
    @Test
    void packedCountsComeBackExactly() {
        Random random = new Random(5);
        int channels = 700;
        SpectrumImage.Builder builder = SpectrumImage.whole(3, 4, 2.5, new EnergyAxis(channels, -0.2, 0.01));
        int[][] truth = new int[12][channels];
        for (int p = 0; p < 12; p++) {
            for (int k = 0; k < (p == 0 ? channels : 40); k++) {
                truth[p][p == 0 ? k : random.nextInt(channels)] = 1 + random.nextInt(p == 1 ? 1 << 24 : 300);
            }
            builder.pixel(p / 4, p % 4, truth[p]);
        }
        SpectrumImage image = builder.build();
        double[] total = new double[channels];
        for (int p = 0; p < 12; p++) {
            double[] back = new double[channels];
            image.addTo(p / 4, p % 4, back);
            for (int c = 0; c < channels; c++) {
                assertThat(back[c]).isEqualTo(truth[p][c]);
                total[c] += back[c];
            }
        }
        assertThat(image.sum().counts()).isEqualTo(total);
    }

    @Test
    void binningSumsCountsAndWidensPixels() {
        SpectrumImage.Builder builder = SpectrumImage.whole(5, 4, 2.5, new EnergyAxis(3, 0, 0.01));
        for (int p = 0; p < 20; p++) {
            builder.pixel(p / 4, p % 4, new int[] {1, p, 0});
        }
        SpectrumImage binned = builder.build().binned(2);
        assertThat(binned.ny()).isEqualTo(2);
        assertThat(binned.nx()).isEqualTo(2);
        assertThat(binned.pixelNm()).isEqualTo(5);
        double[] first = new double[3];
        binned.addTo(0, 0, first);
        assertThat(first).containsExactly(4, 0 + 1 + 4 + 5, 0);
    }

    @Test
    void negativeCountsAreRefused() {
        assertThatThrownBy(() ->
                        SpectrumImage.whole(1, 1, 1, new EnergyAxis(2, 0, 1)).pixel(0, 0, new int[] {3, -1}))
                .hasMessageContaining("-1 counts in channel 1");
        assertThatThrownBy(() -> SpectrumImage.fractional(1, 1, 1, new EnergyAxis(1, 0, 1))
                        .pixel(0, 0, new float[] {Float.NaN}))
                .hasMessageContaining("NaN counts");
    }
}
