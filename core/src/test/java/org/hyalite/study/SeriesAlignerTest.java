package org.hyalite.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.hyalite.align.AlignSettings;
import org.hyalite.align.SeriesAligner;
import org.hyalite.align.SeriesAligner.Outcome;
import org.hyalite.grid.Image;
import org.hyalite.grid.TiltSeries;
import org.hyalite.phantom.Misalignment;
import org.hyalite.phantom.SimulatedSample;
import org.hyalite.phantom.Twin;
import org.hyalite.phantom.TwinSettings;
import org.hyalite.phantom.TwinSettings.Kind;
import org.hyalite.progress.Progress;
import org.junit.jupiter.api.Test;

/** What is done with images that go wrong: each series is aligned, or the image is refused with the reason. */
class SeriesAlignerTest {
    private static final SimulatedSample SAMPLE = sample(Kind.SEGREGATED, 32, 15, 3);

    private static SimulatedSample sample(Kind kind, int size, int tilts, long seed) {
        TwinSettings settings =
                TwinSettings.of(kind).withSize(size).withTilts(tilts).withSeed(seed);
        return Twin.sample(settings, new Misalignment(2, 1.5, 1.5), 2, Progress.NONE);
    }

    private static Outcome refined(TiltSeries series) {
        return SeriesAligner.align(
                series, false, AlignSettings.defaults(), Optional.of(new VolumeReprojector(2)), Progress.NONE);
    }

    private static Outcome aligned(TiltSeries series) {
        return SeriesAligner.align(series, false, AlignSettings.defaults(), Optional.empty(), Progress.NONE);
    }

    private static AlignmentMisses misses(Outcome outcome) {
        return AlignmentMisses.of(outcome.alignment(), SAMPLE.alignment());
    }

    private static void requireGood(Outcome outcome) {
        AlignmentMisses misses = misses(outcome);
        assertThat(misses.rmsX()).isLessThan(0.1);
        assertThat(misses.rmsY()).isLessThan(0.1);
        assertThat(Math.abs(misses.rotationDeg())).isLessThan(0.5);
    }

    private static TiltSeries changed(TiltSeries series, BiFunction<Integer, Image, Image> change) {
        List<Image> images = new ArrayList<>();
        for (int t = 0; t < series.tilts(); t++) {
            images.add(change.apply(t, series.image(t)));
        }
        return TiltSeries.of(series.geometry(), images);
    }

    /** Content moved by whole pixels, the border going on. */
    private static Image moved(Image image, int dy, int dx) {
        Image to = Image.zeros(image.ny(), image.nx(), image.pixelNm());
        for (int y = 0; y < image.ny(); y++) {
            for (int x = 0; x < image.nx(); x++) {
                int fromY = Math.min(image.ny() - 1, Math.max(0, y - dy));
                int fromX = Math.min(image.nx() - 1, Math.max(0, x - dx));
                to.set(y, x, image.at(fromY, fromX));
            }
        }
        return to;
    }

    private static Image noise(Image like, int seed) {
        Random random = new Random(seed);
        Image to = Image.zeros(like.ny(), like.nx(), like.pixelNm());
        double mean = like.sum() / like.values().length;
        for (int i = 0; i < to.values().length; i++) {
            to.values()[i] = (float) (mean * (1 + 0.3 * random.nextGaussian()));
        }
        return to;
    }

    /** Protects the whole chain: nothing is refused that is sound. */
    @Test
    void soundSeriesIsAlignedAndKept() {
        Outcome outcome = refined(SAMPLE.adf());
        assertThat(outcome.refused()).isEmpty();
        requireGood(outcome);
    }

    @Test
    void imageOfNoiseIsRefused() {
        Outcome outcome = aligned(changed(SAMPLE.adf(), (t, image) -> t == 4 ? noise(image, t) : image));
        assertThat(outcome.refused()).hasSize(1);
        assertThat(outcome.refused().get(0).tiltDeg()).isEqualTo(-30);
        assertThat(outcome.refused().get(0).toString()).contains("-30.0°").contains("no particle");
        assertThat(outcome.alignment().warnings()).anyMatch(w -> w.contains("-30.0° is left out"));
        requireGood(outcome);
    }

    @Test
    void imageOfAnotherObjectIsRefused() {
        TiltSeries other = sample(Kind.SEGREGATED, 32, 15, 11).adf();
        Outcome outcome = refined(
                changed(SAMPLE.adf(), (t, image) -> t == 9 ? other.image(2).transposed() : image));
        assertThat(outcome.refused()).hasSize(1);
        assertThat(outcome.refused().get(0).tiltDeg()).isEqualTo(20);
        requireGood(outcome);
    }

