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

    /** The voxels set whose 26 neighbours, of those on the grid, are set too. */
    boolean[] eroded(boolean[] set) {
        float[] out = new float[set.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = set[i] ? 0 : 1;
        }
        float[] beside = boxSums(out);
        boolean[] left = new boolean[set.length];
        for (int i = 0; i < left.length; i++) {
            left[i] = beside[i] == 0;
        }
        return left;
    }

    /** A value between voxels' centres, linear along each axis; beyond the outermost centres it goes on as it is there. */
    double between(float[] values, double z, double y, double x) {
        double cz = Math.max(0, Math.min(nz - 1, z));
        double cy = Math.max(0, Math.min(ny - 1, y));
        double cx = Math.max(0, Math.min(nx - 1, x));
        int z0 = Math.min((int) cz, Math.max(0, nz - 2));
        int y0 = Math.min((int) cy, Math.max(0, ny - 2));
        int x0 = Math.min((int) cx, Math.max(0, nx - 2));
        int dz = nz > 1 ? ny * nx : 0;
        int dy = ny > 1 ? nx : 0;
        int dx = nx > 1 ? 1 : 0;
        int i = (z0 * ny + y0) * nx + x0;
        double fz = cz - z0;
        double fy = cy - y0;
        double fx = cx - x0;
        double near = mix(mix(values[i], values[i + dx], fx), mix(values[i + dy], values[i + dy + dx], fx), fy);
        int j = i + dz;
        double far = mix(mix(values[j], values[j + dx], fx), mix(values[j + dy], values[j + dy + dx], fx), fy);
        return mix(near, far, fz);
    }

    private static double mix(double a, double b, double share) {
        return a + share * (b - a);
    }

    /** A volume of these voxels. */
    Volume volume(float[] values, double voxelNm) {
        Volume volume = Volume.zeros(nz, ny, nx, voxelNm);
        for (int z = 0, i = 0; z < nz; z++) {
            for (int y = 0; y < ny; y++) {
                for (int x = 0; x < nx; x++, i++) {
                    volume.set(z, y, x, values[i]);
                }
            }
        }
        return volume;
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
