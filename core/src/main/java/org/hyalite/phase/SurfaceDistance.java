package org.hyalite.phase;

import java.util.Arrays;

/**
 * Signed distances of voxels to a surface along its local normal, voxels, positive on the side of larger values: the
 * surface is where a field, smoothed over two voxels so that it does not follow the noise, crosses a level between two
 * neighbouring voxels; its normal there is the smoothed field's gradient. A voxel takes the nearest such point, and counts only
 * where it lies straight above or below it: beside the surface's rim there is no normal.
 */
final class SurfaceDistance {
    private static final int SMOOTHINGS = 2;
    private static final double BESIDE = 1;
    /** Voxels along the edge of a patch. */
    private static final int PATCH = 8;

    private final Lattice lattice;
    private final float[] smooth;
    private final double[][] points;
    private final double[][] normals;
    private int count;
    private final double[] distance;
    private final int[] patch;

    private SurfaceDistance(Lattice lattice, float[] smooth, int most) {
        this.lattice = lattice;
        this.smooth = smooth;
        points = new double[most][];
        normals = new double[most][];
        distance = new double[lattice.size()];
        patch = new int[lattice.size()];
        Arrays.fill(distance, Double.NaN);
        Arrays.fill(patch, -1);
    }

    /** Of each voxel, NaN where it is not within reach of the surface. */
    double[] distance() {
        return distance;
    }

    /** The patch of the surface that each voxel belongs to, −1 for those without a distance; patches are cubes of 8³ voxels. */
    int[] patch() {
        return patch;
    }

    /** Points of the surface. */
    int points() {
        return count;
    }

    /**
     * @param field what is above the level on one side; what lies outside {@code within} is not looked at
     * @param reach voxels, the farthest distance that is wanted
     */
    static SurfaceDistance of(Lattice lattice, float[] field, boolean[] within, double level, double reach) {
        float[] smooth = field;
        for (int i = 0; i < SMOOTHINGS; i++) {
            smooth = smoothed(lattice, smooth, within);
        }
        int most = 0;
        for (boolean in : within) {
            most += in ? 3 : 0;
        }
        SurfaceDistance surface = new SurfaceDistance(lattice, smooth, most);
        surface.find(within, level);
        surface.measure(within, reach);
        return surface;
    }

    private static float[] smoothed(Lattice lattice, float[] field, boolean[] within) {
        float[] own = new float[field.length];
        float[] one = new float[field.length];
        for (int i = 0; i < own.length; i++) {
            own[i] = within[i] ? field[i] : 0;
            one[i] = within[i] ? 1 : 0;
        }
        float[] sum = lattice.boxSums(own);
        float[] n = lattice.boxSums(one);
        for (int i = 0; i < own.length; i++) {
            own[i] = within[i] ? sum[i] / n[i] : 0;
        }
        return own;
    }

    private void find(boolean[] within, double level) {
        int[] step = {lattice.ny() * lattice.nx(), lattice.nx(), 1};
        for (int i = 0; i < within.length; i++) {
            int[] at = at(i);
            for (int axis = 0; axis < 3; axis++) {
                int last = axis == 0 ? lattice.nz() : axis == 1 ? lattice.ny() : lattice.nx();
                int j = i + step[axis];
                if (!within[i] || at[axis] + 1 >= last || !within[j] || smooth[i] > level == smooth[j] > level) {
                    continue;
                }
                double share = (level - smooth[i]) / ((double) smooth[j] - smooth[i]);
                double[] point = {at[0], at[1], at[2]};
                point[axis] += share;
                double[] normal = new double[3];
                double length = 0;
                for (int k = 0; k < 3; k++) {
                    normal[k] = (1 - share) * slope(i, k, within) + share * slope(j, k, within);
                    length += normal[k] * normal[k];
                }
                if (length > 0) {
                    for (int k = 0; k < 3; k++) {
                        normal[k] /= Math.sqrt(length);
                    }
                    points[count] = point;
                    normals[count++] = normal;
                }
            }
        }
    }

    private int[] at(int i) {
        return new int[] {i / lattice.nx() / lattice.ny(), i / lattice.nx() % lattice.ny(), i % lattice.nx()};
    }

    /** Central difference, or one-sided where a neighbour is missing. */
    private double slope(int i, int axis, boolean[] within) {
        int[] at = at(i);
        int last = axis == 0 ? lattice.nz() : axis == 1 ? lattice.ny() : lattice.nx();
        int step = axis == 0 ? lattice.ny() * lattice.nx() : axis == 1 ? lattice.nx() : 1;
        int before = at[axis] > 0 && within[i - step] ? i - step : i;
        int after = at[axis] + 1 < last && within[i + step] ? i + step : i;
        return before == after ? 0 : (smooth[after] - smooth[before]) * (double) step / (after - before);
    }

    /** Each voxel asks its neighbours for their nearest points until none finds a nearer one. */
    private void measure(boolean[] within, double reach) {
        int[] nearest = new int[within.length];
        double[] square = new double[within.length];
        Arrays.fill(nearest, -1);
        Arrays.fill(square, Double.POSITIVE_INFINITY);
        java.util.ArrayDeque<Integer> queue = new java.util.ArrayDeque<>();
        for (int p = 0; p < count; p++) {
            int i = index(points[p]);
            double d = square(i, p);
            if (d < square[i]) {
                square[i] = d;
                nearest[i] = p;
                queue.add(i);
            }
        }
        while (!queue.isEmpty()) {
            int i = queue.poll();
            int[] at = at(i);
            for (int k = 0; k < 27; k++) {
                int z = at[0] + k / 9 - 1;
                int y = at[1] + k / 3 % 3 - 1;
                int x = at[2] + k % 3 - 1;
                if (z < 0 || y < 0 || x < 0 || z >= lattice.nz() || y >= lattice.ny() || x >= lattice.nx()) {
                    continue;
                }
                int j = (z * lattice.ny() + y) * lattice.nx() + x;
                double d = square(j, nearest[i]);
                if (d < square[j] && d <= (reach + 1) * (reach + 1)) {
                    square[j] = d;
                    nearest[j] = nearest[i];
                    queue.add(j);
                }
            }
        }
        for (int i = 0; i < within.length; i++) {
            if (!within[i] || nearest[i] < 0) {
                continue;
            }
            int[] at = at(i);
            double[] p = points[nearest[i]];
            double[] n = normals[nearest[i]];
            double along = 0;
            for (int k = 0; k < 3; k++) {
                along += (at[k] - p[k]) * n[k];
            }
            if (square[i] - along * along <= BESIDE * BESIDE && Math.abs(along) <= reach) {
                distance[i] = along;
                patch[i] = (((int) p[0] / PATCH) << 20) | (((int) p[1] / PATCH) << 10) | (int) p[2] / PATCH;
            }
        }
    }

    private int index(double[] point) {
        return ((int) Math.round(point[0]) * lattice.ny() + (int) Math.round(point[1])) * lattice.nx()
                + (int) Math.round(point[2]);
    }

    private double square(int i, int point) {
        int[] at = at(i);
        double sum = 0;
        for (int k = 0; k < 3; k++) {
            double d = at[k] - points[point][k];
            sum += d * d;
        }
        return sum;
    }
}
