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
        return empty(like.nz(), like.ny(), like.nx(), like.voxelNm());
    }

    /** No voxel of a volume of this size. */
    public static VolumeMask empty(int nz, int ny, int nx, double voxelNm) {
        double size = (double) nz * ny * nx;
        if (size > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    String.format(java.util.Locale.ROOT, "a mask of %.0f voxels exceeds 2³¹", size));
        }
        return new VolumeMask(nz, ny, nx, voxelNm, new BitSet(nz * ny * nx));
    }

    private int index(int z, int y, int x) {
        return (z * ny + y) * nx + x;
    }

    public void add(int z, int y, int x) {
        inside.set(index(z, y, x));
    }

    /** Adds the voxel {@code (z ny + y) nx + x}. */
    public void add(int index) {
        inside.set(index);
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

    /** These voxels with their pinholes filled: dilated, then eroded, once. */
    public VolumeMask closed() {
        return dilated(1).eroded(1);
    }

    /** Erosion is the dilation of the complement: both along z, then y, then x. */
    private VolumeMask grown(int steps, boolean complement) {
        boolean[] set = new boolean[nz * ny * nx];
        for (int i = 0; i < set.length; i++) {
            set[i] = inside.get(i) != complement;
        }
        for (int step = 0; step < steps; step++) {
            set = spread(spread(spread(set, ny * nx, nz), nx, ny), 1, nx);
        }
        BitSet grown = new BitSet(set.length);
        for (int i = 0; i < set.length; i++) {
            grown.set(i, set[i] != complement);
        }
        return new VolumeMask(nz, ny, nx, voxelNm, grown);
    }

    /** Sets the neighbours, before and behind, of all that is set along an axis of a stride and a length. */
    private static boolean[] spread(boolean[] from, int stride, int length) {
        boolean[] to = from.clone();
        for (int line = 0; line < from.length; line += stride * length) {
            for (int i = line; i < line + stride * (length - 1); i++) {
                to[i] |= from[i + stride];
                to[i + stride] |= from[i];
            }
        }
        return to;
    }
}
