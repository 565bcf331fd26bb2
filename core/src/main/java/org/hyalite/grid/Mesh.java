package org.hyalite.grid;

/**
 * A surface of triangles that share vertices. Positions are in nm, {@code [vertex][x, y, z]}, along the axes of the volume,
 * whose first voxel has its centre at 0; normals {@code [vertex][x, y, z]} have length 1 and point outward. Triangles,
 * {@code [triangle][3]}, name their vertices counterclockwise as seen from outside, x, y and z taken as right-handed.
 */
public final class Mesh {
    private final float[] positions;
    private final float[] normals;
    private final int[] corners;

    private Mesh(float[] positions, float[] normals, int[] corners) {
        this.positions = positions;
        this.normals = normals;
        this.corners = corners;
    }

    /**
     * Takes ownership of the arrays.
     *
     * @throws IllegalArgumentException if their lengths do not fit or a triangle names a vertex that is not there
     */
    public static Mesh of(float[] positions, float[] normals, int[] corners) {
        if (positions.length % 3 != 0 || normals.length != positions.length || corners.length % 3 != 0) {
            throw new IllegalArgumentException(positions.length + " coordinates, " + normals.length
                    + " components of normals and " + corners.length + " corners are no mesh of triangles");
        }
        for (int corner : corners) {
            if (corner < 0 || corner >= positions.length / 3) {
                throw new IllegalArgumentException(
                        "a triangle names vertex " + corner + " of " + positions.length / 3 + " vertices");
            }
        }
        return new Mesh(positions, normals, corners);
    }

    public int vertices() {
        return positions.length / 3;
    }

    public int triangles() {
        return corners.length / 3;
    }

    /** The mesh's own array, nm. */
    public float[] positions() {
        return positions;
    }

    /** The mesh's own array. */
    public float[] normals() {
        return normals;
    }

    /** The mesh's own array: vertices of the triangles. */
    public int[] corners() {
        return corners;
    }

    /**
     * Writes half the cross product of a triangle's edges: its outward normal times its area, nm².
     *
     * @param into x, y, z
     */
    public void area(int triangle, double[] into) {
        int a = 3 * corners[3 * triangle];
        int b = 3 * corners[3 * triangle + 1];
        int c = 3 * corners[3 * triangle + 2];
        double ux = (double) positions[b] - positions[a];
        double uy = (double) positions[b + 1] - positions[a + 1];
        double uz = (double) positions[b + 2] - positions[a + 2];
        double vx = (double) positions[c] - positions[a];
        double vy = (double) positions[c + 1] - positions[a + 1];
        double vz = (double) positions[c + 2] - positions[a + 2];
        into[0] = (uy * vz - uz * vy) / 2;
        into[1] = (uz * vx - ux * vz) / 2;
        into[2] = (ux * vy - uy * vx) / 2;
    }

    /** Area, nm². */
    public double areaNm2() {
        double sum = 0;
        double[] area = new double[3];
        for (int t = 0; t < triangles(); t++) {
            area(t, area);
            sum += Math.sqrt(area[0] * area[0] + area[1] * area[1] + area[2] * area[2]);
        }
        return sum;
    }

    /** Enclosed volume, nm³: {@code ∮ r · dA / 3}. */
    public double volumeNm3() {
        double sum = 0;
        double[] area = new double[3];
        for (int t = 0; t < triangles(); t++) {
            area(t, area);
            int a = 3 * corners[3 * t];
            sum += (positions[a] * area[0] + positions[a + 1] * area[1] + positions[a + 2] * area[2]) / 3;
        }
        return sum;
    }
}
