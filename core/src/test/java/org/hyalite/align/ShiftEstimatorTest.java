package org.hyalite.align;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.hyalite.grid.Image;
import org.junit.jupiter.api.Test;

class ShiftEstimatorTest {
    private static Image scene(int ny, int nx, double dy, double dx, double noise, long seed) {
        Random waves = new Random(5);
        double[][] k = new double[20][];
        for (int i = 0; i < k.length; i++) {
            double f = 0.1 + 0.5 * waves.nextDouble();
            double a = 2 * Math.PI * waves.nextDouble();
            k[i] = new double[] {f * Math.cos(a), f * Math.sin(a), 6 * waves.nextDouble()};
        }
        Random random = new Random(seed);
        Image image = Image.zeros(ny, nx, 1);
        for (int y = 0; y < ny; y++) {
            for (int x = 0; x < nx; x++) {
                double v = noise * random.nextGaussian();
                for (double[] wave : k) {
                    v += Math.sin(wave[0] * (y - dy) + wave[1] * (x - dx) + wave[2]);
                }
                image.set(y, x, (float) v);
            }
        }
        return image;
    }

    /** Protects sub-pixel shifts of either sign, also on images that are not square, with noise. */
    @Test
    void shiftIsFoundBelowAPixel() {
        double[][] moves = {{0, 0}, {3.3, -7.6}, {-5.25, 2.1}, {11, 14.5}};
        for (double[] move : moves) {
            ShiftEstimator.Shift found =
                    ShiftEstimator.onto(scene(60, 75, 0, 0, 0.5, 1)).of(scene(60, 75, -move[0], -move[1], 0.5, 2));
            assertThat(found.yPx()).isBetween(move[0] - 0.15, move[0] + 0.15);
            assertThat(found.xPx()).isBetween(move[1] - 0.15, move[1] + 0.15);
            assertThat(found.correlation()).isGreaterThan(0.9);
        }
    }
}
