package org.hyalite.io.dm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.hyalite.grid.Image;
import org.hyalite.io.dm.DmBuilder.Values;
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

/** Pictures and stacks made here, of every type of number, version and byte order, are read as they were made. */
class DmFileTest {
    @TempDir
    Path folder;

    /** Protects the decoding of numbers and the order of axes, over random shapes. */
    @ParameterizedTest
    @EnumSource(DmNumber.class)
    void everyTypeOfNumberIsReadInBothVersionsAndByteOrders(DmNumber kind) throws IOException {
        Random random = new Random(kind.ordinal());
        for (int version : new int[] {3, 4}) {
            for (boolean little : new boolean[] {true, false}) {
                int nx = 2 + random.nextInt(6);
                int ny = 2 + random.nextInt(6);
                int nz = 1 + random.nextInt(3);
                double[] values = IntStream.range(0, nz * ny * nx)
                        .mapToDouble(i -> value(kind, random))
                        .toArray();
                Map<String, Object> image = DmBuilder.image("a", pixelCode(kind), new Values(kind, values), nx, ny, nz);
                Signal signal = read(version, little, image).signals().get(0);
                List<Image> planes = planes(signal);
                assertThat(planes).hasSize(nz);
                double sum = 0;
                for (int i = 0; i < values.length; i++) {
                    float found = planes.get(i / (nx * ny)).at(i / nx % ny, i % nx);
                    assertThat(found)
                            .as("%s version %d little %s", kind, version, little)
                            .isEqualTo((float) values[i]);
                    sum += values[i];
                }
                assertThat(signal.statistics().sum()).isCloseTo(sum, within(1e-9 * Math.abs(sum)));
            }
        }
    }

    /** Protects against the thumbnail, which every file has, being taken for data. */
    @Test
    void thumbnailsAreSkippedAndPicturesKeepTheirNames() throws IOException {
        Recording recording = read(3, true, picture("one"), picture("two"));
        assertThat(recording.signals()).extracting(Signal::name).containsExactly("one", "two");
        assertThat(recording.warnings()).isEmpty();
    }

    @Test
    void calibrationsAndTagsAreInTheProjectsUnitsWithTheirPaths() throws IOException {
        Map<String, Object> image = DmBuilder.image("HAADF", 10, new Values(DmNumber.UINT_16, 1, 2, 3, 4, 5, 6), 3, 2);
        DmBuilder.calibrate(image, -10, 0.5, "µm");
        DmBuilder.calibrate(image, 4, 0.5, "µm");
        DmBuilder.tag(image, 80000.0, "Microscope Info", "Voltage");
        DmBuilder.tag(image, 0.9, "Microscope Info", "Probe Current (nA)");
        DmBuilder.tag(image, -31.5, "Microscope Info", "Stage Position", "Stage Alpha");
        DmBuilder.tag(image, 12.0, "DigiScan", "Sample Time");
        DmBuilder.tag(image, "HAADF detector", "DataBar", "Signal Name");
        Signal signal = read(4, false, image).signals().get(0);
        assertThat(signal.axes())
                .containsExactly(new Axis("y", 2, 500, -2000, "nm"), new Axis("x", 3, 500, 5000, "nm"));
        Acquisition known = signal.acquisition();
        assertThat(known.number(Key.PIXEL_SIZE)).contains(500.0);
        assertThat(known.number(Key.BEAM_ENERGY)).contains(80.0);
        assertThat(known.source(Key.BEAM_ENERGY)).contains("ImageTags/Microscope Info/Voltage");
        assertThat(known.number(Key.BEAM_CURRENT)).contains(0.9);
        assertThat(known.number(Key.TILT)).contains(-31.5);
        assertThat(known.number(Key.DWELL_TIME).orElseThrow()).isCloseTo(12e-6, within(1e-18));
        assertThat(known.names(Key.DETECTORS)).containsExactly("HAADF detector");
    }

    /** Protects against a current of 0 nA, which is what the program writes without a measurement. */
    @Test
    void zeroMeansNotMeasured() throws IOException {
        Map<String, Object> image = picture("a");
        DmBuilder.tag(image, 0.0, "Microscope Info", "Voltage");
        DmBuilder.tag(image, 0.0, "Microscope Info", "Probe Current (nA)");
        DmBuilder.tag(image, Double.NaN, "DigiScan", "Sample Time");
        assertThat(read(3, true, image).signals().get(0).acquisition().known()).containsOnlyKeys(Key.PIXEL_SIZE);
    }

    @Test
    void pixelsThatAreNotSquareHaveNoPixelSizeAndAWarning() throws IOException {
        Map<String, Object> image = DmBuilder.image("a", 6, bytes(4), 2, 2);
        DmBuilder.calibrate(image, 0, 1, "nm");
        DmBuilder.calibrate(image, 0, 2, "A");
        Recording recording = read(3, true, image);
        Signal signal = recording.signals().get(0);
        assertThat(recording.warnings()).singleElement().asString().contains("1.0 × 0.2 nm", "not square");
        assertThat(planes(signal).get(0).pixelNm()).isNaN();
        assertThat(signal.acquisition().number(Key.PIXEL_SIZE)).isEmpty();
    }

