package org.hyalite.io.surface;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.hyalite.grid.Mesh;
import tools.jackson.databind.json.JsonMapper;

/**
 * A {@code .glb} file: 12 bytes of header, a chunk of JSON that describes one mesh, a chunk of numbers: positions, normals,
 * corners. Section numbers are those of the glTF 2.0 specification.
 */
final class GlbFile {
    private static final int MAGIC = 0x46546C67; // "glTF", 4.4.2
    private static final int VERSION = 2;
    private static final int JSON_CHUNK = 0x4E4F534A;
    private static final int BINARY_CHUNK = 0x004E4942;
    private static final int HEADER = 12;
    private static final int CHUNK_HEADER = 8;

    // 5.1 and 5.11, the numbers of OpenGL
    private static final int FLOAT = 5126;
    private static final int UNSIGNED_INT = 5125;
    private static final int VERTICES = 34962;
    private static final int INDICES = 34963;

    private GlbFile() {}

    static void write(LittleEndian out, Mesh mesh, String about) throws IOException {
        long vectors = (long) Float.BYTES * mesh.positions().length;
        long numbers = 2 * vectors + (long) Integer.BYTES * mesh.corners().length;
        byte[] json = json(mesh, about, vectors);
        long length = HEADER + CHUNK_HEADER + json.length + CHUNK_HEADER + numbers;
        if (length > 0xFFFFFFFFL) {
            throw new IllegalArgumentException(
                    "the surface takes " + length + " bytes, a .glb file has at most 2³²: write .ply");
        }
        out.put(MAGIC);
        out.put(VERSION);
        out.put((int) length);
        out.put(json.length);
        out.put(JSON_CHUNK);
        out.put(json);
        out.put((int) numbers);
        out.put(BINARY_CHUNK);
        for (float[] values : List.of(mesh.positions(), mesh.normals())) {
            for (int at = 0; at < values.length; at += 3) {
                out.putVector(values, at);
            }
        }
        for (int corner : mesh.corners()) {
            out.put(corner);
        }
    }

    /** The description, filled up with spaces to a whole number of four bytes (4.4.3). */
    private static byte[] json(Mesh mesh, String about, long vectors) {
        double[] min = new double[3];
        double[] max = new double[3];
        Arrays.fill(min, Double.POSITIVE_INFINITY);
        Arrays.fill(max, Double.NEGATIVE_INFINITY);
        for (int i = 0; i < mesh.positions().length; i++) {
            min[i % 3] = Math.min(min[i % 3], mesh.positions()[i]);
            max[i % 3] = Math.max(max[i % 3], mesh.positions()[i]);
        }
        long corners = (long) Integer.BYTES * mesh.corners().length;
        Map<String, Object> description = Map.of(
                "asset",
                Map.of("version", "2.0", "generator", "Hyalite", "extras", Map.of("about", about, "unit", "nm")),
                "scene",
                0,
                "scenes",
                List.of(Map.of("nodes", List.of(0))),
                "nodes",
                List.of(Map.of("mesh", 0, "name", about)),
                "meshes",
                List.of(Map.of(
                        "primitives",
                        List.of(Map.of(
                                "attributes",
                                Map.of("POSITION", 0, "NORMAL", 1),
                                "indices",
                                2,
                                "material",
                                0)))),
                "materials",
                List.of(Map.of("pbrMetallicRoughness", Map.of("metallicFactor", 0.0, "roughnessFactor", 0.6))),
                "accessors",
                List.of(
                        Map.of(
                                "bufferView", 0, "componentType", FLOAT, "type", "VEC3", "count", mesh.vertices(),
                                "min", min, "max", max),
                        Map.of("bufferView", 1, "componentType", FLOAT, "type", "VEC3", "count", mesh.vertices()),
                        Map.of(
                                "bufferView",
                                2,
                                "componentType",
                                UNSIGNED_INT,
                                "type",
                                "SCALAR",
                                "count",
                                mesh.corners().length)),
                "bufferViews",
                List.of(view(0, vectors, VERTICES), view(vectors, vectors, VERTICES), view(2 * vectors, corners, INDICES)),
                "buffers",
                List.of(Map.of("byteLength", 2 * vectors + corners)));
        byte[] text = JsonMapper.shared().writeValueAsString(description).getBytes(StandardCharsets.UTF_8);
        byte[] padded = Arrays.copyOf(text, (text.length + 3) / 4 * 4);
        Arrays.fill(padded, text.length, padded.length, (byte) ' ');
        return padded;
    }

    private static Map<String, Object> view(long offset, long length, int target) {
        return Map.of("buffer", 0, "byteOffset", offset, "byteLength", length, "target", target);
    }
}
