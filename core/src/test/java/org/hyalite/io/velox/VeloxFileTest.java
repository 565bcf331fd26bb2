package org.hyalite.io.velox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.hyalite.grid.EnergyAxis;
import org.hyalite.io.DenseValues;
import org.hyalite.io.EmdBuilder;
import org.hyalite.io.MicroscopeFile;
import org.hyalite.io.format.MalformedFileException;
import org.hyalite.io.format.Recording;
import org.hyalite.io.format.Selection;
import org.hyalite.io.format.Signal;
import org.hyalite.io.format.UnsupportedFileException;
import org.hyalite.io.hdf5.Hdf5File;
import org.hyalite.physics.Acquisition.Key;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every event lands in its pixel, frame and detector, whatever the shape; what is not there is refused by name. */
class VeloxFileTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void eventsAreCountedWhereTheyWereRecorded(int seed) {
        Random random = new Random(seed);
        int detectors = 1 + random.nextInt(4);
        int frames = 1 + random.nextInt(4);
        VeloxBuilder built = new VeloxBuilder(random, detectors, frames, 1 + random.nextInt(6), 1 + random.nextInt(7));
        int[] all = java.util.stream.IntStream.range(0, detectors).toArray();
        for (boolean table : new boolean[] {false, true}) {
            Path file = built.emd(table).writeTo(folder.resolve(seed + "-" + table + ".emd"));
            Recording recording = MicroscopeFile.open(file);
            assertThat(DenseValues.of(map(recording))).isEqualTo(built.expected(0, frames - 1, all));
            int first = random.nextInt(frames);
            int last = first + random.nextInt(frames - first);
            int d = random.nextInt(detectors);
            Selection part = new Selection(
                    Optional.of(new Selection.Frames(first + 1, last + 1)), List.of("x" + d), false, false);
            Signal chosen = map(MicroscopeFile.open(file, part));
            double[] expected = built.expected(first, last, d);
            assertThat(DenseValues.of(chosen)).isEqualTo(expected);
            assertThat(chosen.statistics().sum())
                    .isEqualTo(java.util.Arrays.stream(expected).sum());
            assertThat(chosen.statistics().max())
                    .isEqualTo(java.util.Arrays.stream(expected).max().orElseThrow());
            assertThat(chosen.acquisition().number(Key.DWELL_TIME).orElseThrow())
                    .isCloseTo(0.0018 * (last - first + 1), within(1e-9));
        }
    }

    @Test
    void quantitiesHaveTheirUnits() {
        Path file = new VeloxBuilder(new Random(1), 2, 3, 4, 5).emd(true).writeTo(folder.resolve("a.emd"));
        var known = map(MicroscopeFile.open(file)).acquisition();
        assertThat(known.number(Key.BEAM_ENERGY)).contains(200.0);
        assertThat(known.number(Key.BEAM_CURRENT).orElseThrow()).isCloseTo(0.3, within(1e-12));
        assertThat(known.number(Key.TILT).orElseThrow()).isCloseTo(Math.toDegrees(-0.5), within(1e-9));
        assertThat(known.number(Key.PIXEL_SIZE).orElseThrow()).isCloseTo(2, within(1e-9));
        assertThat(known.number(Key.LIVE_TIME).orElseThrow()).isCloseTo(0.0018 * 60, within(1e-6));
        assertThat(map(MicroscopeFile.open(file)).axes().get(2).offset()).isEqualTo(-0.1);
    }

    /** Protects the frames of images: the mean is shown, each is kept on demand. */
    @Test
    void imagesAreMeansOrFrames() {
        VeloxBuilder built = new VeloxBuilder(new Random(2), 1, 3, 2, 4);
        Path file = built.emd(true).writeTo(folder.resolve("a.emd"));
        Recording recording = MicroscopeFile.open(file);
        assertThat(recording.warnings()).anyMatch(w -> w.contains("mean of its 3 frames"));
        double[] mean = DenseValues.of(recording.signals().get(0));
        double[] frames =
                DenseValues.of(MicroscopeFile.open(file, new Selection(Optional.empty(), List.of(), false, true))
                        .signals()
                        .get(0));
        for (int p = 0; p < 8; p++) {
            assertThat(mean[p]).isEqualTo(3 * p + 1);
            for (int f = 0; f < 3; f++) {
                assertThat(frames[8 * f + p]).isEqualTo(3 * p + f);
            }
        }
    }

    /** Protects the sorting in parts, which bounds the memory of long streams. */
    @Test
    void theMapDoesNotDependOnHowManyEventsAreSortedAtOnce() {
        VeloxBuilder built = new VeloxBuilder(new Random(3), 2, 2, 5, 3);
        Path file = built.emd(false).writeTo(folder.resolve("a.emd"));
        EnergyAxis energy = new EnergyAxis(VeloxBuilder.CHANNELS, 0, 0.01);
        for (int atOnce : new int[] {1, 7, 40, 1 << 20}) {
            EventMap.Counted counted = Hdf5File.read(file, root -> {
                VeloxTree tree = new VeloxTree(file, root);
                List<EventStream> streams = new ArrayList<>();
                tree.data("SpectrumStream")
                        .values()
                        .forEach(g -> streams.add(VeloxStream.of(tree, g).events()));
                return EventMap.count(file, streams, 5, 3, 1, energy, 0, 1, atOnce);
            });
            double[] total = new double[VeloxBuilder.CHANNELS];
            double[] expected = built.expected(0, 1, 0, 1);
            for (int p = 0; p < 15; p++) {
                java.util.Arrays.fill(total, 0);
                counted.map().addTo(p / 3, p % 3, total);
                assertThat(total)
                        .isEqualTo(java.util.Arrays.copyOfRange(expected, p * total.length, (p + 1) * total.length));
            }
        }
    }

    @Test
    void tablesThatLieAreNotBelieved() {
        VeloxBuilder built = new VeloxBuilder(new Random(4), 1, 3, 3, 3);
        for (long[][] table : new long[][][] {{{0}, {2}, {4}}, {{0}, {1 << 20}, {1 << 21}}}) {
            Path file = built.emd(true)
                    .array("Data/SpectrumStream/stream0/FrameLocationTable", table, true)
                    .writeTo(folder.resolve(table[1][0] + ".emd"));
            Recording recording = MicroscopeFile.open(file);
            assertThat(recording.warnings()).anyMatch(w -> w.contains("FrameLocationTable"));
            assertThat(DenseValues.of(map(recording))).isEqualTo(built.expected(0, 2, 0));
        }
    }

    /** Protects the dose per pixel: an acquisition that was stopped, or a cut stream, has pixels with one frame less. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anUnfinishedLastFrameIsSaid(boolean table) {
        VeloxBuilder built = new VeloxBuilder(new Random(8), 1, 3, 3, 4);
        EmdBuilder whole = built.emd(table);
        assertThat(ofMaps(MicroscopeFile.open(whole.writeTo(folder.resolve("whole.emd")))))
                .isEmpty();
        for (int missing : new int[] {1, 5, 11}) {
            for (int p = 12 - missing; p < 12; p++) {
                built.counts[0][2][p] = new int[VeloxBuilder.CHANNELS];
            }
            List<Integer> values = built.values(0);
            Path file = built.emd(table)
                    .array(
                            "Data/SpectrumStream/stream0/Data",
                            VeloxBuilder.column(values.subList(0, values.size() - missing)),
                            true)
                    .writeTo(folder.resolve(missing + ".emd"));
            Recording recording = MicroscopeFile.open(file);
            assertThat(ofMaps(recording))
                    .containsExactly("EDS X0: frame 3 ends after " + (12 - missing) + " of 12 pixels");
            assertThat(DenseValues.of(map(recording))).isEqualTo(built.expected(0, 2, 0));
            Selection finished = new Selection(Optional.of(new Selection.Frames(1, 2)), List.of(), false, false);
            if (table) {
                assertThat(ofMaps(MicroscopeFile.open(file, finished))).isEmpty();
            }
        }
    }

    /** Protects sums over the frames that Velox's own map was made of: their numbers count from 1, both included. */
    @Test
    void theMapIsOfTheFramesThatItsSettingsName() {
        VeloxBuilder built = new VeloxBuilder(new Random(9), 2, 4, 2, 3);
        String[] settings = {
            "{\"endFramePosition\": \"3\"}",
            "{\"startFramePosition\": \"1\", \"endFramePosition\": \"2\"}",
            "{\"startFramePosition\": \"2\", \"endFramePosition\": \"3\"}",
            "{\"startFramePosition\": \"4\"}",
            "{\"startFramePosition\": \"0\"}",
            "{\"startFramePosition\": \"9\", \"endFramePosition\": \"4\"}"
        };
        int[][] frames = {{0, 2}, {0, 1}, {1, 2}, {3, 3}, {0, 3}, {0, 3}};
        for (boolean table : new boolean[] {false, true}) {
            for (int i = 0; i < settings.length; i++) {
                Path file = built.emd(table)
                        .array("Data/SpectrumImage/map/Data", new byte[9][1], true)
                        .text("Data/SpectrumImage/map/SpectrumImageSettings", settings[i])
                        .writeTo(folder.resolve(table + "-" + i + ".emd"));
                Recording recording = MicroscopeFile.open(file);
                assertThat(DenseValues.of(map(recording)))
                        .as(settings[i])
                        .isEqualTo(built.expected(frames[i][0], frames[i][1], 0, 1));
                assertThat(map(recording).acquisition().number(Key.DWELL_TIME).orElseThrow())
                        .isCloseTo(0.0018 * (frames[i][1] - frames[i][0] + 1), within(1e-9));
                boolean beyond = settings[i].contains("9");
                assertThat(ofMaps(recording))
                        .hasSize(beyond ? 1 : 0)
                        .allMatch(w -> w.contains("start at frame 9 of 4"));
            }
        }
    }

    @Test
    void whatIsNotThereIsRefusedByName() {
        Path file = new VeloxBuilder(new Random(5), 2, 2, 3, 3).emd(true).writeTo(folder.resolve("a.emd"));
        refused(
                file,
                new Selection(Optional.empty(), List.of("G7"), false, false),
                "no stream of detector 'G7'",
                "X0, X1");
        Selection.Frames third = new Selection.Frames(2, 3);
        refused(file, new Selection(Optional.of(third), List.of(), false, false), "has 2 frames", "2-3");
    }

    @Test
    void prunedNewerAndForeignFilesSaySo() {
        VeloxBuilder built = new VeloxBuilder(new Random(6), 1, 1, 3, 3);
        EmdBuilder pruned = built.emd(true)
                .without("Data/SpectrumStream")
                .array("Data/SpectrumImage/map/Data", new byte[9][1], true);
        Path file = pruned.writeTo(folder.resolve("pruned.emd"));
        assertThat(MicroscopeFile.open(file).warnings()).anyMatch(w -> w.contains("pruned"));
        refused(
                pruned.without("Data/Image/haadf")
                        .array("Data/Image/x/y", new byte[1], true)
                        .writeTo(folder.resolve("none.emd")),
                Selection.ALL,
                "Data.Image.x.Data");
        Path coded = built.emd(true)
                .without("Data/Image")
                .text(
                        "Data/SpectrumStream/stream0/AcquisitionSettings",
                        "{\"bincount\": 64, \"StreamEncoding\": \"uint12\"}")
                .writeTo(folder.resolve("coded.emd"));
        refused(coded, Selection.ALL, "'uint12'");
        Path channels = built.emd(false)
                .array("Data/SpectrumStream/stream0/Data", VeloxBuilder.column(List.of(1, 64, 2)), true)
                .writeTo(folder.resolve("channels.emd"));
        assertThatThrownBy(() -> MicroscopeFile.open(channels))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContainingAll("channels.emd", "value 1", "channel 64 of 64");
    }

    /** Warnings, but those on the image beside the map. */
    private static List<String> ofMaps(Recording recording) {
        return recording.warnings().stream().filter(w -> !w.contains("HAADF")).toList();
    }

    private static void refused(Path file, Selection wanted, String... why) {
        assertThatThrownBy(() -> MicroscopeFile.open(file, wanted))
                .isInstanceOfAny(UnsupportedFileException.class, MalformedFileException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContainingAll(why);
    }

    private static Signal map(Recording recording) {
        return recording.of(Signal.Maps.class).get(0);
    }
}
