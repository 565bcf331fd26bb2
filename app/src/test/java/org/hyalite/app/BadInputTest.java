package org.hyalite.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Protects users from being left alone with a bad file: one line that names file, place and remedy, and a clean folder. */
class BadInputTest {
    private static final String TEM = "Experiments/EDS/metadata/Acquisition_instrument/TEM/.zattrs";

    @TempDir
    Path temp;

    private Path twin;
    private Path experiment;
    private Path adf;
    private Path results;

    @BeforeEach
    void copy() throws IOException {
        twin = Experiments.sampleTo(temp.resolve("twin"));
        experiment = twin.resolve("experiment.yaml");
        adf = twin.resolve("sample/adf.mrc");
        results = temp.resolve("results");
    }

    private void refused(String... words) throws IOException {
        Said.by("run", experiment, "-o", results, "--no-figures").refused(2, words);
        nothingHalfWritten();
    }

    private void nothingHalfWritten() throws IOException {
        if (!Files.exists(results)) {
            return;
        }
        try (Stream<Path> all = Files.walk(results)) {
            assertThat(all.filter(Files::isRegularFile).map(p -> p.getFileName().toString()))
                    .noneMatch(n -> n.endsWith(".part") || n.startsWith("density") || n.equals("phases.json"));
        }
    }

    @Test
    void missingAngles() throws IOException {
        Files.delete(twin.resolve("sample/adf.rawtlt"));
        refused("adf.mrc", "image 0", "tilts: [...]");
    }

    @Test
    void anotherNumberOfAnglesThanImages() throws IOException {
        Files.writeString(twin.resolve("sample/adf.rawtlt"), "-70\n0\n35\n70\n");
        refused("adf.", "4", "3");
    }

    @Test
    void anotherNumberOfTiltsInTheExperimentFile() throws IOException {
        Experiments.replace(experiment, "  tilt_axis: y", "  tilts: [-70, 0]\n  tilt_axis: y");
        refused("sample/eds", "3 images", "lists 2", "eds_tilts");
    }

    @Test
    void pixelSizeOfZero() throws IOException {
        overwrite(adf, 40, new byte[12]);
        refused("adf.mrc", "pixel size", "cell");
    }

    @Test
    void pixelThatIsNotANumber() throws IOException {
        overwrite(adf, 1024 + 4 * (256 + 35), floats(Float.NaN));
        refused("adf.mrc", "image 1", "y 2, x 3", "NaN");
    }

    @Test
    void negativeCounts() throws IOException {
        Path rpl = ripple("signed", 2, "little-endian", "depth-scale\t0.01\ndepth-origin\t0\ndepth-units\tkeV\n");
        overwrite(temp.resolve("map.raw"), 2 * (300 + 7), new byte[] {-5, -1});
        Said.by("counts", rpl, "-l", "Fe_Ka", "--beam-energy", 80, "-o", results)
                .refused(2, "map.r", "channel 7", "-5");
    }

    @Test
    void spectraWithoutEnergies() throws IOException {
        Path rpl = ripple("unsigned", 2, "little-endian", "");
        Said.by("counts", rpl, "-l", "Fe_Ka", "--beam-energy", 80, "-o", results)
                .refused(2, "map.rpl", "energy axis has no unit", "depth-scale");
    }

    @Test
    void aCalibrationOfAnotherMicroscope() throws IOException {
        calibrated();
        Experiments.replace(experiment, "  name: ER-C Titan .simulated.", "  name: Osiris");
        refused("calibration.json", "ER-C Titan", "Osiris");
    }

    @Test
    void twoDifferentCurrents() throws IOException {
        calibrated();
        Experiments.replace(experiment, "microscope:", "microscope:\n  beam_current_nA: 0.5");
        refused("tilt_-70.zspy", "0.9", "0.5", "take one of them out");
    }

    @Test
    void liveTimeThatMayBeMeantPerMapOrPerPixel() throws IOException {
        calibrated();
        for (String tilt : new String[] {"-70", "0", "70"}) {
            Path map = twin.resolve("sample/eds/tilt_" + tilt + ".zspy");
            Experiments.replace(map.resolve(TEM), ",\\s*\"dwell_time\"[^}]*", "");
            Path detector = map.resolve("Experiments/EDS/metadata/Acquisition_instrument/TEM/Detector");
            Experiments.replace(
                    detector.resolve("EDS/.zattrs"), "\"live_time\"\\s*:\\s*[^,}\\s]+", "\"live_time\": 12.5");
            Experiments.replace(detector.resolve("Hyalite/.zattrs"), "\"eds_live_time_per\"", "\"as others write it\"");
        }
        refused("tilt_-70.zspy", "12.5", "dwell_time_s");
    }

