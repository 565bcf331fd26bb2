package org.hyalite.io.surface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.hyalite.grid.LevelSurface;
import org.hyalite.grid.Mesh;
import org.hyalite.grid.Volume;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Protects surfaces in files: every byte is where the format's specification has it, and holds what the mesh holds. */
class SurfaceWriterTest {
    private static final String ABOUT = "größe of \"Co\"\nat 0.5";

    @TempDir
    Path folder;

    private final Mesh mesh = mesh();

    private static Mesh mesh() {
        Random random = new Random(71);
        Volume volume = Volume.zeros(5, 6, 7, 2.5);
        for (int i = 0; i < volume.blocks()[0].length; i++) {
            volume.blocks()[0][i] = random.nextFloat();
        }
        return LevelSurface.of(volume, 0.5);
    }

    private ByteBuffer written(String name) throws IOException {
        Path file = folder.resolve(name);
        SurfaceWriter.write(file, mesh, ABOUT);
        return ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void assertVector(ByteBuffer bytes, float[] vectors, int vertex) {
        for (int axis = 0; axis < 3; axis++) {
            assertThat(bytes.getFloat()).isEqualTo(vectors[3 * vertex + axis]);
        }
    }

    @Test
    void plyHoldsVerticesNormalsAndFaces() throws IOException {
        ByteBuffer bytes = written("s.ply");
        String text = StandardCharsets.US_ASCII.decode(bytes.duplicate()).toString();
        String end = "end_header\n";
        String header = text.substring(0, text.indexOf(end) + end.length());
        assertThat(header.lines())
                .containsExactly(
                        "ply",
                        "format binary_little_endian 1.0",
                        "comment gr??e of \"Co\" at 0.5",
                        "comment lengths in nm",
                        "element vertex " + mesh.vertices(),
                        "property float x",
                        "property float y",
                        "property float z",
                        "property float nx",
                        "property float ny",
                        "property float nz",
                        "element face " + mesh.triangles(),
                        "property list uchar int vertex_indices",
                        "end_header");
        bytes.position(header.length());
        for (int v = 0; v < mesh.vertices(); v++) {
            assertVector(bytes, mesh.positions(), v);
            assertVector(bytes, mesh.normals(), v);
        }
        for (int t = 0; t < mesh.triangles(); t++) {
            assertThat(bytes.get()).isEqualTo((byte) 3);
            for (int c = 0; c < 3; c++) {
                assertThat(bytes.getInt()).isEqualTo(mesh.corners()[3 * t + c]);
            }
        }
        assertThat(bytes.hasRemaining()).isFalse();
    }

    @Test
    void stlHoldsTrianglesWithTheirOwnNormals() throws IOException {
        ByteBuffer bytes = written("s.stl");
        byte[] header = new byte[80];
        bytes.get(header);
        assertThat(new String(header, StandardCharsets.US_ASCII)).startsWith("in nm: gr??e of \"Co\" at 0.5  ");
        assertThat(bytes.getInt()).isEqualTo(mesh.triangles());
        assertThat(bytes.limit()).isEqualTo(84 + 50 * mesh.triangles());
        for (int t = 0; t < mesh.triangles(); t++) {
            double[] normal = {bytes.getFloat(), bytes.getFloat(), bytes.getFloat()};
            ByteBuffer corners = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
            double[][] p = new double[3][3];
            for (int c = 0; c < 3; c++) {
                for (int axis = 0; axis < 3; axis++) {
                    p[c][axis] = corners.getFloat();
                }
                assertVector(bytes, mesh.positions(), mesh.corners()[3 * t + c]);
            }
            assertThat(bytes.getShort()).isZero();
            assertThat(Math.hypot(Math.hypot(normal[0], normal[1]), normal[2])).isCloseTo(1, within(1e-6));
            for (int c = 1; c < 3; c++) {
                double along = 0;
                double length = 0;
                for (int axis = 0; axis < 3; axis++) {
                    along += normal[axis] * (p[c][axis] - p[0][axis]);
                    length = Math.max(length, Math.abs(p[c][axis] - p[0][axis]));
                }
                assertThat(along).as("upright").isCloseTo(0, within(1e-5 * length));
            }
            double outward = normal[0]
                            * ((p[1][1] - p[0][1]) * (p[2][2] - p[0][2]) - (p[1][2] - p[0][2]) * (p[2][1] - p[0][1]))
                    + normal[1]
                            * ((p[1][2] - p[0][2]) * (p[2][0] - p[0][0]) - (p[1][0] - p[0][0]) * (p[2][2] - p[0][2]))
                    + normal[2]
                            * ((p[1][0] - p[0][0]) * (p[2][1] - p[0][1]) - (p[1][1] - p[0][1]) * (p[2][0] - p[0][0]));
            assertThat(outward).as("right-handed").isPositive();
        }
    }

    /** The rules of glTF 2.0: container 4.4, alignment 3.6.2.4, accessors' bounds 3.6.2.5, indices 3.7.2.1. */
    @Test
    void glbKeepsTheRulesOfItsSpecification() throws IOException {
        ByteBuffer bytes = written("s.glb");
        assertThat(bytes.getInt()).isEqualTo(0x46546C67);
        assertThat(bytes.getInt()).isEqualTo(2);
        assertThat(bytes.getInt()).isEqualTo(bytes.limit());
        int jsonLength = bytes.getInt();
        assertThat(bytes.getInt()).isEqualTo(0x4E4F534A);
        byte[] text = new byte[jsonLength];
        bytes.get(text);
        int binaryLength = bytes.getInt();
        assertThat(bytes.getInt()).isEqualTo(0x004E4942);
        assertThat(jsonLength % 4).isZero();
        assertThat(binaryLength % 4).isZero();
        assertThat(bytes.remaining()).isEqualTo(binaryLength);
        ByteBuffer binary = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);

        JsonNode json = JsonMapper.shared().readTree(new String(text, StandardCharsets.UTF_8));
        assertThat(json.at("/asset/version").asString()).isEqualTo("2.0");
        assertThat(json.at("/asset/extras/unit").asString()).isEqualTo("nm");
        assertThat(json.at("/nodes/0/name").asString()).isEqualTo("größe of \"Co\" at 0.5");
        assertThat(json.at("/scenes/" + json.at("/scene").asInt(-1) + "/nodes/0")
                        .asInt(-1))
                .isZero();
        assertThat(json.at("/buffers/0/byteLength").asInt()).isEqualTo(binaryLength);
        JsonNode primitive = json.at("/meshes/" + json.at("/nodes/0/mesh").asInt(-1) + "/primitives/0");
        JsonNode positions =
                json.at("/accessors/" + primitive.at("/attributes/POSITION").asInt());
        JsonNode normals =
                json.at("/accessors/" + primitive.at("/attributes/NORMAL").asInt());
        JsonNode indices = json.at("/accessors/" + primitive.at("/indices").asInt());
        assertThat(json.at("/materials").size())
                .isGreaterThan(primitive.at("/material").asInt());
        assertThat(primitive.has("mode"))
                .as("4, triangles, where it is not given")
                .isFalse();

        ByteBuffer at = view(json, positions, "VEC3", 5126, 12, 34962, binary);
        float[] least = {Float.MAX_VALUE, Float.MAX_VALUE, Float.MAX_VALUE};
        float[] most = {-Float.MAX_VALUE, -Float.MAX_VALUE, -Float.MAX_VALUE};
        assertThat(positions.path("count").asInt()).isEqualTo(mesh.vertices());
        for (int v = 0; v < mesh.vertices(); v++) {
            for (int axis = 0; axis < 3; axis++) {
                float value = at.getFloat(12 * v + 4 * axis);
                least[axis] = Math.min(least[axis], value);
                most[axis] = Math.max(most[axis], value);
            }
            assertVector(at.position(12 * v), mesh.positions(), v);
        }
        for (int axis = 0; axis < 3; axis++) {
            assertThat(positions.path("min").get(axis).asDouble()).isEqualTo(least[axis]);
            assertThat(positions.path("max").get(axis).asDouble()).isEqualTo(most[axis]);
        }
        at = view(json, normals, "VEC3", 5126, 12, 34962, binary);
        assertThat(normals.path("count")).isEqualTo(positions.path("count"));
        for (int v = 0; v < mesh.vertices(); v++) {
            assertVector(at, mesh.normals(), v);
        }
        at = view(json, indices, "SCALAR", 5125, 4, 34963, binary);
        assertThat(indices.path("count").asInt()).isEqualTo(3 * mesh.triangles());
        for (int corner : mesh.corners()) {
            assertThat(at.getInt()).isEqualTo(corner);
        }
    }

