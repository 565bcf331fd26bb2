package org.hyalite.phase;

/**
 * How many voxels are independent: neighbours in a reconstruction are alike. Along each axis a resolution element is
 * {@code 1 + 2 Σ ρ(l)} voxels long, ρ the correlation at lag l of what the phases leave unexplained, summed until it
 * falls below 0.1, over at most eight lags.
 */
final class ResolutionElements {
    private static final int MOST_LAGS = 8;
    private static final double UNLIKE = 0.1;

    private ResolutionElements() {}

    /**
     * Voxels in one element.
     *
     * @param residual {@code [element][voxel]}, each about zero
     * @param used the voxels that count
     */
    static double voxelsEach(Lattice lattice, float[][] residual, boolean[] used) {
        int[] strides = {1, lattice.nx(), lattice.nx() * lattice.ny()};
        int[] lengths = {lattice.nx(), lattice.ny(), lattice.nz()};
        double variance = product(residual, used, 0, 1, 1);
        double voxels = 1;
        for (int axis = 0; axis < 3 && variance > 0; axis++) {
            double length = 1;
            for (int lag = 1; lag <= MOST_LAGS; lag++) {
                double rho = product(residual, used, lag, strides[axis], lengths[axis]) / variance;
                if (!(rho >= UNLIKE)) {
                    break;
                }
                length += 2 * Math.min(1, rho);
            }
            voxels *= length;
        }
        return voxels;
    }

    /** Mean product of residuals a lag apart, over the elements. */
    private static double product(float[][] residual, boolean[] used, int lag, int stride, int length) {
        double sum = 0;
        long n = 0;
        for (int i = 0; i + lag * stride < used.length; i++) {
            int j = i + lag * stride;
            if (used[i] && used[j] && (lag == 0 || i / stride % length < length - lag)) {
                for (float[] r : residual) {
                    sum += (double) r[i] * r[j];
                }
                n++;
            }
        }
        return n == 0 ? 0 : sum / n;
    }
}
