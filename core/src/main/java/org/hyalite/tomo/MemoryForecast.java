package org.hyalite.tomo;

/**
 * Heap that a reconstruction needs, from above, its data included: x, v and g of every channel and the regulariser's own
 * volumes, on the full grid and the coarser ones; the series; the matrices of one slice. A weight that is to be found has
 * its own solver, of fewer tilts, which is let go before the last one is made.
 */
final class MemoryForecast {
    /** What a collector needs to move things about, and what the rest of the program holds. */
    private static final double ROOM = 1.1;

    private static final long REST = 48L << 20;

    /** Doubles and floats per column of voxels, for steps and their norm. */
    private static final long PER_COLUMN = 100;

    private MemoryForecast() {}

    /**
     * @param beside columns of voxels on either side of the images
     * @param series that the data terms hold at most, see {@link #series}
     */
    static long bytes(
            int nz,
            int ny,
            int columns,
            int beside,
            int tilts,
            int channels,
            int series,
            ReconstructionSettings settings) {
        double nx = columns + 2.0 * beside;
        double volume = 4.0 * nz * ny * nx;
        double image = 4.0 * tilts * ny * columns;
        boolean search =
                settings.weight() instanceof Weight.Auto && !(settings.regulariser() instanceof Regulariser.None);
        // without some tilts, these tilts, and both on the coarser grid; or this grid and the coarser ones
        double matrices = (search ? 2.5 : 4.0 / 3) * SliceMatrix.forecastBytes(nz, columns + 2 * beside, tilts);
        double volumes = (3 * channels + own(settings.regulariser(), channels)) * (8.0 / 7) * volume;
        double perColumn = (double) PER_COLUMN * channels * nz * nx;
        return (long) (ROOM * (volumes + series * image + matrices + perColumn)) + REST;
    }

    /**
     * Series held for one data term: the data, s and q, what is passing, the same without some tilts and on the coarser
     * grids, and what belongs to the data.
     */
    static int series(DataTerm term) {
        return term instanceof DataTerm.WeightedLeastSquares ? 11 : term instanceof DataTerm.KullbackLeibler ? 9 : 6;
    }

    /** Volumes that a regulariser holds beside x, v and g. */
    private static int own(Regulariser regulariser, int channels) {
        if (regulariser instanceof Regulariser.Tgv) {
            return 15;
        }
        if (regulariser instanceof Regulariser.CoupledTv) {
            return 3 * channels;
        }
        return regulariser instanceof Regulariser.Tv2 ? 6 : regulariser instanceof Regulariser.Tv ? 3 : 0;
    }
}
