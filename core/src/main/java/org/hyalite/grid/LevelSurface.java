package org.hyalite.grid;

import java.util.BitSet;

/**
 * The surface at which a volume crosses a level, as a closed mesh: what lies inside is above the level, and where it reaches
 * the volume's border the surface runs along the outer faces of the voxels there. Vertices stand where the line between
 * two neighbouring voxels crosses the level; none stands nearer to a voxel's centre than a thousandth of that line, so that
 * no two coincide. Every edge belongs to two triangles, which run along it in opposite directions; the surface never
 * crosses itself (see {@link CellSurface}).
 *
 * <p>The normals are the volume's downward gradient, from central differences at the voxels, interpolated; along the border
 * they are the border's.
 */
public final class LevelSurface {
    /** Vertices keep this distance from the ends of their edges, as a share of the edge. */
    private static final double NEAREST = 1e-3;

    /** Edges in a plane of constant z: along x, y and both. The others lead to the next plane. */
    private static final int FLAT = 4;

    private final Volume volume;
    private final double level;

    /** Nodes along y of a plane with a rim of one voxel, which lies outside; planes are {@code [x][y]}, as blocks are. */
    private final int rowNodes;

    private final float[] positions;
    private final float[] normals;
    private final int[] corners;
    private final double[] normal = new double[3];
    private int vertices;
    private int cornersSet;

    private LevelSurface(Volume volume, double level, Size size) {
        this.volume = volume;
        this.level = level;
        rowNodes = volume.ny() + 2;
        positions = new float[Math.toIntExact(3 * size.vertices)];
        normals = new float[positions.length];
        corners = new int[Math.toIntExact(3 * size.triangles)];
    }

    /** How large a surface will be. */
    public record Size(long vertices, long triangles, long bytes) {
        /** Whether a mesh can hold it: arrays of Java have fewer than 2³¹ entries. */
        public boolean fits() {
            return 3 * Math.max(vertices, triangles) <= Integer.MAX_VALUE - 8;
        }
    }

    /** Sees the cells of a volume, its rim included, in order of z, x, y. */
    private interface Cells {
        void plane(int z, byte[] lower, byte[] upper);
    }

    /**
     * Counts a surface without making it.
     *
     * @return its size; {@code bytes} is the memory that making it takes beside the volume
     * @throws IllegalArgumentException if the level or a voxel is not a finite number
     */
    public static Size size(Volume volume, double level) {
        requireFinite(volume, level);
        long[] count = new long[2];
        int rowNodes = volume.ny() + 2;
        walk(volume, level, (z, lower, upper) -> {
            for (int x = 0; x <= volume.nx(); x++) {
                int node = x * rowNodes;
                int inside = firstMask(lower, upper, node, rowNodes);
                for (int y = 0; y <= volume.ny(); y++, node++) {
                    inside = nextMask(inside, lower, upper, node, rowNodes);
                    count[0] += CellSurface.crossed(inside);
                    count[1] += CellSurface.triangles(inside).length / 3;
                }
            }
        });
        long nodes = (long) rowNodes * (volume.nx() + 2);
        long tables = 2 + (8 + FLAT) * Integer.BYTES;
        return new Size(count[0], count[1], 25 * count[0] + 12 * count[1] + tables * nodes);
    }

    /**
     * The surface of a volume at a level; without triangles if no voxel is above the level.
     *
     * @throws IllegalArgumentException if the level or a voxel is not a finite number, or if the surface has so many
     *     triangles that {@link Size#fits} is false
     */
    public static Mesh of(Volume volume, double level) {
        Size size = size(volume, level);
        if (!size.fits()) {
            throw new IllegalArgumentException("the surface at " + level + " has " + size.triangles + " triangles and "
                    + size.vertices + " vertices, more than a mesh can hold");
        }
        LevelSurface surface = new LevelSurface(volume, level, size);
        surface.make();
        return Mesh.of(surface.positions, surface.normals, surface.corners);
    }