    private static ByteBuffer view(
            JsonNode json, JsonNode accessor, String type, int component, int bytes, int target, ByteBuffer binary) {
        assertThat(accessor.path("type").asString()).isEqualTo(type);
        assertThat(accessor.path("componentType").asInt()).isEqualTo(component);
        JsonNode view = json.at("/bufferViews/" + accessor.path("bufferView").asInt(-1));
        assertThat(view.path("target").asInt()).isEqualTo(target);
        assertThat(view.path("buffer").asInt(-1)).isZero();
        assertThat(view.path("byteOffset").asInt() % 4).isZero();
        assertThat(view.path("byteLength").asInt())
                .isEqualTo(bytes * accessor.path("count").asInt());
        return binary.slice(
                        view.path("byteOffset").asInt(), view.path("byteLength").asInt())
                .order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The writers gather numbers into larger pieces; none may be lost where one ends. */
    @Test
    void largeSurfacesAreWrittenWhole() throws IOException {
        Volume volume = Volume.zeros(24, 24, 24, 1);
        Random random = new Random(72);
        for (int i = 0; i < volume.blocks()[0].length; i++) {
            volume.blocks()[0][i] = random.nextFloat();
        }
        Mesh large = LevelSurface.of(volume, 0.5);
        Path file = folder.resolve("large.stl");
        SurfaceWriter.write(file, large, "");
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(bytes.limit()).isEqualTo(84 + 50 * large.triangles()).isGreaterThan(1 << 20);
        boolean same = true;
        for (int c = 0; c < large.corners().length; c++) {
            for (int axis = 0; axis < 3; axis++) {
                same &= bytes.getFloat(84 + 50 * (c / 3) + 12 + 12 * (c % 3) + 4 * axis)
                        == large.positions()[3 * large.corners()[c] + axis];
            }
        }
        assertThat(same).isTrue();
    }

    @Test
    void whatCannotBeWrittenIsRefused() {
        Mesh nothing = Mesh.of(new float[0], new float[0], new int[0]);
        Path file = folder.resolve("s.glb");
        assertThatThrownBy(() -> SurfaceWriter.write(file, nothing, "")).hasMessageContaining("without triangles");
        assertThatThrownBy(() -> SurfaceWriter.write(folder.resolve("s.obj"), mesh, ""))
                .hasMessageContaining("s.obj");
        assertThatThrownBy(() -> Mesh.of(new float[3], new float[3], new int[] {0, 0, 1}))
                .hasMessageContaining("vertex 1");
        assertThat(file).doesNotExist();
        assertThat(SurfaceWriter.writes(Path.of("A.STL"))).isTrue();
        assertThat(SurfaceWriter.writes(Path.of("stl"))).isFalse();
    }
}
