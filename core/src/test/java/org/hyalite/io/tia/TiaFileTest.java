package org.hyalite.io.tia;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.hyalite.grid.Image;
import org.hyalite.grid.SpectrumImage;
import org.hyalite.io.format.Axis;
import org.hyalite.io.format.MalformedFileException;
import org.hyalite.io.format.MicroscopeFileException;
import org.hyalite.io.format.Recording;
import org.hyalite.io.format.Signal;
import org.hyalite.io.format.UnsupportedFileException;
import org.hyalite.physics.Acquisition;
import org.hyalite.physics.Acquisition.Key;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Series made here are read as they were made, alone and with the {@code .emi} file beside them. */
class TiaFileTest {
    private static final String XRAYS =
            "<ShapingTime>0.0000128</ShapingTime><EnergyResolution>132.0</EnergyResolution>";
    private static final String LOSSES =
            "<IntegrationTime>0.050000</IntegrationTime><BiasCorrection>Yes</BiasCorrection>";

    @TempDir
    Path folder;

    /** Protects types, widths of offsets and the order of rows (the file's first is the lowest), over random shapes. */
    @ParameterizedTest
    @EnumSource(SerNumber.class)
    void imagesOfEveryTypeAreReadFromTheTopRow(SerNumber kind) throws IOException {
        Random random = new Random(kind.ordinal());
        for (int version : new int[] {0x0210, 0x0220}) {
            SerBuilder ser = images(1 + random.nextInt(6), 1 + random.nextInt(6), 1 + random.nextInt(3));
            ser.version = version;
            ser.places = random.nextBoolean();
            ser.kindCode = kind.ordinal() + 1;
            ser.values = random.doubles(ser.values.length, 0, 100)
                    .map(v -> kind.isFloat()
                            ? (float) v - 50
                            : kind.name().startsWith("U") ? Math.rint(v) : 50 - Math.rint(v))
                    .toArray();
            Signal signal = read(ser).signals().get(0);
            List<Image> images = signal.as(Signal.Stack.class)
                    .map(Signal.Stack::images)
                    .orElseGet(() -> List.of(
                            signal.as(Signal.Picture.class).orElseThrow().image()));
            for (int i = 0; i < ser.values.length; i++) {
                int y = ser.ny - 1 - i / ser.nx % ser.ny;
                assertThat(images.get(i / (ser.nx * ser.ny)).at(y, i % ser.nx)).isEqualTo((float) ser.values[i]);
            }
            assertThat(signal.statistics().sum())
                    .isCloseTo(DoubleStream.of(ser.values).sum(), within(1e-9));
        }
    }

    /** Protects the scan's order, over random shapes. */
    @Test
    void everyCountOfAMapStandsAtItsPixelAndChannel() throws IOException {
        emi(1, "EDX", XRAYS);
        for (int seed = 0; seed < 8; seed++) {
            Random random = new Random(seed);
            SerBuilder ser = map(2 + random.nextInt(4), 2 + random.nextInt(4), 1 + random.nextInt(30));
            ser.version = seed % 2 == 0 ? 0x0210 : 0x0220;
            ser.values = random.ints(ser.values.length, 0, 9).asDoubleStream().toArray();
            Recording recording = read(ser);
            Signal signal = recording.signals().get(0);
            SpectrumImage map =
                    signal.as(Signal.Maps.class).orElseThrow().maps().get(0);
            assertThat(map.isWhole()).isTrue();
            assertThat(map.pixelNm()).isCloseTo(2, within(1e-12));
            for (int p = 0; p < map.ny() * map.nx(); p++) {
                double[] pixel = new double[ser.nx];
                map.addTo(p / map.nx(), p % map.nx(), pixel);
                assertThat(pixel).containsExactly(Arrays.copyOfRange(ser.values, p * ser.nx, (p + 1) * ser.nx));
            }
            assertThat(signal.axes()).extracting(Axis::name).containsExactly("y", "x", "energy");
            assertThat(signal.axes().get(2)).isEqualTo(new Axis("energy", ser.nx, 0.01, -0.2, "keV"));
        }
    }

    /** Protects the place of zero: a calibration holds for the index that it names. */
    @Test
    void calibrationsNameTheirIndex() throws IOException {
        SerBuilder ser = spectrum(0, 1, 2, 3);
        ser.zero = 0;
        ser.zeroAt = 20;
        assertThat(read(ser).signals().get(0).axes()).containsExactly(new Axis("energy", 4, 0.01, -0.2, "keV"));
    }

