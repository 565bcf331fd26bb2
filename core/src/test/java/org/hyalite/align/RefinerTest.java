package org.hyalite.align;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.hyalite.grid.TiltSeries;
import org.hyalite.grid.Volume;
import org.hyalite.progress.Progress;
import org.hyalite.tomo.Projector;
import org.hyalite.tomo.ReconstructionSettings;
import org.hyalite.tomo.Reconstructor;
import org.hyalite.tomo.Weight;
import org.junit.jupiter.api.Test;

/** The refinement by projection matching against the truth of simulated particles. */
class RefinerTest {
    private static final Reprojector BY_VOLUME = (used, wanted, progress) -> {
        ReconstructionSettings settings = ReconstructionSettings.adf()
                .with(new Weight.Relative(0.005))
                .withGap(1e-2, 60)
                .withThreads(2);
        Volume volume = Reconstructor.reconstruct(used, settings, progress).volume();
        return Projector.of(wanted, volume.nz(), volume.ny(), volume.nx(), volume.voxelNm())
                .forward(volume);
    };

    private static MisalignedSeries particle() {
        return MisalignedSeries.of(40, 5)
                .ellipsoid(1, -2, 2, 9, 7, 11)
                .faceted(-3, 4, -3, 8, 9)
                .tilts(13, 70)
                .misaligned(1.5, 1, 2)
                .noise(0.3)
                .make();
    }

    private static Alignment truth(MisalignedSeries made) {
        return Alignment.of(
                made.tiltsDeg,
                made.shiftY,
                made.shiftX,
                made.axisOffset,
                made.rotationDeg,
                "truth",
                new double[0],
                List.of());
    }

    private static Alignment refined(MisalignedSeries made, Alignment guess) {
        return Refiner.refine(made.series, guess, BY_VOLUME, Resampling.FREE, Progress.NONE);
    }

    /** Protects the point of it: errors of a pixel and of a degree shrink by an order of magnitude. */
    @Test
    void shiftsAndRotationAreFoundFromAPixelAndADegreeAway() {
        MisalignedSeries made = particle();
        Random random = new Random(3);
        double[] y = made.shiftY.clone();
        double[] x = made.shiftX.clone();
        for (int i = 0; i < y.length; i++) {
            y[i] += i == y.length / 2 ? 0 : random.nextGaussian();
            x[i] += i == y.length / 2 ? 0 : random.nextGaussian();
        }
        Alignment guess = truth(made)
                .withShifts(y, x)
                .withAxis(made.axisOffset, made.rotationDeg + 0.8)
                .withQuality(AlignmentQuality.ofRotation(Double.POSITIVE_INFINITY));
        Alignment found = refined(made, guess);
        assertThat(made.invisibleRemovedRmsX(guess)).isGreaterThan(0.5);
        assertThat(made.invisibleRemovedRmsX(found)).isLessThan(0.1);
        assertThat(made.invisibleRemovedRmsY(found)).isLessThan(0.1);
        assertThat(found.axisRotationDeg()).isBetween(made.rotationDeg - 0.5, made.rotationDeg + 0.5);
        AlignmentQuality quality = found.quality().orElseThrow();
        assertThat(rms(quality.residualPx())).isLessThan(0.1 * rms(quality.residualBeforePx()));
        assertThat(Math.abs(found.axisRotationDeg() - made.rotationDeg)).isLessThan(5 * quality.rotationErrorDeg());
        assertThat(found.shiftYPx()[y.length / 2]).isZero();
        assertThat(found.shiftXPx()[y.length / 2]).isZero();
        assertThat(found.axisOffsetPx()).isEqualTo(made.axisOffset);
    }

    /** Protects what is right already, and the gauge. */
    @Test
    void truthStaysWhereItIsAndStatesItsErrors() {
        MisalignedSeries made = particle();
        Alignment found = refined(made, truth(made));
        assertThat(made.invisibleRemovedRmsX(found)).isLessThan(0.1);
        assertThat(made.invisibleRemovedRmsY(found)).isLessThan(0.1);
        assertThat(found.axisRotationDeg()).isEqualTo(made.rotationDeg);
        AlignmentQuality quality = found.quality().orElseThrow();
        for (int i = 0; i < found.count(); i++) {
            assertThat(quality.errorYPx()[i]).isBetween(1e-3, 0.3);
            assertThat(quality.errorXPx()[i]).isBetween(1e-3, 0.3);
            assertThat(quality.unexplained()[i]).isBetween(0.0, 0.05);
        }
    }

    /** Protects the sign of everything: a model moved by a known vector is found there. */
    @Test
    void displacementOfAnImageIsFoundBelowATenthOfAPixel() {
        TiltSeries series = particle().series;
        double[] model = Smoothing.values(series.image(6));
        double[] image = Smoothing.values(Resampler.resample(series.image(6), 0, 1.4, Resampling.FREE));
        boolean[] seen = new boolean[image.length];
        java.util.Arrays.fill(seen, true);
        ImageMatch.Found found = ImageMatch.of(image, model, seen, 40, 40, 1);
        assertThat(found.dy()).isBetween(1.35, 1.45);
        assertThat(found.dx()).isBetween(-0.05, 0.05);
        assertThat(found.unexplained()).isLessThan(0.01);
    }

    /** Protects small series: fewer images than foretell each other are aligned without refinement. */
    @Test
    void fewImagesAreNotRefined() {
        MisalignedSeries made = particle();
        SeriesAligner.Outcome outcome = SeriesAligner.align(
                made.series.select(4, 5, 6, 7),
                false,
                AlignSettings.defaults(),
                Optional.of((used, wanted, progress) -> {
                    throw new AssertionError("nothing to foretell");
                }),
                Progress.NONE);
        assertThat(outcome.recorded().tilts()).isEqualTo(4);
    }

    /** Protects a lamella: its volume would have to know what lies beyond the field. */
    @Test
    void specimenThatFillsTheFieldIsNotRefinedAndThatIsSaid() {
        SeriesAligner.Outcome outcome = SeriesAligner.align(
                particle().series,
                true,
                AlignSettings.defaults(),
                Optional.of((used, wanted, progress) -> {
                    throw new AssertionError("the volume is not known beyond the field");
                }),
                Progress.NONE);
        assertThat(outcome.alignment().method()).contains("not refined by projection matching");
        assertThat(outcome.refused()).isEmpty();
    }

    private static double rms(double... values) {
        double sum = 0;
        for (double v : values) {
            sum += v * v / values.length;
        }
        return Math.sqrt(sum);
    }
}
