package org.hyalite.io.bcf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hyalite.grid.SpectrumImage;
import org.hyalite.io.ReferenceSignals;
import org.hyalite.io.format.Recording;
import org.hyalite.io.format.Signal;
import org.hyalite.physics.Acquisition;
import org.hyalite.physics.Acquisition.Key;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Real Bruker maps read here are what HyperSpy read from them: protects every step of the decoder at once. */
class BcfRealFilesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "bruker/16x16_12bit_packed_8bit.bcf",
                "bruker/30x30_instructively_packed_16bit_compressed.bcf",
                "bruker/4on3.bcf",
                "bruker/P45_12bit_packed_8bit.bcf",
                "bruker/over16bit.bcf",
                "bruker/test_TEM.bcf",
                "l2083-eds-tilt-series/-40.bcf",
                "l2083-eds-tilt-series/-30.bcf",
                "l2083-eds-tilt-series/-20.bcf",
                "l2083-eds-tilt-series/-10.bcf",
                "l2083-eds-tilt-series/0.bcf",
                "l2083-eds-tilt-series/10.bcf",
                "l2083-eds-tilt-series/20.bcf",
                "l2083-eds-tilt-series/30.bcf",
                "l2083-eds-tilt-series/35.bcf"
            })
    void valuesAxesAndMetadataAreThoseOfHyperSpy(String name) {
        List<JsonNode> reference = ReferenceSignals.of(name);
        Recording recording = BcfFile.format().read(ReferenceSignals.folder().resolve(name));
        assertThat(recording.format()).isEqualTo("Bruker BCF");
        assertThat(recording.warnings()).isEmpty();
        List<Signal> live =
                recording.signals().stream().filter(Signal::isLiveTime).toList();
        assertThat(live).hasSize(1);
        List<Signal> signals =
                recording.signals().stream().filter(s -> !s.isLiveTime()).toList();
        ReferenceSignals.assertAgrees(
                new Recording(recording.file(), recording.format(), signals, List.of()), reference);
        for (int i = 0; i < reference.size(); i++) {
            assertMetadata(signals.get(i), reference.get(i).path("meta"));
        }
    }

    private static void assertMetadata(Signal signal, JsonNode meta) {
        Acquisition known = signal.acquisition();
        boolean spectra = signal.data() instanceof Signal.Maps;
        String instrument = meta.has("TEM.beam_energy") ? "TEM." : "SEM.";
        assertThat(known.number(Key.BEAM_ENERGY))
                .contains(meta.path(instrument + "beam_energy").asDouble());
        assertThat(known.number(Key.PIXEL_SIZE).orElseThrow())
                .isEqualTo(signal.axes().get(1).scale());
        assertThat(known.number(Key.BEAM_CURRENT)).as("no map says its current").isEmpty();
        assertThat(known.number(Key.TILT)).isPresent();
        assertThat(known.source(Key.TILT).orElseThrow()).containsAnyOf("TRTSEMStageData/Tilt", "TiltAngle");
        if (!spectra) {
            return;
        }
        String eds = instrument + "Detector.EDS.";
        assertThat(known.number(Key.TILT))
                .contains(meta.path(instrument + "Stage.tilt_alpha").asDouble());
        ReferenceSignals.assertClose(
                known.number(Key.REAL_TIME).orElseThrow(),
                meta.path(eds + "real_time").asDouble());
        assertThat(known.number(Key.LIVE_TIME).orElseThrow())
                .as("live time of %s", signal.axes())
                .isBetween(
                        0.2 * known.number(Key.REAL_TIME).orElseThrow(),
                        known.number(Key.REAL_TIME).orElseThrow());
        ReferenceSignals.assertClose(
                known.number(Key.DWELL_TIME).orElseThrow(),
                known.number(Key.LIVE_TIME).orElseThrow()
                        / signal.axes().get(0).size()
                        / signal.axes().get(1).size());
        assertThat(known.names(Key.DETECTORS))
                .containsExactly(meta.path(eds + "detector_type").asString() + ", elevation "
                        + meta.path(eds + "elevation_angle").asDouble() + " deg, azimuth "
                        + meta.path(eds + "azimuth_angle").asDouble() + " deg");
        List<String> elements = new ArrayList<>();
        meta.path("Sample.elements").forEach(e -> elements.add(e.asString()));
        assertThat(known.names(Key.ELEMENTS)).isEqualTo(elements);
        // HyperSpy gives its default of 130 eV, which is not in the file; the file's own peak widths lie around it
        assertThat(known.number(Key.ENERGY_RESOLUTION).orElseThrow()).isCloseTo(130, within(7.0));
    }

    /** Protects the order of half bytes within an instruction: totals do not see it. */
    @Test
    void channelsOfAnInstructedMapAreThoseOfTheCopyKeptBesideIt() throws Exception {
        Path folder = ReferenceSignals.folder().resolve("bruker");
        Recording recording = BcfFile.format().read(folder.resolve("30x30_instructively_packed_16bit_compressed.bcf"));
        SpectrumImage map = recording
                .of(Signal.Maps.class)
                .get(0)
                .as(Signal.Maps.class)
                .orElseThrow()
                .maps()
                .get(0);
        ByteBuffer copy = ByteBuffer.wrap(Files.readAllBytes(folder.resolve("30x30_16bit.npy")))
                .order(ByteOrder.LITTLE_ENDIAN);
        int values = 30 * 30 * 2;
        copy.position(copy.capacity() - values * Short.BYTES);
        double[] pixel = new double[map.energy().channels()];
        for (int y = 0; y < 30; y++) {
            for (int x = 0; x < 30; x++) {
                java.util.Arrays.fill(pixel, 0);
                map.addTo(y, x, pixel);
                assertThat(pixel[222]).isEqualTo(copy.getShort() & 0xffff);
                assertThat(pixel[223]).isEqualTo(copy.getShort() & 0xffff);
            }
        }
    }
}
