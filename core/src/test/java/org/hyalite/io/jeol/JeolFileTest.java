package org.hyalite.io.jeol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.hyalite.grid.Image;
import org.hyalite.grid.SpectrumImage;
import org.hyalite.io.MicroscopeFile;
import org.hyalite.io.SmallMemory;
import org.hyalite.io.format.MalformedFileException;
import org.hyalite.io.format.Recording;
import org.hyalite.io.format.Signal;
import org.hyalite.io.format.UnsupportedFileException;
import org.hyalite.physics.Acquisition.Key;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a JEOL file holds comes back as it was put in: protects every step of its readers on shapes that no sample has. */
class JeolFileTest {
    @TempDir
    Path folder;

    /** Protects against sizes that would fill the memory: the map is refused before it is made. */
    @Test
    void aMapThatDoesNotFitTheMemoryIsRefused() throws IOException {
        Path file = folder.resolve("large.pts");
        Files.write(file, JeolBuilder.map("4096x4096", List.of(), new byte[0]));
        assertThat(SmallMemory.read(file)).contains("large.pts: its map of 4096 × 4096 pixels needs 384 MiB of memory");
    }

    /** The law of maps: every photon stands in its pixel and channel, whatever the map's shape and the number of sweeps. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void everyPhotonComesBackInItsPlace(long seed) throws IOException {
        Random random = new Random(seed);
        int nx = 1 << random.nextInt(5);
        int ny = seed % 2 == 0 ? nx : 1 << random.nextInt(5);
        int sweeps = 1 + random.nextInt(4);
        int[][][][] photons = photons(random, sweeps, ny, nx);
        int yStep = 4096 / ny;
        byte[] words = JeolBuilder.sweeps(photons, yStep, 4096 / nx).array();
        Recording recording = read("map.pts", JeolBuilder.map(nx + "x" + ny, List.of(0, 0, nx - 1, ny - 1), words));
        Signal signal = recording.signals().get(0);
        assertThat(cube(map(recording))).isDeepEqualTo(cube(photons, ny, nx));
        long total = Arrays.stream(photons)
                .flatMap(Arrays::stream)
                .flatMap(Arrays::stream)
                .mapToLong(p -> p.length)
                .sum();
        assertThat(signal.statistics().sum()).isEqualTo(total);
        assertThat(signal.acquisition().number(Key.DWELL_TIME).orElseThrow())
                .isCloseTo(30.0 / (ny * nx), within(1e-12));
        assertThat(signal.acquisition().number(Key.LIVE_TIME)).contains(30.0);
        assertThat(signal.acquisition().number(Key.REAL_TIME)).contains(40.0);
        assertThat(signal.acquisition().number(Key.BEAM_CURRENT)).contains(0.5);
        assertThat(signal.acquisition().number(Key.ENERGY_RESOLUTION)).contains(138.0);
        assertThat(signal.acquisition().names(Key.DETECTORS))
                .containsExactly("SDD, elevation 22.3 deg, azimuth 90.0 deg");
        assertThat(map(recording).energy().offsetKeV()).isCloseTo(-0.001 - 0.96, within(1e-12));
        if (ny == nx) {
            assertThat(recording.warnings()).isEmpty();
            assertThat(signal.acquisition().number(Key.PIXEL_SIZE).orElseThrow())
                    .isCloseTo(100e6 / 50000 / nx, within(1e-9));
        } else {
            assertThat(recording.warnings()).singleElement().asString().contains("pixel size is left open");
            assertThat(signal.acquisition().number(Key.PIXEL_SIZE)).isEmpty();
        }
    }

    /** Pixels of one line of a broader map count its lines in the same steps as its columns. */
    @Test
    void linesOfABroaderMapAreCountedAsItsColumns() throws IOException {
        int[][][][] photons = photons(new Random(3), 2, 3, 8);
        byte[] words = JeolBuilder.sweeps(photons, 512, 512).array();
        assertThat(cube(map(read("broad.pts", JeolBuilder.map("8x3", List.of(), words)))))
                .isDeepEqualTo(cube(photons, 3, 8));
        byte[] other = JeolBuilder.sweeps(photons, 700, 512).array();
        assertThatThrownBy(() -> read("odd.pts", JeolBuilder.map("8x3", List.of(), other)))
                .isInstanceOf(UnsupportedFileException.class)
                .hasMessageContaining("1400");
    }

    /** Protects the dose: pixels of a sweep that was stopped would have lived longer than the others. */
    @Test
    void aSweepThatWasStoppedIsLeftOutAndSaid() throws IOException {
        int[][][][] photons = photons(new Random(4), 3, 8, 8);
        JeolBuilder words = JeolBuilder.sweeps(Arrays.copyOf(photons, 2), 512, 512);
        words.raw(JeolBuilder.sweeps(new int[][][][] {Arrays.copyOf(photons[2], 5)}, 512, 512)
                .array());
        Recording recording = read("stopped.pts", JeolBuilder.map("8x8", List.of(), words.array()));
        assertThat(cube(map(recording))).isDeepEqualTo(cube(Arrays.copyOf(photons, 2), 8, 8));
        assertThat(recording.warnings()).singleElement().asString().contains("line 4 of sweep 3", "left out");
        assertThat(recording.signals().get(0).acquisition().number(Key.DWELL_TIME))
                .as("the live time is of all sweeps")
                .isEmpty();
    }

