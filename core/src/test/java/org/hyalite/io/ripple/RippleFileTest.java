package org.hyalite.io.ripple;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.hyalite.grid.EnergyAxis;
import org.hyalite.grid.Image;
import org.hyalite.grid.Spectrum;
import org.hyalite.grid.SpectrumImage;
import org.hyalite.io.ReferenceSignals;
import org.hyalite.io.format.Axis;
import org.hyalite.io.format.MalformedFileException;
import org.hyalite.io.format.MicroscopeFileException;
import org.hyalite.io.format.Recording;
import org.hyalite.io.format.Signal;
import org.hyalite.io.format.Statistics;
import org.hyalite.physics.Acquisition;
import org.hyalite.physics.Acquisition.Key;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every layout that a Ripple file can describe is read; what cannot be is refused; what is written is read again. */
class RippleFileTest {
    private static final String ENERGY = "depth-scale\t10\ndepth-units\teV\ndepth-origin\t-200\n";

    @TempDir
    Path folder;

    /** Protects from counting elements in spectra that are not of X-rays, also after they were written again. */
    @Test
    void energyLossesAreNoCountsOnTheWayInAndOut() throws IOException {
        String rpl = rpl(1, 1, 2, 0, "signed", 1, ByteOrder.LITTLE_ENDIAN, "vector") + ENERGY;
        assertThat(read(rpl, new byte[] {1, 2}).signals().get(0).isCounts()).isTrue();
        assertThat(read(rpl + "signal\tEDS_SEM\n", new byte[] {1, 2})
                        .signals()
                        .get(0)
                        .isCounts())
                .isTrue();
        String wide = rpl(2, 1, 2, 0, "signed", 1, ByteOrder.LITTLE_ENDIAN, "vector") + ENERGY;
        for (Recording read : List.of(
                read(rpl + "signal\tEELS\n", new byte[] {-1, 2}),
                read(wide + "signal\tEELS\n", new byte[] {-1, 2, 3, 4}))) {
            Signal losses = read.signals().get(0);
            assertThat(losses.isCounts()).isFalse();
            assertThat(read.warnings()).anyMatch(w -> w.contains("EELS"));
            Path again = folder.resolve("again.rpl");
            RippleWriter.write(again, losses);
            assertThat(Files.readString(again)).doesNotContain("EDS");
            Signal back = RippleFile.format().read(again).signals().get(0);
            assertThat(back.isCounts()).isFalse();
            assertThat(back.statistics().min()).isEqualTo(-1);
        }
    }

