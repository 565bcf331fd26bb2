package org.hyalite.tomo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.linear.DecompositionSolver;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;
import org.hipparchus.linear.SingularValueDecomposition;

/**
 * {@code minimise Σ_j Σ φ_jr((Σ_c R_jc A x_c)_r) + α Σ |[∇x₁ … ∇xₘ]|} over x ≥ 0 by the alternating direction method of
 * multipliers, in double precision: A and the grid from {@link DenseMinimum}, one dense matrix for all volumes, and the
 * prox of the matrix norm from a singular value decomposition.
 */
final class JointMinimum {
    private final DenseMinimum grid;
    private final int channels;
    private final int unknowns;
    /** By term, then as in {@link DenseMinimum#a}. */
    private final RealMatrix seen;

    /** Of the difference {@code 3 (m v + c) + axis}, the unknown after and the one here; −1: there is none. */
    private final int[] after;

    private final int[] here;

    /** Minimisers by volume, the images by term, and the least value. */
    record Found(double[][] x, double[] images, double value) {}

    JointMinimum(DenseMinimum grid, float[][] responses) {
        this.grid = grid;
        this.channels = responses[0].length;
        this.unknowns = channels * grid.voxels;
        int rays = grid.a.length;
        this.seen = new Array2DRowRealMatrix(responses.length * rays, unknowns);
        for (int j = 0; j < responses.length; j++) {
            for (int r = 0; r < rays; r++) {
                for (int i = 0; i < unknowns; i++) {
                    double entry = responses[j][i / grid.voxels] * grid.a[r][i % grid.voxels];
                    seen.setEntry(j * rays + r, i, entry);
                }
            }
        }
        this.after = new int[3 * unknowns];
        this.here = new int[3 * unknowns];
        for (int v = 0; v < grid.voxels; v++) {
            int z = v / (grid.ny * grid.nx);
            int y = v / grid.nx % grid.ny;
            int x = v % grid.nx;
            int[] next = {
                z + 1 < grid.nz ? grid.at(z + 1, y, x) : -1,
                y + 1 < grid.ny ? grid.at(z, y + 1, x) : -1,
                x + 1 < grid.nx ? grid.at(z, y, x + 1) : -1
            };
            for (int c = 0; c < channels; c++) {
                for (int axis = 0; axis < 3; axis++) {
                    int row = 3 * (channels * v + c) + axis;
                    here[row] = c * grid.voxels + v;
                    after[row] = next[axis] < 0 ? -1 : c * grid.voxels + next[axis];
                }
            }
        }
    }

