package org.hyalite.tomo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * {@code minimise Σ φ_r((Ax)_r) + α R(x)} over x ≥ 0 by the alternating direction method of multipliers with dense
 * matrices in double precision. A is a voxel's shadow integrated over pixels, from areas; the differences are written down
 * from the definitions, entry by entry; TGV's slopes are further unknowns. No line is shared with what it judges.
 */
final class DenseMinimum {
    final int nz;
    final int ny;
    final int nx;
    final int voxels;
    /** Rows by [tilt][x][y], like a block of a tilt series. */
    final double[][] a;

    /** One summand of D, of one pixel. */
    interface Pixel {
        double value(double s);

        /** Where {@code φ(s) + ρ/2 (s − t)²} is least. */
        double nearest(double t, double rho);
    }

    /** Rows whose Euclidean length counts {@code times}. */
    private record Group(double times, List<Row> rows) {}

    /** The entries of a row that are not zero. */
    private static final class Row {
        private int[] at = {};
        private double[] factor = {};

        void add(int place, double value) {
            at = Arrays.copyOf(at, at.length + 1);
            factor = Arrays.copyOf(factor, at.length);
            at[at.length - 1] = place;
            factor[at.length - 1] = value;
        }

        double times(double[] x) {
            double sum = 0;
            for (int k = 0; k < at.length; k++) {
                sum += factor[k] * x[at[k]];
            }
            return sum;
        }

        void addTo(double[] x, double scale) {
            for (int k = 0; k < at.length; k++) {
                x[at[k]] += scale * factor[k];
            }
        }
    }

    /** A minimiser, its images and the least value. */
    record Found(double[] x, double[] image, double value) {}

    DenseMinimum(int nz, int ny, int nx, double pixelNm, double... tiltsDeg) {
        this.nz = nz;
        this.ny = ny;
        this.nx = nx;
        this.voxels = nz * ny * nx;
        this.a = new double[tiltsDeg.length * nx * ny][voxels];
        for (int t = 0; t < tiltsDeg.length; t++) {
            double cos = Math.cos(Math.toRadians(tiltsDeg[t]));
            double sin = Math.sin(Math.toRadians(tiltsDeg[t]));
            for (int z = 0; z < nz; z++) {
                for (int x = 0; x < nx; x++) {
                    double middle = (nx - 1) / 2.0 + (x - (nx - 1) / 2.0) * cos - (z - (nz - 1) / 2.0) * sin;
                    for (int u = 0; u < nx; u++) {
                        double share =
                                shadowBefore(u + 0.5 - middle, cos, sin) - shadowBefore(u - 0.5 - middle, cos, sin);
                        for (int y = 0; y < ny; y++) {
                            a[(t * nx + u) * ny + y][at(z, y, x)] = pixelNm * share;
                        }
                    }
                }
            }
        }
    }

    int at(int z, int y, int x) {
        return (z * ny + y) * nx + x;
    }

    /** The area of a unit square, turned by the tilt, that lies left of a line at u: the mean over its height of a clamped ramp. */
    private static double shadowBefore(double u, double cos, double sin) {
        double width = Math.abs(cos);
        double lean = Math.abs(sin);
        if (width < 1e-9) {
            return Math.min(1, Math.max(0, u + 0.5));
        }
        // at height h in (−½, ½) the square reaches from lean h − width/2 to lean h + width/2
        DoubleUnaryOperator integral = q -> q <= 0 ? 0 : q >= 1 ? q - 0.5 : q * q / 2;
        double low = (u + lean / 2 + width / 2) / width;
        double high = (u - lean / 2 + width / 2) / width;
        double slope = lean / width;
        return slope < 1e-9
                ? Math.min(1, Math.max(0, low))
                : (integral.applyAsDouble(low) - integral.applyAsDouble(high)) / slope;
    }

    private boolean exists(int axis, int... place) {
        int[] sizes = {nz, ny, nx};
        for (int i = 0; i < 3; i++) {
            if (place[i] < 0 || place[i] >= sizes[i]) {
                return false;
            }
        }
        return place[axis] < sizes[axis] - 1;
    }

