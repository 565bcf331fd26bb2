package org.hyalite.io.dm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.hyalite.grid.SpectrumImage;
import org.hyalite.io.dm.DmBuilder.Values;
import org.hyalite.io.format.Axis;
import org.hyalite.io.format.MalformedFileException;
import org.hyalite.io.format.Recording;
import org.hyalite.io.format.Signal;
import org.hyalite.io.format.UnsupportedFileException;
import org.hyalite.physics.Acquisition;
import org.hyalite.physics.Acquisition.Key;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Spectra and maps made here are read as they were made, and their times mean what they say. */
class DmSpectraTest {
    @TempDir
    Path folder;

    /** Protects the place of the energy among the dimensions, over random shapes and types: slowest in a map. */
    @RepeatedTest(12)
    void everyCountOfAMapStandsAtItsPixelAndChannel(RepetitionInfo repetition) throws IOException {
        Random random = new Random(repetition.getCurrentRepetition());
        int nx = 2 + random.nextInt(5);
        int ny = 1 + random.nextInt(5);
        int channels = 2 + random.nextInt(40);
        boolean fractional = random.nextInt(3) == 0;
        double[] values = IntStream.range(0, nx * ny * channels)
                .mapToDouble(i -> random.nextInt(50) / (fractional ? 4.0 : 1))
                .toArray();
        DmNumber kind = fractional || random.nextBoolean() ? DmNumber.FLOAT_32 : DmNumber.UINT_16;
        Map<String, Object> image =
                DmBuilder.image("SI", kind == DmNumber.FLOAT_32 ? 2 : 10, new Values(kind, values), nx, ny, channels);
        DmBuilder.calibrate(image, 0, 3, "nm");
        DmBuilder.calibrate(image, 0, 3, "nm");
        DmBuilder.calibrate(image, 20, 10, "eV");
        spectra(image, "X-ray");
        Recording recording = read(random.nextBoolean() ? 3 : 4, random.nextBoolean(), image);
        assertThat(recording.warnings()).isEmpty();
        Signal signal = recording.signals().get(0);
        assertThat(signal.axes())
                .containsExactly(
                        new Axis("y", ny, 3, 0, "nm"),
                        new Axis("x", nx, 3, 0, "nm"),
                        new Axis("energy", channels, 0.01, -0.2, "keV"));
        SpectrumImage map = map(signal);
        assertThat(map.isCounts()).isTrue();
        assertThat(map.isWhole()).isEqualTo(Arrays.stream(values).allMatch(v -> v == Math.rint(v)));
        for (int p = 0; p < nx * ny; p++) {
            double[] pixel = pixel(map, p / nx, p % nx);
            for (int c = 0; c < channels; c++) {
                assertThat(pixel[c]).isEqualTo(values[c * nx * ny + p]);
            }
        }
        assertThat(signal.statistics().sum()).isEqualTo(Arrays.stream(values).sum());
    }

    /** Protects the other order: in a line of spectra the energy is the fastest. */
    @Test
    void aLineOfSpectraHasItsEnergyFirst() throws IOException {
        Map<String, Object> image = DmBuilder.image("line", 10, new Values(DmNumber.UINT_16, 1, 2, 3, 4, 5, 6), 3, 2);
        DmBuilder.calibrate(image, 0, 0.01, "keV");
        DmBuilder.calibrate(image, 0, 5, "nm");
        spectra(image, "X-ray");
        Signal signal = read(3, true, image).signals().get(0);
        assertThat(signal.axes()).extracting(Axis::name).containsExactly("x", "energy");
        assertThat(pixel(map(signal), 0, 1)).containsExactly(4, 5, 6);
    }

    /** Protects X-ray quantification from energy losses, which may be negative and are no counts. */
    @Test
    void energyLossesAreReadWithTheirSignAndAreNoCounts() throws IOException {
        Map<String, Object> image = cube("EELS", -3, 2, 1, 0, 5, 6, 7, 8);
        DmBuilder.tag(image, 0.02, "SI", "Acquisition", "Pixel time (s)");
        Recording recording = read(4, true, image);
        Signal signal = recording.signals().get(0);
        assertThat(recording.warnings()).singleElement().asString().contains("energy losses");
        assertThat(map(signal).isCounts()).isFalse();
        assertThat(map(signal).binned(2).isCounts()).isFalse();
        assertThat(pixel(map(signal), 0, 0)).containsExactly(-3, 5);
        assertThat(pixel(map(signal).transposed(), 0, 1)).containsExactly(1, 7);
        assertThat(signal.statistics().min()).isEqualTo(-3);
        assertThat(signal.acquisition().number(Key.DWELL_TIME)).contains(0.02);
        assertThatThrownBy(() -> read(4, true, cube("X-ray", -3, 2, 1, 0, 5, 6, 7, 8)))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining("pixel (y 0, x 0), channel 0: -3.0 counts");
    }

    @Test
    void spectraOfUnsaidOriginAreNoCountsEither() throws IOException {
        Recording recording = read(4, true, cube("CL", 1, 2, 3, 4, 5, 6, 7, 8));
        assertThat(recording.warnings()).singleElement().asString().contains("do not say", "'CL'");
        assertThat(map(recording.signals().get(0)).isCounts()).isFalse();
    }