    /** The least value that so many steps find, and where. */
    Found minimise(
            List<DenseMinimum.Pixel> pixels, boolean nuclear, double alpha, double rhoData, double rho, int steps) {
        RealMatrix normal = seen.transpose().multiply(seen).scalarMultiply(rhoData);
        for (int row = 0; row < after.length; row++) {
            if (after[row] >= 0) {
                normal.addToEntry(after[row], after[row], rho);
                normal.addToEntry(here[row], here[row], rho);
                normal.addToEntry(after[row], here[row], -rho);
                normal.addToEntry(here[row], after[row], -rho);
            }
        }
        normal = normal.add(MatrixUtils.createRealIdentityMatrix(unknowns).scalarMultiply(rho));
        DecompositionSolver solver = new CholeskyDecomposition(normal, 1e-9, 1e-12).getSolver();
        double[] s = new double[seen.getRowDimension()];
        double[] t = new double[s.length];
        double[] z = new double[3 * unknowns];
        double[] m = new double[z.length];
        double[] positive = new double[unknowns];
        double[] n = new double[unknowns];
        for (int step = 0; step < steps; step++) {
            RealVector right =
                    seen.preMultiply(new ArrayRealVector(less(s, t), false)).mapMultiply(rhoData);
            right = right.add(new ArrayRealVector(pulled(less(z, m)), false).mapMultiply(rho));
            right = right.add(new ArrayRealVector(less(positive, n), false).mapMultiply(rho));
            RealVector x = solver.solve(right);
            double[] images = seen.operate(x.toArray());
            for (int r = 0; r < s.length; r++) {
                s[r] = pixels.get(r).nearest(images[r] + t[r], rhoData);
                t[r] += images[r] - s[r];
            }
            for (int i = 0; i < unknowns; i++) {
                positive[i] = Math.max(0, x.getEntry(i) + n[i]);
                n[i] += x.getEntry(i) - positive[i];
            }
            double[] moved = differences(x.toArray());
            for (int i = 0; i < m.length; i++) {
                m[i] += moved[i];
            }
            for (int v = 0; v < grid.voxels; v++) {
                shrink(m, z, v, nuclear, alpha / rho);
            }
            for (int i = 0; i < m.length; i++) {
                m[i] -= z[i];
            }
        }
        double[] images = seen.operate(positive);
        double value = 0;
        for (int r = 0; r < images.length; r++) {
            value += pixels.get(r).value(images[r]);
        }
        double[] last = differences(positive);
        for (int v = 0; v < grid.voxels; v++) {
            value += alpha * norm(last, v, nuclear);
        }
        List<double[]> volumes = new ArrayList<>();
        for (int c = 0; c < channels; c++) {
            volumes.add(Arrays.copyOfRange(positive, c * grid.voxels, (c + 1) * grid.voxels));
        }
        return new Found(volumes.toArray(double[][]::new), images, value);
    }

    private RealMatrix voxel(double[] of, int v) {
        RealMatrix matrix = MatrixUtils.createRealMatrix(3, channels);
        for (int c = 0; c < channels; c++) {
            for (int axis = 0; axis < 3; axis++) {
                matrix.setEntry(axis, c, of[3 * (channels * v + c) + axis]);
            }
        }
        return matrix;
    }

    private double norm(double[] of, int v, boolean nuclear) {
        RealMatrix matrix = voxel(of, v);
        if (!nuclear) {
            return matrix.getFrobeniusNorm();
        }
        double sum = 0;
        for (double s : new SingularValueDecomposition(matrix).getSingularValues()) {
            sum += s;
        }
        return sum;
    }

    /** The prox of the norm: its singular values, or its length, less {@code by}. */
    private void shrink(double[] m, double[] z, int v, boolean nuclear, double by) {
        RealMatrix matrix = voxel(m, v);
        double length = matrix.getFrobeniusNorm();
        if (length <= by) {
            // the largest singular value is not larger
            matrix = matrix.scalarMultiply(0);
        } else if (nuclear) {
            SingularValueDecomposition parts = new SingularValueDecomposition(matrix);
            RealMatrix less = parts.getS().copy();
            for (int k = 0; k < less.getRowDimension(); k++) {
                less.setEntry(k, k, Math.max(0, less.getEntry(k, k) - by));
            }
            matrix = parts.getU().multiply(less).multiply(parts.getVT());
        } else {
            matrix = matrix.scalarMultiply(1 - by / length);
        }
        for (int c = 0; c < channels; c++) {
            for (int axis = 0; axis < 3; axis++) {
                z[3 * (channels * v + c) + axis] = matrix.getEntry(axis, c);
            }
        }
    }

    private double[] differences(double[] x) {
        double[] out = new double[3 * unknowns];
        for (int row = 0; row < out.length; row++) {
            out[row] = after[row] < 0 ? 0 : x[after[row]] - x[here[row]];
        }
        return out;
    }

    private double[] pulled(double[] m) {
        double[] out = new double[unknowns];
        for (int row = 0; row < m.length; row++) {
            if (after[row] >= 0) {
                out[after[row]] += m[row];
                out[here[row]] -= m[row];
            }
        }
        return out;
    }

    private static double[] less(double[] a, double[] b) {
        double[] out = new double[a.length];
        for (int i = 0; i < a.length; i++) {
            out[i] = a[i] - b[i];
        }
        return out;
    }
}
