package org.hyalite.io.surface;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.hyalite.grid.Mesh;
import org.hyalite.io.format.AtomicWrite;

/**
 * Writes a mesh, x y z in nm, by the ending of the file's name: {@code .ply} (vertices shared, with normals), {@code .stl}
 * (each triangle with its own normal) or {@code .glb} (glTF 2.0, vertices shared, with normals). All are binary and little
 * endian. A file appears under its name only when it is whole.
 */
public enum SurfaceWriter {
    /** Polygon file format of G. Turk, 1.0. */
    PLY(PlyFile::write),

    /** Stereolithography, as 3D Systems defined it: 80 bytes of text, a count, 50 bytes for each triangle. */
    STL(StlFile::write),

    /** Khronos' glTF 2.0 in its binary container. A unit of length is 1 nm here, where a viewer may say metre. */
    GLB(GlbFile::write);

    private final Content content;

    SurfaceWriter(Content content) {
        this.content = content;
    }

    private interface Content {
        void write(LittleEndian out, Mesh mesh, String about) throws IOException;
    }

    /** Whether a name ends as one of these formats' do. */
    public static boolean writes(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        for (SurfaceWriter format : values()) {
            if (name.endsWith(format.ending())) {
                return true;
            }
        }
        return false;
    }

    /**
     * Writes a mesh in the format of the file's ending.
     *
     * @param about one line that says what it is; of STL, 70 characters of it are kept
     * @throws IllegalArgumentException if the mesh has no triangle, the ending is another or the file's format cannot hold
     *     so many
     * @throws java.io.UncheckedIOException naming the file, if it cannot be written
     */
    public static void write(Path file, Mesh mesh, String about) {
        if (mesh.triangles() == 0) {
            throw new IllegalArgumentException("a surface without triangles");
        }
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        for (SurfaceWriter format : values()) {
            if (name.endsWith(format.ending())) {
                AtomicWrite.file(file, stream -> {
                    LittleEndian out = new LittleEndian(stream);
                    format.content.write(out, mesh, about.replaceAll("\\s+", " "));
                    out.flush();
                });
                return;
            }
        }
        throw new IllegalArgumentException(file + ": a surface ends in .ply, .stl or .glb");
    }

    private String ending() {
        return "." + name().toLowerCase(Locale.ROOT);
    }
}