    @Test
    void emiOpensItsSeriesAndSaysHowTheyWereRecorded() throws IOException {
        Path emi = emi(1, "HAADF", "<DwellTimePath>0.000048</DwellTimePath>");
        Files.write(folder.resolve("a_1.ser"), images(2, 2, 1).build());
        Files.write(folder.resolve("a_3.ser"), images(2, 2, 1).build());
        Files.write(folder.resolve("ab_1.ser"), images(2, 2, 1).build());
        Recording recording = TiaFile.format().read(emi);
        assertThat(recording.signals()).extracting(Signal::name).containsExactly("HAADF", "");
        assertThat(recording.warnings()).containsExactly("a.emi says nothing of a_3.ser");
        Acquisition known = recording.signals().get(0).acquisition();
        assertThat(known.number(Key.BEAM_ENERGY)).contains(80.0);
        assertThat(known.source(Key.BEAM_ENERGY).orElseThrow())
                .startsWith("a.emi: ")
                .endsWith("AcceleratingVoltage");
        assertThat(known.number(Key.TILT)).contains(-35.2);
        assertThat(known.number(Key.DWELL_TIME)).contains(0.000048);
        assertThat(known.names(Key.DETECTORS)).containsExactly("HAADF");
        assertThat(known.number(Key.PIXEL_SIZE).orElseThrow()).isCloseTo(3, within(1e-12));
        assertThat(recording.signals().get(1).acquisition().known()).containsOnlyKeys(Key.PIXEL_SIZE);
    }

    @Test
    void seriesAloneUsesTheEmiBesideItOrSaysThatItIsMissing() throws IOException {
        Path ser = Files.write(folder.resolve("a_1.ser"), images(2, 2, 1).build());
        Recording alone = TiaFile.format().read(ser);
        assertThat(alone.warnings()).singleElement().asString().contains("a.emi is missing");
        assertThat(alone.signals().get(0).acquisition().known()).containsOnlyKeys(Key.PIXEL_SIZE);
        emi(1, "BF", "");
        Recording joined = TiaFile.format().read(ser);
        assertThat(joined.warnings()).singleElement().asString().contains("taken from a.emi");
        assertThat(joined.signals().get(0).acquisition().number(Key.BEAM_ENERGY))
                .contains(80.0);
        emi(2, "BF", "");
        assertThat(TiaFile.format().read(ser).warnings())
                .singleElement()
                .asString()
                .contains("says nothing");
        Files.writeString(folder.resolve("a.emi"), "JK <ObjectInfo><broken></ObjectInfo>");
        assertThat(TiaFile.format().read(ser).warnings())
                .singleElement()
                .asString()
                .contains("a.emi", "XML is broken");
    }

    @Test
    void missingSeriesAreNamed() throws IOException {
        Path emi = emi(2, "BF", "");
        assertThatThrownBy(() -> TiaFile.format().read(emi))
                .isInstanceOf(UnsupportedFileException.class)
                .hasMessageContaining("a_2.ser");
        Files.write(folder.resolve("a_1.ser"), images(2, 2, 1).build());
        assertThat(TiaFile.format().read(emi).warnings()).anyMatch(w -> w.startsWith("a_2.ser is missing"));
    }

    /** Protects X-ray quantification from energy losses, which may be negative and are no counts. */
    @Test
    void energyLossesAreToldFromXrays() throws IOException {
        emi(1, "PEELS", LOSSES);
        SerBuilder ser = map(2, 2, 2);
        ser.kindCode = 6;
        ser.values = new double[] {-3, 2, 1, 0, 5, -6, 7, 8};
        Recording losses = read(ser);
        assertThat(losses.warnings()).anyMatch(w -> w.contains("energy losses"));
        Signal signal = losses.signals().get(0);
        SpectrumImage map = signal.as(Signal.Maps.class).orElseThrow().maps().get(0);
        assertThat(map.isCounts()).isFalse();
        double[] pixel = new double[2];
        map.addTo(1, 0, pixel);
        assertThat(pixel).containsExactly(5, -6);
        assertThat(signal.acquisition().number(Key.DWELL_TIME)).contains(0.05);

        emi(1, "EDX", XRAYS);
        assertThatThrownBy(() -> read(ser))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining("pixel (y 0, x 0), channel 0: -3.0 counts");
        ser.values = new double[] {3, 2, 1, 0, 5, 6, 7, 8};
        Signal xrays = read(ser).signals().get(0);
        assertThat(xrays.as(Signal.Maps.class).orElseThrow().maps().get(0).isCounts())
                .isTrue();
        assertThat(xrays.acquisition().number(Key.ENERGY_RESOLUTION)).contains(132.0);
    }

    @Test
    void spectraThatNobodyNamesAreXraysOnlyWhereNoEnergyLossReaches() throws IOException {
        SerBuilder ser = map(2, 1, 4);
        ser.step = 3000;
        Recording far = read(ser);
        assertThat(far.warnings()).anyMatch(w -> w.contains("taken as X-rays") && w.contains("8.80 keV"));
        ser.step = 10;
        Recording near = read(ser);
        assertThat(near.warnings()).anyMatch(w -> w.contains("no file says whether"));
        assertThat(near.signals()
                        .get(0)
                        .as(Signal.Maps.class)
                        .orElseThrow()
                        .maps()
                        .get(0)
                        .isCounts())
                .isFalse();
    }

