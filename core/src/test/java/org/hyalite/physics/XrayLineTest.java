package org.hyalite.physics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Line energies are what everything in a spectrum hangs on: held to published values (X-ray Data Booklet, Table 1-2). */
class XrayLineTest {
    @Test
    void strongestLinesStandWhereTheTablesSay() {
        assertThat(XrayLine.of("Co_Ka").strongestKeV()).isCloseTo(6.930, within(0.001));
        assertThat(XrayLine.of("Co_Kb").strongestKeV()).isCloseTo(7.649, within(0.001));
        assertThat(XrayLine.of("Zn_Ka").strongestKeV()).isCloseTo(8.639, within(0.001));
        assertThat(XrayLine.of("Cu_La").strongestKeV()).isCloseTo(0.930, within(0.002));
        assertThat(XrayLine.of("Pt_Ma").strongestKeV()).isCloseTo(2.050, within(0.005));
        assertThat(XrayLine.of("O_Ka").strongestKeV()).isCloseTo(0.525, within(0.002));
    }

    @Test
    void weightsOfAFamilyAddUpToOne() {
        for (String name : new String[] {"Co_Ka", "Co_Kb", "Zn_La", "Pt_Ma", "Pt_La"}) {
            double sum = XrayLine.of(name).components().stream()
                    .mapToDouble(XrayLine.Component::weight)
                    .sum();
            assertThat(sum).as(name).isCloseTo(1, within(1e-12));
        }
    }

    @Test
    void linesThatAreNotThereAreRefusedByName() {
        assertThatThrownBy(() -> XrayLine.of("H_La")).hasMessageContaining("no La line is known of H");
        assertThatThrownBy(() -> XrayLine.of("Cq_Ka")).hasMessageContaining("unknown element 'Cq'");
        assertThatThrownBy(() -> XrayLine.of("CO_Ka")).hasMessageContaining("did you mean Co?");
        assertThatThrownBy(() -> XrayLine.of("Co_Kx")).hasMessageContaining("known: Ka, Kb, La, Ma");
    }

    /** xraylib's yield of M2 is ten times too large from Ir to Pb; no spectrum of platinum shows what follows from it. */
    @Test
    void platinumsM2LinesAreWeakAsItsNeighboursAre() {
        double before = shareNear("Os_Ma", 2.487, 0.06);
        double after = shareNear("Bi_Ma", 3.233, 0.06);
        for (String name : new String[] {"Pt_Ma", "Au_Ma"}) {
            double m2n4 = name.startsWith("Pt") ? 2.696 : 2.797;
            assertThat(shareNear(name, m2n4, 0.02))
                    .as(name)
                    .isLessThan(0.02)
                    .isBetween(0.3 * Math.min(before, after), 3 * Math.max(before, after));
        }
    }

    /** Within L, most holes end in L3: Lα is the strongest line, Lβ1 and Lγ stay below it. */
    @Test
    void theL3LinesLeadTheLShell() {
        for (String name : new String[] {"Fe_La", "Cu_La", "Mo_La", "Pt_La", "Au_La"}) {
            XrayLine line = XrayLine.of(name);
            double strongest = line.components().stream()
                    .mapToDouble(XrayLine.Component::weight)
                    .max()
                    .orElseThrow();
            assertThat(strongest).as(name).isBetween(0.35, 0.75);
            assertThat(line.strongestKeV()).as(name).isLessThan(line.energyKeV() + 0.01);
        }
    }

    private static double shareNear(String name, double energyKeV, double reachKeV) {
        return XrayLine.of(name).components().stream()
                .filter(c -> Math.abs(c.energyKeV() - energyKeV) < reachKeV)
                .mapToDouble(XrayLine.Component::weight)
                .sum();
    }
}