    /** Protects every kind of number in every order: the cube is value = 100 y + 10 x + channel, so a slip is seen. */
    @ParameterizedTest
    @CsvSource({
        "signed,1",
        "signed,2",
        "signed,4",
        "signed,8",
        "unsigned,1",
        "unsigned,2",
        "unsigned,4",
        "unsigned,8",
        "float,4",
        "float,8"
    })
    void everyLayoutGivesTheSameCube(String type, int bytes) throws IOException {
        for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
            for (String record : List.of("vector", "image")) {
                int offset = record.equals("image") ? 7 : 0;
                ByteBuffer raw = ByteBuffer.allocate(offset + 2 * 3 * 5 * bytes).order(order);
                for (int i = 0; i < 30; i++) {
                    int y = record.equals("image") ? i % 6 / 3 : i / 15;
                    int x = record.equals("image") ? i % 3 : i / 5 % 3;
                    int c = record.equals("image") ? i / 6 : i % 5;
                    put(raw, offset + i * bytes, type, bytes, 100 * y + 10 * x + c);
                }
                String rpl = rpl(3, 2, 5, offset, type, bytes, order, record) + ENERGY;
                Recording recording = read(rpl, raw.array());
                Signal signal = recording.signals().get(0);
                SpectrumImage map = map(recording);
                double[] pixel = new double[5];
                map.addTo(1, 2, pixel);
                assertThat(pixel).containsExactly(120, 121, 122, 123, 124);
                assertThat(map.isWhole()).isEqualTo(!type.equals("float"));
                assertThat(signal.statistics()).isEqualTo(new Statistics(30 * 62, 0, 124));
                assertThat(signal.axes().get(2)).isEqualTo(new Axis("energy", 5, 0.01, -0.2, "keV"));
            }
        }
    }

    @Test
    void unsignedNumbersHaveNoSign() throws IOException {
        for (int bytes : new int[] {1, 2}) {
            byte[] raw = new byte[2 * bytes];
            Arrays.fill(raw, (byte) 0xff);
            Recording recording = read(rpl(2, 1, 1, 0, "unsigned", bytes, ByteOrder.LITTLE_ENDIAN, "dont-care"), raw);
            assertThat(recording.signals().get(0).statistics().max()).isEqualTo(Math.pow(256, bytes) - 1);
        }
    }

    @Test
    void depthOneIsAnImageAndPlanesWithoutEnergyAreAStack() throws IOException {
        byte[] raw = {1, 2, 3, (byte) -4, 5, 6};
        Recording one = read(rpl(3, 2, 1, 0, "signed", 1, ByteOrder.LITTLE_ENDIAN, "dont-care"), raw);
        Image image =
                one.signals().get(0).as(Signal.Picture.class).orElseThrow().image();
        assertThat(image.at(1, 0)).isEqualTo(-4);
        assertThat(image.pixelNm()).isNaN();
        String planes = rpl(3, 1, 2, 0, "signed", 1, ByteOrder.LITTLE_ENDIAN, "image");
        Recording tilts = read(planes + "depth-units\tdeg\ndepth-scale\t2\ndepth-origin\t-2\n", raw);
        Signal series = tilts.signals().get(0);
        assertThat(series.data().kind()).isEqualTo("tilt-series");
        assertThat(series.axes().get(0)).isEqualTo(new Axis("tilt", 2, 2, -2, "deg"));
        assertThat(series.as(Signal.Stack.class).orElseThrow().images().get(1).at(0, 0))
                .isEqualTo(-4);
        Signal volume = read(planes + "depth-units\tnm\ndepth-scale\t3\n", raw)
                .signals()
                .get(0);
        assertThat(volume.data().kind()).isEqualTo("volume");
        assertThat(volume.axes().get(0)).isEqualTo(new Axis("z", 2, 3, 0, "nm"));
    }

    @Test
    void onePixelIsOneSpectrum() throws IOException {
        String rpl =
                rpl(1, 1, 4, 0, "unsigned", 1, ByteOrder.LITTLE_ENDIAN, "vector") + "ev-per-chan\t20\nlive-time\t3\n";
        Signal signal = read(rpl, new byte[] {1, 0, 7, 2}).signals().get(0);
        Spectrum spectrum = signal.as(Signal.SingleSpectrum.class).orElseThrow().spectrum();
        assertThat(spectrum.counts()).containsExactly(1, 0, 7, 2);
        assertThat(spectrum.axis()).isEqualTo(new EnergyAxis(4, 0, 0.02));
        assertThat(signal.acquisition().number(Key.LIVE_TIME)).contains(3.0);
    }

    /** Protects against pixel sizes wrong by a thousand: the sign of micro comes in four spellings. */
    @Test
    void lengthsAreTurnedIntoNanometres() throws IOException {
        for (String unit : List.of("\u00b5m", "\u03bcm", "\u00c2\u00b5m", "um")) {
            assertThat(map(read(lengths(unit), new byte[30])).pixelNm()).isEqualTo(1500);
        }
        assertThat(map(readIn(StandardCharsets.ISO_8859_1, lengths("\u00b5m"), new byte[30]))
                        .pixelNm())
                .isEqualTo(1500);
        assertThat(map(read(lengths("nm"), new byte[30])).pixelNm()).isEqualTo(1.5);
        assertThat(map(read(lengths("furlongs"), new byte[30])).pixelNm()).isNaN();
        Recording oblong = read(lengths("nm").replace("height-scale\t1.5", "height-scale\t3"), new byte[30]);
        assertThat(map(oblong).pixelNm()).isNaN();
        assertThat(oblong.warnings()).singleElement().asString().contains("not square");
    }

    @Test
    void keysComeInAnyCaseAndOrderWithCommentsAndWithoutColumnNames() throws IOException {
        String rpl = """
                ; a comment
                RECORD-BY \t Vector\tmore columns
                Depth\t5
                ;another
                width\t3
                height\t2
                data-Length\t1
                data-type\tUnsigned
                byte-order\tdont-care
                something-else\t
                """;
        assertThat(map(read(rpl, new byte[30])).nx()).isEqualTo(3);
        assertThat(map(read("key\tvalue\r\n" + rpl.replace("\n", "\r\n"), new byte[30]))
                        .ny())
                .isEqualTo(2);
    }

    @Test
    void eitherFileOfThePairOpensBoth() throws IOException {
        byte[] raw = new byte[30];
        raw[4] = 9;
        read(sound(), raw);
        Path file = folder.resolve("cube.raw");
        assertThat(RippleFile.format().recognises(file)).isTrue();
        assertThat(RippleFile.format().recognises(folder.resolve("cube.rpl"))).isTrue();
        assertThat(RippleFile.format().recognises(folder.resolve("other.raw"))).isFalse();
        assertThat(RippleFile.format().read(file).signals().get(0).statistics().max())
                .isEqualTo(9);
    }

    @Test
    void impossibleFilesAreRefusedByPlace() throws IOException {
        byte[] raw = new byte[30];
        String rpl = sound() + "width-scale\t2\nwidth-units\tnm\n";
        refuses(rpl.replace("width-scale\t2", "width-scale\t0"), raw, "width-scale");
        refuses(rpl.replace("width-scale\t2", "width-scale\tNaN"), raw, "width-scale");
        refuses(rpl.replace("depth-scale\t10", "depth-scale\t0"), raw, "depth-scale");
        refuses(rpl.replace("depth-scale\t10", "depth-scale\t1e999"), raw, "depth-scale");
        refuses(rpl.replace("width\t3", "width\t0"), raw, "line 2, width");
        refuses(rpl.replace("width\t3", "width\t3.5"), raw, "width");
        refuses(rpl.replace("width\t3", "width\t2147483647"), raw, "30 bytes");
        refuses(rpl.replace("\t5", "\t2147483647").replace("\t3", "\t2147483647"), raw, "30 bytes");
        refuses(rpl.replace("depth\t5", "dept\t5"), raw, "depth");
        refuses(rpl.replace("unsigned", "complex"), raw, "data-type");
        refuses(rpl.replace("data-length\t1", "data-length\t3"), raw, "data-length");
        refuses(rpl.replace("data-length\t1", "data-length\t2"), raw, "byte-order");
        refuses(rpl.replace("unsigned", "float"), raw, "data-length");
        refuses(rpl.replace("vector", "dont-care"), raw, "record-by");
        refuses(rpl + "width\t4\n", raw, "width");
        refuses(rpl + "beam-energy\t0\n", raw, "beam-energy");
        refuses(rpl + "tilt-stage\tsteep\n", raw, "tilt-stage");
        refuses(rpl + "no value", raw, "line");
        refuses(rpl, new byte[29], "29 bytes");
        refuses(rpl, new byte[31], "31 bytes");
        Files.delete(folder.resolve("cube.raw"));
        assertThatThrownBy(() -> RippleFile.format().read(folder.resolve("cube.rpl")))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining("cube.raw is not there");
        assertThatThrownBy(() -> RippleFile.format().read(folder.resolve("none.rpl")))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining("none.rpl");
    }

    @Test
    void countsThatAreNegativeOrNoNumbersAreRefusedByPixel() throws IOException {
        byte[] raw = new byte[30];
        raw[2 * 5 + 4] = -1;
        refuses(sound().replace("unsigned", "signed"), raw, "pixel (0, 2), channel 4");
        ByteBuffer floats = ByteBuffer.allocate(30 * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        floats.putFloat(4, Float.NaN);
        String rpl = rpl(3, 2, 5, 0, "float", 4, ByteOrder.LITTLE_ENDIAN, "vector") + ENERGY;
        refuses(rpl, floats.array(), "pixel (0, 0), channel 1");
        refuses(rpl(5, 6, 1, 0, "float", 4, ByteOrder.LITTLE_ENDIAN, "dont-care"), floats.array(), "pixel (0, 1)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ripple/L2083_tilt15_crop16_DEV", "bruker/4on3"})
    void realFilesCutOrFlippedAreRefusedOrRead(String name) throws IOException {
        Path data = ReferenceSignals.folder();
        byte[] rpl = Files.readAllBytes(data.resolve(name + ".rpl"));
        byte[] raw = Files.readAllBytes(data.resolve(name + ".raw"));
        Random random = new Random(3);
        for (int i = 0; i < 300; i++) {
            byte[] damaged = i % 2 == 0 ? Arrays.copyOf(rpl, random.nextInt(rpl.length)) : rpl.clone();
            if (damaged.length == rpl.length) {
                damaged[random.nextInt(rpl.length)] ^= (byte) (1 << random.nextInt(8));
            }
            readDamaged(damaged, raw);
        }
        for (int i = 0; i < 10; i++) {
            assertThat(readDamaged(rpl, Arrays.copyOf(raw, random.nextInt(raw.length))))
                    .isFalse();
        }
    }

    @Test
    void wholeMapsAreReadAsTheyWereWritten() {
        for (int most : new int[] {9, 900, 90_000}) {
            SpectrumImage.Builder builder = SpectrumImage.whole(3, 4, 0.5, new EnergyAxis(6, -0.1, 0.01));
            builder.pixel(2, 1, new int[] {0, most, 0, 0, 1, 2});
            Acquisition known = Acquisition.nothing()
                    .with(Key.BEAM_ENERGY, 80, "user")
                    .with(Key.BEAM_CURRENT, 0.9, "user")
                    .with(Key.DWELL_TIME, 0.12, "user")
                    .with(Key.REAL_TIME, 20, "user")
                    .with(Key.TILT, -70, "user")
                    .withNames(Key.DETECTORS, List.of("SuperX, elevation 18.0 deg, azimuth 45.0 deg"), "user")
                    .withNames(Key.ELEMENTS, List.of("Co", "Zn"), "user");
            Path file = folder.resolve("written.rpl");
            RippleWriter.write(file, builder.build(), "a title\u00b5", known);
            Recording recording = RippleFile.format().read(file);
            Signal signal = recording.signals().get(0);
            assertThat(file).content().contains("elevation-angle\t18.0\n", "azimuth-angle\t45.0\n");
            assertThat(signal.name()).isEqualTo("a title\u00b5");
            assertThat(signal.axes())
                    .containsExactly(
                            new Axis("y", 3, 0.5, 0, "nm"),
                            new Axis("x", 4, 0.5, 0, "nm"),
                            new Axis("energy", 6, 0.01, -0.1, "keV"));
            assertThat(signal.statistics()).isEqualTo(new Statistics(most + 3, 0, most));
            double[] pixel = new double[6];
            map(recording).addTo(2, 1, pixel);
            assertThat(pixel).containsExactly(0, most, 0, 0, 1, 2);
            known.known()
                    .forEach((key, value) -> assertThat(
                                    signal.acquisition().known().get(key).value())
                            .isEqualTo(value.value()));
        }
    }

    @Test
    void fractionalMapsImagesAndSpectraAreReadAsTheyWereWritten() {
        SpectrumImage.Builder builder = SpectrumImage.fractional(1, 2, Double.NaN, new EnergyAxis(2, 0, 0.02));
        builder.pixel(0, 1, new float[] {0.25f, 1e6f});
        Path file = folder.resolve("written.rpl");
        RippleWriter.write(file, builder.build(), "", Acquisition.nothing());
        Recording map = RippleFile.format().read(file);
        assertThat(map(map).pixelNm()).isNaN();
        assertThat(map(map).window(0, 1).at(0, 1)).isEqualTo(0.25f);
        assertWrittenAndRead(new Signal.Picture(Image.of(1, 2, 0.7, new float[] {-1, 2.5f})));
        assertWrittenAndRead(
                new Signal.SingleSpectrum(Spectrum.of(new EnergyAxis(3, -0.2, 0.01), new double[] {1, 2, 3.5})));
    }

    @Test
    void whatARippleFileCannotHoldIsRefused() {
        Signal two =
                new Signal("", List.of(), new Statistics(0, 0, 0), Acquisition.nothing(), new Signal.Maps(List.of()));
        assertThatThrownBy(() -> RippleWriter.write(folder.resolve("a.rpl"), two))
                .isInstanceOf(IllegalArgumentException.class);
        SpectrumImage map =
                SpectrumImage.whole(1, 1, 1, new EnergyAxis(2, 0, 1)).build();
        assertThatThrownBy(() -> RippleWriter.write(folder.resolve("a.raw"), map, "", Acquisition.nothing()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(".rpl");
    }

    private void assertWrittenAndRead(Signal.Data data) {
        Path file = folder.resolve("written.rpl");
        RippleWriter.write(file, new Signal("s", List.of(), new Statistics(0, 0, 0), Acquisition.nothing(), data));
        Signal back = RippleFile.format().read(file).signals().get(0);
        assertThat(back.data().kind()).isEqualTo(data.kind());
        if (data instanceof Signal.Picture picture) {
            Image image = back.as(Signal.Picture.class).orElseThrow().image();
            assertThat(image.values()).isEqualTo(picture.image().values());
            assertThat(image.pixelNm()).isEqualTo(picture.image().pixelNm());
        } else if (data instanceof Signal.SingleSpectrum single) {
            Spectrum spectrum =
                    back.as(Signal.SingleSpectrum.class).orElseThrow().spectrum();
            assertThat(spectrum.counts()).isEqualTo(single.spectrum().counts());
            assertThat(spectrum.axis()).isEqualTo(single.spectrum().axis());
        }
    }

    private static String sound() {
        return rpl(3, 2, 5, 0, "unsigned", 1, ByteOrder.LITTLE_ENDIAN, "vector") + ENERGY;
    }

    private static String lengths(String unit) {
        return sound() + "width-units\t" + unit + "\nwidth-scale\t1.5\nheight-units\t" + unit + "\nheight-scale\t1.5\n";
    }

    private static String rpl(
            int width, int height, int depth, int offset, String type, int bytes, ByteOrder order, String record) {
        List<String> lines = new ArrayList<>(List.of("key\tvalue"));
        lines.add("width\t" + width);
        lines.add("height\t" + height);
        lines.add("depth\t" + depth);
        lines.add("offset\t" + offset);
        lines.add("data-type\t" + type);
        lines.add("data-length\t" + bytes);
        lines.add("byte-order\t"
                + (bytes == 1 ? "dont-care" : order == ByteOrder.BIG_ENDIAN ? "big-endian" : "little-endian"));
        lines.add("record-by\t" + record);
        return String.join("\n", lines) + "\n";
    }

    private static void put(ByteBuffer raw, int at, String type, int bytes, int value) {
        if (type.equals("float")) {
            if (bytes == Float.BYTES) {
                raw.putFloat(at, value);
            } else {
                raw.putDouble(at, value);
            }
        } else {
            switch (bytes) {
                case 1 -> raw.put(at, (byte) value);
                case 2 -> raw.putShort(at, (short) value);
                case 4 -> raw.putInt(at, value);
                default -> raw.putLong(at, value);
            }
        }
    }

    private void refuses(String rpl, byte[] raw, String place) {
        assertThatThrownBy(() -> read(rpl, raw))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining("cube.r")
                .hasMessageContaining(place);
    }

    /** Whether it was read; if not it was refused as it should be. */
    private boolean readDamaged(byte[] rpl, byte[] raw) throws IOException {
        Files.write(folder.resolve("cube.raw"), raw);
        Files.write(folder.resolve("cube.rpl"), rpl);
        try {
            RippleFile.format().read(folder.resolve("cube.rpl"));
            return true;
        } catch (MicroscopeFileException e) {
            assertThat(e).hasMessageContaining("cube.r");
            return false;
        }
    }

    private Recording read(String rpl, byte[] raw) throws IOException {
        return readIn(StandardCharsets.UTF_8, rpl, raw);
    }

    private Recording readIn(Charset charset, String rpl, byte[] raw) throws IOException {
        Files.write(folder.resolve("cube.raw"), raw);
        Files.write(folder.resolve("cube.rpl"), rpl.getBytes(charset));
        return RippleFile.format().read(folder.resolve("cube.rpl"));
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
}
