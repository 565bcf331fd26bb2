package org.hyalite.align;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.hyalite.grid.Image;
import org.hyalite.grid.TiltGeometry;
import org.hyalite.grid.TiltSeries;
import org.hyalite.progress.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlignerTest {
    private static MisalignedSeries.Builder particle(String shape, int tilts, long seed) {
        Random random = new Random(seed * 7919 + 3);
        MisalignedSeries.Builder builder = MisalignedSeries.of(64, seed)
                .tilts(tilts, 70)
                .misaligned(4, 6 * random.nextDouble() - 3, 3 * random.nextDouble() - 1.5);
        return shape.equals("ellipsoid")
                ? builder.ellipsoid(2, -1, 3, 10, 17, 13)
                : builder.faceted(1, 2, -2, 15, 12).faceted(-6, -10, 7, 7, 12);
    }

    /** Protects the geometry and its sign conventions: clean data leave next to no error. */
    @Test
    void cleanParticleIsAlignedToAFewHundredthsOfAPixel() {
        MisalignedSeries made = particle("faceted", 15, 1).make();
        Alignment found = Aligner.align(made.series, AlignSettings.defaults(), Progress.NONE);
        assertThat(made.invisibleRemovedRmsX(found)).isLessThan(0.05);
        assertThat(made.invisibleRemovedRmsY(found)).isLessThan(0.05);
        assertThat(found.axisRotationDeg()).isBetween(made.rotationDeg - 0.1, made.rotationDeg + 0.1);
    }

    /** Protects the accuracy of real use: offset, an uneven film, noise, shifts, an axis that is off and turned. */
    @ParameterizedTest
    @CsvSource({"ellipsoid,15,1", "ellipsoid,31,2", "faceted,15,3", "faceted,31,4"})
    void particleOnAnUnevenFilmIsAligned(String shape, int tilts, long seed) {
        MisalignedSeries made = particle(shape, tilts, seed)
                .background(20, 1.5, 0.1, -17)
                .noise(0.5)
                .make();
        Alignment found = Aligner.align(made.series, AlignSettings.defaults(), Progress.NONE);
        assertThat(made.invisibleRemovedRmsX(found)).isLessThan(0.15);
        assertThat(made.invisibleRemovedRmsY(found)).isLessThan(0.15);
        assertThat(found.axisRotationDeg()).isBetween(made.rotationDeg - 0.3, made.rotationDeg + 0.3);
        assertThat(found.shiftXPx()[tilts / 2]).isZero();
        assertThat(found.shiftYPx()[tilts / 2]).isZero();
    }

    /** Protects the axis offset: without shifts nothing hides it. */
    @Test
    void axisOffsetIsFoundWhereImagesAreNotShifted() {
        MisalignedSeries made = MisalignedSeries.of(64, 3)
                .misaligned(0, 2.4, 0)
                .faceted(3, 2, -6, 14, 12)
                .background(20, 1.5, 0.1, -17)
                .noise(0.3)
                .make();
        Alignment found = Aligner.align(made.series, AlignSettings.defaults(), Progress.NONE);
        assertThat(found.axisOffsetPx()).isBetween(1.7, 3.1);
    }

    /** Protects the choice among equal geometries: the particle stays in the volume, at the axis' height. */
    @Test
    void alignedCentreOfMassLiesAtTheHeightOfTheAxis() {
        MisalignedSeries made = MisalignedSeries.of(64, 4)
                .misaligned(3, 0, 0)
                .faceted(9, 0, 3, 13, 12)
                .make();
        Alignment found = Aligner.align(made.series, AlignSettings.defaults(), Progress.NONE);
        TiltSeries aligned = found.applyTo(made.series);
        double left = centre(aligned, 0) - centre(aligned, 14);
        assertThat(left).isBetween(-0.3, 0.3);
    }

    /** Centre of mass across the axis in the aligned frame. */
    private static double centre(TiltSeries series, int t) {
        Image image = series.image(t);
        double sum = 0;
        double first = 0;
        for (int y = 0; y < image.ny(); y++) {
            for (int x = 0; x < image.nx(); x++) {
                sum += image.at(y, x);
                first += image.at(y, x) * (x + series.geometry().shiftXPx(t));
            }
        }
        return first / sum;
    }

    /** Protects matching by angle: the order in which tilts were taken changes nothing. */
    @Test
    void orderOfTiltsDoesNotMatter() {
        TiltSeries ordered = particle("faceted", 9, 5).noise(0.3).make().series;
        int[] order = {8, 0, 3, 5, 1, 4, 7, 2, 6};
        AlignSettings upright = new AlignSettings(AlignSettings.Method.AUTO, 0);
        Alignment straight = Aligner.align(ordered, upright, Progress.NONE);
        Alignment mixed = Aligner.align(ordered.select(order), upright, Progress.NONE)
                .forTilts(ordered.geometry().tiltsDeg());
        for (int i = 0; i < 9; i++) {
            assertThat(mixed.shiftXPx()[i]).isCloseTo(straight.shiftXPx()[i], within());
            assertThat(mixed.shiftYPx()[i]).isCloseTo(straight.shiftYPx()[i], within());
        }
    }

    private static org.assertj.core.data.Offset<Double> within() {
        return org.assertj.core.api.Assertions.within(1e-4);
    }

    /** Protects particles that reach beyond the field along the axis, such as needles. */
    @Test
    void needleThatLeavesTheFieldAlongTheAxisIsAligned() {
        MisalignedSeries made = MisalignedSeries.of(64, 6)
                .misaligned(3, 1, 0)
                .ellipsoidUpright(0, -45, 2, 9, 60, 7)
                .ellipsoidUpright(4, -8, 4, 3, 5, 4)
                .background(20, 0, 0, 0)
                .noise(0.2)
                .make();
        Alignment found = Aligner.align(made.series, new AlignSettings(AlignSettings.Method.AUTO, 0), Progress.NONE);
        assertThat(found.warnings()).anyMatch(w -> w.contains("leaves the field along the tilt axis"));
        assertThat(made.invisibleRemovedRmsX(found)).isLessThan(0.2);
        assertThat(made.invisibleRemovedRmsY(found)).isLessThan(0.3);
    }

    /** Protects lamellae: a slab that fills the field is laid on itself and its background is left alone. */
    @Test
    void slabThatFillsTheFieldIsAlignedByCorrelation() {
        double[] tilts = {-40, -30, -20, -10, 0, 10, 20, 30, 40};
        double[] shiftY = {2.5, -3, 1, 0.5, 0, -1.5, 4, 3, -2};
        double[] shiftX = {-6, 3, 8.5, -4, 0, 2, -7, 5, 1};
        List<Image> images = new ArrayList<>();
        Random random = new Random(7);
        for (int t = 0; t < tilts.length; t++) {
            double cos = Math.cos(Math.toRadians(tilts[t]));
            Image image = Image.zeros(80, 96, 2);
            for (int y = 0; y < 80; y++) {
                for (int x = 0; x < 96; x++) {
                    double sy = y - 39.5 + shiftY[t];
                    double sx = (x - 47.5 + shiftX[t]) / cos;
                    image.set(y, x, (float) ((500 + slab(sy, sx)) / cos + 10 * random.nextGaussian()));
                }
            }
            images.add(image);
        }
        TiltSeries series = TiltSeries.of(TiltGeometry.of(tilts), images);
        Alignment found = Aligner.align(series, AlignSettings.defaults(), Progress.NONE);
        assertThat(found.warnings()).anyMatch(w -> w.contains("fills the field"));
        assertThat(found.axisRotationDeg()).isZero();
        for (int t = 0; t < tilts.length; t++) {
            assertThat(found.shiftYPx()[t]).isBetween(shiftY[t] - 0.3, shiftY[t] + 0.3);
            assertThat(found.shiftXPx()[t]).isBetween(shiftX[t] - 0.3, shiftX[t] + 0.3);
        }
    }

    private static double slab(double y, double x) {
        double sum = 0;
        Random random = new Random(11);
        for (int k = 0; k < 14; k++) {
            double f = 0.05 + 0.35 * random.nextDouble();
            double a = 2 * Math.PI * random.nextDouble();
            sum += 60 * Math.sin(f * (y * Math.cos(a) + x * Math.sin(a)) + 6 * random.nextDouble());
        }
        return sum;
    }

    /** Protects bad input: what cannot be aligned is said, not invented. */
    @Test
    void noiseAloneIsNotShiftedAndIsSaid() {
        Random random = new Random(8);
        List<Image> images = new ArrayList<>();
        for (int t = 0; t < 5; t++) {
            Image image = Image.zeros(48, 48, 1);
            for (int i = 0; i < image.values().length; i++) {
                image.values()[i] = (float) (100 + random.nextGaussian());
            }
            images.add(image);
        }
        TiltSeries series = TiltSeries.of(TiltGeometry.of(-40, -20, 0, 20, 40), images);
        Alignment found = Aligner.align(series, AlignSettings.defaults(), Progress.NONE);
        assertThat(found.warnings()).anyMatch(w -> w.contains("nothing in common"));
        assertThat(found.shiftXPx()).containsOnly(0);
        assertThat(found.shiftYPx()).containsOnly(0);
    }

    @Test
    void twoImagesAreAlignedByCorrelationAndOneIsLeft() {
        TiltSeries series = particle("faceted", 3, 9).make().series;
        assertThat(Aligner.align(series.select(0, 1), AlignSettings.defaults(), Progress.NONE)
                        .warnings())
                .anyMatch(w -> w.contains("2 images are too few"));
        Alignment single = Aligner.align(series.select(1), AlignSettings.defaults(), Progress.NONE);
        assertThat(single.shiftXPx()).containsExactly(0);
        assertThat(single.warnings()).anyMatch(w -> w.contains("single image"));
    }

    @Test
    void equalImagesOfARoundParticleAreNotShifted() {
        TiltSeries one = MisalignedSeries.of(48, 1)
                .tilts(1, 0)
                .ellipsoid(0, 0, 0, 12, 12, 12)
                .make()
                .series;
        List<Image> images = IntStream.range(0, 7).mapToObj(i -> one.image(0)).toList();
        TiltSeries series = TiltSeries.of(TiltGeometry.of(-60, -40, -20, 0, 20, 40, 60), images);
        Alignment found = Aligner.align(series, new AlignSettings(AlignSettings.Method.AUTO, 0), Progress.NONE);
        for (int t = 0; t < 7; t++) {
            assertThat(found.shiftXPx()[t]).isBetween(-0.01, 0.01);
            assertThat(found.shiftYPx()[t]).isBetween(-0.01, 0.01);
        }
    }

    @Test
    void constantImageIsRefusedByName() {
        TiltSeries series = particle("faceted", 5, 2).make().series;
        series.setImage(3, Image.zeros(64, 64, 2));
        assertThatThrownBy(() -> Aligner.align(series, AlignSettings.defaults(), Progress.NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("image 3")
                .hasMessageContaining("35.0°");
    }

    /** Protects series in which one image was taken beside the particle. */
    @Test
    void imageWithoutAParticleIsRefusedByName() {
        TiltSeries series = particle("faceted", 9, 2).noise(0.3).make().series;
        Random random = new Random(1);
        Image empty = Image.zeros(64, 64, 2);
        for (int i = 0; i < empty.values().length; i++) {
            empty.values()[i] = (float) (0.3 * random.nextGaussian());
        }
        series.setImage(6, empty);
        assertThatThrownBy(() -> Aligner.align(series, AlignSettings.defaults(), Progress.NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("image 6")
                .hasMessageContaining("no particle");
    }

    @Test
    void notANumberIsRefusedByPlace() {
        TiltSeries series = particle("faceted", 5, 2).make().series;
        series.set(1, 7, 9, Float.NaN);
        assertThatThrownBy(() -> Aligner.align(series, AlignSettings.defaults(), Progress.NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("row 7, column 9");
    }

    @Test
    void cancelledWorkEnds() {
        TiltSeries series = particle("faceted", 5, 2).make().series;
        Progress cancelled = new Progress() {
            @Override
            public void report(String task, double fraction) {}

            @Override
            public boolean cancelled() {
                return true;
            }
        };
        assertThatThrownBy(() -> Aligner.align(series, AlignSettings.defaults(), cancelled))
                .isInstanceOf(CancellationException.class);
    }
}