    private void make() {
        int nodes = rowNodes * (volume.nx() + 2);
        int[][] here = new int[8][nodes]; // by direction; of the flat ones the next plane's follow
        int[][] next = new int[FLAT][nodes];
        walk(volume, level, (z, lower, upper) -> {
            number(z, lower, upper, here, next);
            join(lower, upper, here, next);
            for (int direction = 1; direction < FLAT; direction++) {
                int[] passed = here[direction];
                here[direction] = next[direction];
                next[direction] = passed;
            }
        });
        setMissingNormals();
    }

    /** Makes the vertices of the edges that lead up from a plane and of the flat edges of the plane above. */
    private void number(int z, byte[] lower, byte[] upper, int[][] here, int[][] next) {
        for (int x = -1; x < volume.nx(); x++) {
            int node = (x + 1) * rowNodes;
            int inside = firstMask(lower, upper, node, rowNodes);
            for (int y = -1; y < volume.ny(); y++, node++) {
                inside = nextMask(inside, lower, upper, node, rowNodes);
                if (inside == 0 || inside == 255) {
                    continue;
                }
                for (int direction = 1; direction < 8; direction++) {
                    int other = node + (direction & 1) * rowNodes + (direction >> 1 & 1);
                    if (direction >= FLAT && lower[node] != upper[other]) {
                        here[direction][node] = vertex(x, y, z, direction, lower[node] == 1);
                    } else if (direction < FLAT && upper[node] != upper[other]) {
                        next[direction][node] = vertex(x, y, z + 1, direction, upper[node] == 1);
                    }
                }
            }
        }
    }

    private void join(byte[] lower, byte[] upper, int[][] here, int[][] next) {
        for (int x = 0; x <= volume.nx(); x++) {
            int node = x * rowNodes;
            int inside = firstMask(lower, upper, node, rowNodes);
            for (int y = 0; y <= volume.ny(); y++, node++) {
                inside = nextMask(inside, lower, upper, node, rowNodes);
                for (int edge : CellSurface.triangles(inside)) {
                    int corner = edge / 8;
                    int from = node + (corner & 1) * rowNodes + (corner >> 1 & 1);
                    corners[cornersSet++] = (corner & 4) == 0 ? here[edge % 8][from] : next[edge % 8][from];
                }
            }
        }
    }

    /** Adds the vertex on the edge that leads from a voxel along a direction. */
    private int vertex(int x, int y, int z, int direction, boolean firstInside) {
        int dx = direction & 1;
        int dy = direction >> 1 & 1;
        int dz = direction >> 2;
        boolean within = contains(x, y, z) && contains(x + dx, y + dy, z + dz);
        double share = 0.5; // half a voxel beyond the last centre lies its outer face
        if (within) {
            double a = volume.at(z, y, x);
            double b = volume.at(z + dz, y + dy, x + dx);
            share = Math.max(NEAREST, Math.min(1 - NEAREST, (level - a) / (b - a)));
        }
        int at = 3 * vertices;
        positions[at] = (float) ((x + share * dx) * volume.voxelNm());
        positions[at + 1] = (float) ((y + share * dy) * volume.voxelNm());
        positions[at + 2] = (float) ((z + share * dz) * volume.voxelNm());
        if (within) {
            for (int axis = 0; axis < 3; axis++) {
                normal[axis] = -((1 - share) * slope(x, y, z, axis) + share * slope(x + dx, y + dy, z + dz, axis));
            }
        } else {
            int sign = firstInside ? 1 : -1;
            int ox = firstInside ? x + dx : x;
            int oy = firstInside ? y + dy : y;
            int oz = firstInside ? z + dz : z;
            normal[0] = ox < 0 || ox >= volume.nx() ? sign : 0;
            normal[1] = oy < 0 || oy >= volume.ny() ? sign : 0;
            normal[2] = oz < 0 || oz >= volume.nz() ? sign : 0;
        }
        setNormal(vertices);
        return vertices++;
    }

    private boolean contains(int x, int y, int z) {
        return x >= 0 && x < volume.nx() && y >= 0 && y < volume.ny() && z >= 0 && z < volume.nz();
    }

