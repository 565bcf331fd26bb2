package org.hyalite.align;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.hyalite.grid.Image;
import org.hyalite.grid.TiltGeometry;
import org.hyalite.grid.TiltSeries;
import org.hyalite.progress.Progress;
import org.junit.jupiter.api.Test;

class AdfBackgroundTest {
    /** Protects the thickness of standards: offset and film are told apart by how the film grows with tilt. */
    @Test
    void offsetAndFilmAreFoundAndTakenOff() {
        TiltSeries series = MisalignedSeries.of(64, 1)
                .misaligned(3, 1, 0.5)
                .faceted(0, 0, 0, 15, 12)
                .background(200, 3, 0.1, -17)
                .noise(0.5)
                .make()
                .series;
        AdfBackground found = AdfBackground.estimate(series);
        assertThat(found.fillsField()).isFalse();
        assertThat(found.offset()).isBetween(199.6, 200.4);
        assertThat(found.film()).isBetween(2.7, 3.3);
        assertThat(found.noiseSd()[7]).isBetween(0.4, 0.7);
        for (int t = 0; t < 15; t++) {
            double expected =
                    200 + 3 / Math.cos(Math.toRadians(series.geometry().tiltDeg(t)));
            assertThat(found.subtracted()[t]).isBetween(expected - 0.5, expected + 0.5);
            assertThat(found.cleaned().at(t, 20, 30)).isEqualTo(series.at(t, 20, 30) - (float) found.subtracted()[t]);
        }
    }

    /** Protects particles: their mass is the same at all tilts once the background is off. */
    @Test
    void massIsConservedOverTiltsOnceTheBackgroundIsOff() {
        AdfBackground found = AdfBackground.estimate(MisalignedSeries.of(64, 2)
                .faceted(0, 0, 0, 16, 12)
                .background(50, 2, 0.05, -17)
                .noise(0.3)
                .make()
                .series);
        double middle = found.cleaned().image(7).sum();
        for (int t = 0; t < 15; t++) {
            assertThat(found.cleaned().image(t).sum()).isBetween(0.94 * middle, 1.06 * middle);
        }
    }

    /** Protects lamellae: what fills the field is not mistaken for background. */
    @Test
    void nothingIsTakenOffASpecimenThatFillsTheField() {
        Random random = new Random(3);
        List<Image> images = new ArrayList<>();
        for (int t = 0; t < 5; t++) {
            Image image = Image.zeros(64, 64, 1);
            for (int y = 0; y < 64; y++) {
                for (int x = 0; x < 64; x++) {
                    double v = 500 + 150 * Math.sin(0.2 * x) * Math.cos(0.13 * y) + 2 * y + 5 * random.nextGaussian();
                    image.set(y, x, (float) v);
                }
            }
            images.add(image);
        }
        TiltSeries series = TiltSeries.of(TiltGeometry.of(-40, -20, 0, 20, 40), images);
        AdfBackground found = AdfBackground.estimate(series);
        assertThat(found.fillsField()).isTrue();
        assertThat(found.subtracted()).containsOnly(0);
        assertThat(found.cleaned()).isSameAs(series);
        assertThat(found.warnings()).anyMatch(w -> w.contains("fills the field"));
    }

    /** Protects narrow tilt ranges: what cannot be told apart is taken off as one, and said. */
    @Test
    void narrowTiltRangeGivesOneLevel() {
        AdfBackground found = AdfBackground.estimate(MisalignedSeries.of(48, 4)
                .tilts(5, 10)
                .faceted(0, 0, 0, 12, 12)
                .background(50, 2, 0, -14)
                .noise(0.3)
                .make()
                .series);
        assertThat(found.offset()).isBetween(51.5, 52.5);
        assertThat(found.film()).isZero();
        assertThat(found.warnings()).anyMatch(w -> w.contains("too few tilts"));
    }

    /** The same particle, shifts and noise on an even film: what taking the texture off should leave. */
    private static TiltSeries onFilm(double film, double texture) {
        return MisalignedSeries.of(64, 1)
                .misaligned(3, 1.5, 0.8)
                .faceted(0, 0, 0, 15, 12)
                .background(200, film, texture, -17)
                .noise(0.5)
                .make()
                .series;
    }

    /** Protects volumes on a textured film: most of the texture goes, in front of the particle as beside it. */
    @Test
    void textureOfTheFilmIsTakenOff() {
        TiltSeries even = AdfBackground.estimate(onFilm(3, 0)).cleaned();
        AdfBackground found = AdfBackground.estimate(onFilm(3, 0.3));
        Alignment alignment = Aligner.align(onFilm(3, 0.3), found, AlignSettings.defaults(), Progress.NONE);
        double[] before = apart(found.cleaned(), even, found);
        double[] after = apart(found.cleaned(alignment), even, found);
        assertThat(after[0]).as("beside the particle").isLessThan(0.5 * before[0]);
        assertThat(after[1]).as("in front of it").isLessThan(0.35 * before[1]);
    }

    /** Protects what has no texture, or no film: not a value changes. */
    @Test
    void nothingIsTakenOffWhereThereIsNoTexture() {
        for (double film : new double[] {0, 0.9}) {
            AdfBackground found = AdfBackground.estimate(onFilm(film, 0));
            assertThat(found.cleaned(Aligner.align(onFilm(film, 0), found, AlignSettings.defaults(), Progress.NONE)))
                    .isSameAs(found.cleaned());
        }
    }

    /** Root mean square difference beside the particle and in front of it. */
    private static double[] apart(TiltSeries one, TiltSeries other, AdfBackground background) {
        double[] sum = new double[2];
        int[] n = new int[2];
        for (int t = 0; t < one.tilts(); t++) {
            boolean[] particle = background.images().get(t).particle;
            float[] a = one.image(t).values();
            float[] b = other.image(t).values();
            for (int i = 0; i < particle.length; i++) {
                double d = a[i] - b[i];
                sum[particle[i] ? 1 : 0] += d * d;
                n[particle[i] ? 1 : 0]++;
            }
        }
        return new double[] {Math.sqrt(sum[0] / n[0]), Math.sqrt(sum[1] / n[1])};
    }
}
