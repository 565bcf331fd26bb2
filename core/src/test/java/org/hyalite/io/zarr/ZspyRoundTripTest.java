package org.hyalite.io.zarr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.hyalite.grid.EnergyAxis;
import org.hyalite.grid.Image;
import org.hyalite.grid.Spectrum;
import org.hyalite.grid.SpectrumImage;
import org.hyalite.io.format.Axis;
import org.hyalite.io.format.Recording;
import org.hyalite.io.format.Signal;
import org.hyalite.io.format.Statistics;
import org.hyalite.physics.Acquisition;
import org.hyalite.physics.Acquisition.Key;
import org.hyalite.physics.Acquisition.Known;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protects what is written as .zspy: every kind of signal comes back equal, with all that is known of it. */
class ZspyRoundTripTest {
    @TempDir
    Path folder;

    private final Random random = new Random(3);

    @Test
    void everyKindOfSignalComesBack() {
        Acquisition eds = Acquisition.nothing()
                .with(Key.BEAM_ENERGY, 200, "t")
                .with(Key.BEAM_CURRENT, 0.123456789, "t")
                .with(Key.DWELL_TIME, 1e-3, "t")
                .with(Key.LIVE_TIME, 99.5, "t")
                .with(Key.REAL_TIME, 120, "t")
                .with(Key.TILT, -70, "t")
                .with(Key.ENERGY_RESOLUTION, 128.5, "t")
                .withNames(Key.DETECTORS, List.of("EDS, left", "EDS right"), "t")
                .withNumbers(Key.DETECTOR_LIVE_TIMES, List.of(98.5, 99.25), "t")
                .withNumbers(Key.DETECTOR_REAL_TIMES, List.of(120.0, 121.5), "t")
                .withNumbers(Key.DETECTOR_ELEVATIONS, List.of(18.0, 22.5), "t")
                .withNumbers(Key.DETECTOR_AZIMUTHS, List.of(45.0, -45.0), "t")
                .withNames(Key.ELEMENTS, List.of("Co", "Zn"), "t");
        Acquisition tilted = Acquisition.nothing().withNumbers(Key.TILTS, List.of(-70.0, 0.1, 33.3), "t");
        List<Signal> signals = List.of(
                signal("whole", eds, maps(1, 5, 3, 130, 40000, false), "y:5", "x:3", "energy:130"),
                signal("whole tilted", tilted, maps(3, 4, 2, 17, 3, false), "tilt:3", "y:4", "x:2", "energy:17"),
                signal("fractional", eds, maps(1, 1, 7, 33, 3, true), "y:1", "x:7", "energy:33"),
                signal("spectrum", eds, spectrum(1000, 7e5), "energy:1000"),
                signal("fine spectrum", eds, spectrum(10, 0.3), "energy:10"),
                signal("image", Acquisition.nothing(), new Signal.Picture(image(6, 5, true)), "y:6", "x:5"),
                signal("counts", Acquisition.nothing(), new Signal.Picture(image(3, 70, false)), "y:3", "x:70"),
                signal("series", tilted, stack(3, false), "tilt:3", "y:4", "x:9"),
                signal("volume", Acquisition.nothing(), stack(2, true), "z:2", "y:4", "x:9"));
        Path file = folder.resolve("all.zspy");
        ZspyWriter.write(file, signals);
        Recording back = ZspyFile.format().read(file);
        assertThat(back.warnings()).isEmpty();
        assertThat(back.signals()).hasSize(signals.size());
        for (Signal written : signals) {
            Signal read = back.signals().stream()
                    .filter(s -> s.name().equals(written.name()))
                    .findFirst()
                    .orElseThrow();
            assertThat(read.axes()).as(written.name()).isEqualTo(written.axes());
            assertThat(values(read)).as(written.name()).isEqualTo(values(written));
            assertThat(read.data().kind()).isEqualTo(written.data().kind());
            assertThat(known(read.acquisition())).isEqualTo(known(withPixel(written)));
            double sum = 0;
            for (double v : values(written)) {
                sum += v;
            }
            assertThat(read.statistics().sum()).isEqualTo(sum);
        }
        SpectrumImage map = back.of(Signal.Maps.class).stream()
                .filter(s -> s.name().equals("whole"))
                .findFirst()
                .flatMap(s -> s.as(Signal.Maps.class))
                .orElseThrow()
                .maps()
                .get(0);
        assertThat(map.isWhole()).isTrue();
        assertThat(map.energy()).isEqualTo(new EnergyAxis(130, -0.47, 0.010003));
    }