    @ParameterizedTest
    @CsvSource({
        "'  bin: 1','  bim: 1','unknown key','bin'",
        "'  Co: .Ka, Kb.','  Xq: [Ka]','unknown element','Xq'",
        "'  Co: .Ka, Kb.','  Co: [Ka, Kz]','Kz','Ka'",
        "'  Co: .Ka, Kb.','  Pb: [Ka]','Pb_Ka','above the beam energy'",
        "'  Co: .Ka, Kb.','  Pb: [La]','Pb_La','keV'",
        "'  Co: .Ka, Kb.','  U: [Ka]','U','keV'",
        "'sample/eds/[*].zspy','sample/eds/nothing_*.zspy','nothing_','no such file matches'"
    })
    void slipsInTheExperimentFile(String there, String wrong, String first, String second) throws IOException {
        Experiments.replace(experiment, "phases: .*", "");
        Experiments.replace(experiment, there, wrong);
        refused(first, second);
    }

    @Test
    void twoMapsAtTheSameTilt() throws IOException {
        Experiments.copy(twin.resolve("sample/eds/tilt_0.zspy"), twin.resolve("sample/eds/tilt_1.zspy"));
        refused("tilt_0.zspy", "tilt_1.zspy", "tilt of 0.0°", "tilt_from_name");
    }

    @Test
    void mapWithoutAnAdfImage() throws IOException {
        Files.writeString(twin.resolve("sample/adf.rawtlt"), "-60\n0\n70\n");
        refused("tilt_-70.zspy", "no ADF image", "-70", "-60");
    }

    @Test
    void imagesAndMapsOfDifferentSizes() throws IOException {
        Said.by("simulate", "--size", 18, "--tilts", 3, "-o", temp.resolve("other"))
                .worked();
        Experiments.delete(adf);
        Files.copy(temp.resolve("other/sample/adf.mrc"), adf);
        refused("18 × 18", "16 × 16");
    }

    @Test
    void outputFolderThatIsAFile() throws IOException {
        Files.writeString(results, "mine");
        Said.by("run", experiment, "-o", results).refused(2, "results", "cannot be written", "another output folder");
        assertThat(results).hasContent("mine");
    }

    @Test
    void outputAmongTheRecordedFiles() throws IOException {
        Said.by("run", experiment, "-o", twin).refused(2, "own folder", "-o");
        Said.by("convert", adf, adf).refused(2, "adf.mrc", "input itself");
        Said.by("reconstruct", adf, "-o", adf).refused(2, "adf.mrc", "input itself");
    }

