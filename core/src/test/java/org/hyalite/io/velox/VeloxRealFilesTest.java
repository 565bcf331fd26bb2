package org.hyalite.io.velox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.hyalite.io.DenseValues;
import org.hyalite.io.MicroscopeFile;
import org.hyalite.io.ReferenceSignals;
import org.hyalite.io.format.Recording;
import org.hyalite.io.format.Selection;
import org.hyalite.io.format.Signal;
import org.hyalite.physics.Acquisition;
import org.hyalite.physics.Acquisition.Key;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Real Velox files of three versions give what RosettaSciIO reads from them ({@code reference-values.jsonl} beside them):
 * protects the event code, the sizes, the energies and the names at once. Where HyperSpy takes the first frame of the
 * images beside a map, the first frame is compared.
 */
class VeloxRealFilesTest {
    private static final String SUPER_X = "velox/Test SI 16x16 215 kx.emd";
    private static final String TEN_FRAMES = "velox/fei_SI_SuperX-HAADF_10frames_10x50.emd";

    @ParameterizedTest
    @ValueSource(
            strings = {
                SUPER_X,
                TEN_FRAMES,
                "velox/fei_emd_image.emd",
                "velox/fei_emd_si.emd",
                "velox/fei_emd_spectrum.emd",
                "velox/fei_example_dpc_titles.emd"
            })
    void valuesAndAxesAreThoseOfRosettaSciIo(String name) throws Exception {
        Recording all = open(name, Selection.ALL);
        Recording first = name.contains("dpc") ? all : open(name, frames(1, 1));
        assertThat(all.format()).isEqualTo("Velox EMD");
        List<Signal> signals = new ArrayList<>();
        for (int i = 0; i < all.signals().size(); i++) {
            boolean picture = all.signals().get(i).data() instanceof Signal.Picture;
            signals.add((picture ? first : all).signals().get(i));
        }
        List<JsonNode> references = reference(name);
        references.removeIf(r -> r.path("stats").path("note").asString("").equals("complex"));
        assertThat(signals).hasSameSizeAs(references);
        for (int i = 0; i < signals.size(); i++) {
            DenseValues.assertAgrees(signals.get(i), references.get(i));
            String title = references.get(i).path("title").asString();
            assertThat(signals.get(i).name()).startsWith(title);
        }
    }

    @Test
    void complexImagesAreLeftOutWithAWord() {
        assertThat(open("velox/fei_example_dpc_titles.emd", Selection.ALL).warnings())
                .singleElement()
                .asString()
                .contains("left out", "48ec9761367a4318866a522029cbac29", "complex");
    }

    /** Protects against the reader elsewhere that gave one detector of four, or one of them four times. */
    @Test
    void detectorsAddUpToTheMap() {
        int[] counts = {13945, 10177, 11538, 6437};
        double[] sum = DenseValues.of(eds(open(SUPER_X, Selection.ALL)).get(0));
        double[] added = new double[sum.length];
        List<Signal> each = eds(open(SUPER_X, new Selection(Optional.empty(), List.of(), true, false)));
        assertThat(each)
                .extracting(Signal::name)
                .containsExactly("EDS SuperXG21", "EDS SuperXG22", "EDS SuperXG23", "EDS SuperXG24");
        for (int d = 0; d < 4; d++) {
            assertThat(each.get(d).statistics().sum()).isEqualTo(counts[d]);
            double[] own = DenseValues.of(each.get(d));
            for (int i = 0; i < own.length; i++) {
                added[i] += own[i];
            }
        }
        assertThat(added).isEqualTo(sum);
        List<String> two = List.of("SuperXG24", "superxg21");
        Signal chosen = eds(open(SUPER_X, new Selection(Optional.empty(), two, false, false)))
                .get(0);
        assertThat(chosen.statistics().sum()).isEqualTo(counts[0] + counts[3]);
        assertThat(chosen.acquisition().names(Key.DETECTORS)).containsExactly("SuperXG21", "SuperXG24");
    }

    @ParameterizedTest
    @ValueSource(strings = {SUPER_X, TEN_FRAMES})
    void framesAddUpToTheMap(String name) {
        double[] all = DenseValues.of(eds(open(name, Selection.ALL)).get(0));
        int frames = name.equals(SUPER_X) ? 2 : 10;
        double[] added = new double[all.length];
        for (int first = 1; first <= frames; first += 2) {
            double[] part = DenseValues.of(eds(open(name, frames(first, Math.min(frames, first + 1))))
                    .get(0));
            for (int i = 0; i < part.length; i++) {
                added[i] += part[i];
            }
        }
        assertThat(added).isEqualTo(all);
    }

    /** The arrays that HyperSpy's own tests keep of the whole map, of its frames 3 and 4, of a spectrum and an image. */
    @Test
    void cellsAreThoseOfTheArraysBeside() throws Exception {
        String si = "velox/fei_emd_si.emd";
        assertThat(DenseValues.of(eds(open(si, Selection.ALL)).get(0))).isEqualTo(npy("fei_emd_si", 2));
        assertThat(DenseValues.of(eds(open(si, frames(3, 4))).get(0))).isEqualTo(npy("fei_emd_si_frame", 2));
        Recording spectrum = open("velox/fei_emd_spectrum.emd", Selection.ALL);
        assertThat(DenseValues.of(spectrum.signals().get(0))).isEqualTo(npy("fei_emd_spectrum", 4));
        Recording image = open("velox/fei_emd_image.emd", Selection.ALL);
        assertThat(DenseValues.of(image.signals().get(0))).isEqualTo(npy("fei_emd_image", 2));
    }

