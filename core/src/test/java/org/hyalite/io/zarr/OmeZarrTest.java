package org.hyalite.io.zarr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.hyalite.io.PythonReader;
import org.hyalite.io.format.MicroscopeFileException;
import org.hyalite.io.format.Recording;
import org.hyalite.io.format.Signal;
import org.hyalite.physics.Acquisition.Key;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Protects volumes on their way to viewers: channels, sizes and the pyramid, and the refusal of damaged folders. */
class OmeZarrTest {
    @TempDir
    Path folder;

    private final Random random = new Random(41);

    private float[][] volumes(int channels, int size) {
        float[][] all = new float[channels][size];
        for (float[] one : all) {
            for (int i = 0; i < size; i++) {
                one[i] = (float) random.nextGaussian();
            }
        }
        return all;
    }

    private static void write(Path file, float[][] volumes, String[] names, int[] shape, double... nm) {
        List<OmeZarrWriter.Channel> channels = new ArrayList<>();
        for (int c = 0; c < volumes.length; c++) {
            float[] one = volumes[c];
            channels.add(new OmeZarrWriter.Channel(names[c], (z, y, x) -> one[(z * shape[1] + y) * shape[2] + x]));
        }
        OmeZarrWriter.write(file, "glass", channels, shape, nm, "atoms/nm³");
    }

    @Test
    void anyVolumesComeBackWhole() {
        for (int round = 0; round < 25; round++) {
            int[] shape = {2 + random.nextInt(20), 1 + random.nextInt(20), 1 + random.nextInt(90)};
            String[] names = {"Co", "Zn", "O"};
            float[][] volumes = volumes(1 + random.nextInt(3), shape[0] * shape[1] * shape[2]);
            double nm = Math.exp(random.nextGaussian());
            boolean known = round % 4 != 0;
            Path file = folder.resolve("v.ome.zarr");
            double step = known ? nm : Double.NaN;
            write(file, volumes, names, shape, step, step, step);
            Recording recording = OmeZarrFile.format().read(file);
            assertThat(recording.warnings()).isEmpty();
            assertThat(recording.signals()).hasSize(volumes.length);
            for (int c = 0; c < volumes.length; c++) {
                Signal signal = recording.signals().get(c);
                assertThat(signal.name()).isEqualTo(names[c]);
                Signal.Stack stack = signal.as(Signal.Stack.class).orElseThrow();
                assertThat(stack.volume()).isTrue();
                assertThat(stack.images()).hasSize(shape[0]);
                int plane = shape[1] * shape[2];
                double sum = 0;
                for (int z = 0; z < shape[0]; z++) {
                    float[] expected = Arrays.copyOfRange(volumes[c], z * plane, (z + 1) * plane);
                    assertThat(stack.images().get(z).values()).isEqualTo(expected);
                    for (float v : expected) {
                        sum += v;
                    }
                }
                assertThat(signal.statistics().sum()).isCloseTo(sum, within(1e-6));
                assertThat(signal.axes().get(0).scale()).isEqualTo(known ? nm : 1);
                assertThat(signal.axes().get(0).unit()).isEqualTo(known ? "nm" : "");
                assertThat(signal.acquisition().known().containsKey(Key.PIXEL_SIZE))
                        .isEqualTo(known);
            }
        }
    }

    /** Zarr's own library reads every level; the mean stays, and coarser voxels lie between finer ones. */
    @Test
    void zarrReadsThePyramid() {
        int[] shape = {70, 66, 130};
        float[][] volumes = volumes(2, shape[0] * shape[1] * shape[2]);
        Path file = folder.resolve("pyramid.ome.zarr");
        write(file, volumes, new String[] {"Co", "Zn"}, shape, 2, 2, 2);
        JsonNode seen = PythonReader.read(folder, "import zarr", """
                import numpy
                g = zarr.open_group(path, mode="r")
                m = g.attrs["multiscales"][0]
                levels = [g[d["path"]][...] for d in m["datasets"]]
                a = levels[0]
                mean = a[:, :, :, :].reshape(2, 35, 2, 33, 2, 65, 2).mean(axis=(2, 4, 6))
                out = [m["version"], [x["name"] + ":" + x["type"] + ":" + x.get("unit", "") for x in m["axes"]],
                       [list(l.shape) for l in levels], str(a.dtype), float(a[1, 69, 65, 129]),
                       float(abs(levels[1] - mean).max()),
                       [d["coordinateTransformations"] for d in m["datasets"]],
                       [[c["label"], c["color"], c["window"]["max"] - float(a[i].max())]
                        for i, c in enumerate(g.attrs["omero"]["channels"])],
                       list(g[m["datasets"][0]["path"]].chunks)]
                """, file);
        assertThat(seen.get(0).asString()).isEqualTo("0.4");
        assertThat(seen.get(1).toString())
                .isEqualTo("[\"c:channel:\",\"z:space:nanometer\",\"y:space:nanometer\",\"x:space:nanometer\"]");
        assertThat(seen.get(2).toString()).isEqualTo("[[2,70,66,130],[2,35,33,65],[2,18,17,33]]");
        assertThat(seen.get(3).asString()).isEqualTo("float32");
        assertThat((float) seen.get(4).asDouble()).isEqualTo(volumes[1][volumes[1].length - 1]);
        assertThat(seen.get(5).asDouble()).isLessThan(1e-6);
        assertThat(seen.get(6).get(2).toString())
                .isEqualTo("[{\"type\":\"scale\",\"scale\":[1.0,8.0,8.0,8.0]},"
                        + "{\"type\":\"translation\",\"translation\":[0.0,3.0,3.0,3.0]}]");
        assertThat(seen.get(7).toString()).isEqualTo("[[\"Co\",\"FF0000\",0.0],[\"Zn\",\"0000FF\",0.0]]");
        assertThat(seen.get(8).get(0).asInt()).as("channels lie apart").isEqualTo(1);
    }

