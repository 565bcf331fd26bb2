package org.hyalite.quantify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.hyalite.grid.Image;
import org.hyalite.grid.LineMap;
import org.hyalite.physics.CrossSection;
import org.hyalite.physics.Dose;
import org.hyalite.physics.Element;
import org.hyalite.physics.Uncertain;
import org.hyalite.physics.XrayLine;
import org.junit.jupiter.api.Test;

class QuantifierTest {
    private static final Element CO = Element.of("Co");
    private static final XrayLine CO_KA = XrayLine.of("Co_Ka");
    private static final XrayLine CO_KB = XrayLine.of("Co_Kb");
    private static final XrayLine ZN_KA = XrayLine.of("Zn_Ka");

    private static LineMap map(XrayLine line, double counts, double error) {
        return new LineMap(line, Image.of(1, 2, 4, new float[] {(float) counts, 0}), Image.of(1, 2, 4, new float[] {
            (float) error, 1
        }));
    }

    private static Quantifier both() {
        return Quantifier.of(Map.of(CO_KA, new CrossSection(3.38, 0.05), CO_KB, new CrossSection(0.45, 0.02)));
    }

    /** Protects Eq. (1): 0.5 nA for 10 ms, 4.87 Co/nm³, 3.38 b, 250 nm are 12.84 counts, and these are 1217.5 atoms/nm². */
    @Test
    void knownNumberOfEquationOneIsInverted() {
        Dose dose = new Dose(0.5, 0.01);
        CrossSection sigma = new CrossSection(3.38, 0);
        assertThat(dose.counts(4.87, sigma, 250)).isCloseTo(12.84, within(0.005));
        ArealDensity found =
                Quantifier.of(Map.of(CO_KA, sigma)).quantify(CO, List.of(map(CO_KA, 12.84, 3.58)), dose, 1);
        assertThat(found.atomsPerNm2().at(0, 0)).isCloseTo(4.87f * 250, within(0.6f));
        assertThat(found.standardError().at(0, 0)).isCloseTo(339.4f, within(0.5f));
        assertThat(found.relativeSystematic()).isZero();
    }

    /** Protects absolute numbers: atoms → counts → atoms over random doses, gains and cross sections. */
    @Test
    void countsOfAtomsAreThoseAtoms() {
        Random random = new Random(1);
        for (int trial = 0; trial < 50; trial++) {
            Dose dose = new Dose(0.1 + random.nextDouble(), 0.001 + random.nextDouble());
            CrossSection ka = new CrossSection(1 + 3 * random.nextDouble(), 0);
            CrossSection kb = new CrossSection(0.1 + random.nextDouble(), 0);
            double gain = 0.5 + random.nextDouble();
            double density = 10 * random.nextDouble();
            ArealDensity found = Quantifier.of(Map.of(CO_KA, ka, CO_KB, kb))
                    .quantify(
                            CO,
                            List.of(
                                    map(CO_KB, gain * dose.counts(density, kb, 120), 1),
                                    map(CO_KA, gain * dose.counts(density, ka, 120), 1)),
                            dose,
                            gain);
            assertThat(found.atomsPerNm2().at(0, 0)).isCloseTo((float) (density * 120), within((float) density / 100));
        }
    }

    /** Protects the way lines are joined, ΣI / Σσ, and their errors; those of the cross sections are common to all lines. */
    @Test
    void linesAreSummedBeforeTheyAreDivided() {
        Dose dose = new Dose(1, 0.001);
        ArealDensity found =
                both().quantify(CO, List.of(map(CO_KA, 30, 6), map(CO_KB, 4, 2.5), map(ZN_KA, 99, 9)), dose, 1);
        double perCount = 1 / (dose.electrons() * 3.83e-10);
        assertThat(found.atomsPerNm2().at(0, 0)).isCloseTo((float) (34 * perCount), within(0.1f));
        assertThat(found.standardError().at(0, 0)).isCloseTo((float) (6.5 * perCount), within(0.1f));
        assertThat(found.relativeSystematic()).isCloseTo((0.05 + 0.02) / 3.83, within(1e-9));
    }

    @Test
    void errorOfTheGainIsPartOfTheSystematicError() {
        ArealDensity found = Quantifier.of(Map.of(CO_KA, new CrossSection(3, 0)))
                .quantify(CO, List.of(map(CO_KA, 1, 1)), new Dose(1, 1), new Uncertain(0.8, 0.02));
        assertThat(found.relativeSystematic()).isCloseTo(0.025, within(1e-9));
    }

    /** Protects against factors matched by order: what does not fit together is refused by name. */
    @Test
    void whatDoesNotFitIsRefusedByName() {
        Dose dose = new Dose(1, 1);
        refused(
                () -> both().quantify(Element.of("Zn"), List.of(map(ZN_KA, 1, 1)), dose, 1),
                "no cross section of Zn_Ka");
        refused(() -> both().quantify(Element.of("Zn"), List.of(map(CO_KA, 1, 1)), dose, 1), "no map of a line of Zn");
        refused(() -> both().quantify(CO, List.of(map(CO_KA, 1, 1), map(CO_KA, 1, 1)), dose, 1), "two maps of Co_Ka");
        refused(() -> both().quantify(CO, List.of(map(CO_KA, 1, 1)), dose, 0), "gain 0.0");
        LineMap wide = new LineMap(CO_KB, Image.zeros(1, 3, 4), Image.zeros(1, 3, 4));
        refused(() -> both().quantify(CO, List.of(map(CO_KA, 1, 1), wide), dose, 1), "1 × 3");
        refused(() -> Quantifier.of(Map.of()), "no cross sections");
    }

    private static void refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String why) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(why);
    }

    /** Protects data without calibration: they stay counts, the gain taken out. */
    @Test
    void withoutCalibrationCountsStayCounts() {
        RelativeCounts found = Quantifier.toRelative(CO, List.of(map(CO_KA, 30, 3), map(CO_KB, 4, 4)), 0.5);
        assertThat(found.counts().at(0, 0)).isEqualTo(68);
        assertThat(found.standardError().at(0, 0)).isEqualTo(10);
    }
}