    /** Protects the tilts: from the third dimension's calibration, or from its list where there is one. */
    @Test
    void tiltsComeFromTheThirdDimension() throws IOException {
        Map<String, Object> series = stack("deg", -20, 2);
        Signal even = read(3, true, series).signals().get(0);
        assertThat(even.data().kind()).isEqualTo("tilt-series");
        assertThat(even.axes().get(0)).isEqualTo(new Axis("tilt", 3, 2, 40, "deg"));
        assertThat(even.acquisition().numbers(Key.TILTS)).contains(List.of(40.0, 42.0, 44.0));
        assertThat(even.acquisition().source(Key.TILTS)).contains("Calibrations/Dimension/[2]");

        DmBuilder.tag(series, "Tilt angle (deg)", "Meta Data", "Dimension info", "2", "Label");
        double[] listed = {-60, 0.5, 61};
        for (int i = 0; i < 3; i++) {
            DmBuilder.tag(series, listed[i], "Meta Data", "Dimension info", "2", "Data", Integer.toString(i));
        }
        DmBuilder.tag(series, 61.0, "Microscope Info", "Stage Position", "Stage Alpha");
        Signal uneven = read(3, true, series).signals().get(0);
        assertThat(uneven.acquisition().numbers(Key.TILTS)).contains(List.of(-60.0, 0.5, 61.0));
        assertThat(uneven.acquisition().number(Key.TILT)).as("the last image's").isEmpty();
        assertThat(uneven.axes().get(0)).isEqualTo(new Axis("tilt", 3, 1, 0, ""));
    }

    @Test
    void volumesAndPlanesOfOtherUnitsAreNoTiltSeries() throws IOException {
        Signal volume = read(3, true, stack("nm", 0, 3)).signals().get(0);
        assertThat(volume.data().kind()).isEqualTo("volume");
        assertThat(volume.axes().get(0)).isEqualTo(new Axis("z", 3, 3, 0, "nm"));
        Recording frames = read(3, true, stack("s", 0, 3));
        assertThat(frames.signals().get(0).acquisition().numbers(Key.TILTS)).isEmpty();
        assertThat(frames.warnings()).singleElement().asString().contains("unit 's'", "no tilts");
    }

    @Test
    void complexNumbersAndColoursAreRefusedByReasonUnlessSomethingElseIsThere() throws IOException {
        Map<String, Object> complex = DmBuilder.image("fft", 3, new Values(DmNumber.FLOAT_32, 1, 2), 1, 1);
        Map<String, Object> colours = DmBuilder.image("rgb", 23, new Values(DmNumber.INT_32, 1), 1, 1);
        assertThatThrownBy(() -> read(3, true, complex, colours))
                .isInstanceOf(UnsupportedFileException.class)
                .hasMessageContaining("ImageList/[1] 'fft' holds complex numbers")
                .hasMessageContaining("ImageList/[2] 'rgb' is a colour picture");
        Recording recording = read(3, true, complex, picture("a"));
        assertThat(recording.signals()).extracting(Signal::name).containsExactly("a");
        assertThat(recording.warnings()).singleElement().asString().contains("complex");
    }

    @Test
    void whatIsSoundButNotReadSaysWhy() {
        refused(UnsupportedFileException.class, "4 dimensions", DmBuilder.image("a", 6, bytes(16), 2, 2, 2, 2));
        refused(UnsupportedFileException.class, "a profile of 4 values", DmBuilder.image("a", 6, bytes(4), 4));
        refused(UnsupportedFileException.class, "type 99", DmBuilder.image("a", 99, bytes(4), 2, 2));
        Values huge = new Values(DmNumber.INT_64, 0x1p60, 0);
        refused(UnsupportedFileException.class, "above 2⁵³", DmBuilder.image("a", 39, huge, 1, 2));
    }

    @Test
    void contradictionsAreRefusedByPlace() {
        refused(MalformedFileException.class, "Dimensions: a dimension of 0", DmBuilder.image("a", 6, bytes(4), 2, 0));
        refused(MalformedFileException.class, "expected 2 × 3", DmBuilder.image("a", 6, bytes(4), 2, 3));
        refused(
                MalformedFileException.class,
                "expected 2147483647 × 2147483647 × 2147483647",
                DmBuilder.image("a", 6, bytes(4), 2147483647, 2147483647, 2147483647));
        refused(MalformedFileException.class, "expected 2 × 2", DmBuilder.image("a", 10, bytes(4), 2, 2));
        Values bad = new Values(DmNumber.FLOAT_32, 1, 2, 3, Double.NaN);
        refused(MalformedFileException.class, "pixel (y 1, x 1): it holds NaN", DmBuilder.image("a", 2, bad, 2, 2));
        Map<String, Object> empty = new LinkedHashMap<>(Map.of("Name", "a"));
        refused(MalformedFileException.class, "ImageList/[1]: it has no ImageData", empty);
    }