    private static int[] moved(int[] place, int axis, int by) {
        int[] other = place.clone();
        other[axis] += by;
        return other;
    }

    private int at(int[] place) {
        return at(place[0], place[1], place[2]);
    }

    /** Where w's component stands among the unknowns. */
    private int slope(int axis, int[] place) {
        return voxels * (axis + 1) + at(place);
    }

    private List<Group> groups(Regulariser regulariser, double alpha) {
        List<Group> groups = new ArrayList<>();
        boolean generalised = regulariser instanceof Regulariser.Tgv;
        boolean first = regulariser instanceof Regulariser.Tv || generalised;
        boolean second = regulariser instanceof Regulariser.Tv2 || generalised;
        for (int v = 0; v < voxels; v++) {
            int[] place = {v / (ny * nx), v / nx % ny, v % nx};
            if (first) {
                List<Row> rows = new ArrayList<>();
                for (int i = 0; i < 3; i++) {
                    if (exists(i, place)) {
                        Row row = new Row();
                        row.add(at(moved(place, i, 1)), 1);
                        row.add(v, -1);
                        if (generalised) {
                            row.add(slope(i, place), -1);
                        }
                        rows.add(row);
                    }
                }
                groups.add(new Group(alpha, rows));
            }
            if (second) {
                List<Row> rows = new ArrayList<>();
                for (int i = 0; i < 3; i++) {
                    for (int j = 0; j < 3; j++) {
                        if (inside(place, i) && inside(place, j)) {
                            Row row = new Row();
                            half(row, place, i, j, generalised);
                            half(row, place, j, i, generalised);
                            rows.add(row);
                        }
                    }
                }
                groups.add(new Group(generalised ? 2 * alpha : alpha, rows));
            }
        }
        groups.removeIf(g -> g.rows().isEmpty());
        return groups;
    }

    private boolean inside(int[] place, int axis) {
        return exists(axis, place) && place[axis] > 0;
    }

    /** Half the backward difference along i of w_j, or of x's forward difference along j. */
    private void half(Row row, int[] place, int i, int j, boolean slopes) {
        int[] before = moved(place, i, -1);
        if (slopes) {
            row.add(slope(j, place), 0.5);
            row.add(slope(j, before), -0.5);
            return;
        }
        row.add(at(moved(place, j, 1)), 0.5);
        row.add(at(place), -0.5);
        row.add(at(moved(before, j, 1)), -0.5);
        row.add(at(before), 0.5);
    }

    /** The least value that so many steps find, and where. */
    Found minimise(List<Pixel> pixels, Regulariser regulariser, double alpha, double rhoData, double rho, int steps) {
        List<Group> groups = groups(regulariser, alpha);
        int size = regulariser instanceof Regulariser.Tgv ? 4 * voxels : voxels;
        double[][] lower = factor(groups, size, rhoData, rho);
        double[][] upper = transposed(lower);
        double[] s = new double[a.length];
        double[] t = new double[a.length];
        double[] positive = new double[voxels];
        double[] n = new double[voxels];
        List<double[]> z = new ArrayList<>();
        List<double[]> m = new ArrayList<>();
        for (Group group : groups) {
            z.add(new double[group.rows().size()]);
            m.add(new double[group.rows().size()]);
        }
        double[] x = new double[size];
        for (int step = 0; step < steps; step++) {
            double[] right = new double[size];
            for (int r = 0; r < a.length; r++) {
                addTo(right, a[r], rhoData * (s[r] - t[r]), voxels);
            }
            for (int i = 0; i < voxels; i++) {
                right[i] += rho * (positive[i] - n[i]);
            }
            for (int g = 0; g < groups.size(); g++) {
                for (int k = 0; k < z.get(g).length; k++) {
                    groups.get(g).rows().get(k).addTo(right, rho * (z.get(g)[k] - m.get(g)[k]));
                }
            }
            x = solve(lower, upper, right);
            for (int r = 0; r < a.length; r++) {
                double ax = product(a[r], x, voxels);
                s[r] = pixels.get(r).nearest(ax + t[r], rhoData);
                t[r] += ax - s[r];
            }
            for (int i = 0; i < voxels; i++) {
                positive[i] = Math.max(0, x[i] + n[i]);
                n[i] += x[i] - positive[i];
            }
            for (int g = 0; g < groups.size(); g++) {
                shrink(groups.get(g), x, z.get(g), m.get(g), rho);
            }
        }
        double[] whole = x.clone();
        System.arraycopy(positive, 0, whole, 0, voxels);
        double value = 0;
        double[] image = new double[a.length];
        for (int r = 0; r < a.length; r++) {
            image[r] = product(a[r], positive, voxels);
            value += pixels.get(r).value(image[r]);
        }
        for (Group group : groups) {
            double square = 0;
            for (Row row : group.rows()) {
                square += Math.pow(row.times(whole), 2);
            }
            value += group.times() * Math.sqrt(square);
        }
        return new Found(positive, image, value);
    }