    @Test
    void imageOfOneValueIsRefused() {
        Outcome outcome = aligned(changed(
                SAMPLE.adf(), (t, image) -> t == 0 ? Image.zeros(image.ny(), image.nx(), image.pixelNm()) : image));
        assertThat(outcome.refused()).hasSize(1);
        assertThat(outcome.refused().get(0).reason()).isEqualTo("it has the value 0.0 in every pixel");
        requireGood(outcome);
    }

    /** A jump that takes the particle out of the field. */
    @Test
    void jumpOfFortyPixelsIsRefused() {
        SimulatedSample wide = sample(Kind.SEGREGATED, 96, 9, 3);
        Outcome outcome = aligned(changed(wide.adf(), (t, image) -> t == 6 ? moved(image, 0, 40) : image));
        assertThat(outcome.refused()).hasSize(1);
        assertThat(outcome.refused().get(0).reason()).contains("leaves the field");
        assertThat(AlignmentMisses.of(outcome.alignment(), wide.alignment()).rmsX())
                .isLessThan(0.1);
    }

    /** A jump that the field has room for. */
    @Test
    void jumpWithinTheFieldIsFollowed() {
        Outcome outcome = aligned(changed(SAMPLE.adf(), (t, image) -> t == 9 ? moved(image, 0, -4) : image));
        assertThat(outcome.refused()).isEmpty();
        assertThat(outcome.alignment().shiftXPx()[9]
                        - aligned(SAMPLE.adf()).alignment().shiftXPx()[9])
                .isCloseTo(4, org.assertj.core.data.Offset.offset(0.2));
    }

    @Test
    void fieldThatDriftsOutLosesItsLastImages() {
        Outcome outcome = aligned(changed(SAMPLE.adf(), (t, image) -> t > 11 ? moved(image, 0, 6 * (t - 11)) : image));
        assertThat(outcome.refused()).isNotEmpty();
        assertThat(outcome.refused()).allMatch(r -> r.tiltDeg() >= 50);
        assertThat(outcome.refused())
                .allMatch(r -> r.reason().contains("leaves the field")
                        || r.reason().contains("no particle")
                        || r.reason().contains("foretell"));
        int good = (int) IntStream.range(0, outcome.recorded().tilts())
                .filter(i -> outcome.recorded().geometry().tiltDeg(i) < 50)
                .count();
        assertThat(good).isEqualTo(12);
    }

    @Test
    void orderOfTiltsDoesNotMatter() {
        int[] mixed = {3, 0, 14, 7, 2, 12, 9, 1, 5, 13, 8, 6, 4, 11, 10};
        Outcome outcome = aligned(SAMPLE.adf().select(mixed));
        assertThat(outcome.refused()).isEmpty();
        requireGood(outcome);
    }

    @Test
    void missingTiltsAreNoHindrance() {
        Outcome outcome = refined(SAMPLE.adf().select(0, 1, 2, 3, 4, 5, 6, 7, 10, 11, 12, 13, 14));
        assertThat(outcome.refused()).isEmpty();
        requireGood(outcome);
    }

    @Test
    void twoImagesAreAlignedByCorrelation() {
        Outcome outcome = aligned(SAMPLE.adf().select(7, 8));
        assertThat(outcome.refused()).isEmpty();
        assertThat(outcome.alignment().method()).contains("phase correlation");
        assertThat(outcome.alignment().warnings()).anyMatch(w -> w.contains("2 images are too few"));
    }

    @Test
    void equalImagesAreNotShiftedAndAreNamed() {
        Image same = SAMPLE.adf().image(7);
        Outcome outcome = aligned(changed(SAMPLE.adf(), (t, image) -> same));
        assertThat(outcome.alignment().warnings()).anyMatch(w -> w.contains("equal pixel by pixel"));
    }

    @Test
    void noiseAloneIsNotShiftedAndIsSaid() {
        TiltSeries noise = changed(sample(Kind.FLUX, 64, 5, 1).adf(), (t, image) -> noise(image, t));
        Outcome outcome = aligned(noise);
        assertThat(outcome.alignment().warnings()).anyMatch(w -> w.contains("nothing in common"));
        assertThat(outcome.alignment().shiftXPx()).containsOnly(0.0);
    }

    @Test
    void severalImagesOfOneValueAreTooMany() {
        TiltSeries dark = changed(
                SAMPLE.adf(), (t, image) -> t < 8 ? Image.zeros(image.ny(), image.nx(), image.pixelNm()) : image);
        assertThatThrownBy(() -> aligned(dark)).hasMessageContaining("in every pixel");
    }
}
