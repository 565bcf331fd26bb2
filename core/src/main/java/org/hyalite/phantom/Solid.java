package org.hyalite.phantom;

import java.util.ArrayList;
import java.util.List;

/**
 * A faceted body: the union of convex pieces, each the space that all its facets {@code n · r ≤ d} leave. A straight
 * ray's way through it is found exactly. Points are {x, y, z} in nm.
 */
final class Solid {
    private static final int FACET = 4;

    /** Of each piece its facets, {@code {nx, ny, nz, d}} one after the other. */
    private final List<double[]> pieces;

    private final double[] centre;
    private final double radius;

    private Solid(List<double[]> pieces) {
        this.pieces = pieces;
        List<double[]> corners = corners();
        double[] low = extent(corners, -1);
        double[] high = extent(corners, 1);
        this.centre = new double[] {(low[0] + high[0]) / 2, (low[1] + high[1]) / 2, (low[2] + high[2]) / 2};
        double farthest = 0;
        for (double[] c : corners) {
            double dx = c[0] - centre[0];
            double dy = c[1] - centre[1];
            double dz = c[2] - centre[2];
            farthest = Math.max(farthest, Math.sqrt(dx * dx + dy * dy + dz * dz));
        }
        this.radius = farthest;
    }

    /** The union of convex pieces; each must be bounded. Takes ownership. */
    static Solid of(List<double[]> pieces) {
        return new Solid(List.copyOf(pieces));
    }

    /** A box with its edges along the axes, for what must be known by hand. */
    static Solid box(double[] low, double[] high) {
        return of(List.of(new double[] {
            1, 0, 0, high[0], -1, 0, 0, -low[0], 0, 1, 0, high[1], 0, -1, 0, -low[1], 0, 0, 1, high[2], 0, 0, -1,
            -low[2]
        }));
    }

    /** Middle of the bounding box. */
    double[] centre() {
        return centre.clone();
    }

    /** At most this many stretches, two numbers each, does a ray have in it. */
    int pieces() {
        return pieces.size();
    }

    /** Every point {@code r} moved to {@code scale · r + by}. */
    Solid scaledThenMoved(double scale, double... by) {
        List<double[]> moved = new ArrayList<>();
        for (double[] facets : pieces) {
            double[] f = facets.clone();
            for (int i = 0; i < f.length; i += FACET) {
                f[i + 3] = f[i + 3] * scale + f[i] * by[0] + f[i + 1] * by[1] + f[i + 2] * by[2];
            }
            moved.add(f);
        }
        return of(moved);
    }

    /**
     * The stretches of the ray {@code origin + t · direction} inside, ascending and apart.
     *
     * @param direction of length one
     * @param spans receives begin and end of each stretch, nm; {@code 2 · pieces()} long
     * @return how many stretches there are
     */
    int cross(double[] origin, double[] direction, double[] spans) {
        if (passesBy(origin, direction)) {
            return 0;
        }
        int found = 0;
        for (double[] facets : pieces) {
            double from = Double.NEGATIVE_INFINITY;
            double to = Double.POSITIVE_INFINITY;
            for (int i = 0; i < facets.length && from < to; i += FACET) {
                double along = facets[i] * direction[0] + facets[i + 1] * direction[1] + facets[i + 2] * direction[2];
                double room =
                        facets[i + 3] - (facets[i] * origin[0] + facets[i + 1] * origin[1] + facets[i + 2] * origin[2]);
                if (along > 0) {
                    to = Math.min(to, room / along);
                } else if (along < 0) {
                    from = Math.max(from, room / along);
                } else if (room < 0) {
                    to = Double.NEGATIVE_INFINITY;
                }
            }
            if (from < to) {
                found = insert(spans, found, from, to);
            }
        }
        return merge(spans, found);
    }

    /** Corners of all pieces; those hidden in another piece too. */
    List<double[]> corners() {
        List<double[]> corners = new ArrayList<>();
        for (double[] f : pieces) {
            int n = f.length / FACET;
            for (int i = 0; i < n; i++) {
                for (int j = i + 1; j < n; j++) {
                    for (int k = j + 1; k < n; k++) {
                        double[] corner = meet(f, i * FACET, j * FACET, k * FACET);
                        if (corner.length > 0) {
                            corners.add(corner);
                        }
                    }
                }
            }
        }
        return corners;
    }

    /** The largest (sign 1) or smallest (sign −1) x, y and z of some points. */
    static double[] extent(List<double[]> points, int sign) {
        double[] most = {Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY};
        for (double[] p : points) {
            for (int i = 0; i < most.length; i++) {
                most[i] = Math.max(most[i], sign * p[i]);
            }
        }
        return new double[] {sign * most[0], sign * most[1], sign * most[2]};
    }

    private boolean passesBy(double[] origin, double[] direction) {
        double x = centre[0] - origin[0];
        double y = centre[1] - origin[1];
        double z = centre[2] - origin[2];
        double along = x * direction[0] + y * direction[1] + z * direction[2];
        return x * x + y * y + z * z - along * along > radius * radius;
    }

    private static int insert(double[] spans, int found, double from, double to) {
        int at = found;
        while (at > 0 && spans[2 * at - 2] > from) {
            spans[2 * at] = spans[2 * at - 2];
            spans[2 * at + 1] = spans[2 * at - 1];
            at--;
        }
        spans[2 * at] = from;
        spans[2 * at + 1] = to;
        return found + 1;
    }

    private static int merge(double[] spans, int found) {
        if (found < 2) {
            return found;
        }
        int last = 0;
        for (int i = 1; i < found; i++) {
            if (spans[2 * i] <= spans[2 * last + 1]) {
                spans[2 * last + 1] = Math.max(spans[2 * last + 1], spans[2 * i + 1]);
            } else {
                last++;
                spans[2 * last] = spans[2 * i];
                spans[2 * last + 1] = spans[2 * i + 1];
            }
        }
        return last + 1;
    }

    /** Where three facets' planes meet, {@code Σ d₁ (n₂ × n₃) / n₁ · (n₂ × n₃)}; empty if outside the piece or nowhere. */
    private static double[] meet(double[] f, int i, int j, int k) {
        double[] jk = across(f, j, k);
        double[] ki = across(f, k, i);
        double[] ij = across(f, i, j);
        double determinant = f[i] * jk[0] + f[i + 1] * jk[1] + f[i + 2] * jk[2];
        if (Math.abs(determinant) < 1e-9) {
            return new double[0];
        }
        double x = (f[i + 3] * jk[0] + f[j + 3] * ki[0] + f[k + 3] * ij[0]) / determinant;
        double y = (f[i + 3] * jk[1] + f[j + 3] * ki[1] + f[k + 3] * ij[1]) / determinant;
        double z = (f[i + 3] * jk[2] + f[j + 3] * ki[2] + f[k + 3] * ij[2]) / determinant;
        for (int m = 0; m < f.length; m += FACET) {
            double over = f[m] * x + f[m + 1] * y + f[m + 2] * z - f[m + 3];
            if (over > 1e-6 * (1 + Math.abs(f[m + 3]))) {
                return new double[0];
            }
        }
        return new double[] {x, y, z};
    }

    /** The cross product of two facets' normals. */
    private static double[] across(double[] f, int i, int j) {
        return new double[] {
            f[i + 1] * f[j + 2] - f[i + 2] * f[j + 1],
            f[i + 2] * f[j] - f[i] * f[j + 2],
            f[i] * f[j + 1] - f[i + 1] * f[j]
        };
    }
}
