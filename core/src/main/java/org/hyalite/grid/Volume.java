package org.hyalite.grid;

import java.util.Arrays;

/**
 * A volume of cubic voxels, {@code [z, y, x]}: z along the beam at zero tilt, y along the tilt axis, x across it. Its
 * values have the unit its giver says (atoms/nm³, counts/nm, ADF units). In memory {@code [z][x][y in block]} (see
 * {@link Blocks}).
 */
public final class Volume {
    private final int nz;
    private final int ny;
    private final int nx;
    private final double voxelNm;
    private final float[][] blocks;

    private Volume(int nz, int ny, int nx, double voxelNm, float[][] blocks) {
        this.nz = nz;
        this.ny = ny;
        this.nx = nx;
        this.voxelNm = voxelNm;
        this.blocks = blocks;
    }

    /**
     * A zeroed volume.
     *
     * @param voxelNm edge of a voxel, nm
     */
    public static Volume zeros(int nz, int ny, int nx, double voxelNm) {
        return of(nz, ny, nx, voxelNm, Blocks.allocate(nz, ny, nx));
    }

    /** Takes ownership of {@code blocks}, as {@link Blocks} describes them. */
    public static Volume of(int nz, int ny, int nx, double voxelNm, float[][] blocks) {
        if (!(voxelNm > 0)) {
            throw new IllegalArgumentException("voxel size " + voxelNm + " nm is not positive");
        }
        Blocks.requireSize(nz, ny, nx);
        if (blocks.length != Blocks.count(ny)) {
            throw new IllegalArgumentException(
                    blocks.length + " blocks, expected " + Blocks.count(ny) + " for ny = " + ny);
        }
        for (int b = 0; b < blocks.length; b++) {
            if (blocks[b].length != nz * nx * Blocks.width(ny, b)) {
                throw new IllegalArgumentException("block " + b + " has " + blocks[b].length
                        + " values, expected nz * nx * width = " + nz + " * " + nx + " * " + Blocks.width(ny, b));
            }
        }
        return new Volume(nz, ny, nx, voxelNm, blocks);
    }

    public int nz() {
        return nz;
    }

    public int ny() {
        return ny;
    }

    public int nx() {
        return nx;
    }

    /** Edge of a voxel, nm. */
    public double voxelNm() {
        return voxelNm;
    }

    /** Volume of a voxel, nm³. */
    public double voxelNm3() {
        return voxelNm * voxelNm * voxelNm;
    }

    public long size() {
        return (long) nz * ny * nx;
    }

    /** The volume's own blocks, not a copy. */
    public float[][] blocks() {
        return blocks;
    }

    public float at(int z, int y, int x) {
        int b = y / Blocks.WIDTH;
        return blocks[b][(z * nx + x) * Blocks.width(ny, b) + y % Blocks.WIDTH];
    }

    public void set(int z, int y, int x, float value) {
        int b = y / Blocks.WIDTH;
        blocks[b][(z * nx + x) * Blocks.width(ny, b) + y % Blocks.WIDTH] = value;
    }

    /** A copy of the plane at {@code z}, {@code [y, x]}. */
    public Image planeXy(int z) {
        Image plane = Image.zeros(ny, nx, voxelNm);
        for (int y = 0; y < ny; y++) {
            for (int x = 0; x < nx; x++) {
                plane.set(y, x, at(z, y, x));
            }
        }
        return plane;
    }

    /** Some of the columns, {@code first} to {@code first + count − 1}: a copy, or the volume itself if these are all. */
    public Volume columns(int first, int count) {
        if (first < 0 || count < 1 || first + count > nx) {
            throw new IllegalArgumentException("columns " + first + " to " + (first + count - 1) + " of " + nx);
        }
        if (count == nx) {
            return this;
        }
        Volume part = zeros(nz, ny, count, voxelNm);
        for (int b = 0; b < blocks.length; b++) {
            int width = Blocks.width(ny, b);
            for (int z = 0; z < nz; z++) {
                System.arraycopy(blocks[b], (z * nx + first) * width, part.blocks[b], z * count * width, count * width);
            }
        }
        return part;
    }

