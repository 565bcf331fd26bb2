package org.hyalite.phase;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.hyalite.grid.Volume;
import org.hyalite.physics.Element;

/**
 * The covariance of measurement of a voxel's densities, atoms²/nm⁶: from standard deviations that are given voxel by
 * voxel, or one for all voxels from how much near ones differ.
 */
final class VoxelNoise {
    /** Voxels whose noise is hardly common. */
    private static final int APART = 3;

    /** What no model of a phase explains is at least this share of the median N. */
    private static final double LEAST = 0.02;

    private final int elements;
    private final double[] common;
    private final float[][] variances;
    private final double floor;

    /** @param floor variance that is added to every diagonal */
    private VoxelNoise(int elements, double[] common, float[][] variances, double floor) {
        this.elements = elements;
        this.common = common;
        this.variances = variances;
        this.floor = floor;
        for (int a = 0; a < elements; a++) {
            common[a * elements + a] += floor;
        }
    }

    /**
     * From the differences between voxels three apart along each axis: robust variances of the elements and of their sums
     * in pairs give the covariances, {@code cov(A, B) = (var(A + B) − var A − var B) / 2}.
     *
     * @param densities {@code [element][voxel]}
     * @param used voxels that are taken
     */
    static VoxelNoise ofNeighbours(Lattice lattice, float[][] densities, boolean[] used) {
        int e = densities.length;
        double[] common = new double[e * e];
        for (int a = 0; a < e; a++) {
            common[a * e + a] = variance(lattice, densities[a], densities[a], used, false);
        }
        for (int a = 0; a < e; a++) {
            for (int b = 0; b < a; b++) {
                double sum = variance(lattice, densities[a], densities[b], used, true);
                double most = 0.95 * Math.sqrt(common[a * e + a] * common[b * e + b]);
                double cov = (sum - common[a * e + a] - common[b * e + b]) / 2;
                common[a * e + b] = Math.max(-most, Math.min(most, cov));
                common[b * e + a] = common[a * e + b];
            }
        }
        return new VoxelNoise(e, common, new float[0][], floor(densities, used));
    }

    /**
     * From standard deviations.
     *
     * @param sds atoms/nm³ of every element of the diagram
     * @throws IllegalArgumentException if one is missing, negative or not finite, or lies on another grid
     */
    static VoxelNoise given(
            Lattice lattice, PhaseDiagram diagram, Map<Element, Volume> sds, float[][] densities, boolean[] used) {
        List<Element> elements = List.copyOf(diagram.densities().keySet());
        float[][] variances = new float[elements.size()][];
        double[] mean = new double[elements.size() * elements.size()];
        for (int a = 0; a < variances.length; a++) {
            Volume sd = sds.get(elements.get(a));
            if (sd == null) {
                throw new IllegalArgumentException("no standard deviations of " + elements.get(a));
            }
            diagram.density().requireSameGrid(sd);
            variances[a] = lattice.flat(sd);
            int n = 0;
            for (int i = 0; i < used.length; i++) {
                float v = variances[a][i];
                if (!(v >= 0) || Float.isInfinite(v)) {
                    throw new IllegalArgumentException("a standard deviation of " + elements.get(a) + " is " + v);
                }
                variances[a][i] = v * v;
                mean[a * variances.length + a] += used[i] ? variances[a][i] : 0;
                n += used[i] ? 1 : 0;
            }
            mean[a * variances.length + a] /= Math.max(1, n);
        }
        return new VoxelNoise(variances.length, mean, variances, floor(densities, used));
    }

    private static double floor(float[][] densities, boolean[] used) {
        double sd = LEAST * medianTotal(densities, used);
        return Math.max(sd * sd, Double.MIN_NORMAL);
    }

    private static double medianTotal(float[][] densities, boolean[] used) {
        float[] total = new float[used.length];
        int n = 0;
        for (int i = 0; i < used.length; i++) {
            if (used[i]) {
                for (float[] density : densities) {
                    total[n] += density[i];
                }
                n++;
            }
        }
        return n == 0 ? 1 : PhaseCores.median(Arrays.copyOf(total, n));
    }

    private static double variance(Lattice lattice, float[] a, float[] b, boolean[] used, boolean sum) {
        int[] strides = {1, lattice.nx(), lattice.nx() * lattice.ny()};
        int[] lengths = {lattice.nx(), lattice.ny(), lattice.nz()};
        float[] differences = new float[3 * used.length];
        int n = 0;
        for (int axis = 0; axis < 3; axis++) {
            int step = APART * strides[axis];
            for (int i = 0; i + step < used.length; i++) {
                if (used[i] && used[i + step] && i / strides[axis] % lengths[axis] < lengths[axis] - APART) {
                    float d = a[i + step] - a[i];
                    differences[n++] = Math.abs(sum ? d + b[i + step] - b[i] : d);
                }
            }
        }
        double sd = n == 0 ? 0 : PhaseCores.MAD_TO_SD * PhaseCores.median(Arrays.copyOf(differences, n));
        return sd * sd / 2;
    }

    boolean perVoxel() {
        return variances.length > 0;
    }

    /** The covariance that stands for all voxels: their mean where they are given; its own array. */
    double[] common() {
        return common;
    }

    /** A voxel's own covariance, into {@code out}. */
    void of(int voxel, double[] out) {
        System.arraycopy(common, 0, out, 0, out.length);
        for (int a = 0; a < variances.length; a++) {
            out[a * elements + a] = variances[a][voxel] + floor;
        }
    }
}
