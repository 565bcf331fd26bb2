package org.hyalite.quantify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.hyalite.grid.TiltGeometry;
import org.hyalite.grid.TiltSeries;
import org.hyalite.grid.Volume;
import org.junit.jupiter.api.Test;

class MassCheckTest {
    /** Protects the units of the check: atoms/nm² times nm² against atoms/nm³ times nm³. */
    @Test
    void atomsOfMapsAndVolumeAreCompared() {
        Volume volume = Volume.zeros(4, 5, 6, 2);
        volume.set(1, 2, 3, 7);
        volume.set(2, 2, 3, 3);
        TiltSeries maps = TiltSeries.zeros(TiltGeometry.of(-30, 0), 5, 6, 2);
        maps.set(0, 2, 3, 22);
        maps.set(1, 2, 3, 20);
        MassCheck check = MassCheck.of(maps, volume);
        assertThat(check.volumeTotal()).isCloseTo(80, within(1e-9));
        assertThat(check.tilts().get(0).measured()).isCloseTo(88, within(1e-9));
        assertThat(check.tilts().get(1).relativeDifference()).isCloseTo(0, within(1e-9));
        assertThat(check.worst()).isCloseTo(1 - 80.0 / 88, within(1e-9));
        TiltSeries again = maps.copy();
        again.set(0, 2, 3, 21);
        assertThat(MassCheck.of(maps, again, volume).tilts().get(0).reprojected())
                .isCloseTo(84, within(1e-9));
        assertThatThrownBy(() -> MassCheck.of(maps, again.select(0), volume))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
