package org.hyalite.physics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Equation (1) of Collins et al. (2019), held by two numbers worked out by hand. */
class DoseTest {
    @Test
    void equationOneGivesItsKnownNumbers() {
        CrossSection coKa = new CrossSection(3.38, 0);
        assertThat(new Dose(1, 0.001).counts(4.87, coKa, 100)).isCloseTo(1.03, within(0.005));
        assertThat(new Dose(0.5, 0.010).counts(4.87, coKa, 250)).isCloseTo(12.84, within(0.005));
    }

    @Test
    void binningKeepsTheCountsPerArea() {
        Dose dose = new Dose(0.9, 0.12);
        assertThat(dose.binned(2).electrons()).isCloseTo(4 * dose.electrons(), within(1e-3));
    }

    @Test
    void nothingPhysicalHasADefault() {
        assertThatThrownBy(() -> new Dose(0, 1)).hasMessageContaining("beam current");
        assertThatThrownBy(() -> new Dose(1, Double.NaN)).hasMessageContaining("dwell time");
    }
}
