package org.hyalite.io.bcf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.hyalite.grid.Image;
import org.hyalite.grid.SpectrumImage;
import org.hyalite.io.SmallMemory;
import org.hyalite.io.bcf.BcfBuilder.Packing;
import org.hyalite.io.format.Axis;
import org.hyalite.io.format.MalformedFileException;
import org.hyalite.io.format.Recording;
import org.hyalite.io.format.Signal;
import org.hyalite.io.format.UnsupportedFileException;
import org.hyalite.physics.Acquisition;
import org.hyalite.physics.Acquisition.Key;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Maps made here, part by part, are read as they were made; impossible parts are refused by name. */
class BcfFileTest {
    @TempDir
    Path folder;

    /** Protects each way of packing by itself, with counts that need every width of number. */
    @ParameterizedTest
    @EnumSource(Packing.class)
    void everyPackingGivesTheCountsThatWerePacked(Packing packing) throws IOException {
        int[][][] counts = counts(3, 5, 300, packing.name().startsWith("INSTRUCTIONS") ? 100_000 : 9, 1);
        Recording recording = read(entries(counts, packing), 4096);
        assertCounts(recording, counts);
    }

    /** Protects the chains of chunks: small chunks make the folder and the lists of chunks longer than one. */
    @Test
    void foldersAndListsMayBeLongerThanAChunk() throws IOException {
        int[][][] counts = counts(20, 20, 256, 12, 2);
        Map<String, byte[]> entries = entries(counts, Packing.PULSES_16);
        assertThat(entries.get("SpectrumData0").length).isGreaterThan((1024 - 32) / 4 * (1024 - 32));
        assertCounts(read(entries, 1024), counts);
    }

    /** Protects against sizes that would fill the memory: the map is refused before it is made. */
    @Test
    void aMapThatDoesNotFitTheMemoryIsRefused() throws IOException {
        Map<String, byte[]> entries = entries(counts(1, 1, 16, 3, 4), Packing.PULSES_16);
        String header = new String(entries.get("HeaderData"), java.nio.charset.StandardCharsets.ISO_8859_1)
                .replace("<Width>1</Width>", "<Width>4096</Width>")
                .replace("<Height>1</Height>", "<Height>4096</Height>")
                .replace("<PlaneCount>2</PlaneCount>", "<PlaneCount>0</PlaneCount>");
        entries.put("HeaderData", BcfBuilder.text(header));
        java.nio.ByteBuffer.wrap(entries.get("SpectrumData0"))
                .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                .putInt(4096)
                .putInt(4096);
        Path file = folder.resolve("large.bcf");
        Files.write(file, BcfBuilder.container(entries, 4096));
        assertThat(SmallMemory.read(file)).contains("large.bcf: its map of 4096 × 4096 pixels needs 384 MiB of memory");
    }

    @Test
    void compressedEntriesAreInflatedBlockByBlock() throws IOException {
        int[][][] counts = counts(6, 7, 128, 30, 3);
        Map<String, byte[]> entries = entries(counts, Packing.values());
        entries.replaceAll((name, bytes) -> BcfBuilder.compressed(bytes, 1000));
        assertCounts(read(entries, 1024), counts);
    }