    /** Protects against trees made to overflow the stack or the heap. */
    @Test
    void deepTreesAndHugeGroupsAreRefused() throws IOException {
        Map<String, Object> tree = Map.of();
        for (int i = 0; i <= DmTagReader.DEEPEST; i++) {
            tree = Map.of("g", tree);
        }
        for (int version : new int[] {3, 4}) {
            Path deep = write(DmBuilder.file(version, true, tree));
            assertThatThrownBy(() -> DmFile.format().read(deep))
                    .isInstanceOf(MalformedFileException.class)
                    .hasMessageContaining("deep");
        }
        List<Object> many = new ArrayList<>(java.util.Collections.nCopies(DmTagReader.MOST_TAGS + 1, List.of()));
        Path wide = write(DmBuilder.file(3, true, Map.of("ImageList", many)));
        assertThatThrownBy(() -> DmFile.format().read(wide))
                .isInstanceOf(UnsupportedFileException.class)
                .hasMessageContaining("more than " + DmTagReader.MOST_TAGS + " tags");
    }

    @Test
    void filesOfAnotherKindAreRefused() throws IOException {
        Path text = write("This is no micrograph at all.".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        assertThatThrownBy(() -> DmFile.format().read(text))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining("byte 0", "version, 3 or 4");
        assertThat(DmFile.format().recognises(Path.of("a/b.DM3"))).isTrue();
        assertThat(DmFile.format().recognises(Path.of("a/b.dm4"))).isTrue();
        assertThat(DmFile.format().recognises(Path.of("a/b.dm"))).isFalse();
    }

    private void refused(Class<? extends MicroscopeFileException> type, String why, Map<String, Object> image) {
        assertThatThrownBy(() -> read(3, true, image))
                .isInstanceOf(type)
                .hasMessageContaining("file.dm3")
                .hasMessageContaining(why);
    }

    private static Map<String, Object> picture(String name) {
        Map<String, Object> image = DmBuilder.image(name, 6, bytes(6), 3, 2);
        DmBuilder.calibrate(image, 0, 2, "nm");
        DmBuilder.calibrate(image, 0, 2, "nm");
        return image;
    }

    private static Map<String, Object> stack(String unit, double origin, double scale) {
        Map<String, Object> image = DmBuilder.image("stack", 6, bytes(12), 2, 2, 3);
        DmBuilder.calibrate(image, 0, 1, "nm");
        DmBuilder.calibrate(image, 0, 1, "nm");
        DmBuilder.calibrate(image, origin, scale, unit);
        return image;
    }

    private static Values bytes(int count) {
        return new Values(
                DmNumber.UINT_8, IntStream.range(0, count).mapToDouble(i -> i).toArray());
    }

    private static double value(DmNumber kind, Random random) {
        return switch (kind) {
            case BOOLEAN -> random.nextInt(2);
            case INT_8 -> random.nextInt(256) - 128;
            case UINT_8 -> random.nextInt(256);
            case INT_16 -> random.nextInt(65536) - 32768;
            case UINT_16 -> random.nextInt(65536);
            case INT_32 -> random.nextInt();
            case UINT_32 -> random.nextInt() & 0xffffffffL;
            case INT_64 -> random.nextLong() >> 12;
            case UINT_64 -> random.nextLong() >>> 12;
            case FLOAT_32 -> (float) random.nextGaussian();
            case FLOAT_64 -> random.nextGaussian();
        };
    }

    private static int pixelCode(DmNumber kind) {
        return IntStream.range(1, 64)
                .filter(code -> DmNumber.ofPixel(code).filter(kind::equals).isPresent())
                .findFirst()
                .orElseThrow();
    }

    private static List<Image> planes(Signal signal) {
        return signal.as(Signal.Stack.class)
                .map(Signal.Stack::images)
                .orElseGet(() ->
                        List.of(signal.as(Signal.Picture.class).orElseThrow().image()));
    }

    @SuppressWarnings("unchecked") // all of them are made by DmBuilder.image
    private Recording read(int version, boolean little, Object... images) throws IOException {
        List<Map<String, Object>> list = (List<Map<String, Object>>) (List<?>) List.of(images);
        return DmFile.format().read(write(DmBuilder.file(version, little, DmBuilder.root(list))));
    }

    private Path write(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("file.dm3"), bytes);
    }

    /** Protects the pixel size: the units that other readers take are taken here too. */
    @Test
    void spelledOutLengthsAreLengths() {
        assertThat(new DmAxis(3, 1, 2, "micrometers").named("x")).isEqualTo(new Axis("x", 3, 2000, -2000, "nm"));
        assertThat(new DmAxis(3, 1, 2, "nanometer").named("x")).isEqualTo(new Axis("x", 3, 2, -2, "nm"));
        assertThat(new DmAxis(3, 1, 2, "furlong").named("x")).isEqualTo(new Axis("x", 3, 1, 0, ""));
    }
}
