package org.hyalite.spectra;

/** Takes net counts from one pixel after another; one instance for each thread. */
interface PixelEstimator {
    /**
     * Estimates.
     *
     * @param channel channels that hold counts, counted from the first fitted one; all within the range
     * @param counts their counts
     * @param events how many of them there are
     * @param net receives the net counts of each quantified line
     * @param standardError receives their standard errors, always positive and finite
     */
    void estimate(int[] channel, double[] counts, int events, double[] net, double[] standardError);
}
