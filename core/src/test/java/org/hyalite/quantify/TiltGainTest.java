package org.hyalite.quantify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.hyalite.grid.Image;
import org.hyalite.physics.Element;
import org.hyalite.physics.Uncertain;
import org.junit.jupiter.api.Test;

class TiltGainTest {
    private static final double[] TILTS = {-60, -40, -20, 0, 20, 40, 60};
    private static final double[] TRUE_GAIN = {0.62, 0.8, 0.97, 1, 1.04, 0.9, 0.7};
    private static final Element CO = Element.of("Co");
    private static final Element ZN = Element.of("Zn");

    private static List<Uncertain> totals(double atZero, Random random) {
        List<Uncertain> totals = new ArrayList<>();
        for (double gain : TRUE_GAIN) {
            double error = Math.sqrt(atZero * gain);
            totals.add(new Uncertain(atZero * gain + error * random.nextGaussian(), error));
        }
        return totals;
    }

    /** Protects gains and their errors: over many draws they scatter about the truth as they say. */
    @Test
    void gainsAreRecoveredWithinTheirErrors() {
        Random random = new Random(1);
        double squares = 0;
        int n = 0;
        double largestChiSquare = 0;
        for (int trial = 0; trial < 200; trial++) {
            TiltGain found =
                    TiltGain.estimate(TILTS, Map.of(CO, totals(40000, random), ZN, totals(90000, random)), false);
            assertThat(found.source()).isEqualTo(TiltGain.Source.CONSERVATION);
            assertThat(found.gain(3)).isEqualTo(new Uncertain(1, 0));
            for (int i = 0; i < TILTS.length; i++) {
                if (i != 3) {
                    double z = (found.gain(i).value() - TRUE_GAIN[i])
                            / found.gain(i).standardError();
                    squares += z * z;
                    n++;
                }
            }
            largestChiSquare = Math.max(largestChiSquare, found.chiSquare());
            assertThat(found.freedom()).isEqualTo(6);
        }
        assertThat(squares / n).isBetween(0.8, 1.25);
        assertThat(largestChiSquare).isLessThan(40);
    }

    /** Protects the error of a single element's gain: that of a ratio of two totals. */
    @Test
    void errorOfOneElementIsThatOfARatio() {
        TiltGain found = TiltGain.estimate(
                new double[] {0, 50}, Map.of(CO, List.of(new Uncertain(10000, 100), new Uncertain(8000, 200))), false);
        assertThat(found.gain(1).value()).isCloseTo(0.8, within(1e-9));
        assertThat(found.gain(1).standardError()).isCloseTo(0.8 * Math.hypot(0.01, 0.025), within(1e-6));
        assertThat(found.freedom()).isZero();
    }

    @Test
    void elementsThatDisagreeAreReported() {
        Random random = new Random(2);
        List<Uncertain> co = totals(40000, random);
        List<Uncertain> zn = totals(90000, random);
        zn.set(0, new Uncertain(zn.get(0).value() * 0.9, zn.get(0).standardError()));
        TiltGain found = TiltGain.estimate(TILTS, Map.of(CO, co, ZN, zn), false);
        assertThat(found.warnings()).anyMatch(w -> w.contains("do not share one tilt gain"));
        assertThat(TiltGain.estimate(TILTS, Map.of(CO, totals(40000, random), ZN, totals(90000, random)), false)
                        .warnings())
                .isEmpty();
    }

    /** Protects lamellae: nothing is conserved, so nothing is corrected, and that is said. */
    @Test
    void gainsAreOneWhereNothingIsConserved() {
        TiltGain found = TiltGain.estimate(TILTS, Map.of(CO, totals(40000, new Random(3))), true);
        assertThat(found.gains()).containsOnly(1);
        assertThat(found.source()).isEqualTo(TiltGain.Source.ASSUMED_ONE);
        assertThat(found.warnings()).anyMatch(w -> w.contains("fills the field"));
    }

    @Test
    void tooFewCountsGiveNoGain() {
        List<Uncertain> weak = List.of(new Uncertain(3, 2), new Uncertain(-1, 2));
        TiltGain found = TiltGain.estimate(new double[] {0, 30}, Map.of(CO, weak), false);
        assertThat(found.source()).isEqualTo(TiltGain.Source.ASSUMED_ONE);
        TiltGain other = TiltGain.estimate(
                new double[] {0, 30},
                Map.of(CO, weak, ZN, List.of(new Uncertain(100, 5), new Uncertain(90, 5))),
                false);
        assertThat(other.gain(1).value()).isCloseTo(0.9, within(1e-9));
        assertThat(other.warnings()).anyMatch(w -> w.startsWith("Co is too weak"));
    }

