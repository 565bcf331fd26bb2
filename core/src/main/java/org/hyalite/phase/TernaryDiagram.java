package org.hyalite.phase;

import java.util.List;
import java.util.Objects;
import org.hyalite.grid.Volume;
import org.hyalite.physics.Element;

/**
 * How many nm³ of a particle have which fractions of three elements, {@code a + b + c = 1} among the three, over the
 * voxels inside the diagram's threshold.
 *
 * <p>The triangle is cut into {@code n²} triangles. Row i holds the fractions of the first element from i/n to
 * (i + 1)/n; in it, number {@code 2 j} points towards the first element's corner and {@code 2 j + 1} away from it, j the
 * step of the second element: row i has {@code 2 (n − i) − 1}.
 */
public final class TernaryDiagram {
    private final List<Element> corners;
    private final double[][] volumeNm3;

    private TernaryDiagram(List<Element> corners, double[][] volumeNm3) {
        this.corners = corners;
        this.volumeNm3 = volumeNm3;
    }

    /**
     * The diagram of three elements.
     *
     * @param corners three different elements of the phase diagram
     * @param divisions n, steps along each side
     * @throws IllegalArgumentException if they are not three, or one has no volume
     */
    public static TernaryDiagram of(PhaseDiagram diagram, List<Element> corners, int divisions) {
        if (corners.size() != 3 || corners.stream().distinct().count() != 3) {
            throw new IllegalArgumentException("a ternary diagram of " + corners + ": name three different elements");
        }
        if (divisions < 1) {
            throw new IllegalArgumentException("a ternary diagram of " + divisions + " steps");
        }
        for (Element corner : corners) {
            if (!diagram.densities().containsKey(corner)) {
                throw new IllegalArgumentException("a ternary diagram of " + corner + ", which is not among "
                        + diagram.densities().keySet());
            }
        }
        double[][] rows = new double[divisions][];
        for (int i = 0; i < divisions; i++) {
            rows[i] = new double[2 * (divisions - i) - 1];
        }
        Volume[] volumes = corners.stream()
                .map(c -> Objects.requireNonNull(diagram.densities().get(c)))
                .toArray(Volume[]::new);
        double voxel = diagram.density().voxelNm3();
        for (int b = 0; b < diagram.density().blocks().length; b++) {
            float[] n = diagram.density().blocks()[b];
            for (int v = 0; v < n.length; v++) {
                double x = Math.max(0, volumes[0].blocks()[b][v]);
                double y = Math.max(0, volumes[1].blocks()[b][v]);
                double sum = x + y + Math.max(0, volumes[2].blocks()[b][v]);
                if (n[v] > diagram.thresholdPerNm3() && sum > 0) {
                    int[] cell = cell(x / sum, y / sum, divisions);
                    rows[cell[0]][cell[1]] += voxel;
                }
            }
        }
        return new TernaryDiagram(List.copyOf(corners), rows);
    }

    /** The row and number of the triangle that holds fractions a of the first and b of the second element. */
    static int[] cell(double a, double b, int divisions) {
        int i = Math.max(0, Math.min(divisions - 1, (int) (a * divisions)));
        int j = Math.max(0, Math.min(divisions - 1 - i, (int) (b * divisions)));
        boolean away = a * divisions - i + (b * divisions - j) > 1;
        return new int[] {i, Math.min(2 * (divisions - i) - 2, 2 * j + (away ? 1 : 0))};
    }

    /** The three elements. */
    public List<Element> corners() {
        return corners;
    }

    /** nm³ of every triangle, row by row; the diagram's own array. */
    public double[][] volumeNm3() {
        return volumeNm3;
    }
}
