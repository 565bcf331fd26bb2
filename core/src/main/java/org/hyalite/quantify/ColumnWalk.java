package org.hyalite.quantify;

import org.hyalite.grid.Volume;
import org.hyalite.kernel.Slabs;

/**
 * Atoms per area between every voxel's middle and the end of the volume, along straight rays, voxels of constant density
 * (exact traversal after Amanatides and Woo (1987), Eurographics 87, 3). Several densities share one walk.
 */
final class ColumnWalk {
    private final int nz;
    private final int ny;
    private final int nx;
    private final int kinds;
    private final double voxelNm;
    /** {@code [z][y][x][kind]}, atoms/nm³. */
    private final float[] density;

    /** Where somebody looks: voxels with density, and their neighbours, {@code [z][y][x]}. */
    private final boolean[] wanted;

    private ColumnWalk(int nz, int ny, int nx, int kinds, double voxelNm, float[] density, boolean[] wanted) {
        this.nz = nz;
        this.ny = ny;
        this.nx = nx;
        this.kinds = kinds;
        this.voxelNm = voxelNm;
        this.density = density;
        this.wanted = wanted;
    }

    /**
     * Walks through the means of {@code bin³} voxels.
     *
     * @param volumes densities on one grid, atoms/nm³
     */
    static ColumnWalk of(java.util.List<Volume> volumes, int bin) {
        Volume first = volumes.get(0);
        int nz = (first.nz() + bin - 1) / bin;
        int ny = (first.ny() + bin - 1) / bin;
        int nx = (first.nx() + bin - 1) / bin;
        int kinds = volumes.size();
        float[] density = new float[Math.multiplyExact(Math.multiplyExact(nz * ny, nx), kinds)];
        float share = 1f / (bin * bin * bin);
        float most = 0;
        for (int k = 0; k < kinds; k++) {
            Volume volume = volumes.get(k);
            for (int z = 0; z < volume.nz(); z++) {
                for (int x = 0; x < volume.nx(); x++) {
                    for (int y = 0; y < volume.ny(); y++) {
                        int at = ((z / bin * ny + y / bin) * nx + x / bin) * kinds + k;
                        density[at] += share * volume.at(z, y, x);
                        most = Math.max(most, density[at]);
                    }
                }
            }
        }
        boolean[] full = new boolean[nz * ny * nx];
        for (int v = 0; v < full.length; v++) {
            for (int k = 0; k < kinds; k++) {
                full[v] |= density[v * kinds + k] > 1e-3f * most;
            }
        }
        return new ColumnWalk(nz, ny, nx, kinds, first.voxelNm() * bin, density, widened(full, nz, ny, nx));
    }

    private static boolean[] widened(boolean[] full, int nz, int ny, int nx) {
        boolean[] wide = new boolean[full.length];
        for (int v = 0; v < full.length; v++) {
            if (full[v]) {
                int z = v / (ny * nx);
                int y = v / nx % ny;
                int x = v % nx;
                for (int c = Math.max(0, z - 1); c <= Math.min(nz - 1, z + 1); c++) {
                    for (int b = Math.max(0, y - 1); b <= Math.min(ny - 1, y + 1); b++) {
                        for (int a = Math.max(0, x - 1); a <= Math.min(nx - 1, x + 1); a++) {
                            wide[(c * ny + b) * nx + a] = true;
                        }
                    }
                }
            }
        }
        return wide;
    }

    int nz() {
        return nz;
    }

    int ny() {
        return ny;
    }

    int nx() {
        return nx;
    }

    /** Looks at the columns of one voxel. */
    interface Visitor {
        /**
         * @param voxel {@code (z · ny + y) · nx + x}
         * @param columns atoms/nm² by kind; overwritten by the next voxel
         */
        void visit(int voxel, double[] columns);
    }

    /**
     * Visits every voxel that is wanted, planes z in parallel.
     *
     * @param direction unit vector {@code {z, y, x}}
     */
    void walk(double[] direction, Slabs slabs, Visitor visitor) {
        slabs.run(nz, z -> {
            double[] columns = new double[kinds];
            for (int y = 0; y < ny; y++) {
                for (int x = 0; x < nx; x++) {
                    int voxel = (z * ny + y) * nx + x;
                    if (wanted[voxel]) {
                        columns(z, y, x, direction, columns);
                        visitor.visit(voxel, columns);
                    }
                }
            }
        });
    }

    private void columns(int z, int y, int x, double[] d, double[] columns) {
        java.util.Arrays.fill(columns, 0);
        int stepZ = d[0] < 0 ? -1 : 1;
        int stepY = d[1] < 0 ? -1 : 1;
        int stepX = d[2] < 0 ? -1 : 1;
        // 1/0 is infinite: such a wall is never the next
        double eachZ = 1 / Math.abs(d[0]);
        double eachY = 1 / Math.abs(d[1]);
        double eachX = 1 / Math.abs(d[2]);
        double nextZ = eachZ / 2;
        double nextY = eachY / 2;
        double nextX = eachX / 2;
        double at = 0;
        while (z >= 0 && z < nz && y >= 0 && y < ny && x >= 0 && x < nx) {
            double next = Math.min(nextZ, Math.min(nextY, nextX));
            double length = (next - at) * voxelNm;
            int base = ((z * ny + y) * nx + x) * kinds;
            for (int k = 0; k < kinds; k++) {
                columns[k] += density[base + k] * length;
            }
            at = next;
            if (next == nextX) {
                x += stepX;
                nextX += eachX;
            } else if (next == nextY) {
                y += stepY;
                nextY += eachY;
            } else {
                z += stepZ;
                nextZ += eachZ;
            }
        }
    }
}
