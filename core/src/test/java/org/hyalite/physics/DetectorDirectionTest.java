package org.hyalite.physics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Protects the side on which detectors stand, and how far X-rays reach. */
class DetectorDirectionTest {
    private static double takeOffDeg(double tilt, double azimuth, double elevation) {
        // the specimen's plane faces the gun: its normal is −z
        return Math.toDegrees(
                Math.asin(-DetectorDirection.of(elevation, azimuth).inSpecimen(tilt)[0]));
    }

    /** HyperSpy 1.7.3, hs.eds.take_off_angle(tilt_stage, azimuth_angle, elevation_angle). */
    @Test
    void takeOffAnglesAreThoseOfHyperSpy() {
        assertThat(takeOffDeg(10, 45, 22)).isCloseTo(28.865971201155283, within(1e-9));
        assertThat(takeOffDeg(0, 45, 18)).isCloseTo(18, within(1e-9));
        assertThat(takeOffDeg(25, 0, 18)).isCloseTo(43, within(1e-9));
        assertThat(takeOffDeg(-25, 0, 18)).isCloseTo(-7, within(1e-9));
        assertThat(takeOffDeg(-25, 180, 18)).isCloseTo(43, within(1e-9));
    }

    /** In the specimen's frame the detector is where x cos θ − z sin θ puts it to the right, whatever the tilt. */
    @Test
    void theDirectionTurnsAgainstTheTilt() {
        for (double tilt : new double[] {-70, -20, 0, 35, 70}) {
            double[] d = DetectorDirection.of(18, 30).inSpecimen(tilt);
            double radians = Math.toRadians(tilt);
            double u = d[2] * Math.cos(radians) - d[0] * Math.sin(radians);
            double w = d[2] * Math.sin(radians) + d[0] * Math.cos(radians);
            assertThat(u).isCloseTo(Math.cos(Math.toRadians(18)) * Math.cos(Math.toRadians(30)), within(1e-12));
            assertThat(w).isCloseTo(-Math.sin(Math.toRadians(18)), within(1e-12));
            assertThat(d[0] * d[0] + d[1] * d[1] + d[2] * d[2]).isCloseTo(1, within(1e-12));
        }
    }

    @Test
    void filesAreReadOnlyWhereBothAnglesStand() {
        assertThat(DetectorDirection.in("XFlash 5, elevation 18.0 deg, azimuth 45.0 deg"))
                .contains(DetectorDirection.of(18, 45));
        assertThat(DetectorDirection.in("EDAX, Azimuth: -135°, Elevation: 18.0°"))
                .contains(DetectorDirection.of(18, -135));
        assertThat(DetectorDirection.in("XFlash 5, elevation 18.0 deg")).isEmpty();
        assertThat(DetectorDirection.in("SuperX, elevation 18.0 deg, azimuth 45.0 deg"))
                .as("four segments, one direction")
                .isEmpty();
        assertThat(DetectorDirection.in("SuperX")).isEmpty();
        assertThat(DetectorDirection.in("elevation 1.8.0 deg, azimuth 45 deg")).isEmpty();
        assertThat(DetectorDirection.in("elevation 180 deg, azimuth 45 deg")).isEmpty();
        assertThatThrownBy(() -> DetectorDirection.of(95, 0)).hasMessageContaining("95");
    }

    /** NIST X-ray mass attenuation coefficients (Hubbell and Seltzer), total with coherent scattering, at 8 keV, cm²/g. */
    @Test
    void attenuationIsThatOfTables() {
        Map.of("C", 4.576, "O", 11.63, "Fe", 305.6, "Cu", 52.55, "Zn", 59.28)
                .forEach((symbol, expected) -> assertThat(MassAttenuation.cm2PerGram(Element.of(symbol), 8))
                        .as(symbol)
                        .isCloseTo(expected, within(0.03 * expected)));
        double barn = MassAttenuation.nm2PerAtom(Element.of("Fe"), 8) / Units.NM2_PER_BARN;
        assertThat(barn).isCloseTo(305.6 * 55.845 / 0.602214076, within(0.03 * 28340));
    }

    @Test
    void anAtomsMatrixIsAddedToIt() {
        XrayLine line = XrayLine.of("Si_Ka");
        Element si = Element.of("Si");
        Element c = Element.of("C");
        double alone = MassAttenuation.nm2PerAtom(si, Map.of(), line);
        double both = MassAttenuation.nm2PerAtom(si, Map.of(c, 6.0), line);
        double carbon = MassAttenuation.nm2PerAtom(c, Map.of(), line);
        assertThat(both).isCloseTo(alone + 6 * carbon, within(1e-12 * both));
        assertThat(carbon).isGreaterThan(0.1 * alone / 6);
    }

    @Test
    void slabsFormulaMeetsItsLimits() {
        assertThat(MassAttenuation.ofSlab(0)).isOne();
        assertThat(MassAttenuation.ofSlab(1e-9)).isCloseTo(1 - 5e-10, within(1e-15));
        assertThat(MassAttenuation.ofSlab(1)).isCloseTo(1 - 1 / Math.E, within(1e-15));
        assertThat(MassAttenuation.ofSlab(1000)).isCloseTo(1e-3, within(1e-15));
    }
}
