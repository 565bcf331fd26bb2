package org.hyalite.spectra;

import java.util.Arrays;

/**
 * That counts were taken from spectra held to a few common shapes, and how their number was found.
 *
 * @param rank how many shapes
 * @param chosen whether the number was found by the least estimated risk, and not given
 * @param riskSaved of an automatic choice: how much each shape, the first to the last tried, lowers the estimated squared
 *     error of the pixels that it was not learnt from, over the squared error that it leaves as noise; empty otherwise
 */
public record Denoising(int rank, boolean chosen, double[] riskSaved) {
    public Denoising {
        riskSaved = riskSaved.clone();
    }

    @Override
    public double[] riskSaved() {
        return riskSaved.clone();
    }

    /** What must be said of everything made from such counts. */
    public String note() {
        return "denoised, rank " + rank + ": standard errors no longer independent pixel by pixel";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Denoising d
                && d.rank == rank
                && d.chosen == chosen
                && Arrays.equals(d.riskSaved, riskSaved);
    }

    @Override
    public int hashCode() {
        return 31 * rank + Arrays.hashCode(riskSaved);
    }
}
