package org.hyalite.tomo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.hyalite.grid.TiltGeometry;
import org.hyalite.grid.TiltSeries;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The noise of images is found without a model of what they show: variance a + b I, edges or not. */
final class ImageNoiseTest {
    private static final int NY = 220;
    private static final int NX = 200;

    /** Round terraces with sharp edges, like a particle's, on a slope along y; from 0 to {@code top}. */
    private static TiltSeries terraces(double top) {
        TiltSeries series = TiltSeries.zeros(TiltGeometry.of(-50, -40, -20, 0, 20, 30, 60), NY, NX, 1);
        for (int t = 0; t < series.tilts(); t++) {
            for (int y = 0; y < NY; y++) {
                for (int x = 0; x < NX; x++) {
                    double radius = Math.hypot(x - NX / 2.0 - 2 * t, y - NY / 2.0 + t);
                    double level = Math.max(0, 4 - (int) (radius / 24));
                    series.set(t, y, x, (float) (top * (0.2 * level + 0.2 * y / NY)));
                }
            }
        }
        return series;
    }

    private static TiltSeries noisy(TiltSeries clean, double a, double b, long seed) {
        Random random = new Random(seed);
        TiltSeries noisy = clean.copy();
        for (float[] block : noisy.blocks()) {
            for (int i = 0; i < block.length; i++) {
                block[i] += (float) (Math.sqrt(a + b * block[i]) * random.nextGaussian());
            }
        }
        return noisy;
    }

    @ParameterizedTest
    @CsvSource({"100, 25, 0.5", "100, 4, 2", "1, 0.0025, 0.01"})
    void its_two_numbers_are_found_on_images_with_edges(double top, double a, double b) {
        for (long seed = 1; seed <= 2; seed++) {
            ImageNoise noise = ImageNoise.of(noisy(terraces(top), a, b, seed));
            assertThat(noise.empty()).as("a, seed %d", seed).isCloseTo(a, within(0.1 * a));
            assertThat(noise.perUnit()).as("b, seed %d", seed).isCloseTo(b, within(0.1 * b));
        }
    }

    @Test
    void edges_many_times_sharper_than_the_noise_raise_it_by_less_than_a_quarter() {
        // steps of 800, of 8 to 27 standard deviations, every 24 pixels
        ImageNoise noise = ImageNoise.of(noisy(terraces(4000), 900, 3, 1));
        assertThat(noise.empty()).isCloseTo(900, within(90.0));
        assertThat(noise.perUnit()).isBetween(3 * 0.9, 3 * 1.25);
    }

    @Test
    void noise_that_is_the_same_everywhere_has_hardly_a_share_of_the_intensity() {
        ImageNoise noise = ImageNoise.of(noisy(terraces(100), 25, 0, 7));
        assertThat(noise.empty()).isCloseTo(25, within(2.5));
        assertThat(noise.perUnit()).isBetween(0.0, 0.03);
    }

    @Test
    void errors_are_the_roots_of_the_variance() {
        TiltSeries expected = terraces(100);
        expected.set(2, 5, 7, -40);
        TiltSeries errors = new ImageNoise(9, 0.5).errors(expected);
        assertThat((double) errors.at(2, 5, 7)).isCloseTo(3, within(1e-6));
        double there = expected.at(3, 100, 60);
        assertThat((double) errors.at(3, 100, 60)).isCloseTo(Math.sqrt(9 + 0.5 * there), within(1e-5));
    }

    @Test
    void images_without_noise_or_too_small_have_none() {
        TiltSeries flat = TiltSeries.zeros(TiltGeometry.of(0, 1), 10, 10, 1);
        Arrays.fill(flat.blocks()[0], 3);
        assertThat(ImageNoise.of(flat)).isEqualTo(new ImageNoise(0, 0));
        assertThat(ImageNoise.of(TiltSeries.zeros(TiltGeometry.of(0), 2, 10, 1)))
                .isEqualTo(new ImageNoise(0, 0));
    }
}