    @Test
    void physicalQuantitiesAreTheFilesOwn() {
        Acquisition known = eds(open(SUPER_X, Selection.ALL)).get(0).acquisition();
        assertThat(known.number(Key.BEAM_ENERGY)).contains(300.0);
        assertThat(known.number(Key.BEAM_CURRENT).orElseThrow()).isCloseTo(0.21654616, within(1e-8));
        assertThat(known.number(Key.TILT).orElseThrow()).isCloseTo(Math.toDegrees(8.92434e-5), within(1e-7));
        assertThat(known.number(Key.PIXEL_SIZE).orElseThrow()).isCloseTo(3.5992492559614684, within(1e-9));
        assertThat(known.names(Key.ELEMENTS)).containsExactly("C", "O", "Ca", "Cu");
        assertThat(known.numbers(Key.DETECTOR_AZIMUTHS).orElseThrow())
                .zipSatisfy(
                        List.of(45.0, 135.0, 225.0, 315.0),
                        (a, e) -> assertThat(a).isCloseTo(e, within(1e-6)));
        assertThat(known.numbers(Key.DETECTOR_ELEVATIONS).orElseThrow())
                .allSatisfy(a -> assertThat(a).isCloseTo(18, within(1e-5)));
        List<Double> live = List.of(0.49210381111, 0.49973625994, 0.50281844756, 0.51199645);
        assertThat(known.numbers(Key.DETECTOR_LIVE_TIMES).orElseThrow())
                .zipSatisfy(live, (a, e) -> assertThat(a).isCloseTo(e, within(1e-9)));
        double share = live.stream().mapToDouble(t -> t / 0.511996).average().orElseThrow();
        assertThat(known.number(Key.DWELL_TIME).orElseThrow())
                .as("live time of a pixel: both frames of 1 ms, less dead time")
                .isCloseTo(0.002 * share, within(1e-8));
        assertThat(known.source(Key.DWELL_TIME).orElseThrow()).contains("Scan.DwellTime", "2 frames", "LiveTime");
        assertThat(known.number(Key.ENERGY_RESOLUTION)).as("no file says it").isEmpty();
    }

    /** Protects against times that the stream states before its first frame, and a current of 0 there. */
    @Test
    void whatTheStreamDoesNotKnowYetIsTakenFromTheMap() {
        Acquisition known = eds(open(TEN_FRAMES, Selection.ALL)).get(0).acquisition();
        assertThat(known.number(Key.TILT).orElseThrow()).isCloseTo(-35.343, within(1e-3));
        assertThat(known.number(Key.REAL_TIME).orElseThrow()).isCloseTo(6.4, within(1e-4));
        assertThat(known.number(Key.BEAM_CURRENT).orElseThrow()).isCloseTo(0.72381818, within(1e-8));
        assertThat(known.source(Key.BEAM_CURRENT).orElseThrow()).contains("SpectrumImage");
        assertThat(known.number(Key.DWELL_TIME).orElseThrow())
                .isCloseTo(0.0128 * 5.2928637493 / 6.39998894375, within(1e-9));
        assertThat(known.names(Key.ELEMENTS)).containsExactly("Nb");
    }

    private static Selection frames(int first, int last) {
        return new Selection(Optional.of(new Selection.Frames(first, last)), List.of(), false, false);
    }

    private static Recording open(String name, Selection wanted) {
        return MicroscopeFile.open(ReferenceSignals.folder().resolve(name), wanted);
    }

    private static List<Signal> eds(Recording recording) {
        return recording.of(Signal.Maps.class);
    }

    private static List<JsonNode> reference(String name) throws Exception {
        for (String line : Files.readAllLines(ReferenceSignals.folder().resolve("reference-values.jsonl"))) {
            JsonNode entry = JsonMapper.shared().readTree(line);
            if (entry.path("path").asString().equals(name)) {
                return new ArrayList<>(entry.path("rosettasciio_src").values());
            }
        }
        throw new AssertionError("no reference values of " + name);
    }

    /** The unsigned numbers of an array that NumPy wrote; they stand at the end of the file. */
    private static double[] npy(String name, int bytes) throws Exception {
        Path file = ReferenceSignals.folder().resolve("velox/" + name + ".npy");
        byte[] all = Files.readAllBytes(file);
        int header = 10 + (all[8] & 0xff) + 256 * (all[9] & 0xff);
        ByteBuffer buffer =
                ByteBuffer.wrap(Arrays.copyOfRange(all, header, all.length)).order(ByteOrder.LITTLE_ENDIAN);
        double[] values = new double[buffer.capacity() / bytes];
        for (int i = 0; i < values.length; i++) {
            values[i] = bytes == 2 ? buffer.getShort() & 0xffff : buffer.getInt() & 0xffffffffL;
        }
        return values;
    }
}
