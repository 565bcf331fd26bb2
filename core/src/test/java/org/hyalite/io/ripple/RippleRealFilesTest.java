package org.hyalite.io.ripple;

import static org.assertj.core.api.Assertions.assertThat;

import org.hyalite.io.ReferenceSignals;
import org.hyalite.io.format.Recording;
import org.hyalite.physics.Acquisition;
import org.hyalite.physics.Acquisition.Key;
import org.junit.jupiter.api.Test;

/** Real Ripple files, one by HyperSpy and one by Bruker's program, read here are what HyperSpy read from them. */
class RippleRealFilesTest {
    @Test
    void valuesAndMetadataOfHyperSpysFileAreThoseOfHyperSpy() {
        String name = "ripple/L2083_tilt15_crop16_DEV.rpl";
        Recording recording = RippleFile.format().read(ReferenceSignals.folder().resolve(name));
        ReferenceSignals.assertAgrees(recording, ReferenceSignals.of(name));
        assertThat(recording.warnings()).isEmpty();
        Acquisition known = recording.signals().get(0).acquisition();
        assertThat(known.number(Key.BEAM_ENERGY)).contains(200.0);
        assertThat(known.number(Key.TILT)).contains(15.0);
        assertThat(known.source(Key.TILT)).contains("tilt-stage");
        assertThat(known.number(Key.ENERGY_RESOLUTION)).contains(130.0);
        assertThat(known.names(Key.DETECTORS)).containsExactly("EDS, elevation 18.0 deg, azimuth 45.0 deg");
        ReferenceSignals.assertClose(known.number(Key.PIXEL_SIZE).orElseThrow(), 13.0814447573835);
        assertThat(known.known()).doesNotContainKeys(Key.BEAM_CURRENT, Key.DWELL_TIME, Key.LIVE_TIME);
    }

    @Test
    void anUncalibratedFileKeepsItsChannelsAndSaysSo() {
        String name = "bruker/4on3.rpl";
        Recording recording = RippleFile.format().read(ReferenceSignals.folder().resolve(name));
        ReferenceSignals.assertAgrees(recording, ReferenceSignals.of(name));
        assertThat(recording.warnings()).singleElement().asString().contains("energy calibration");
        assertThat(recording.signals().get(0).acquisition().known()).isEmpty();
    }
}
