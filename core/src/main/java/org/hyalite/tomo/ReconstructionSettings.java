package org.hyalite.tomo;

import org.hyalite.grid.TiltSeries;
import org.hyalite.kernel.Slabs;

/**
 * What to ask of a reconstruction.
 *
 * @param relativeGap at which to stop
 * @param maxIterations at which to give up
 * @param nz planes of the volume; 0: as many as the images have columns
 * @param fillsField whether the specimen goes on beyond the field: the volume is then wider than the images, on either side by
 *     what they show ({@link Projector#beside}), and only its middle is meant to be looked at
 * @param threads that work
 */
public record ReconstructionSettings(
        Regulariser regulariser,
        Weight weight,
        DataTerm dataTerm,
        double relativeGap,
        int maxIterations,
        int nz,
        boolean fillsField,
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
                false,
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
        return new ReconstructionSettings(other, weight, dataTerm, relativeGap, maxIterations, nz, fillsField, threads);
    }

    public ReconstructionSettings with(Weight other) {
        return new ReconstructionSettings(
                regulariser, other, dataTerm, relativeGap, maxIterations, nz, fillsField, threads);
    }

    public ReconstructionSettings with(DataTerm other) {
        return new ReconstructionSettings(
                regulariser, weight, other, relativeGap, maxIterations, nz, fillsField, threads);
    }

    public ReconstructionSettings withGap(double gap, int iterations) {
        return new ReconstructionSettings(regulariser, weight, dataTerm, gap, iterations, nz, fillsField, threads);
    }

    public ReconstructionSettings withPlanes(int planes) {
        return new ReconstructionSettings(
                regulariser, weight, dataTerm, relativeGap, maxIterations, planes, fillsField, threads);
    }

    public ReconstructionSettings withThreads(int number) {
        return new ReconstructionSettings(
                regulariser, weight, dataTerm, relativeGap, maxIterations, nz, fillsField, number);
    }

    /** For a specimen that goes on beyond the field, or one that does not. */
    public ReconstructionSettings withFilledField(boolean filled) {
        return new ReconstructionSettings(
                regulariser, weight, dataTerm, relativeGap, maxIterations, nz, filled, threads);
    }

    /** Planes of the volume of some images. */
    public int nz(TiltSeries images) {
        return nz > 0 ? nz : images.nx();
    }

    /** Columns of the volume on either side of some images' field. */
    public int beside(TiltSeries images) {
        return fillsField ? Projector.beside(images.geometry(), nz(images), images.nx()) : 0;
    }

    /** From a volume that these settings ask for to its images. */
    public Projector projector(TiltSeries images) {
        return Projector.of(
                images.geometry(),
                nz(images),
                images.ny(),
                images.nx(),
                beside(images),
                images.pixelNm(),
                Slabs.of(threads));
    }
}