    @Test
    void imagesAxesAndMetadataAreInTheProjectsUnitsWithTheirTags() throws IOException {
        int[][][] counts = counts(3, 5, 64, 9, 4);
        Recording recording = read(entries(counts, Packing.PULSES_12), 4096);
        assertThat(recording.signals()).extracting(Signal::name).containsExactly("HAADF", "EDX");
        Signal picture = recording.signals().get(0);
        Image image = picture.as(Signal.Picture.class).orElseThrow().image();
        assertThat(image.at(2, 3)).isEqualTo(203);
        assertThat(image.pixelNm()).isEqualTo(2.5);
        assertThat(picture.statistics().max()).isEqualTo(204);
        Signal map = recording.signals().get(1);
        assertThat(map.axes())
                .containsExactly(
                        new Axis("y", 3, 2.5, 0, "nm"),
                        new Axis("x", 5, 2.5, 0, "nm"),
                        new Axis("energy", 64, 0.01, -0.2, "keV"));
        Acquisition known = map.acquisition();
        assertThat(known.number(Key.BEAM_ENERGY)).contains(80.0);
        assertThat(known.source(Key.BEAM_ENERGY)).contains("TRTSEMData/HV");
        assertThat(known.number(Key.TILT)).contains(-12.5);
        assertThat(known.source(Key.TILT)).contains("TRTSEMStageData/Tilt");
        // 16 µs · 4 · 2 · 5 pixels · 25 scans of a line
        assertThat(known.number(Key.REAL_TIME).orElseThrow()).isCloseTo(0.016, within(1e-12));
        // 2.3548 √(5.5e-4 + 4.3e-4 · 5.896) keV
        assertThat(known.number(Key.ENERGY_RESOLUTION).orElseThrow()).isCloseTo(130.8, within(0.1));
        assertThat(known.names(Key.ELEMENTS)).containsExactly("Co", "Zn");
        assertThat(known.names(Key.DETECTORS)).containsExactly("SuperX, elevation 18.0 deg, azimuth 45.0 deg");
        assertThat(known.known()).doesNotContainKeys(Key.LIVE_TIME, Key.DWELL_TIME, Key.BEAM_CURRENT);
    }

    @Test
    void missingPixelSizeIsLeftOpen() throws IOException {
        int[][][] counts = counts(3, 5, 64, 9, 5);
        String header = BcfBuilder.header(counts).replace("<DX>0,0025</DX><DY>0,0025</DY>", "");
        Recording recording = read(entries(header, BcfBuilder.cube(counts, Packing.PULSES_12)), 4096);
        Signal map = recording.signals().get(1);
        assertThat(map.acquisition().number(Key.PIXEL_SIZE)).isEmpty();
        assertThat(map.axes().get(0)).isEqualTo(new Axis("y", 3, 1, 0, ""));
        assertThat(map.as(Signal.Maps.class).orElseThrow().maps().get(0).pixelNm())
                .isNaN();
    }

    @Test
    void pixelsThatAreNotSquareHaveNoPixelSizeAndAWarning() throws IOException {
        int[][][] counts = counts(3, 5, 64, 9, 5);
        String header = BcfBuilder.header(counts).replace("<DY>0,0025</DY>", "<DY>0.005</DY>");
        Recording recording = read(entries(header, BcfBuilder.cube(counts, Packing.PULSES_12)), 4096);
        assertThat(recording.warnings()).singleElement().asString().contains("not square");
        assertThat(recording.signals().get(1).acquisition().number(Key.PIXEL_SIZE))
                .isEmpty();
        assertThat(recording.signals().get(1).axes().get(0).scale()).isEqualTo(5);
    }

    /** Protects against values that would poison everything after, each refused by its tag. */
    @Test
    void impossibleHeadersAreRefusedByTag() {
        int[][][] counts = counts(3, 5, 64, 9, 6);
        refuses(counts, "<DX>0,0025</DX>", "<DX>0</DX>", "TRTSEMData/DX");
        refuses(counts, "<DX>0,0025</DX>", "<DX>nan</DX>", "TRTSEMData/DX");
        refuses(counts, "<CalibLin>1E-2", "<CalibLin>0", "CalibLin");
        refuses(counts, "<CalibLin>1E-2", "<CalibLin>1E999", "CalibLin");
        refuses(counts, "<CalibAbs>-2E-1</CalibAbs>", "", "CalibAbs");
        refuses(counts, "<ChannelCount>64", "<ChannelCount>64000000", "ChannelCount");
        refuses(counts, "<ChannelCount>64", "<ChannelCount>20", "SpectrumData0 byte");
        refuses(counts, "<Width>5", "<Width>6", "Plane0/Data");
        refuses(counts, "<ItemSize>2", "<ItemSize>3", "ItemSize");
        refuses(counts, "<Element>27", "<Element>127", "Element");
        refuses(counts, "<LineCounter>10,", "<LineCounter>1x,", "LineCounter");
        refuses(counts, "</SpectrumData0>", "", "line ");
        refuses(
                counts,
                "<TRTSpectrumDatabase><RTHeader/>",
                "<!DOCTYPE a [<!ENTITY b \"c\">]><TRTSpectrumDatabase>",
                "line ");
    }

