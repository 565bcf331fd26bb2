package org.hyalite.spectra;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;

/**
 * The eigenvectors of the largest eigenvalues of a symmetric matrix that is known by its products, beside one that is given:
 * Lanczos' iteration with full orthogonalisation. It ends when the residuals are small or, in a bulk of noise where no
 * vector stands out, after a bounded number of steps; the vectors are orthonormal in any case.
 */
final class LeadingVectors {
    private static final double TOLERANCE = 1e-8;
    private static final int MOST_STEPS = 400;

    private LeadingVectors() {}

    /** A symmetric matrix. */
    interface Product {
        /** Adds the product with x to {@code into}, which is zero. */
        void add(double[] x, double[] into);
    }

    /**
     * @param first a unit vector; it is the first of the result, and all others are orthogonal to it
     * @param number how many in all, fewer where the space has no more
     */
    static List<double[]> of(Product matrix, double[] first, int number) {
        int size = first.length;
        int most = Math.min(size - 1, Math.max(MOST_STEPS, 4 * number));
        List<double[]> basis = new ArrayList<>();
        List<Double> diagonal = new ArrayList<>();
        List<Double> beside = new ArrayList<>();
        double[] next = start(first);
        double largest = 0;
        List<double[]> found = new ArrayList<>(List.of(first));
        while (number > 1 && basis.size() < most && next.length > 0) {
            basis.add(next);
            double[] product = new double[size];
            matrix.add(next, product);
            double along = dot(next, product);
            diagonal.add(along);
            largest = Math.max(largest, Math.abs(along));
            double left = orthogonal(product, first, basis);
            boolean exhausted = !(left > 1e-12 * largest);
            boolean last = exhausted || basis.size() == most;
            if (last || basis.size() >= 2 * number && basis.size() % 20 == 0) {
                EigenDecompositionSymmetric small = decompose(diagonal, beside);
                int[] order = descending(small.getEigenvalues(), number - 1);
                int end = basis.size() - 1;
                boolean settled = Arrays.stream(order)
                        .allMatch(i -> left * Math.abs(small.getV().getEntry(end, i))
                                <= TOLERANCE * small.getEigenvalues()[order[0]]);
                if (last || settled) {
                    for (int i : order) {
                        found.add(combined(basis, small.getV(), i));
                    }
                    break;
                }
            }
            beside.add(left);
            for (int c = 0; c < size; c++) {
                product[c] /= left;
            }
            next = product;
        }
        return found;
    }

    private static double[] start(double[] first) {
        SplittableRandom random = new SplittableRandom(1); // any start serves; the result does not depend on it
        double[] x = new double[first.length];
        for (int c = 0; c < x.length; c++) {
            x[c] = random.nextDouble() - 0.5;
        }
        double norm = orthogonal(x, first, List.of());
        if (!(norm > 1e-12)) {
            return new double[0];
        }
        for (int c = 0; c < x.length; c++) {
            x[c] /= norm;
        }
        return x;
    }

    /** Takes from x what lies along the others, twice; returns its norm. */
    private static double orthogonal(double[] x, double[] first, List<double[]> basis) {
        for (int pass = 0; pass < 2; pass++) {
            subtract(x, first);
            for (double[] b : basis) {
                subtract(x, b);
            }
        }
        return Math.sqrt(dot(x, x));
    }

    private static void subtract(double[] x, double[] along) {
        double share = dot(x, along);
        for (int c = 0; c < x.length; c++) {
            x[c] -= share * along[c];
        }
    }

    private static EigenDecompositionSymmetric decompose(List<Double> diagonal, List<Double> beside) {
        int n = diagonal.size();
        RealMatrix small = MatrixUtils.createRealMatrix(n, n);
        for (int i = 0; i < n; i++) {
            small.setEntry(i, i, diagonal.get(i));
            if (i + 1 < n) {
                small.setEntry(i, i + 1, beside.get(i));
                small.setEntry(i + 1, i, beside.get(i));
            }
        }
        return new EigenDecompositionSymmetric(small);
    }

    private static int[] descending(double[] values, int most) {
        return IntStream.range(0, values.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -values[i]))
                .limit(most)
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static double[] combined(List<double[]> basis, RealMatrix vectors, int which) {
        double[] sum = new double[basis.get(0).length];
        for (int b = 0; b < basis.size(); b++) {
            double share = vectors.getEntry(b, which);
            double[] vector = basis.get(b);
            for (int c = 0; c < sum.length; c++) {
                sum[c] += share * vector[c];
            }
        }
        return sum;
    }

    static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int c = 0; c < a.length; c++) {
            sum += a[c] * b[c];
        }
        return sum;
    }
}
