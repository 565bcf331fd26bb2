package org.hyalite.phase;

import java.util.ArrayList;
import java.util.List;
import org.hyalite.grid.VolumeMask;

/**
 * Two phases that touch, whose line on the diagram is their tie line.
 *
 * <p>The area is summed over the voxel faces between both, each counted with the share {@code |n_k|} of its direction k
 * in the local normal n, for faces alone would make a slanting interface up to √3 times too large: a plane of area A has
 * {@code A |n_k|} of faces along k, and {@code Σ A |n_k|² = A}. The normal is the gradient of the difference of both
 * phases' shares, averaged over 5³ voxels.
 *
 * @param first name of the one with less of A
 * @param second name of the other
 * @param areaNm2 of their interface, nm²
 */
public record PhaseContact(String first, String second, double areaNm2) {
    private static final int SMOOTHINGS = 2;

    /** All pairs that touch, largest area first. */
    public static List<PhaseContact> of(PhaseDiagram diagram, Phases phases) {
        Lattice lattice = Lattice.of(diagram.density());
        List<PhaseRegion> regions = phases.regions();
        List<PhaseContact> found = new ArrayList<>();
        for (int j = 0; j < regions.size(); j++) {
            for (int i = 0; i < j; i++) {
                double area = area(
                        lattice,
                        phases.mask(regions.get(i)),
                        phases.mask(regions.get(j)),
                        diagram.density().voxelNm());
                if (area > 0) {
                    found.add(new PhaseContact(
                            regions.get(i).name(), regions.get(j).name(), area));
                }
            }
        }
        found.sort(java.util.Comparator.comparingDouble(PhaseContact::areaNm2).reversed());
        return found;
    }

    private static double area(Lattice lattice, VolumeMask a, VolumeMask b, double voxelNm) {
        boolean[] inA = lattice.flat(a);
        boolean[] inB = lattice.flat(b);
        float[] level = new float[inA.length];
        for (int i = 0; i < level.length; i++) {
            level[i] = inA[i] ? 1 : inB[i] ? -1 : 0;
        }
        for (int s = 0; s < SMOOTHINGS; s++) {
            level = lattice.boxSums(level);
        }
        int[] strides = {1, lattice.nx(), lattice.nx() * lattice.ny()};
        int[] lengths = {lattice.nx(), lattice.ny(), lattice.nz()};
        double faces = 0;
        for (int axis = 0; axis < 3; axis++) {
            for (int i = 0; i + strides[axis] < inA.length; i++) {
                int j = i + strides[axis];
                boolean face =
                        (inA[i] && inB[j] || inB[i] && inA[j]) && i / strides[axis] % lengths[axis] < lengths[axis] - 1;
                if (face) {
                    faces += alongNormal(level, i, j, axis, strides, lengths);
                }
            }
        }
        return faces * voxelNm * voxelNm;
    }

    /** The component of the unit normal along an axis at the face between two voxels. */
    private static double alongNormal(float[] level, int i, int j, int axis, int[] strides, int[] lengths) {
        double[] gradient = new double[3];
        for (int k = 0; k < 3; k++) {
            gradient[k] = k == axis
                    ? level[j] - level[i]
                    : (slope(level, i, strides[k], lengths[k]) + slope(level, j, strides[k], lengths[k])) / 2;
        }
        double length = Math.sqrt(gradient[0] * gradient[0] + gradient[1] * gradient[1] + gradient[2] * gradient[2]);
        return length > 0 ? Math.abs(gradient[axis]) / length : 1;
    }

    private static double slope(float[] level, int at, int stride, int length) {
        int place = at / stride % length;
        int before = place > 0 ? at - stride : at;
        int after = place < length - 1 ? at + stride : at;
        return after == before ? 0 : (level[after] - level[before]) / (double) ((after - before) / stride);
    }
}