    @Test
    void givenGainsAreTakenAsTheyAre() {
        TiltGain given = TiltGain.given(TILTS, TRUE_GAIN);
        assertThat(given.gains()).containsExactly(TRUE_GAIN);
        assertThat(given.source()).isEqualTo(TiltGain.Source.GIVEN);
        assertThatThrownBy(() -> TiltGain.given(TILTS, new double[] {1}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 gains for 7 tilts");
        assertThatThrownBy(() -> TiltGain.given(new double[] {5}, new double[] {-1}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("tilt 5.0°");
    }

    @Test
    void numberOfTotalsIsChecked() {
        assertThatThrownBy(() -> TiltGain.estimate(TILTS, Map.of(CO, List.of(new Uncertain(1, 1))), false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 totals of Co for 7 tilts");
    }

    @Test
    void countsAtTheBorderTellAFilledField() {
        Image free = Image.zeros(32, 32, 1);
        Image filled = Image.zeros(32, 32, 1);
        for (int y = 0; y < 32; y++) {
            for (int x = 0; x < 32; x++) {
                free.set(y, x, Math.hypot(y - 16, x - 16) < 10 ? 5 : 0.1f);
                filled.set(y, x, 5 + x % 3);
            }
        }
        assertThat(TiltGain.fillsField(free)).isFalse();
        assertThat(TiltGain.fillsField(filled)).isTrue();
    }

    @Test
    void totalCarriesTheErrorsOfItsPixels() {
        Uncertain total =
                TiltGain.total(Image.of(1, 2, 1, new float[] {10, 20}), Image.of(1, 2, 1, new float[] {3, 4}));
        assertThat(total).isEqualTo(new Uncertain(30, 5));
    }

    /** Protects what the user says of some gains: taken as exact, the others as found, and told apart. */
    @Test
    void gainsOfTheUserTakeThePlaceOfThoseFound() {
        Random random = new Random(4);
        TiltGain found = TiltGain.estimate(TILTS, Map.of(CO, totals(40000, random)), false);
        double[] given = new double[TILTS.length];
        java.util.Arrays.fill(given, Double.NaN);
        given[1] = 0.75;
        TiltGain mixed = found.withGiven(given);
        assertThat(mixed.gain(1)).isEqualTo(new Uncertain(0.75, 0));
        assertThat(mixed.isGiven(1)).isTrue();
        assertThat(mixed.gain(0)).isEqualTo(found.gain(0));
        assertThat(mixed.isGiven(0)).isFalse();
        assertThat(mixed.source()).isEqualTo(TiltGain.Source.CONSERVATION);
        TiltGain all = TiltGain.one(TILTS, "the specimen fills the field").withGiven(TRUE_GAIN);
        assertThat(all.source()).isEqualTo(TiltGain.Source.GIVEN);
        assertThat(all.warnings()).isEmpty();
        given[1] = 0;
        assertThatThrownBy(() -> found.withGiven(given)).hasMessageContaining("gain 0.0 at tilt -40.0°");
        assertThatThrownBy(() -> found.withGiven(1)).hasMessageContaining("1 gains for 7 tilts");
    }

    /** Protects the test of a common gain: its p-value is uniform when the elements share one, and tiny when not. */
    @Test
    void disagreementOfElementsIsToldByItsChance() {
        Random random = new Random(9);
        int below = 0;
        int trials = 400;
        for (int trial = 0; trial < trials; trial++) {
            double p = TiltGain.estimate(TILTS, Map.of(CO, totals(40000, random), ZN, totals(90000, random)), false)
                    .chanceOfDisagreement();
            below += p < 0.1 ? 1 : 0;
        }
        assertThat(below / (double) trials).isBetween(0.06, 0.15);
        List<Uncertain> zn = new ArrayList<>(totals(90000, random));
        zn.set(0, new Uncertain(zn.get(0).value() * 1.05, zn.get(0).standardError()));
        TiltGain apart = TiltGain.estimate(TILTS, Map.of(CO, totals(40000, random), ZN, zn), false);
        assertThat(apart.chanceOfDisagreement()).isLessThan(1e-6);
        assertThat(apart.warnings()).anyMatch(w -> w.contains("not the detectors' alone"));
        assertThat(TiltGain.estimate(TILTS, Map.of(CO, totals(40000, random)), false)
                        .chanceOfDisagreement())
                .as("one element cannot disagree")
                .isEqualTo(1);
    }
}
