package org.hyalite.io.surface;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
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

    /** componentType 5126 is float, 5125 unsigned int; target 34962 holds vertices, 34963 indices (5.1, 5.11). */
    private static final String DESCRIPTION = """
            {"asset": {"version": "2.0", "generator": "Hyalite", "extras": {"unit": "nm"}},
             "scene": 0, "scenes": [{"nodes": [0]}], "nodes": [{"mesh": 0, "name": %1$s}],
             "meshes": [{"primitives": [{"attributes": {"POSITION": 0, "NORMAL": 1}, "indices": 2, "material": 0}]}],
             "materials": [{"pbrMetallicRoughness": {"metallicFactor": 0, "roughnessFactor": 0.6}}],
             "accessors": [
              {"bufferView": 0, "componentType": 5126, "type": "VEC3", "count": %2$d, "min": %3$s, "max": %4$s},
              {"bufferView": 1, "componentType": 5126, "type": "VEC3", "count": %2$d},
              {"bufferView": 2, "componentType": 5125, "type": "SCALAR", "count": %5$d}],
             "bufferViews": [
              {"buffer": 0, "byteOffset": 0, "byteLength": %6$d, "target": 34962},
              {"buffer": 0, "byteOffset": %6$d, "byteLength": %6$d, "target": 34962},
              {"buffer": 0, "byteOffset": %7$d, "byteLength": %8$d, "target": 34963}],
             "buffers": [{"byteLength": %9$d}]}
            """;

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
        JsonMapper mapper = JsonMapper.shared();
        String description = DESCRIPTION.formatted(
                mapper.writeValueAsString(about),
                mesh.vertices(),
                mapper.writeValueAsString(min),
                mapper.writeValueAsString(max),
                mesh.corners().length,
                vectors,
                2 * vectors,
                (long) Integer.BYTES * mesh.corners().length,
                2 * vectors + (long) Integer.BYTES * mesh.corners().length);
        byte[] text = description.getBytes(StandardCharsets.UTF_8);
        byte[] padded = Arrays.copyOf(text, (text.length + 3) / 4 * 4);
        Arrays.fill(padded, text.length, padded.length, (byte) ' ');
        return padded;
    }
}