    @Test
    void outputFileBelowAFile() throws IOException {
        Files.writeString(temp.resolve("mine"), "mine");
        Said.by("convert", adf, temp.resolve("mine/adf.zspy")).refused(1, "adf.zspy", "cannot be written");
        assertThat(temp.resolve("mine")).hasContent("mine");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 500, 1024, 1500, 4095})
    void truncatedMrc(int length) throws IOException {
        cut(adf, length);
        refused("adf.mrc");
    }

    @Test
    void truncatedZspy() throws IOException {
        cut(chunk(), 20);
        refused("tilt_0.zspy");
    }

    @Test
    void flippedZspy() throws IOException {
        Path chunk = chunk();
        overwrite(chunk, Files.size(chunk) / 2, new byte[] {-1, 0, -1, 0, -1, 0, -1, 0});
        refused("tilt_0.zspy");
    }

    @Test
    void truncatedRipple() throws IOException {
        Path rpl = ripple("unsigned", 2, "little-endian", "");
        cut(temp.resolve("map.raw"), 100);
        Said.by("info", rpl).refused(2, "map.r", "100");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"hspy/L2083_tilt15_crop48_DEV.hspy", "bruker/30x30_instructively_packed_16bit_compressed.bcf"})
    void truncatedAndFlippedRealFiles(String name) throws IOException {
        Path real = Path.of(System.getProperty("hyalite.data", "")).resolve(name);
        assumeThat(real)
                .as("real microscope files (system property hyalite.data)")
                .exists();
        Path file = temp.resolve(real.getFileName());
        Files.copy(real, file);
        cut(file, Files.size(file) / 2);
        Said.by("info", file).refused(2, file.toString());
        Files.delete(file);
        Files.copy(real, file);
        overwrite(file, 0, new byte[] {0, 0, 0, 0});
        Said.by("info", file).refused(2, file.toString());
    }

    @Test
    void fileThatIsNotThereOrOfNoKnownFormat() throws IOException {
        Said.by("info", temp.resolve("no.mrc")).refused(2, "no.mrc", "no such file");
        Path odd = Files.writeString(temp.resolve("notes.txt"), "hello");
        Said.by("info", odd).refused(2, "notes.txt", "format");
        Said.by("run", temp.resolve("no.yaml"), "-o", results).refused(2, "no.yaml", "no such file");
        Said.by("phases", temp.resolve("nowhere")).refused(2, "nowhere", "hyalite run");
        Said.by("phases", twin).refused(2, "density_", "hyalite run");
    }

    @Test
    void wrongUsage() {
        Said.by("run").refused(2, "experiment.yaml", "--help");
        Said.by("rnu").refused(2, "rnu", "--help");
        Said.by().refused(2, "hyalite demo");
        Said.by("run", experiment, "-o", results, "--threads", 0).refused(2, "--threads", "1…4096");
        Said.by("run", experiment, "-o", results, "--memory", -1).refused(2, "--memory", "positive");
        Said.by("simulate", "--kind", "glass", "-o", results).refused(2, "glass", "segregated");
        Said.by("simulate", "--tilts", 4, "-o", results).refused(2, "4 tilts", "odd");
        Said.by("simulate", "-o", temp).refused(2, "not empty", "another folder");
        Said.by("counts", adf, "-l", "Co_Ka", "-o", results).refused(2, "adf.mrc", "no spectrum image");
        Said.by("counts", adf, "-l", "Co", "-o", results).refused(2, "Co");
        Said.by("reconstruct", adf, "-o", temp.resolve("v.tif")).refused(2, "v.tif", ".mrc");
        Said.by("reconstruct", adf, "-o", temp.resolve("v.mrc"), "--weight", "much")
                .refused(2, "much", "auto");
        Said.by("convert", adf, temp.resolve("adf.xyz")).refused(2, "adf.xyz", ".zspy");
        Said.by("calibrate", experiment, "-o", temp.resolve("c.json")).refused(2, "no standards");
    }

    @Test
    void tooLittleMemoryIsSaidBeforeTheWork() throws IOException {
        Said.by("run", experiment, "-o", results, "--memory", 0.0001).refused(2, "memory", "spectra.bin: 2");
        nothingHalfWritten();
    }

    @Test
    void debugShowsWhere() {
        Said said = Said.by("info", temp.resolve("no.mrc"), "--debug");
        assertThat(said.code()).isEqualTo(2);
        assertThat(said.err()).contains("\tat org.hyalite");
    }

    /** Pretends that a calibration was made, so that doses are asked for. */
    private void calibrated() throws IOException {
        Files.writeString(twin.resolve("calibration.json"), """
                {"microscope": "ER-C Titan (simulated)", "holder": null, "beam_energy_keV": 80, "detectors": [],
                 "line_definition": {"method": "fit", "widths_keV": {}}, "date": "2026-01-01",
                 "cross_sections": [%s, %s, %s, %s]}
                """.formatted(
                        sigma("Co", "Ka"), sigma("Co", "Kb"), sigma("Zn", "Ka"), sigma("Zn", "Kb")));
        Experiments.replace(experiment, "sample:", "calibration: calibration.json\nsample:");
    }

    private static String sigma(String element, String line) {
        return """
                {"element": "%s", "line": "%s", "sigma_barn": 2.5, "standard_error_barn": 0.1, "intercept_counts": 0,
                 "intercept_standard_error_counts": 1, "curvature_per_nm": 0, "curvature_standard_error_per_nm": 1,
                 "r_squared": 0.9, "pixels": 100, "budget": {}, "particles": []}""".formatted(element, line);
    }

    /** An empty map of 2 × 2 pixels and 300 channels in Ripple's two files. */
    private Path ripple(String type, int bytes, String order, String calibration) throws IOException {
        Files.write(temp.resolve("map.raw"), new byte[2 * 2 * 300 * bytes]);
        return Files.writeString(
                temp.resolve("map.rpl"),
                "key\tvalue\nwidth\t2\nheight\t2\ndepth\t300\noffset\t0\ndata-type\t" + type + "\ndata-length\t" + bytes
                        + "\nbyte-order\t" + order + "\nrecord-by\tvector\nsignal\tEDS_TEM\n" + calibration);
    }

    private Path chunk() throws IOException {
        try (Stream<Path> all = Files.walk(twin.resolve("sample/eds/tilt_0.zspy"))) {
            return all.filter(p -> p.getFileName().toString().matches("[0-9].*") && Files.isRegularFile(p))
                    .max(java.util.Comparator.comparingLong(p -> p.toFile().length()))
                    .orElseThrow();
        }
    }

    private static byte[] floats(float value) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putFloat(value)
                .array();
    }

    private static void overwrite(Path file, long at, byte[] bytes) throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            open.seek(at);
            open.write(bytes);
        }
    }

    private static void cut(Path file, long length) throws IOException {
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
            open.setLength(length);
        }
    }
}
