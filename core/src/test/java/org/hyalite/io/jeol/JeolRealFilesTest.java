package org.hyalite.io.jeol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.hyalite.io.MicroscopeFile;
import org.hyalite.io.ReferenceSignals;
import org.hyalite.io.ReferenceSpectra;
import org.hyalite.io.format.FileBytes;
import org.hyalite.io.format.Recording;
import org.hyalite.io.format.Signal;
import org.hyalite.physics.Acquisition.Key;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Real files of a JEM-2100F read here are what HyperSpy read from them, and what the files say of themselves. */
class JeolRealFilesTest {
    private static final String VIEW = "jeol/Sample/00_View000/View000_000000";

    @ParameterizedTest
    @ValueSource(
            strings = {
                VIEW + "1.map",
                VIEW + "2.map",
                VIEW + "3.map",
                VIEW + "4.map",
                VIEW + "5.map",
                VIEW + "6.pts",
                "jeol/rawdata.ASW"
            })
    void valuesAndAxesAreThoseOfHyperSpy(String name) {
        List<JsonNode> reference = ReferenceSignals.of(name);
        Recording recording = MicroscopeFile.open(ReferenceSignals.folder().resolve(name));
        assertThat(recording.format()).isEqualTo("JEOL Analysis Station");
        assertThat(recording.warnings()).isEmpty();
        // HyperSpy's title of a .pts file is made of the file's name; the file itself has none
        List<Signal> titled = recording.signals().stream()
                .map(s -> s.name().equals("EDS")
                        ? new Signal(
                                "EDS extracted from View000_0000006.pts",
                                s.axes(),
                                s.statistics(),
                                s.acquisition(),
                                s.data())
                        : s)
                .toList();
        ReferenceSignals.assertAgrees(new Recording(recording.file(), "", titled, List.of()), reference);
        for (int i = 0; i < reference.size(); i++) {
            assertThat(recording.signals().get(i).acquisition().number(Key.BEAM_ENERGY))
                    .contains(Double.valueOf(reference
                            .get(i)
                            .path("meta")
                            .path("TEM.beam_energy")
                            .asString()));
        }
    }

    /** Values that stand in the file, as HyperSpy's dump of its tags shows them. */
    @Test
    void aMapsTimesAndDetectorAreThoseOfTheFile() {
        Signal map = MicroscopeFile.open(ReferenceSignals.folder().resolve(VIEW + "6.pts"))
                .signals()
                .get(0);
        assertThat(map.acquisition().number(Key.LIVE_TIME)).contains(325.46);
        ReferenceSignals.assertClose(map.acquisition().number(Key.REAL_TIME).orElseThrow(), 366.9);
        ReferenceSignals.assertClose(map.acquisition().number(Key.DWELL_TIME).orElseThrow(), 325.46 / 262144);
        assertThat(map.acquisition().number(Key.BEAM_CURRENT)).contains(2.562);
        assertThat(map.acquisition().number(Key.ENERGY_RESOLUTION)).contains(138.0);
        assertThat(map.acquisition().names(Key.DETECTORS))
                .containsExactly("EX24075JGT, elevation 22.3 deg, azimuth 90.0 deg");
    }

    /** Protects the meaning of the stream's words, by what the file says of itself and no other reader. */
    @Test
    void theStreamAgreesWithTheFilesOwnTimesAndSpectrum() {
        Path file = ReferenceSignals.folder().resolve(VIEW + "6.pts");
        long[] ticks = new long[16];
        double[] spectrum = new double[4096];
        new EventStream(file, 16384, 1372168 / 2).read(1372168 / 2, (index, kind, value) -> {
            ticks[kind]++;
            if (kind == EventStream.PHOTON) {
                spectrum[value]++;
            }
        });
        assertThat(ticks[EventStream.REAL_TICK]).as("10 ms of 366.90 s").isBetween(36690L - 5, 36690L + 5);
        assertThat(ticks[EventStream.LIVE_TICK]).as("10 ms of 325.46 s").isBetween(32546L - 5, 32546L + 5);
        Tag root = Tag.read(FileBytes.part(file, 305, 13133, 1 << 20).skip(12));
        double[] own =
                root.need("EDS Data", "AnalyzableMap MeasData", "Data", "EDXRF").numbers();
        int same = 0;
        for (int c = 0; c < own.length; c++) {
            same += own[c] == spectrum[c + 96] ? 1 : 0;
        }
        assertThat(same).as("channels of %s from DigZ = 96 on", own.length).isEqualTo(own.length - 50);
    }

    @Test
    void theSpectrumIsThatOfHyperSpy() {
        Recording recording = MicroscopeFile.open(ReferenceSignals.folder().resolve("jeol/met03.EDS"));
        assertThat(recording.warnings()).isEmpty();
        Signal signal = recording.signals().get(0);
        ReferenceSpectra.assertAgrees(
                signal, ReferenceSignals.of("jeol/met03.EDS").get(0));
        assertThat(signal.acquisition().number(Key.LIVE_TIME)).contains(30.0);
        assertThat(signal.acquisition().number(Key.REAL_TIME)).contains(34.97);
        assertThat(signal.acquisition().number(Key.BEAM_ENERGY)).contains(200.0);
        assertThat(signal.acquisition().number(Key.ENERGY_RESOLUTION)).contains(138.0);
        assertThat(signal.acquisition().names(Key.ELEMENTS)).containsExactly("Fe", "S");
        assertThat(signal.acquisition().names(Key.DETECTORS))
                .containsExactly("EX24075JGT, elevation 22.3 deg, azimuth 90.0 deg");
    }
}
