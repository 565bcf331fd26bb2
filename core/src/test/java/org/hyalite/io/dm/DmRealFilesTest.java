package org.hyalite.io.dm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.hyalite.grid.Image;
import org.hyalite.io.ReferenceSignals;
import org.hyalite.io.format.Axis;
import org.hyalite.io.format.Recording;
import org.hyalite.io.format.Signal;
import org.hyalite.physics.Acquisition;
import org.hyalite.physics.Acquisition.Key;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Real files read here are what HyperSpy 1.7.3 read from them ({@code reference-values.jsonl}). */
class DmRealFilesTest {
    private static Recording read(String name) {
        return DmFile.format().read(ReferenceSignals.folder().resolve(name));
    }

    @Test
    void scannedImageAgrees() {
        String name = "dm/test_STEM_image.dm3";
        List<JsonNode> reference = ReferenceSignals.of(name);
        Recording recording = read(name);
        ReferenceSignals.assertAgrees(recording, reference);
        assertThat(recording.warnings()).isEmpty();
        Acquisition known = recording.signals().get(0).acquisition();
        JsonNode meta = reference.get(0).path("meta");
        assertSame(known, Key.BEAM_ENERGY, meta, "TEM.beam_energy");
        assertSame(known, Key.TILT, meta, "TEM.Stage.tilt_alpha");
        assertSame(known, Key.DWELL_TIME, meta, "TEM.dwell_time");
        assertThat(known.number(Key.BEAM_CURRENT))
                .as("the file says 0 nA: not measured")
                .isEmpty();
    }

    @Test
    void tiltSeriesAgreesWithItsTilts() {
        String name = "etspy-adf-tilt-series/HAADF.dm3";
        JsonNode reference = ReferenceSignals.of(name).get(0);
        Recording recording = read(name);
        assertThat(recording.warnings()).isEmpty();
        Signal signal = recording.signals().get(0);
        assertThat(signal.name()).isEqualTo("HAADF_Rebin16");
        assertThat(signal.data().kind()).isEqualTo("tilt-series");
        JsonNode stats = reference.path("stats");
        assertThat(signal.statistics().sum()).isEqualTo(stats.path("sum").asDouble());
        assertThat(signal.statistics().min()).isEqualTo(stats.path("min").asDouble());
        assertThat(signal.statistics().max()).isEqualTo(stats.path("max").asDouble());
        assertThat(signal.axes().get(0)).isEqualTo(new Axis("tilt", 91, 2, -90, "deg"));
        ReferenceSignals.assertClose(
                signal.axes().get(2).scale(),
                1000 * reference.path("axes").get(2).path("scale").asDouble());
        List<Image> images = signal.as(Signal.Stack.class).orElseThrow().images();
        assertThat(images.get(85).at(32, 15)).isEqualTo(39459); // argmax_first_index
        assertThat((double) images.get(0).at(0, 0))
                .isEqualTo(stats.path("first").asDouble());
        assertThat((double) images.get(90).at(63, 63))
                .isEqualTo(stats.path("last").asDouble());
        double box = 0;
        for (int z = 22; z < 45; z++) {
            for (int y = 16; y < 32; y++) {
                for (int x = 16; x < 32; x++) {
                    box += images.get(z).at(y, x);
                }
            }
        }
        assertThat(box).isEqualTo(stats.path("box_sum").asDouble());
        List<Double> tilts =
                IntStream.rangeClosed(-45, 45).mapToObj(i -> 2.0 * i).toList();
        assertThat(signal.acquisition().numbers(Key.TILTS)).contains(tilts);
        assertThat(signal.acquisition().number(Key.TILT))
                .as("the stage as it stood at the end")
                .isEmpty();
        assertSame(signal.acquisition(), Key.BEAM_ENERGY, reference.path("meta"), "TEM.beam_energy");
        assertSame(signal.acquisition(), Key.DWELL_TIME, reference.path("meta"), "TEM.dwell_time");
    }

    @Test
    void imageOfVersion4WithUnequalPixelsAgrees() {
        JsonNode stats = ReferenceSignals.of("dm/dmTest_float32_nonSquare_diffPixelSize.dm4")
                .get(0)
                .path("stats");
        Recording recording = read("dm/dmTest_float32_nonSquare_diffPixelSize.dm4");
        Signal signal = recording.signals().get(0);
        assertThat(signal.axes().get(0).scale()).isCloseTo(0.2, org.assertj.core.api.Assertions.within(1e-12));
        assertThat(signal.axes().get(1)).isEqualTo(new Axis("x", 128, 1, 0, "nm"));
        assertThat(signal.statistics().sum()).isEqualTo(stats.path("sum").asDouble());
        Image image = signal.as(Signal.Picture.class).orElseThrow().image();
        double box = 0;
        for (int y = 16; y < 32; y++) {
            for (int x = 32; x < 64; x++) {
                box += image.at(y, x);
            }
        }
        assertThat(box).isEqualTo(stats.path("box_sum").asDouble());
        assertThat(image.at(63, 127)).isEqualTo(127);
        assertThat(recording.warnings()).singleElement().asString().contains("not square");
    }

    @Test
    void xraySpectrumAgrees() {
        String name = "dm/test-EDS_spectrum.dm3";
        JsonNode reference = ReferenceSignals.of(name).get(0);
        Recording recording = read(name);
        assertThat(recording.warnings()).isEmpty();
        Signal signal = recording.signals().get(0);
        JsonNode axis = reference.path("axes").get(0);
        assertThat(signal.axes().get(0).unit()).isEqualTo("keV");
        ReferenceSignals.assertClose(
                signal.axes().get(0).scale(), axis.path("scale").asDouble());
        ReferenceSignals.assertClose(
                signal.axes().get(0).offset(), axis.path("offset").asDouble());
        double[] counts =
                signal.as(Signal.SingleSpectrum.class).orElseThrow().spectrum().counts();
        assertThat(counts).hasSize(4096);
        assertThat(counts[96]).isEqualTo(3525);
        assertThat(java.util.Arrays.stream(counts).sum()).isEqualTo(17051);
        assertThat(java.util.Arrays.stream(counts, 133, 144).sum()).isEqualTo(30);
        JsonNode meta = reference.path("meta");
        assertSame(signal.acquisition(), Key.LIVE_TIME, meta, "TEM.Detector.EDS.live_time");
        assertSame(signal.acquisition(), Key.REAL_TIME, meta, "TEM.Detector.EDS.real_time");
        assertSame(signal.acquisition(), Key.TILT, meta, "TEM.Stage.tilt_alpha");
        assertThat(signal.acquisition().names(Key.DETECTORS))
                .containsExactly("SIUTW, elevation 18.0 deg, azimuth 45.0 deg");
        // HyperSpy's 130 eV is its own default, which is not in the file
        assertThat(signal.acquisition().number(Key.ENERGY_RESOLUTION)).isEmpty();
    }

    private static void assertSame(Acquisition known, Key key, JsonNode meta, String path) {
        assertThat(meta.has(path)).as(path).isTrue();
        ReferenceSignals.assertClose(
                known.number(key).orElseThrow(), meta.path(path).asDouble());
    }
}