    @Test
    void otherProgramsAxesAndUnitsAreRead() throws IOException {
        Path file = folder.resolve("other.zarr");
        write(file, volumes(2, 24), new String[] {"a", "b"}, new int[] {2, 3, 4}, 1, 1, 1);
        Path attributes = file.resolve(".zattrs");
        String whole = Files.readString(attributes);
        Files.writeString(attributes, whole.replace("nanometer", "angstrom").replace("\"label\"", "\"other\""));
        Signal signal = OmeZarrFile.format().read(file).signals().get(1);
        assertThat(signal.name()).isEqualTo("glass channel 2");
        assertThat(signal.axes().get(2).scale()).isCloseTo(0.1, within(1e-15));
        Files.writeString(
                attributes,
                "{\"multiscales\": [{\"axes\": [\"t\", \"z\", \"y\", \"x\"],"
                        + " \"datasets\": [{\"path\": \"0\"}]}]}");
        Recording bare = OmeZarrFile.format().read(file);
        assertThat(bare.signals()).extracting(Signal::name).containsExactly("time 1", "time 2");
        assertThat(bare.signals().get(0).axes().get(0).unit()).isEmpty();
        for (String[] wrong : new String[][] {
            {"\"path\" : \"0\"", "\"path\" : \"../../etc\"", "path"},
            {"\"path\" : \"0\"", "\"path\" : \"7\"", "missing"},
            {"\"name\" : \"z\"", "\"name\" : \"q\"", "'q'"},
            {"\"name\" : \"z\"", "\"name\" : \"y\"", "each once"},
            {"\"type\" : \"scale\"", "\"type\" : \"affine\"", "affine"},
            {"[ 1.0, 1.0, 1.0, 1.0 ]", "[ 1.0, 1.0 ]", "2 numbers for 4 axes"},
            {"[ 1.0, 1.0, 1.0, 1.0 ]", "[ 1.0, 1.0, 0.0, 1.0 ]", "scale of 0"},
            {"\"multiscales\"", "\"labels\"", "multiscales"}
        }) {
            assertThat(whole).contains(wrong[0]);
            Files.writeString(attributes, whole.replace(wrong[0], wrong[1]));
            assertThatThrownBy(() -> OmeZarrFile.format().read(file))
                    .isInstanceOf(MicroscopeFileException.class)
                    .hasMessageContainingAll(file.toString(), wrong[2]);
        }
    }

    @Test
    void damagedFoldersAreReadOrRefusedByName() throws IOException {
        Path file = folder.resolve("hurt.ome.zarr");
        write(file, volumes(2, 2 * 3 * 5), new String[] {"Co", "Zn"}, new int[] {2, 3, 5}, 1, 1, 1);
        List<Path> parts;
        try (Stream<Path> all = Files.walk(file)) {
            parts = all.filter(Files::isRegularFile).sorted().toList();
        }
        int refused = 0;
        for (Path part : parts) {
            byte[] whole = Files.readAllBytes(part);
            for (int i = 0; i < 150; i++) {
                byte[] damaged = i < 30 ? Arrays.copyOf(whole, whole.length * i / 30) : whole.clone();
                if (i >= 30) {
                    damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
                }
                Files.write(part, damaged);
                try {
                    assertThat(OmeZarrFile.format().read(file).signals()).isNotEmpty();
                } catch (MicroscopeFileException e) {
                    refused++;
                    assertThat(e.getMessage()).contains(file.toString()).doesNotContain("\n", "cannot be read: ");
                }
            }
            Files.write(part, whole);
        }
        assertThat(refused).isGreaterThan(100);
    }

    @Test
    void whatIsNotOursIsNotReplaced() throws IOException {
        Path there = Files.createDirectory(folder.resolve("mine.zarr"));
        Files.writeString(there.resolve("notes.txt"), "mine");
        assertThatThrownBy(() -> write(there, volumes(1, 1), new String[] {"a"}, new int[] {1, 1, 1}, 1, 1, 1))
                .hasMessageContaining("not replaced");
        assertThat(there.resolve("notes.txt")).exists();
        float[][] bad = {{Float.NaN}};
        Path file = folder.resolve("nan.zarr");
        assertThatThrownBy(() -> write(file, bad, new String[] {"a"}, new int[] {1, 1, 1}, 1, 1, 1))
                .hasMessageContaining("NaN");
        assertThat(file).doesNotExist();
    }
}
