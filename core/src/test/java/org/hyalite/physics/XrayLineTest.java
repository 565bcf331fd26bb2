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
}