    @Test
    void spectraThatTheHeaderNamesMustBeThere() {
        int[][][] counts = counts(3, 5, 64, 9, 7);
        Map<String, byte[]> entries = entries(counts, Packing.PULSES_12);
        entries.remove("SpectrumData0");
        assertThatThrownBy(() -> read(entries, 4096))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining("SpectrumData0");
    }

    @Test
    void spectraOfAnotherSizeThanTheImageAreRefused() {
        Map<String, byte[]> entries = entries(
                BcfBuilder.header(counts(3, 5, 64, 9, 8)), BcfBuilder.cube(counts(3, 6, 64, 9, 8), Packing.PULSES_16));
        assertThatThrownBy(() -> read(entries, 4096))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining("3 × 6")
                .hasMessageContaining("3 × 5");
    }

    @Test
    void containerWithoutAMapIsUnsupported() {
        assertThatThrownBy(() -> read(Map.of("Orientations", new byte[10]), 4096))
                .isInstanceOf(UnsupportedFileException.class)
                .hasMessageContaining("Orientations");
    }

    @Test
    void filesAreRecognisedByName() {
        assertThat(BcfFile.format().recognises(Path.of("a/b.BCF"))).isTrue();
        assertThat(BcfFile.format().recognises(Path.of("a/b.spx"))).isFalse();
    }

    @Test
    void missingFileIsRefusedLikeADamagedOne() {
        assertThatThrownBy(() -> BcfFile.format().read(folder.resolve("none.bcf")))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining("none.bcf");
    }

    private void refuses(int[][][] counts, String sound, String wrong, String place) {
        String header = BcfBuilder.header(counts);
        assertThat(header).contains(sound);
        Map<String, byte[]> entries = entries(header.replace(sound, wrong), BcfBuilder.cube(counts, Packing.PULSES_12));
        assertThatThrownBy(() -> read(entries, 4096))
                .as(wrong)
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining("map.bcf")
                .hasMessageContaining(place);
    }

    private static Map<String, byte[]> entries(int[][][] counts, Packing... packings) {
        return entries(BcfBuilder.header(counts), BcfBuilder.cube(counts, packings));
    }

    private static Map<String, byte[]> entries(String header, byte[] cube) {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("HeaderData", BcfBuilder.text(header));
        entries.put("SpectrumData0", cube);
        return entries;
    }

    private Recording read(Map<String, byte[]> entries, int chunkSize) throws IOException {
        Path file = folder.resolve("map.bcf");
        Files.write(file, BcfBuilder.container(entries, chunkSize));
        return BcfFile.format().read(file);
    }

    /** Random counts; every third pixel is empty. */
    static int[][][] counts(int ny, int nx, int channels, int most, long seed) {
        Random random = new Random(seed);
        int[][][] counts = new int[ny][nx][channels];
        for (int i = 0; i < ny * nx; i++) {
            for (int c = 0; c < channels && i % 3 != 1; c++) {
                // mostly small numbers, some up to the greatest
                counts[i / nx][i % nx][c] = (int) (most * Math.pow(random.nextDouble(), 4));
            }
        }
        counts[0][0][channels - 1] = 1;
        return counts;
    }

    private static void assertCounts(Recording recording, int[][][] counts) {
        assertThat(recording.warnings()).isEmpty();
        Signal signal = recording.of(Signal.Maps.class).get(0);
        SpectrumImage map = signal.as(Signal.Maps.class).orElseThrow().maps().get(0);
        double sum = 0;
        double max = 0;
        double[] pixel = new double[map.energy().channels()];
        for (int y = 0; y < counts.length; y++) {
            for (int x = 0; x < counts[0].length; x++) {
                Arrays.fill(pixel, 0);
                map.addTo(y, x, pixel);
                for (int c = 0; c < pixel.length; c++) {
                    assertThat(pixel[c]).isEqualTo(counts[y][x][c]);
                    sum += pixel[c];
                    max = Math.max(max, pixel[c]);
                }
            }
        }
        assertThat(signal.statistics().sum()).isEqualTo(sum);
        assertThat(signal.statistics().min()).isZero();
        assertThat(signal.statistics().max()).isEqualTo(max);
    }
}
