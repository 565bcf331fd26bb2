package org.hyalite.grid;

import java.util.BitSet;

/** Which voxels of a volume are meant, {@code [z, y, x]}. */
public final class VolumeMask {
    private final int nz;
    private final int ny;
    private final int nx;
    private final double voxelNm;
    private final BitSet inside;

    private VolumeMask(int nz, int ny, int nx, double voxelNm, BitSet inside) {
        this.nz = nz;
        this.ny = ny;
        this.nx = nx;
        this.voxelNm = voxelNm;
        this.inside = inside;
    }

    /** The voxels of {@code volume} with a value above {@code threshold}. */
    public static VolumeMask above(Volume volume, double threshold) {
        VolumeMask mask = empty(volume);
        for (int z = 0; z < volume.nz(); z++) {
            for (int y = 0; y < volume.ny(); y++) {
                for (int x = 0; x < volume.nx(); x++) {
                    if (volume.at(z, y, x) > threshold) {
                        mask.add(z, y, x);
                    }
                }
            }
        }
        return mask;
    }

    /** No voxel of a volume of this size. */
    public static VolumeMask empty(Volume like) {
        if (like.size() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("a mask of " + like.size() + " voxels exceeds 2³¹");
        }
        return new VolumeMask(like.nz(), like.ny(), like.nx(), like.voxelNm(), new BitSet((int) like.size()));
    }

    private int index(int z, int y, int x) {
        return (z * ny + y) * nx + x;
    }

    public void add(int z, int y, int x) {
        inside.set(index(z, y, x));
    }

    public boolean contains(int z, int y, int x) {
        return inside.get(index(z, y, x));
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

    public double voxelNm() {
        return voxelNm;
    }

    /** Number of voxels meant. */
    public int count() {
        return inside.cardinality();
    }

    /** Their volume, nm³. */
    public double volumeNm3() {
        return count() * voxelNm * voxelNm * voxelNm;
    }

    /**
     * The voxels of which all 26 neighbours are meant too, taken {@code steps} times: at least {@code steps} voxels
     * below every surface. What lies beyond the grid counts as inside, so a body cut by the field keeps its cut face.
     */
    public VolumeMask eroded(int steps) {
        return grown(steps, true);
    }

    /** The voxels that are meant and their 26 neighbours, taken {@code steps} times. */
    public VolumeMask dilated(int steps) {
        return grown(steps, false);
    }

    /** Erosion is the dilation of the complement: both along z, then y, then x. */
    private VolumeMask grown(int steps, boolean complement) {
        int size = nz * ny * nx;
        BitSet grown = (BitSet) inside.clone();
        if (complement) {
            grown.flip(0, size);
        }
        for (int step = 0; step < steps; step++) {
            grown = spread(grown, ny * nx, nz);
            grown = spread(grown, nx, ny);
            grown = spread(grown, 1, nx);
        }
        if (complement) {
            grown.flip(0, size);
        }
        return new VolumeMask(nz, ny, nx, voxelNm, grown);
    }

    private static BitSet spread(BitSet from, int stride, int length) {
        BitSet to = (BitSet) from.clone();
        for (int i = from.nextSetBit(0); i >= 0; i = from.nextSetBit(i + 1)) {
            int place = i / stride % length;
            if (place > 0) {
                to.set(i - stride);
            }
            if (place < length - 1) {
                to.set(i + stride);
            }
        }
        return to;
    }
}
