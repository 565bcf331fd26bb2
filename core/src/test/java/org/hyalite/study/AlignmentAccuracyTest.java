package org.hyalite.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.hyalite.align.Alignment;
import org.hyalite.phantom.Misalignment;
import org.hyalite.phantom.TrueAlignment;
import org.hyalite.phantom.Twin;
import org.hyalite.phantom.TwinSettings;
import org.hyalite.phantom.TwinSettings.Kind;
import org.hyalite.progress.Progress;
import org.hyalite.study.recipe.InputException;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Protects the yardstick of alignments: what no image shows counts nothing, everything else counts. */
class AlignmentAccuracyTest {
    private static final TrueAlignment TRUTH = Twin.sample(
                    TwinSettings.of(Kind.FLUX).withSize(16).withTilts(9), new Misalignment(4, 3, 1.5), 1, Progress.NONE)
            .alignment();

    private static Alignment found(double y, double cosine, double sine, double constant, double turn) {
        double[] shiftY = TRUTH.shiftYPx().clone();
        double[] shiftX = TRUTH.shiftXPx().clone();
        double phi = Math.toRadians(TRUTH.axisRotationDeg());
        for (int i = 0; i < shiftY.length; i++) {
            double theta = Math.toRadians(TRUTH.tiltsDeg()[i]);
            double x = cosine * Math.cos(theta) + sine * Math.sin(theta) + constant;
            shiftY[i] += Math.cos(phi) * y - Math.sin(phi) * x;
            shiftX[i] += Math.sin(phi) * y + Math.cos(phi) * x;
        }
        return Alignment.of(
                TRUTH.tiltsDeg(),
                shiftY,
                shiftX,
                TRUTH.axisOffsetPx(),
                TRUTH.axisRotationDeg() + turn,
                "test",
                new double[0],
                List.of());
    }

    @Test
    void whatNoImageShowsCountsNothing() {
        AlignmentMisses misses = AlignmentMisses.of(found(2, 3, -1, 0, 0), TRUTH);
        assertThat(misses.rmsX()).isLessThan(1e-9);
        assertThat(misses.rmsY()).isLessThan(1e-9);
        assertThat(misses.axisPx()).isBetween(-1e-9, 1e-9);
        assertThat(misses.statedX()).isNaN();
    }

    @Test
    void axisAndRotationCount() {
        AlignmentMisses misses = AlignmentMisses.of(found(0, 0, 0, 0.7, 0.3), TRUTH);
        assertThat(misses.axisPx()).isBetween(-0.8, -0.6);
        assertThat(misses.rmsX()).isGreaterThan(0.1);
        assertThat(misses.rotationDeg()).isBetween(0.299, 0.301);
    }

    @Test
    void tableHasBothAlignmentsAndTheGoals() {
        StudyResult result = AlignmentAccuracy.run(
                new AlignmentAccuracy.Request(List.of(Kind.FLUX), List.of(2L), List.of(9), 32, 2), Progress.NONE);
        assertThat(result.lines()).hasSize(2 + 2 + 4);
        assertThat(result.lines().get(6))
                .startsWith("refined: worst shift error")
                .contains("goal 0.25: met");
        JsonNode refined = result.summary().path("rows").get(0).path("refined");
        assertThat(refined.path("shift_x_rms_px").asDouble()).isLessThan(0.25);
        assertThat(refined.path("stated_shift_x_px").asDouble()).isBetween(0.001, 0.3);
    }

    @Test
    void nothingToAlignIsRefused() {
        assertThatThrownBy(() -> new AlignmentAccuracy.Request(List.of(Kind.FLUX), List.of(), List.of(9), 32, 2))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("give a kind, a seed and a number of tilts");
    }
}
