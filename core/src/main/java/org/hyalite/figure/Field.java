package org.hyalite.figure;

import org.hyalite.grid.Volume;

/**
 * A volume made ready to be looked through: plain order {@code [z][y][x]}, a border of zeros one voxel wide, and large
 * volumes binned, because a picture needs no more voxels than pixels.
 */
final class Field {
    private static final int MOST = 200;

    final int nz;
    final int ny;
    final int nx;
    final double voxelNm;
    final float[] values;

    private Field(int nz, int ny, int nx, double voxelNm, float[] values) {
        this.nz = nz;
        this.ny = ny;
        this.nx = nx;
        this.voxelNm = voxelNm;
        this.values = values;
    }

    /** The volume with its border; what is not a positive number becomes zero. */
    static Field of(Volume volume) {
        int longest = Math.max(volume.nz(), Math.max(volume.ny(), volume.nx()));
        int bin = (longest + MOST - 1) / MOST;
        int nz = (volume.nz() + bin - 1) / bin + 2;
        int ny = (volume.ny() + bin - 1) / bin + 2;
        int nx = (volume.nx() + bin - 1) / bin + 2;
        float[] values = new float[nz * ny * nx];
        float share = 1f / (bin * bin * bin);
        for (int z = 0; z < volume.nz(); z++) {
            for (int y = 0; y < volume.ny(); y++) {
                int row = ((z / bin + 1) * ny + y / bin + 1) * nx + 1;
                for (int x = 0; x < volume.nx(); x++) {
                    float v = volume.at(z, y, x);
                    if (v > 0 && v < Float.POSITIVE_INFINITY) {
                        values[row + x / bin] += share * v;
                    }
                }
            }
        }
        return new Field(nz, ny, nx, volume.voxelNm() * bin, values);
    }

    /** A field of the same size. */
    Field like(float[] other) {
        return new Field(nz, ny, nx, voxelNm, other);
    }

    /** The smallest block, {@code x, y, z} from and to, outside which all values are at most {@code floor}. */
    int[][] bounds(double floor) {
        int[] low = {nx, ny, nz};
        int[] high = {-1, -1, -1};
        for (int z = 0; z < nz; z++) {
            for (int y = 0; y < ny; y++) {
                for (int x = 0; x < nx; x++) {
                    if (values[(z * ny + y) * nx + x] > floor) {
                        low[0] = Math.min(low[0], x);
                        low[1] = Math.min(low[1], y);
                        low[2] = Math.min(low[2], z);
                        high[0] = Math.max(high[0], x);
                        high[1] = Math.max(high[1], y);
                        high[2] = Math.max(high[2], z);
                    }
                }
            }
        }
        return new int[][] {low, high};
    }

    /** Smoothed by (1, 2, 1)/4 along each axis, so many times; the border stays zero. */
    Field blurred(int times) {
        float[] from = values.clone();
        float[] to = new float[values.length];
        int[] strides = {1, nx, nx * ny};
        for (int i = 0; i < times; i++) {
            for (int stride : strides) {
                for (int z = 1; z < nz - 1; z++) {
                    for (int y = 1; y < ny - 1; y++) {
                        int row = (z * ny + y) * nx;
                        for (int x = 1; x < nx - 1; x++) {
                            int at = row + x;
                            to[at] = 0.5f * from[at] + 0.25f * (from[at - stride] + from[at + stride]);
                        }
                    }
                }
                float[] swap = from;
                from = to;
                to = swap;
            }
        }
        return like(from);
    }

    /** The largest value within {@code reach} voxels along each axis. */
    Field widened(int reach) {
        float[] from = values;
        int[] strides = {1, nx, nx * ny};
        int[] sizes = {nx, ny, nz};
        for (int axis = 0; axis < 3; axis++) {
            float[] to = new float[from.length];
            for (int i = 0; i < from.length; i++) {
                int position = i / strides[axis] % sizes[axis];
                float most = 0;
                int last = Math.min(sizes[axis] - 1, position + reach);
                for (int p = Math.max(0, position - reach); p <= last; p++) {
                    most = Math.max(most, from[i + (p - position) * strides[axis]]);
                }
                to[i] = most;
            }
            from = to;
        }
        return like(from);
    }

    /** The value at a point in voxels, the border counted; zero outside. */
    double at(double x, double y, double z) {
        if (!(x >= 0 && y >= 0 && z >= 0 && x < nx - 1 && y < ny - 1 && z < nz - 1)) {
            return 0;
        }
        int i = (int) x;
        int j = (int) y;
        int k = (int) z;
        double fx = x - i;
        double fy = y - j;
        double fz = z - k;
        int at = (k * ny + j) * nx + i;
        int up = nx * ny;
        double near = mix(row(at, fx), row(at + nx, fx), fy);
        double far = mix(row(at + up, fx), row(at + up + nx, fx), fy);
        return mix(near, far, fz);
    }

    private double row(int at, double fx) {
        return values[at] + fx * (values[at + 1] - values[at]);
    }

    private static double mix(double a, double b, double share) {
        return a + share * (b - a);
    }
}