    /** HyperSpy's dose is beam current times live time at each pixel: a map's total there would be too much by its pixels. */
    @Test
    void theLiveTimeHyperSpyReadsIsThatOfOneSpectrum() throws Exception {
        Acquisition times = Acquisition.nothing().with(Key.DWELL_TIME, 0.25, "t");
        Acquisition totals = times.with(Key.LIVE_TIME, 3.75, "t").with(Key.REAL_TIME, 5, "t");
        Path file = folder.resolve("a.zspy");
        for (Acquisition known : List.of(times, totals)) {
            ZspyWriter.write(file, signal("a", known, maps(1, 3, 5, 9, 3, false), "y:3", "x:5", "energy:9"));
            assertThat(eds(file)).contains("\"live_time\" : 0.25").doesNotContain("real_time");
            Acquisition back = ZspyFile.format().read(file).signals().get(0).acquisition();
            assertThat(back.number(Key.DWELL_TIME)).contains(0.25);
            assertThat(back.number(Key.LIVE_TIME)).isEqualTo(known.number(Key.LIVE_TIME));
            assertThat(back.number(Key.REAL_TIME)).isEqualTo(known.number(Key.REAL_TIME));
        }
        ZspyWriter.write(file, signal("a", totals, spectrum(9, 7), "energy:9"));
        assertThat(eds(file)).contains("\"live_time\" : 3.75").contains("\"real_time\" : 5.0");
    }

    private static String eds(Path file) throws Exception {
        return Files.readString(file.resolve("Experiments/a/metadata/Acquisition_instrument/TEM/Detector/EDS/.zattrs"));
    }

    /** Spectra that are no X-rays must not come back as such, nor be called so to HyperSpy. */
    @Test
    void energyLossesStayEnergyLosses() throws Exception {
        EnergyAxis energy = new EnergyAxis(2, -0.47, 0.010003);
        Signal.Maps losses = new Signal.Maps(List.of(SpectrumImage.signed(1, 1, 1.5, energy)
                .pixel(0, 0, new float[] {-1, 3})
                .build()));
        Acquisition known = Acquisition.nothing()
                .with(Key.LIVE_TIME, 2, "t")
                .with(Key.ENERGY_RESOLUTION, 0.9, "t")
                .withNames(Key.DETECTORS, List.of("GIF"), "t");
        Path file = folder.resolve("a.zspy");
        for (Signal written : List.of(
                signal("a", known, losses, "y:1", "x:1", "energy:2"),
                signal(
                        "a",
                        known,
                        new Signal.SingleSpectrum(losses.maps().get(0).sum()),
                        "energy:2"))) {
            assertThat(written.isCounts()).isFalse();
            ZspyWriter.write(file, written);
            assertThat(Files.readString(file.resolve("Experiments/a/metadata/Signal/.zattrs")))
                    .doesNotContain("EDS")
                    .doesNotContain("X-ray");
            Signal read = ZspyFile.format().read(file).signals().get(0);
            assertThat(read.isCounts()).isFalse();
            assertThat(values(read)).containsExactly(-1.0, 3.0);
            assertThat(known(read.acquisition())).isEqualTo(known(withPixel(written)));
        }
    }

    @Test
    void chunksOfManyShapesComeBack() {
        for (int[] s : new int[][] {{1, 1, 1}, {65, 33, 2048}, {2, 2100, 2048}}) {
            Signal signal = signal(
                    "a",
                    Acquisition.nothing(),
                    maps(1, s[0], s[1], s[2], 2, false),
                    "y:" + s[0],
                    "x:" + s[1],
                    "energy:" + s[2]);
            Path file = folder.resolve("chunks.zspy");
            ZspyWriter.write(file, signal);
            Signal read = ZspyFile.format().read(file).signals().get(0);
            SpectrumImage was = map(signal);
            SpectrumImage is = map(read);
            assertThat(is.sum().counts()).isEqualTo(was.sum().counts());
            assertThat(is.window(0, s[2]).values())
                    .isEqualTo(was.window(0, s[2]).values());
        }
    }

    @Test
    void namesThatAreNoFolderNamesAreKept() {
        Signal first = signal("a/b: <c>", Acquisition.nothing(), new Signal.Picture(image(2, 2, true)), "y:2", "x:2");
        Signal second = signal("A-B- -C-", Acquisition.nothing(), new Signal.Picture(image(2, 2, true)), "y:2", "x:2");
        Signal third = signal("", Acquisition.nothing(), new Signal.Picture(image(2, 2, true)), "y:2", "x:2");
        Path file = folder.resolve("names.zspy");
        ZspyWriter.write(file, List.of(first, second, third));
        assertThat(ZspyFile.format().read(file).signals())
                .extracting(Signal::name)
                .containsExactlyInAnyOrder("a/b: <c>", "A-B- -C-", "");
    }

