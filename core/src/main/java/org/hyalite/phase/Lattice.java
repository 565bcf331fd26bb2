package org.hyalite.phase;

import org.hyalite.grid.Volume;
import org.hyalite.grid.VolumeMask;

/** Voxels in one row of numbers, {@code [z, y, x]} with x fastest, for work that looks at neighbours. */
record Lattice(int nz, int ny, int nx) {
    static Lattice of(Volume volume) {
        if (volume.size() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("phases of " + volume.size() + " voxels exceed 2³¹");
        }
        return new Lattice(volume.nz(), volume.ny(), volume.nx());
    }

    int size() {
        return nz * ny * nx;
    }

    float[] flat(Volume volume) {
        float[] out = new float[size()];
        for (int z = 0, i = 0; z < nz; z++) {
            for (int y = 0; y < ny; y++) {
                for (int x = 0; x < nx; x++, i++) {
                    out[i] = volume.at(z, y, x);
                }
            }
        }
        return out;
    }

    boolean[] flat(VolumeMask mask) {
        boolean[] out = new boolean[size()];
        for (int z = 0, i = 0; z < nz; z++) {
            for (int y = 0; y < ny; y++) {
                for (int x = 0; x < nx; x++, i++) {
                    out[i] = mask.contains(z, y, x);
                }
            }
        }
        return out;
    }

    /** The voxels of a label. */
    VolumeMask mask(int[] label, int wanted, Volume like) {
        VolumeMask mask = VolumeMask.empty(like);
        for (int z = 0, i = 0; z < nz; z++) {
            for (int y = 0; y < ny; y++) {
                for (int x = 0; x < nx; x++, i++) {
                    if (label[i] == wanted) {
                        mask.add(z, y, x);
                    }
                }
            }
        }
        return mask;
    }

    /** Sums over each voxel and its 26 neighbours, of what lies on the grid. */
    float[] boxSums(float[] values) {
        return along(along(along(values, ny * nx, nz), nx, ny), 1, nx);
    }

    private static float[] along(float[] from, int stride, int length) {
        float[] to = from.clone();
        for (int line = 0; line < from.length; line += stride * length) {
            for (int i = line; i < line + stride * (length - 1); i++) {
                to[i] += from[i + stride];
                to[i + stride] += from[i];
            }
        }
        return to;
    }

    /** Gives every voxel inside that has no label that of the nearest labelled one, over steps between faces inside. */
    void spread(int[] label, boolean[] inside) {
        int[] queue = new int[size()];
        int head = 0;
        int tail = 0;
        for (int i = 0; i < label.length; i++) {
            if (label[i] >= 0) {
                queue[tail++] = i;
            }
        }
        while (head < tail) {
            int i = queue[head++];
            int x = i % nx;
            int y = i / nx % ny;
            int z = i / nx / ny;
            int[] steps = {
                z > 0 ? i - ny * nx : i,
                z < nz - 1 ? i + ny * nx : i,
                y > 0 ? i - nx : i,
                y < ny - 1 ? i + nx : i,
                x > 0 ? i - 1 : i,
                x < nx - 1 ? i + 1 : i
            };
            for (int next : steps) {
                if (inside[next] && label[next] < 0) {
                    label[next] = label[i];
                    queue[tail++] = next;
                }
            }
        }
    }

    /** What is in both. */
    static boolean[] both(boolean[] a, boolean[] b) {
        boolean[] both = new boolean[a.length];
        for (int i = 0; i < a.length; i++) {
            both[i] = a[i] && b[i];
        }
        return both;
    }

    /** How many are in. */
    static int count(boolean[] set) {
        int count = 0;
        for (boolean in : set) {
            count += in ? 1 : 0;
        }
        return count;
    }
}
