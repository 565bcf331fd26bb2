package org.hyalite.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.hyalite.align.Alignment;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** Protects what is called an error of an alignment: that which can be seen, and nothing else. */
class AlignmentMissesTest {
    private static final double[] TILTS = {-70, -50, -30, -10, 10, 30, 50, 70};

    @RepeatedTest(5)
    void whatNoMethodCanSeeIsNoError(RepetitionInfo run) {
        Random random = new Random(run.getCurrentRepetition());
        double[] y = random.doubles(TILTS.length, -4, 4).toArray();
        double[] x = random.doubles(TILTS.length, -4, 4).toArray();
        double a = random.nextDouble(-5, 5);
        double b = random.nextDouble(-5, 5);
        double common = random.nextDouble(-5, 5);
        double[] otherY = new double[y.length];
        double[] otherX = new double[y.length];
        for (int i = 0; i < y.length; i++) {
            double theta = Math.toRadians(TILTS[i]);
            otherY[i] = y[i] + common;
            otherX[i] = x[i] + a * Math.cos(theta) + b * Math.sin(theta);
        }
        AlignmentMisses difference = AlignmentMisses.of(alignment(otherY, otherX, 1.5, 0), alignment(y, x, 1.5, 0));
        assertThat(difference.rms()).isCloseTo(0, within(1e-9));
        assertThat(difference.axisPx()).isCloseTo(0, within(1e-9));
    }

    @Test
    void anAxisBesideItsPlaceIsAnErrorOfTheAxis() {
        double[] none = new double[TILTS.length];
        AlignmentMisses difference =
                AlignmentMisses.of(alignment(none, none, 2.25, 0.3), alignment(none, none, 1.5, 0.1));
        assertThat(difference.axisPx()).isCloseTo(0.75, within(1e-9));
        assertThat(difference.rmsY()).isCloseTo(0, within(1e-9));
        assertThat(difference.rotationDeg()).isCloseTo(0.2, within(1e-9));
    }

    @Test
    void oneImageMovedIsSeen() {
        double[] none = new double[TILTS.length];
        double[] moved = new double[TILTS.length];
        moved[3] = 1;
        AlignmentMisses along = AlignmentMisses.of(alignment(moved, none, 0, 0), alignment(none, none, 0, 0));
        assertThat(along.rmsY()).isCloseTo(Math.sqrt(1 - 1.0 / TILTS.length) / Math.sqrt(TILTS.length), within(1e-9));
        AlignmentMisses across = AlignmentMisses.of(alignment(none, moved, 0, 0), alignment(none, none, 0, 0));
        assertThat(across.rmsX()).isBetween(0.2, 1.0 / Math.sqrt(TILTS.length));
    }

    @Test
    void threeTiltsAreTooFew() {
        Alignment three = Alignment.none(-30, 0, 30);
        assertThatThrownBy(() -> AlignmentMisses.of(three, three)).hasMessageContaining("too few");
    }

    private static Alignment alignment(double[] y, double[] x, double axis, double rotation) {
        return Alignment.of(TILTS, y, x, axis, rotation, "given", new double[0], List.of());
    }
}
