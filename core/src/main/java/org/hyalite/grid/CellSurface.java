package org.hyalite.grid;

import java.util.ArrayList;
import java.util.List;

/**
 * How a surface passes through a cube of eight neighbouring voxels: the cube is cut into the six tetrahedra around its
 * diagonal (H. Freudenthal, Ann. Math. 43, 580, 1942), and each is crossed by none, one or two triangles (A. Doi and A.
 * Koide, IEICE Trans. E74, 214, 1991). All cubes are cut alike, so that neighbours agree on the faces between them and
 * every edge of the surface belongs to exactly two triangles.
 *
 * <p>Corners are numbered {@code dx + 2 dy + 4 dz}. An edge leads from a corner along a direction 1 … 7, numbered
 * likewise, and is written {@code corner * 8 + direction}.
 */
final class CellSurface {
    /** For each set of corners inside, as bits: the edges that the triangles' vertices lie on, three by three. */
    private static final int[][] TRIANGLES = new int[256][];

    /** For each set of corners inside: how many of the first corner's seven edges are crossed. */
    private static final int[] CROSSED = new int[256];

    private static final int[][] AXES = {{1, 2, 4}, {1, 4, 2}, {2, 1, 4}, {2, 4, 1}, {4, 1, 2}, {4, 2, 1}};

    static {
        for (int inside = 0; inside < 256; inside++) {
            List<Integer> edges = new ArrayList<>();
            for (int[] axes : AXES) {
                crossTetrahedron(inside, new int[] {0, axes[0], axes[0] | axes[1], 7}, edges);
            }
            TRIANGLES[inside] = edges.stream().mapToInt(Integer::intValue).toArray();
            int others = (inside & 1) == 0 ? inside : ~inside & 255;
            CROSSED[inside] = Integer.bitCount(others);
        }
    }

    private CellSurface() {}

    static int[] triangles(int inside) {
        return TRIANGLES[inside];
    }

    static int crossed(int inside) {
        return CROSSED[inside];
    }

    private static void crossTetrahedron(int inside, int[] corners, List<Integer> edges) {
        List<Integer> in = new ArrayList<>();
        List<Integer> out = new ArrayList<>();
        for (int corner : corners) {
            ((inside >> corner & 1) == 1 ? in : out).add(corner);
        }
        if (in.size() == 2 && out.size() == 2) {
            int[] ring = {
                edge(in.get(0), out.get(0)),
                edge(in.get(0), out.get(1)),
                edge(in.get(1), out.get(1)),
                edge(in.get(1), out.get(0))
            };
            addOutward(edges, in, out, ring[0], ring[1], ring[2]);
            addOutward(edges, in, out, ring[0], ring[2], ring[3]);
        } else if (in.size() == 1 || out.size() == 1) {
            int alone = in.size() == 1 ? in.get(0) : out.get(0);
            List<Integer> others = in.size() == 1 ? out : in;
            addOutward(
                    edges, in, out, edge(alone, others.get(0)), edge(alone, others.get(1)), edge(alone, others.get(2)));
        }
    }

    /** Of two corners of a tetrahedron one has all the other's bits. */
    private static int edge(int a, int b) {
        return (a & b) * 8 + (a ^ b);
    }

    private static void addOutward(List<Integer> edges, List<Integer> in, List<Integer> out, int a, int b, int c) {
        double[] u = minus(middle(b), middle(a));
        double[] v = minus(middle(c), middle(a));
        double[] away = minus(centre(out), centre(in));
        double outward = (u[1] * v[2] - u[2] * v[1]) * away[0]
                + (u[2] * v[0] - u[0] * v[2]) * away[1]
                + (u[0] * v[1] - u[1] * v[0]) * away[2];
        edges.addAll(outward > 0 ? List.of(a, b, c) : List.of(a, c, b));
    }

    private static double[] middle(int edge) {
        int corner = edge / 8;
        return centre(List.of(corner, corner | edge % 8));
    }

    private static double[] centre(List<Integer> corners) {
        double[] sum = new double[3];
        for (int corner : corners) {
            for (int axis = 0; axis < 3; axis++) {
                sum[axis] += (double) (corner >> axis & 1) / corners.size();
            }
        }
        return sum;
    }

    private static double[] minus(double[] a, double[] b) {
        return new double[] {a[0] - b[0], a[1] - b[1], a[2] - b[2]};
    }
}
