package org.hyalite.kernel;

/** Eigenvalues and eigenvectors of a symmetric 3 × 3 matrix by Jacobi's rotations. */
final class SmallSymmetric {
    private static final int SWEEPS = 12;

    private SmallSymmetric() {}

    /** Leaves the eigenvalues on the diagonal of {@code a} and the eigenvectors in the columns of {@code axes}. */
    static void diagonalise(double[][] a, double[][] axes) {
        for (int i = 0; i < 3; i++) {
            for (int k = 0; k < 3; k++) {
                axes[i][k] = i == k ? 1 : 0;
            }
        }
        double size = Math.abs(a[0][0]) + Math.abs(a[1][1]) + Math.abs(a[2][2]);
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            double off = Math.abs(a[0][1]) + Math.abs(a[0][2]) + Math.abs(a[1][2]);
            if (off <= 1e-10 * size) {
                return;
            }
            rotate(a, axes, 0, 1);
            rotate(a, axes, 0, 2);
            rotate(a, axes, 1, 2);
        }
    }

    private static void rotate(double[][] a, double[][] axes, int p, int q) {
        if (a[p][q] == 0) {
            return;
        }
        double theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
        double t = Math.copySign(1, theta) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
        double c = 1 / Math.sqrt(t * t + 1);
        double s = t * c;
        for (int k = 0; k < 3; k++) {
            double x = a[k][p];
            double y = a[k][q];
            a[k][p] = c * x - s * y;
            a[k][q] = s * x + c * y;
        }
        for (int k = 0; k < 3; k++) {
            double x = a[p][k];
            double y = a[q][k];
            a[p][k] = c * x - s * y;
            a[q][k] = s * x + c * y;
            double v = axes[k][p];
            double w = axes[k][q];
            axes[k][p] = c * v - s * w;
            axes[k][q] = s * v + c * w;
        }
    }
}
