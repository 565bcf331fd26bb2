package org.hyalite.io.tia;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hyalite.grid.Image;
import org.hyalite.grid.SpectrumImage;
import org.hyalite.io.ReferenceSignals;
import org.hyalite.io.format.Axis;
import org.hyalite.io.format.Recording;
import org.hyalite.io.format.Signal;
import org.hyalite.physics.Acquisition.Key;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * Real files read here are what HyperSpy 1.7.3 read from them ({@code reference-values.jsonl}), but for three things:
 * HyperSpy calls offsets in m nm, takes a calibration at any index for one at index 0, and has no names of detectors.
 */
class TiaRealFilesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "tia/After LAABF 1.5m.emi",
                "tia/After LAABF 1.5m_1.ser",
                "tia/16x16_STEM_BF_DF_acquire.emi",
                "tia/16x16_STEM_BF_DF_acquire_1.ser",
                "tia/16x16-spectrum_image-5x5x1024.emi",
                "tia/16x16-spectrum_image-5x5x1024_1.ser"
            })
    void valuesAxesAndMetadataAreThoseOfHyperSpy(String name) {
        List<JsonNode> reference = ReferenceSignals.of(name);
        Recording recording = TiaFile.format().read(ReferenceSignals.folder().resolve(name));
        assertThat(recording.signals()).hasSameSizeAs(reference);
        // HyperSpy does not look for the .emi file of a .ser file; the values are the .emi file's own
        List<JsonNode> described = ReferenceSignals.of(name.replaceFirst("_1[.]ser$", ".emi"));
        for (int i = 0; i < reference.size(); i++) {
            Signal signal = recording.signals().get(i);
            JsonNode stats = reference.get(i).path("stats");
            assertThat(signal.statistics().sum()).isEqualTo(stats.path("sum").asDouble());
            assertThat(signal.statistics().min()).isEqualTo(stats.path("min").asDouble());
            assertThat(signal.statistics().max()).isEqualTo(stats.path("max").asDouble());
            assertAxes(signal, reference.get(i).path("axes"));
            if (signal.data() instanceof Signal.Picture picture) {
                assertImage(picture.image(), stats);
            } else {
                assertMap(signal.as(Signal.Maps.class).orElseThrow().maps().get(0), stats);
            }
            JsonNode meta = described.get(i).path("meta");
            assertThat(signal.acquisition().number(Key.BEAM_ENERGY))
                    .contains(meta.path("TEM.beam_energy").asDouble());
            assertThat(signal.acquisition().number(Key.TILT))
                    .contains(meta.path("TEM.Stage.tilt_alpha").asDouble() + 0.0);
        }
        assertThat(recording.warnings().stream().anyMatch(w -> w.contains("taken from")))
                .as("a series says what it knows from elsewhere")
                .isEqualTo(name.endsWith(".ser"));
    }

    @Test
    void detectorsAreNamedAsAtTheMicroscope() {
        Recording recording =
                TiaFile.format().read(ReferenceSignals.folder().resolve("tia/16x16_STEM_BF_DF_acquire.emi"));
        assertThat(recording.signals()).extracting(Signal::name).containsExactly("BF", "DF4");
        // DwellTimePath; FrameTime 0.014647 s is 16 × 16 of them and the flyback
        assertThat(recording.signals().get(1).acquisition().number(Key.DWELL_TIME))
                .contains(0.000048);
    }

    @Test
    void cameraSpectraAreEnergyLosses() {
        Recording recording =
                TiaFile.format().read(ReferenceSignals.folder().resolve("tia/16x16-spectrum_image-5x5x1024.emi"));
        assertThat(recording.warnings()).singleElement().asString().contains("energy losses (EELS)");
        Signal signal = recording.signals().get(0);
        assertThat(signal.acquisition().number(Key.DWELL_TIME)).contains(0.05); // IntegrationTime
        // the tag of the first spectrum says where the middle of its pixel stood: y 4.566368050124305e-10 m
        Axis y = signal.axes().get(0);
        assertThat(y.offset() + y.scale() / 2).isCloseTo(0.4566368050124305, within(1e-6));
        assertThat(signal.as(Signal.Maps.class).orElseThrow().maps().get(0).isCounts())
                .isFalse();
    }

    private static void assertAxes(Signal signal, JsonNode expected) {
        assertThat(signal.axes()).hasSize(expected.size());
        for (int k = 0; k < expected.size(); k++) {
            Axis axis = signal.axes().get(k);
            JsonNode e = expected.get(k);
            boolean energy = e.path("units").asString().equals("eV");
            assertThat(axis.unit()).isEqualTo(energy ? "keV" : "nm");
            assertThat(axis.size()).isEqualTo(e.path("size").asInt());
            ReferenceSignals.assertClose(axis.scale(), e.path("scale").asDouble() * (energy ? 1e-3 : 1));
            if (!axis.name().equals("y") || axis.scale() > 0) { // the map's y is calibrated at index 5
                ReferenceSignals.assertClose(axis.offset(), e.path("offset").asDouble() * (energy ? 1e-3 : 1e9));
            }
        }
    }

    private static void assertImage(Image image, JsonNode stats) {
        List<Integer> box = ints(stats.path("box").get(0));
        box.addAll(ints(stats.path("box").get(1)));
        double sum = 0;
        for (int y = box.get(0); y < box.get(1); y++) {
            for (int x = box.get(2); x < box.get(3); x++) {
                sum += image.at(y, x);
            }
        }
        assertThat(sum).isEqualTo(stats.path("box_sum").asDouble());
        assertThat((double) image.at(0, 0)).isEqualTo(stats.path("first").asDouble());
        assertThat((double) image.at(image.ny() - 1, image.nx() - 1))
                .isEqualTo(stats.path("last").asDouble());
        List<Integer> place = ints(stats.path("argmax_first_index"));
        assertThat((double) image.at(place.get(0), place.get(1)))
                .isEqualTo(stats.path("max").asDouble());
    }

    private static void assertMap(SpectrumImage map, JsonNode stats) {
        List<Integer> place = ints(stats.path("argmax_first_index"));
        double[] pixel = new double[map.energy().channels()];
        map.addTo(place.get(0), place.get(1), pixel);
        assertThat(pixel[place.get(2)]).isEqualTo(stats.path("max").asDouble());
        double[] sum = map.sum().counts();
        List<Integer> range = ints(stats.path("sumspec_sum_channels"));
        assertThat(Arrays.stream(sum, range.get(0), range.get(1)).sum())
                .isEqualTo(range.get(2).doubleValue());
        assertThat(sum[stats.path("sumspec_argmax_channel").asInt()])
                .isEqualTo(stats.path("sumspec_max").asDouble());
        double[] box = new double[pixel.length];
        map.addTo(1, 1, box); // box_nav [1, 2) × [1, 2)
        assertThat(Arrays.stream(box).sum())
                .isEqualTo(stats.path("box_sum_all_channels").asDouble());
        assertThat(Arrays.stream(box, range.get(0), range.get(1)).sum())
                .isEqualTo(stats.path("box_sum_same_channels").asDouble());
    }

    private static List<Integer> ints(JsonNode array) {
        List<Integer> values = new ArrayList<>();
        array.forEach(v -> values.add(v.asInt()));
        return values;
    }
}