    @Test
    void oneSpectrumHasItsTimesAndDetector() throws IOException {
        Map<String, Object> image = DmBuilder.image("EDS", 11, new Values(DmNumber.UINT_32, 0, 7, 9), 3, 1);
        DmBuilder.calibrate(image, 1, 0.005, "keV");
        spectra(image, "X-ray");
        eds(image, 3.8, 4.2);
        Signal signal = read(3, false, image).signals().get(0);
        assertThat(signal.data().kind()).isEqualTo("spectrum");
        assertThat(signal.as(Signal.SingleSpectrum.class)
                        .orElseThrow()
                        .spectrum()
                        .counts())
                .containsExactly(0, 7, 9);
        Acquisition known = signal.acquisition();
        assertThat(known.number(Key.LIVE_TIME)).contains(3.8);
        assertThat(known.number(Key.REAL_TIME)).contains(4.2);
        assertThat(known.names(Key.DETECTORS)).containsExactly("SDD, elevation 18.0 deg, azimuth 45.0 deg");
    }

    /** Protects dose by factors of thousands: a live time of the map is not one of a pixel, nor the other way round. */
    @Test
    void timesOfMapsAreToldFromTimesOfPixels() throws IOException {
        Map<String, Object> pixel = cube("X-ray", 1, 2, 3, 4, 5, 6, 7, 8);
        DmBuilder.tag(pixel, 0.1, "SI", "Acquisition", "Pixel time (s)");
        eds(pixel, 0.08, 0.11);
        Acquisition ofPixel = read(3, true, pixel).signals().get(0).acquisition();
        assertThat(ofPixel.number(Key.DWELL_TIME)).contains(0.08);
        assertThat(ofPixel.known()).doesNotContainKeys(Key.LIVE_TIME, Key.REAL_TIME);

        Map<String, Object> map = cube("X-ray", 1, 2, 3, 4, 5, 6, 7, 8);
        DmBuilder.tag(map, 0.1, "SI", "Acquisition", "Pixel time (s)");
        eds(map, 0.32, 0.44);
        Acquisition ofMap = read(3, true, map).signals().get(0).acquisition();
        assertThat(ofMap.number(Key.LIVE_TIME)).contains(0.32);
        assertThat(ofMap.number(Key.DWELL_TIME).orElseThrow()).isCloseTo(0.08, within(1e-12));
        assertThat(ofMap.source(Key.DWELL_TIME).orElseThrow()).contains("4 pixels");

        Map<String, Object> unsaid = cube("X-ray", 1, 2, 3, 4, 5, 6, 7, 8);
        eds(unsaid, 0.32, 0.44);
        Recording open = read(3, true, unsaid);
        assertThat(open.signals().get(0).acquisition().known()).doesNotContainKeys(Key.LIVE_TIME, Key.DWELL_TIME);
        assertThat(open.warnings()).singleElement().asString().contains("0.32 s", "not used");
    }

    @Test
    void energiesMustBeCalibratedAndAscend() {
        Map<String, Object> none = DmBuilder.image("a", 6, new Values(DmNumber.UINT_8, 1, 2), 2);
        spectra(none, "X-ray");
        refused(none, "0 of its dimensions have the unit eV or keV");
        Map<String, Object> down = DmBuilder.image("a", 6, new Values(DmNumber.UINT_8, 1, 2), 2);
        DmBuilder.calibrate(down, 0, -1, "eV");
        refused(down, "they must ascend");
        Map<String, Object> middle =
                DmBuilder.image("a", 6, new Values(DmNumber.UINT_8, 1, 2, 3, 4, 5, 6, 7, 8), 2, 2, 2);
        DmBuilder.calibrate(middle, 0, 1, "nm");
        DmBuilder.calibrate(middle, 0, 1, "eV");
        DmBuilder.calibrate(middle, 0, 1, "nm");
        spectra(middle, "EELS");
        refused(middle, "on the second of three dimensions");
    }

    private void refused(Map<String, Object> image, String why) {
        assertThatThrownBy(() -> read(3, true, image))
                .isInstanceOf(UnsupportedFileException.class)
                .hasMessageContaining("spectra.dm4: ImageList/[1] 'a'")
                .hasMessageContaining(why);
    }

    /** A map of 2 × 2 pixels and 2 channels, energy slowest. */
    private static Map<String, Object> cube(String signal, double... values) {
        Map<String, Object> image = DmBuilder.image("SI", 7, new Values(DmNumber.INT_32, values), 2, 2, 2);
        DmBuilder.calibrate(image, 0, 1, "nm");
        DmBuilder.calibrate(image, 0, 1, "nm");
        DmBuilder.calibrate(image, 0, 1, "eV");
        spectra(image, signal);
        return image;
    }

    private static void spectra(Map<String, Object> image, String signal) {
        DmBuilder.tag(image, "Spectrum image", "Meta Data", "Format");
        DmBuilder.tag(image, signal, "Meta Data", "Signal");
    }

    private static void eds(Map<String, Object> image, double live, double real) {
        DmBuilder.tag(image, live, "EDS", "Live time");
        DmBuilder.tag(image, real, "EDS", "Real time");
        DmBuilder.tag(image, "SDD", "EDS", "Detector Info", "Detector type");
        DmBuilder.tag(image, 18.0, "EDS", "Detector Info", "Elevation angle");
        DmBuilder.tag(image, 45.0, "EDS", "Detector Info", "Azimuthal angle");
    }

    private static SpectrumImage map(Signal signal) {
        return signal.as(Signal.Maps.class).orElseThrow().maps().get(0);
    }

    private static double[] pixel(SpectrumImage map, int y, int x) {
        double[] values = new double[map.energy().channels()];
        map.addTo(y, x, values);
        return values;
    }

    private Recording read(int version, boolean little, Map<String, Object> image) throws IOException {
        Path file = folder.resolve("spectra.dm4");
        Files.write(file, DmBuilder.file(version, little, DmBuilder.root(List.of(image))));
        return DmFile.format().read(file);
    }
}
