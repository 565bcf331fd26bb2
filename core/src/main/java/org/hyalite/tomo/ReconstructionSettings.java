package org.hyalite.tomo;

/**
 * What to ask of a reconstruction.
 *
 * @param relativeGap at which to stop
 * @param maxIterations at which to give up
 * @param nz planes of the volume; 0: as many as the images have columns
 * @param threads that work
 */
public record ReconstructionSettings(
        Regulariser regulariser,
        Weight weight,
        DataTerm dataTerm,
        double relativeGap,
        int maxIterations,
        int nz,
        int threads) {
    public ReconstructionSettings {
        if (!(relativeGap > 0) || !(relativeGap < 1)) {
            throw new IllegalArgumentException("relative gap " + relativeGap + " is not between 0 and 1");
        }
        if (maxIterations < 1) {
            throw new IllegalArgumentException(maxIterations + " iterations, expected at least 1");
        }
        if (nz < 0) {
            throw new IllegalArgumentException("nz = " + nz + ", expected ≥ 0");
        }
        if (threads < 1) {
            throw new IllegalArgumentException(threads + " threads, expected at least 1");
        }
    }

    private static ReconstructionSettings of(Regulariser regulariser, Weight weight) {
        return new ReconstructionSettings(
                regulariser,
                weight,
                new DataTerm.LeastSquares(),
                1e-3,
                2000,
                0,
                Runtime.getRuntime().availableProcessors());
    }

    /** The paper's for ADF images: TV, least squares; the weight is found from the data. */
    public static ReconstructionSettings adf() {
        return of(new Regulariser.Tv(), new Weight.Auto());
    }

    /** The paper's for elemental maps: TV², least squares; the weight is found from the data. */
    public static ReconstructionSettings elements() {
        return of(new Regulariser.Tv2(), new Weight.Auto());
    }

    public ReconstructionSettings with(Regulariser other) {
        return new ReconstructionSettings(other, weight, dataTerm, relativeGap, maxIterations, nz, threads);
    }

    public ReconstructionSettings with(Weight other) {
        return new ReconstructionSettings(regulariser, other, dataTerm, relativeGap, maxIterations, nz, threads);
    }

    public ReconstructionSettings with(DataTerm other) {
        return new ReconstructionSettings(regulariser, weight, other, relativeGap, maxIterations, nz, threads);
    }

    public ReconstructionSettings withGap(double gap, int iterations) {
        return new ReconstructionSettings(regulariser, weight, dataTerm, gap, iterations, nz, threads);
    }

    public ReconstructionSettings withPlanes(int planes) {
        return new ReconstructionSettings(regulariser, weight, dataTerm, relativeGap, maxIterations, planes, threads);
    }

    public ReconstructionSettings withThreads(int number) {
        return new ReconstructionSettings(regulariser, weight, dataTerm, relativeGap, maxIterations, nz, number);
    }
}