    /** Difference per voxel along an axis (0 x, 1 y, 2 z): central, one-sided at the border. */
    private double slope(int x, int y, int z, int axis) {
        int size = axis == 0 ? volume.nx() : axis == 1 ? volume.ny() : volume.nz();
        int at = axis == 0 ? x : axis == 1 ? y : z;
        int low = Math.max(0, at - 1);
        int high = Math.min(size - 1, at + 1);
        return low == high ? 0 : (value(x, y, z, axis, high) - value(x, y, z, axis, low)) / (high - low);
    }

    private double value(int x, int y, int z, int axis, int moved) {
        return volume.at(axis == 2 ? moved : z, axis == 1 ? moved : y, axis == 0 ? moved : x);
    }

    /** Where the gradient vanishes, the normals of the triangles around, by area; where these cancel too, +z. */
    private void setMissingNormals() {
        BitSet missing = new BitSet(vertices);
        for (int v = 0; v < vertices; v++) {
            missing.set(v, normals[3 * v] == 0 && normals[3 * v + 1] == 0 && normals[3 * v + 2] == 0);
        }
        if (missing.isEmpty()) {
            return;
        }
        Mesh mesh = Mesh.of(positions, normals, corners);
        double voxelArea = volume.voxelNm() * volume.voxelNm();
        double[] area = new double[3];
        for (int c = 0; c < corners.length; c++) {
            if (missing.get(corners[c])) {
                mesh.area(c / 3, area);
                for (int axis = 0; axis < 3; axis++) {
                    normals[3 * corners[c] + axis] += (float) (area[axis] / voxelArea);
                }
            }
        }
        for (int v = missing.nextSetBit(0); v >= 0; v = missing.nextSetBit(v + 1)) {
            for (int axis = 0; axis < 3; axis++) {
                normal[axis] = normals[3 * v + axis];
            }
            setNormal(v);
            if (normals[3 * v] == 0 && normals[3 * v + 1] == 0 && normals[3 * v + 2] == 0) {
                normals[3 * v + 2] = 1;
            }
        }
    }

    /** Gives a vertex the normal of that direction; 0 if it has none. */
    private void setNormal(int vertex) {
        double length = Math.hypot(Math.hypot(normal[0], normal[1]), normal[2]);
        for (int axis = 0; axis < 3; axis++) {
            normals[3 * vertex + axis] = length > 0 ? (float) (normal[axis] / length) : 0;
        }
    }

    private static void walk(Volume volume, double level, Cells cells) {
        byte[] lower = new byte[(volume.ny() + 2) * (volume.nx() + 2)];
        byte[] upper = new byte[lower.length];
        for (int z = -1; z < volume.nz(); z++) {
            fill(volume, level, z + 1, upper);
            cells.plane(z, lower, upper);
            byte[] passed = lower;
            lower = upper;
            upper = passed;
        }
    }

    /** Marks the voxels of a plane that are above the level; a plane beyond the volume has none. */
    private static void fill(Volume volume, double level, int z, byte[] plane) {
        int node = volume.ny() + 3;
        for (int x = 0; x < volume.nx(); x++, node += 2) {
            for (int y = 0; y < volume.ny(); y++, node++) {
                plane[node] = z < volume.nz() && volume.at(z, y, x) > level ? (byte) 1 : 0;
            }
        }
    }

    /** The corners at the first y of a row of cells, where {@link #nextMask} expects them. */
    private static int firstMask(byte[] lower, byte[] upper, int node, int rowNodes) {
        return lower[node] << 2 | lower[node + rowNodes] << 3 | upper[node] << 6 | upper[node + rowNodes] << 7;
    }

    /** The corners inside of the cell at a node; the half at its lower y is the previous cell's upper half. */
    private static int nextMask(int previous, byte[] lower, byte[] upper, int node, int rowNodes) {
        return previous >> 2 & 0x33 | firstMask(lower, upper, node + 1, rowNodes);
    }

    private static void requireFinite(Volume volume, double level) {
        if (!Double.isFinite(level)) {
            throw new IllegalArgumentException("the level " + level + " is not a finite number");
        }
        for (float[] block : volume.blocks()) {
            for (float v : block) {
                if (!Float.isFinite(v)) {
                    throw new IllegalArgumentException("the volume holds voxels that are not finite numbers");
                }
            }
        }
    }
}
