package org.hyalite.io.ncem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.hyalite.io.DenseValues;
import org.hyalite.io.EmdBuilder;
import org.hyalite.io.MicroscopeFile;
import org.hyalite.io.ReferenceSignals;
import org.hyalite.io.format.Axis;
import org.hyalite.io.format.MalformedFileException;
import org.hyalite.io.format.Recording;
import org.hyalite.io.format.Signal;
import org.hyalite.io.format.UnsupportedFileException;
import org.hyalite.physics.Acquisition.Key;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Berkeley files: values of real ones against HyperSpy's; axes are told by unit and name, in whatever order they stand. */
class NcemFileTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "L2083_tilt15_crop16_DEV_ncem",
                "example_axis_len_1",
                "example_image",
                "example_metadata",
                "example_signal",
                "example_spectrum"
            })
    void valuesAndAxesAreThoseOfHyperSpy(String name) throws Exception {
        String path = "ncem-emd/" + name + ".emd";
        Path data = ReferenceSignals.folder();
        Recording recording = MicroscopeFile.open(data.resolve(path));
        for (String line : Files.readAllLines(data.resolve("reference-values.jsonl"))) {
            JsonNode entry = JsonMapper.shared().readTree(line);
            if (entry.path("path").asString().equals(path)) {
                JsonNode reference = entry.path("hyperspy_1_7_3").get(0);
                assertThat(recording.signals()).hasSize(1);
                assertThat(recording.signals().get(0).name())
                        .isEqualTo(reference.path("title").asString());
                DenseValues.assertAgrees(recording.signals().get(0), reference);
                return;
            }
        }
        throw new AssertionError("no reference values of " + path);
    }

    @Test
    void textsAndUnknownUnitsAreRefused() {
        Path data = ReferenceSignals.folder().resolve("ncem-emd");
        refused(data.resolve("example_object_dtype_data.emd"), "test_group.data_group.data holds texts");
        refused(data.resolve("example_bytes_string_metadata.emd"), "dim1 (test_name)", "'test_units'");
        Recording titled = MicroscopeFile.open(data.resolve("example_metadata.emd"));
        assertThat(titled.signals().get(0).acquisition().number(Key.BEAM_ENERGY))
                .contains(300.0);
    }

    /** Protects the turning of axes: a cube written in any order is the same cube. */
    @Test
    void aSpectrumImageIsTheSameInWhateverOrderItsAxesStand() {
        Random random = new Random(3);
        int[] size = {3, 4, 5};
        String[][] says = {{"y", "[n_m]"}, {"x", "[n_m]"}, {"Energy", "[eV]"}};
        int[][][] cube = new int[3][4][5];
        double[] expected = new double[60];
        for (int i = 0; i < 60; i++) {
            cube[i / 20][i / 5 % 4][i % 5] = random.nextInt(9);
            expected[i] = cube[i / 20][i / 5 % 4][i % 5];
        }
        for (int[] order : new int[][] {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}}) {
            int[][][] turned = new int[size[order[0]]][size[order[1]]][size[order[2]]];
            int[] at = new int[3];
            for (int i = 0; i < 60; i++) {
                at[0] = i / 20;
                at[1] = i / 5 % 4;
                at[2] = i % 5;
                turned[at[order[0]]][at[order[1]]][at[order[2]]] = (int) expected[i];
            }
            EmdBuilder emd = new EmdBuilder().array("data/map/data", turned, false, 2, 2, 2);
            emd.attribute("data/map", "emd_group_type", 1);
            for (int a = 0; a < 3; a++) {
                dim(emd, "data/map/dim" + (a + 1), says[order[a]][0], says[order[a]][1], 10, 20);
            }
            Signal signal = MicroscopeFile.open(emd.writeTo(folder.resolve("" + order[0] + order[1] + ".emd")))
                    .signals()
                    .get(0);
            assertThat(DenseValues.of(signal)).isEqualTo(expected);
            assertThat(signal.axes()).extracting(Axis::name).containsExactly("y", "x", "energy");
            assertThat(signal.axes().get(2).scale()).isEqualTo(0.01);
            assertThat(signal.acquisition().number(Key.PIXEL_SIZE)).contains(10.0);
        }
    }

    @Test
    void anAxisOfAnglesMakesATiltSeries() {
        EmdBuilder emd = new EmdBuilder().array("data/series/data", new float[3][2][4], false);
        emd.attribute("data/series", "emd_group_type", 1);
        dim(emd, "data/series/dim1", "angles", "[deg]", -60, 0, 70);
        dim(emd, "data/series/dim2", "y", "[n_m]", 0, 2);
        dim(emd, "data/series/dim3", "x", "[n_m]", 0, 2);
        Signal signal = MicroscopeFile.open(emd.writeTo(folder.resolve("tilts.emd")))
                .signals()
                .get(0);
        assertThat(signal.data().kind()).isEqualTo("tilt-series");
        assertThat(signal.acquisition().numbers(Key.TILTS)).contains(List.of(-60.0, 0.0, 70.0));
    }

    @Test
    void whatIsNoneOfTheseIsRefusedByItsReason() {
        EmdBuilder scan = new EmdBuilder().array("data/scan/data", new float[2][2][2][2], false);
        scan.attribute("data/scan", "emd_group_type", 1);
        refused(scan.writeTo(folder.resolve("4d.emd")), "four axes");
        refused(
                new EmdBuilder().array("a/b/c", new int[3], false).writeTo(folder.resolve("other.emd")),
                "neither a Velox");
        EmdBuilder newer = new EmdBuilder().array("root/image/data", new int[3], false);
        newer.attribute("", "emd_group_type", "file").attribute("", "version_major", 1);
        refused(newer.writeTo(folder.resolve("v1.emd")), "version 1");
        EmdBuilder uneven = new EmdBuilder().array("data/image/data", new float[2][5], false);
        uneven.attribute("data/image", "emd_group_type", 1);
        dim(uneven, "data/image/dim2", "x", "[nm]", 0, 1, 2);
        assertThatThrownBy(() -> MicroscopeFile.open(uneven.writeTo(folder.resolve("uneven.emd"))))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContainingAll("uneven.emd", "data.image.dim2", "3 coordinates for 5 steps");
    }

    private static void dim(EmdBuilder emd, String path, String name, String unit, double... values) {
        emd.array(path, values, false).attribute(path, "name", name).attribute(path, "units", unit);
    }

    private static void refused(Path file, String... why) {
        assertThatThrownBy(() -> MicroscopeFile.open(file))
                .isInstanceOf(UnsupportedFileException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContainingAll(why);
    }
}