    @Test
    void anElectronImageRecordedAlongIsSummedOverSweeps() throws IOException {
        JeolBuilder words = new JeolBuilder();
        for (int sweep = 0; sweep < 3; sweep++) {
            for (int y = 0; y < 4; y++) {
                words.u16(0x9000 | y * 1024);
                for (int x = 0; x < 4; x++) {
                    words.u16(0x8000 | x * 1024).u16(0xa000 | 1000 * sweep + 10 * y + x);
                }
            }
        }
        Recording recording = read("image.pts", JeolBuilder.map("4x4", List.of(), words.array()));
        assertThat(recording.signals()).hasSize(2);
        Image image = recording
                .signals()
                .get(1)
                .as(Signal.Picture.class)
                .orElseThrow()
                .image();
        for (int y = 0; y < 4; y++) {
            for (int x = 0; x < 4; x++) {
                assertThat(image.at(y, x)).isEqualTo(3000 + 30 * y + 3 * x);
            }
        }
    }

    @Test
    void wordsOutsideAreToldAndNotCounted() throws IOException {
        byte[] words = new JeolBuilder()
                .u16(0xb005)
                .u16(0x9000)
                .u16(0xb006)
                .u16(0x8000)
                .u16(0xb007)
                .u16(0xe001)
                .array();
        Recording recording = read("odd.pts", JeolBuilder.map("1x1", List.of(), words));
        assertThat(recording.signals().get(0).statistics().sum()).isEqualTo(1);
        assertThat(recording.warnings()).anyMatch(w -> w.startsWith("2 X-rays")).anyMatch(w -> w.startsWith("1 words"));
    }

    @ParameterizedTest
    @ValueSource(ints = {6, 7, 8, 9, 10})
    void imagesOfEveryTypeComeBack(int type) throws IOException {
        JeolBuilder bits = new JeolBuilder();
        for (int i = 0; i < 15; i++) {
            switch (type) {
                case 6 -> bits.u8(10 * i);
                case 7 -> bits.u16(4000 * i);
                case 8 -> bits.u32(-1000 * i);
                case 9 -> bits.f32(0.25 * i);
                default -> bits.f64(0.125 * i);
            }
        }
        double[] step = {10, 4000, -1000, 0.25, 0.125};
        Recording recording = read("x.img", JeolBuilder.image("BF 像", 3, 5, type, bits.array()));
        Signal signal = recording.signals().get(0);
        assertThat(signal.name()).isEqualTo("BF 像");
        Image image = signal.as(Signal.Picture.class).orElseThrow().image();
        for (int i = 0; i < 15; i++) {
            assertThat(image.at(i / 5, i % 5)).isEqualTo((float) (step[type - 6] * i));
        }
        assertThat(signal.acquisition().number(Key.BEAM_ENERGY)).contains(200.0);
    }

    @Test
    void spectraComeBackWithWhatStandsBehindThem() throws IOException {
        int[] counts = new Random(6).ints(300, 0, 5000).toArray();
        Recording recording = read("s.eds", JeolBuilder.spectrum(counts, 5));
        Signal signal = recording.signals().get(0);
        assertThat(signal.as(Signal.SingleSpectrum.class)
                        .orElseThrow()
                        .spectrum()
                        .counts())
                .isEqualTo(Arrays.stream(counts).asDoubleStream().toArray());
        assertThat(signal.acquisition().number(Key.LIVE_TIME)).contains(30.0);
        assertThat(signal.acquisition().number(Key.REAL_TIME)).contains(35.0);
        assertThat(signal.acquisition().number(Key.BEAM_ENERGY)).contains(200.0);
        assertThat(signal.acquisition().number(Key.BEAM_CURRENT)).contains(0.5);
        assertThat(signal.acquisition().names(Key.ELEMENTS)).containsExactly("Fe");
        assertThat(signal.acquisition().names(Key.DETECTORS))
                .containsExactly("SDD, elevation 22.3 deg, azimuth 90.0 deg");
        assertThat(signal.acquisition().number(Key.TILT)).isEmpty();
        Recording other = read("t.eds", JeolBuilder.spectrum(counts, 6));
        assertThat(other.warnings()).singleElement().asString().contains("not known");
        assertThat(other.signals().get(0).acquisition().number(Key.BEAM_ENERGY)).isEmpty();
        assertThat(other.signals().get(0).statistics().sum())
                .isEqualTo(Arrays.stream(counts).sum());
    }

