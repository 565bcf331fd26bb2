package org.hyalite.io.surface;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.hyalite.grid.Mesh;

/** A {@code .ply} file: a header in text, vertices {@code x y z nx ny nz}, faces {@code 3 a b c}. */
final class PlyFile {
    private PlyFile() {}

    static void write(LittleEndian out, Mesh mesh, String about) throws IOException {
        String header = """
                ply
                format binary_little_endian 1.0
                comment %s
                comment lengths in nm
                element vertex %d
                property float x
                property float y
                property float z
                property float nx
                property float ny
                property float nz
                element face %d
                property list uchar int vertex_indices
                end_header
                """.formatted(about.replaceAll("[^ -~]", "?"), mesh.vertices(), mesh.triangles());
        out.put(header.getBytes(StandardCharsets.US_ASCII));
        for (int at = 0; at < mesh.positions().length; at += 3) {
            out.putVector(mesh.positions(), at);
            out.putVector(mesh.normals(), at);
        }
        for (int c = 0; c < mesh.corners().length; c++) {
            if (c % 3 == 0) {
                out.put((byte) 3);
            }
            out.put(mesh.corners()[c]);
        }
    }
}
