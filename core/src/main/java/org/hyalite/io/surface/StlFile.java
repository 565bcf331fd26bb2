package org.hyalite.io.surface;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.hyalite.grid.Mesh;

/** A binary {@code .stl} file: each triangle's normal by the right-hand rule, its corners, two bytes of 0. */
final class StlFile {
    private static final int HEADER = 80;

    private StlFile() {}

    static void write(LittleEndian out, Mesh mesh, String about) throws IOException {
        byte[] header = ("in nm: " + about).replaceAll("[^ -~]", "?").getBytes(StandardCharsets.US_ASCII);
        int given = Math.min(HEADER, header.length);
        header = Arrays.copyOf(header, HEADER);
        Arrays.fill(header, given, HEADER, (byte) ' ');
        out.put(header); // does not begin with "solid", by which text files are known
        out.put(mesh.triangles());
        double[] area = new double[3];
        for (int t = 0; t < mesh.triangles(); t++) {
            mesh.area(t, area);
            double size = Math.hypot(Math.hypot(area[0], area[1]), area[2]);
            for (double component : area) {
                out.put(size > 0 ? (float) (component / size) : 0f);
            }
            for (int c = 3 * t; c < 3 * t + 3; c++) {
                out.putVector(mesh.positions(), 3 * mesh.corners()[c]);
            }
            out.put((short) 0);
        }
    }
}