    /**
     * Means of cubes of {@code step} voxels along an edge, as a new volume; what is left of the last cubes is left out, and an
     * axis shorter than a cube becomes one voxel.
     */
    public Volume binned(int step) {
        int cz = Math.max(1, nz / step);
        int cy = Math.max(1, ny / step);
        int cx = Math.max(1, nx / step);
        double[] sums = new double[Math.multiplyExact(Math.multiplyExact(cz, cy), cx)];
        int endY = Math.min(ny, Math.max(cy * step, 1));
        for (int b = 0; b < blocks.length; b++) {
            int width = Blocks.width(ny, b);
            int first = b * Blocks.WIDTH;
            int end = Math.min(width, endY - first);
            for (int z = 0; z < Math.min(nz, cz * step); z++) {
                for (int x = 0; x < Math.min(nx, cx * step); x++) {
                    int from = (z * nx + x) * width - first;
                    int into = (z / step * cx + x / step) * cy;
                    for (int y = first; y < first + end; ) {
                        int cell = y / step;
                        double sum = 0;
                        for (int last = Math.min(first + end, (cell + 1) * step); y < last; y++) {
                            sum += blocks[b][from + y];
                        }
                        sums[into + cell] += sum;
                    }
                }
            }
        }
        double voxels = (double) Math.min(step, nz) * Math.min(step, ny) * Math.min(step, nx);
        Volume coarse = zeros(cz, cy, cx, voxelNm * step);
        for (int z = 0; z < cz; z++) {
            for (int y = 0; y < cy; y++) {
                for (int x = 0; x < cx; x++) {
                    coarse.set(z, y, x, (float) (sums[(z * cx + x) * cy + y] / voxels));
                }
            }
        }
        return coarse;
    }

    /** A copy of the plane at {@code y}, {@code [z, x]}. */
    public Image planeXz(int y) {
        Image plane = Image.zeros(nz, nx, voxelNm);
        for (int z = 0; z < nz; z++) {
            for (int x = 0; x < nx; x++) {
                plane.set(z, x, at(z, y, x));
            }
        }
        return plane;
    }

    /** The integral along z, {@code [y, x]}: sum of voxels times the voxel's edge, in the unit × nm. */
    public Image projectionZ() {
        double[] sums = new double[ny * nx];
        for (int z = 0; z < nz; z++) {
            for (int y = 0; y < ny; y++) {
                for (int x = 0; x < nx; x++) {
                    sums[y * nx + x] += at(z, y, x);
                }
            }
        }
        float[] values = new float[sums.length];
        for (int i = 0; i < sums.length; i++) {
            values[i] = (float) (sums[i] * voxelNm);
        }
        return Image.of(ny, nx, voxelNm, values);
    }

    /** The sum of all voxels. */
    public double sum() {
        double sum = 0;
        for (float[] block : blocks) {
            for (float v : block) {
                sum += v;
            }
        }
        return sum;
    }

    /** The largest voxel. */
    public float max() {
        float max = Float.NEGATIVE_INFINITY;
        for (float[] block : blocks) {
            for (float v : block) {
                max = Math.max(max, v);
            }
        }
        return max;
    }

    /** Voxel by voxel sum with another volume of the same size, as a new volume. */
    public Volume plus(Volume other) {
        requireSameGrid(other);
        Volume sum = copy();
        for (int b = 0; b < blocks.length; b++) {
            float[] into = sum.blocks[b];
            float[] from = other.blocks[b];
            for (int i = 0; i < into.length; i++) {
                into[i] += from[i];
            }
        }
        return sum;
    }

    /** A copy. */
    public Volume copy() {
        return new Volume(
                nz, ny, nx, voxelNm, Arrays.stream(blocks).map(float[]::clone).toArray(float[][]::new));
    }

    /** Refuses a volume of another size. */
    public void requireSameGrid(Volume other) {
        if (other.nz != nz || other.ny != ny || other.nx != nx) {
            throw new IllegalArgumentException("volume of " + other.nz + " × " + other.ny + " × " + other.nx
                    + " voxels, expected nz × ny × nx = " + nz + " × " + ny + " × " + nx);
        }
    }
}