    @Test
    void stoppedRecordingsAreReadAsFarAsTheyGoAndSaySo() throws IOException {
        emi(1, "EDX", XRAYS);
        SerBuilder ser = map(3, 2, 2);
        ser.recorded = 4;
        Recording recording = read(ser);
        assertThat(recording.warnings()).anyMatch(w -> w.contains("stopped after 4 of 6"));
        assertThat(recording.signals().get(0).statistics().sum()).isEqualTo(0 + 1 + 2 + 3 + 4 + 5 + 6 + 7);
        ser.recorded = 0;
        assertThatThrownBy(() -> read(ser))
                .isInstanceOf(UnsupportedFileException.class)
                .hasMessageContaining("none of its 6");
    }

    @Test
    void diffractionPatternsHaveNoPixelSize() throws IOException {
        SerBuilder ser = images(2, 2, 1);
        ser.step = 1e7;
        Recording recording = read(ser);
        assertThat(recording.warnings()).anyMatch(w -> w.contains("no length"));
        assertThat(recording.signals().get(0).axes())
                .containsOnly(new Axis("y", 2, 1, 0, ""), new Axis("x", 2, 1, 0, ""));
    }

    @Test
    void whatIsSoundButNotReadSaysWhy() {
        SerBuilder complex = spectrum(1, 2);
        complex.kindCode = 9;
        refused(UnsupportedFileException.class, "complex", complex);
        SerBuilder version = spectrum(1, 2);
        version.version = 0x0300;
        refused(UnsupportedFileException.class, "version 0x300", version);
        SerBuilder profile = spectrum(1, 2);
        profile.step = 1e-9;
        refused(UnsupportedFileException.class, "profiles", profile);
        SerBuilder patterns = images(2, 2, 4);
        patterns.scan = new int[] {2, 2};
        refused(UnsupportedFileException.class, "an image at every point", patterns);
    }

    @Test
    void contradictionsAreRefusedByPlace() {
        SerBuilder empty = spectrum();
        refused(MalformedFileException.class, "1 × 0 values", empty);
        SerBuilder type = spectrum(1, 2);
        type.type = 0x4121;
        refused(MalformedFileException.class, "byte 6: elements of type 0x4121", type);
        SerBuilder kind = spectrum(1, 2);
        kind.kindCode = 12;
        refused(MalformedFileException.class, "numbers of type 12", kind);
        SerBuilder none = spectrum(1, 2);
        none.scan = new int[] {0};
        refused(MalformedFileException.class, "of 0 elements", none);
        SerBuilder more = spectrum(1, 2);
        more.step = Double.NaN;
        refused(MalformedFileException.class, "in steps of NaN", more);
    }

    /** Protects against a small file that stands for a large one: all elements at one place. */
    @Test
    void elementsThatDoNotFitTheFileAreRefused() throws IOException {
        SerBuilder ser = map(4, 4, 100);
        byte[] bytes = ser.build();
        int list = java.nio.ByteBuffer.wrap(bytes)
                .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                .getInt(22);
        byte[] cut = Arrays.copyOf(bytes, bytes.length / 2);
        for (int i = 0; i < 32; i++) {
            System.arraycopy(bytes, i < 16 ? list : list + 64, cut, list + 4 * i, 4);
        }
        Path file = Files.write(folder.resolve("a_1.ser"), cut);
        assertThatThrownBy(() -> TiaFile.format().read(file))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining("16 elements of 226 bytes do not fit");
    }

    private void refused(Class<? extends MicroscopeFileException> type, String why, SerBuilder ser) {
        assertThatThrownBy(() -> read(ser))
                .isInstanceOf(type)
                .hasMessageContaining("a_1.ser")
                .hasMessageContaining(why);
    }

    static SerBuilder images(int nx, int ny, int count) {
        SerBuilder ser = new SerBuilder();
        ser.type = SerBuilder.IMAGES;
        ser.scan = new int[] {count};
        ser.nx = nx;
        ser.ny = ny;
        ser.step = 3e-9;
        ser.zero = 0;
        ser.values = ramp(nx * ny * count);
        return ser;
    }

    static SerBuilder map(int nx, int ny, int channels) {
        SerBuilder ser = new SerBuilder();
        ser.scan = new int[] {nx, ny};
        ser.nx = channels;
        ser.values = ramp(nx * ny * channels);
        return ser;
    }

    private static SerBuilder spectrum(double... counts) {
        SerBuilder ser = new SerBuilder();
        ser.nx = counts.length;
        ser.values = counts;
        return ser;
    }

    private static double[] ramp(int count) {
        return IntStream.range(0, count).mapToDouble(i -> i).toArray();
    }

    private Path emi(int series, String name, String acquireInfo) throws IOException {
        return Files.write(folder.resolve("a.emi"), SerBuilder.emi(series, name, acquireInfo));
    }

    private Recording read(SerBuilder ser) throws IOException {
        return TiaFile.format().read(Files.write(folder.resolve("a_1.ser"), ser.build()));
    }
}