    @Test
    void aFolderThatIsNoZarrIsNotReplaced() throws Exception {
        Path precious = Files.createDirectory(folder.resolve("thesis"));
        Files.writeString(precious.resolve("chapter1.txt"), "long");
        Signal signal = signal("a", Acquisition.nothing(), new Signal.Picture(image(2, 2, true)), "y:2", "x:2");
        assertThatThrownBy(() -> ZspyWriter.write(precious, signal))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("thesis");
        assertThat(precious.resolve("chapter1.txt")).exists();
        Path mine = folder.resolve("mine.zspy");
        ZspyWriter.write(mine, signal);
        ZspyWriter.write(mine, signal);
        assertThat(ZspyFile.format().read(mine).signals()).hasSize(1);
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left.map(p -> p.getFileName().toString())).containsExactlyInAnyOrder("thesis", "mine.zspy");
        }
    }

    @Test
    void axesThatDoNotFitAreRefused() {
        Signal signal = signal("a", Acquisition.nothing(), new Signal.Picture(image(2, 3, true)), "y:2", "x:2");
        assertThatThrownBy(() -> ZspyWriter.write(folder.resolve("a.zspy"), signal))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has 2 steps, but its data have 3");
        assertThat(folder.resolve("a.zspy")).doesNotExist();
    }

    private static Acquisition withPixel(Signal written) {
        boolean placed = written.axes().get(0).name().equals("energy");
        return placed ? written.acquisition() : written.acquisition().with(Key.PIXEL_SIZE, 1.5, "axis");
    }

    private static List<Object> known(Acquisition acquisition) {
        return new ArrayList<>(acquisition.known().entrySet().stream()
                .map(e -> e.getKey() + "=" + value(e.getValue()))
                .toList());
    }

    private static Object value(Known known) {
        return known.value();
    }

    private Signal signal(String name, Acquisition known, Signal.Data data, String... axes) {
        List<Axis> list = new ArrayList<>();
        for (String axis : axes) {
            String[] parts = axis.split(":");
            int size = Integer.parseInt(parts[1]);
            list.add(
                    switch (parts[0]) {
                        case "energy" -> new Axis("energy", size, 0.010003, -0.47, "keV");
                        case "tilt" -> new Axis("tilt", size, 1, 0, "");
                        default -> new Axis(parts[0], size, 1.5, 2.5, "nm");
                    });
        }
        return new Signal(name, list, new Statistics(0, 0, 0), known, data);
    }

    private Signal.Maps maps(int tilts, int ny, int nx, int channels, int most, boolean fractional) {
        EnergyAxis energy = new EnergyAxis(channels, -0.47, 0.010003);
        List<SpectrumImage> maps = new ArrayList<>();
        for (int t = 0; t < tilts; t++) {
            SpectrumImage.Builder builder = fractional
                    ? SpectrumImage.fractional(ny, nx, 1.5, energy)
                    : SpectrumImage.whole(ny, nx, 1.5, energy);
            for (int y = 0; y < ny; y++) {
                for (int x = 0; x < nx; x++) {
                    if (fractional) {
                        float[] counts = new float[channels];
                        counts[random.nextInt(channels)] = random.nextFloat();
                        builder.pixel(y, x, counts);
                    } else {
                        int[] counts = new int[channels];
                        counts[random.nextInt(channels)] = random.nextInt(most + 1);
                        counts[random.nextInt(channels)] = most;
                        builder.pixel(y, x, counts);
                    }
                }
            }
            maps.add(builder.build());
        }
        return new Signal.Maps(maps);
    }

    private Signal.SingleSpectrum spectrum(int channels, double scale) {
        double[] counts = new double[channels];
        for (int c = 0; c < channels; c++) {
            counts[c] = scale > 1 ? random.nextInt((int) scale) : scale * random.nextDouble();
        }
        return new Signal.SingleSpectrum(Spectrum.of(new EnergyAxis(channels, -0.47, 0.010003), counts));
    }

    private Image image(int ny, int nx, boolean fractional) {
        Image image = Image.zeros(ny, nx, 1.5);
        for (int i = 0; i < ny * nx; i++) {
            image.values()[i] = fractional ? (float) random.nextGaussian() : random.nextInt(70000);
        }
        return image;
    }

    private Signal.Stack stack(int planes, boolean volume) {
        List<Image> images = new ArrayList<>();
        for (int i = 0; i < planes; i++) {
            images.add(image(4, 9, true));
        }
        return new Signal.Stack(images, volume);
    }

    private static SpectrumImage map(Signal signal) {
        return signal.as(Signal.Maps.class).orElseThrow().maps().get(0);
    }

    private static List<Double> values(Signal signal) {
        ZarrArrayWriter.Rows rows = SignalRows.of(signal.data());
        int[] shape = rows.shape();
        int rank = shape.length;
        double[] row = new double[shape[rank - 1]];
        int count = 1;
        for (int a = 0; a < rank - 1; a++) {
            count *= shape[a];
        }
        List<Double> all = new ArrayList<>();
        for (int r = 0; r < count; r++) {
            int[] index = new int[rank - 1];
            int rest = r;
            for (int a = rank - 2; a >= 0; a--) {
                index[a] = rest % shape[a];
                rest /= shape[a];
            }
            rows.row(index, row);
            for (double v : row) {
                all.add(v);
            }
        }
        return all;
    }
}