    private static void shrink(Group group, double[] x, double[] z, double[] m, double rho) {
        double square = 0;
        for (int k = 0; k < z.length; k++) {
            m[k] += group.rows().get(k).times(x);
            square += m[k] * m[k];
        }
        double kept = Math.max(0, 1 - group.times() / rho / Math.max(1e-300, Math.sqrt(square)));
        for (int k = 0; k < z.length; k++) {
            z[k] = kept * m[k];
            m[k] -= z[k];
        }
    }

    /** L with L Lᵀ = ρ_D AᵀA + ρ (1 + GᵀG), and a trifle for unknowns that stand in no term. */
    private double[][] factor(List<Group> groups, int size, double rhoData, double rho) {
        double[][] l = new double[size][size];
        for (double[] row : a) {
            for (int i = 0; i < voxels; i++) {
                if (row[i] != 0) {
                    addTo(l[i], row, rhoData * row[i], voxels);
                }
            }
        }
        for (Group group : groups) {
            for (Row row : group.rows()) {
                for (int k = 0; k < row.at.length; k++) {
                    row.addTo(l[row.at[k]], rho * row.factor[k]);
                }
            }
        }
        for (int i = 0; i < size; i++) {
            l[i][i] += i < voxels ? rho : l[i][i] == 0 ? 1 : 0;
        }
        for (int i = 0; i < size; i++) {
            for (int j = 0; j <= i; j++) {
                double rest = l[i][j] - product(l[i], l[j], j);
                l[i][j] = i == j ? Math.sqrt(rest) : rest / l[j][j];
            }
        }
        return l;
    }

    private static double[][] transposed(double[][] l) {
        double[][] u = new double[l.length][l.length];
        for (int i = 0; i < l.length; i++) {
            for (int j = 0; j <= i; j++) {
                u[j][i] = l[i][j];
            }
        }
        return u;
    }

    private static double[] solve(double[][] lower, double[][] upper, double[] right) {
        double[] x = right.clone();
        for (int i = 0; i < x.length; i++) {
            x[i] /= lower[i][i];
            double now = -x[i];
            double[] column = upper[i];
            for (int k = i + 1; k < x.length; k++) {
                x[k] += now * column[k];
            }
        }
        for (int i = x.length - 1; i >= 0; i--) {
            x[i] /= lower[i][i];
            addTo(x, lower[i], -x[i], i);
        }
        return x;
    }

    private static void addTo(double[] into, double[] from, double factor, int count) {
        for (int i = 0; i < count; i++) {
            into[i] += factor * from[i];
        }
    }

    private static double product(double[] p, double[] q, int count) {
        double sum = 0;
        double other = 0;
        int i = 0;
        for (; i + 1 < count; i += 2) {
            sum += p[i] * q[i];
            other += p[i + 1] * q[i + 1];
        }
        return i < count ? sum + other + p[i] * q[i] : sum + other;
    }
}