    @Test
    void aProjectOpensItsFilesOnceAndTellsWhatIsMissing() throws IOException {
        Files.createDirectories(folder.resolve("P/Sample/00_View"));
        Files.write(folder.resolve("P/Sample/00_View/A.img"), JeolBuilder.image("a", 2, 2, 6, new byte[4]));
        Files.write(folder.resolve("P/Sample/00_View/B.EDS"), JeolBuilder.spectrum(new int[9], 5));
        Files.write(folder.resolve("P/Sample/00_View/c.apb"), new byte[3]);
        Files.write(folder.resolve("secret.img"), JeolBuilder.image("no", 2, 2, 6, new byte[4]));
        Path project = folder.resolve("P/p.asw");
        Files.write(
                project,
                JeolBuilder.project(
                        -12.5,
                        ".\\Sample\\00_View\\A.img",
                        ".\\SAMPLE\\00_view\\b.eds",
                        ".\\Sample\\00_View\\A.img",
                        ".\\Sample\\gone.pts",
                        "..\\secret.img",
                        ".\\Sample\\..\\..\\secret.img",
                        "C:\\secret.img",
                        ".\\Sample\\00_View\\c.apb",
                        ".\\Sample"));
        Recording recording = MicroscopeFile.open(project);
        assertThat(recording.signals()).extracting(Signal::name).containsExactly("a", "EDX");
        assertThat(recording.signals()).allSatisfy(s -> {
            assertThat(s.acquisition().number(Key.TILT)).contains(-12.5);
            assertThat(s.acquisition().source(Key.TILT).orElseThrow()).contains("ViewInfo/0/Tilt");
        });
        assertThat(recording.warnings()).hasSize(6);
        assertThat(recording.warnings().get(0)).contains("gone.pts", "not there");
        assertThat(recording.warnings().subList(1, 4)).allMatch(w -> w.contains("not in the project's folder"));
        assertThat(recording.warnings().get(4)).contains("c.apb", "kind");
        Files.write(project, JeolBuilder.project(0, "..\\secret.img"));
        assertThatThrownBy(() -> MicroscopeFile.open(project))
                .isInstanceOf(UnsupportedFileException.class)
                .hasMessageContaining("not in the project's folder");
    }

    @Test
    void aLinkOutOfTheProjectIsNotFollowed() throws IOException {
        Files.createDirectories(folder.resolve("P"));
        Files.write(folder.resolve("secret.img"), JeolBuilder.image("no", 2, 2, 6, new byte[4]));
        try {
            Files.createSymbolicLink(folder.resolve("P/inside.img"), folder.resolve("secret.img"));
        } catch (IOException | UnsupportedOperationException e) {
            org.junit.jupiter.api.Assumptions.abort("skipped: this system makes no links");
        }
        Path project = folder.resolve("P/p.asw");
        Files.write(project, JeolBuilder.project(0, ".\\inside.img"));
        assertThatThrownBy(() -> MicroscopeFile.open(project)).hasMessageContaining("not in the project's folder");
    }

    /** JEOL and MRC share an ending; the first bytes decide. */
    @Test
    void mapsOfOthersAreLeftToThem() throws IOException {
        Path map = folder.resolve("other.map");
        Files.write(map, new byte[1024]);
        assertThat(JeolFile.format().recognises(map)).isFalse();
        Files.write(map, JeolBuilder.image("a", 2, 2, 6, new byte[4]));
        assertThat(MicroscopeFile.open(map).format()).isEqualTo("JEOL Analysis Station");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0x0", "0x8", "8x0", "7x8", "8192x8", "x", "99999x99999"})
    void impossibleSizesAreRefused(String pixels) throws IOException {
        assertThatThrownBy(() -> read("m.pts", JeolBuilder.map(pixels, List.of(), new byte[2])))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining("Pixels");
    }

    @Test
    void anImageOfNoPixelsIsRefused() {
        assertThatThrownBy(() -> read("m.img", JeolBuilder.image("a", 0, 4, 6, new byte[0])))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining("Size");
    }

    private Recording read(String name, byte[] bytes) throws IOException {
        Path file = folder.resolve(name);
        Files.write(file, bytes);
        return MicroscopeFile.open(file);
    }

    private static SpectrumImage map(Recording recording) {
        return recording
                .signals()
                .get(0)
                .as(Signal.Maps.class)
                .orElseThrow()
                .maps()
                .get(0);
    }

    private static int[][][][] photons(Random random, int sweeps, int ny, int nx) {
        int[][][][] photons = new int[sweeps][ny][nx][];
        for (int[][][] sweep : photons) {
            for (int[][] line : sweep) {
                Arrays.setAll(
                        line,
                        x -> random.ints(random.nextInt(4), 0, 4096)
                                .map(c -> c < 2000 ? c % 7 : c)
                                .toArray());
            }
        }
        return photons;
    }

    private static double[][] cube(int[][][][] photons, int ny, int nx) {
        double[][] cube = new double[ny * nx][4096];
        for (int[][][] sweep : photons) {
            for (int y = 0; y < sweep.length; y++) {
                for (int x = 0; x < nx; x++) {
                    for (int channel : sweep[y][x]) {
                        cube[y * nx + x][channel]++;
                    }
                }
            }
        }
        return cube;
    }

    private static double[][] cube(SpectrumImage map) {
        double[][] cube = new double[map.ny() * map.nx()][map.energy().channels()];
        for (int p = 0; p < cube.length; p++) {
            map.addTo(p / map.nx(), p % map.nx(), cube[p]);
        }
        return cube;
    }
}
