package org.hyalite.spectra;

import org.hyalite.grid.SpectrumImage;

/** Reads a pixel's events within the fitted range, channels counted from its start; one for each thread. */
final class PixelReader {
    private final SpectrumImage map;
    private final FitRange range;
    private final int[] read;
    private final float[] values;

    /** The channels of the last pixel read. */
    final int[] channel;

    /** Their counts. */
    final double[] counts;

    PixelReader(SpectrumImage map, FitRange range) {
        this.map = map;
        this.range = range;
        read = new int[map.energy().channels()];
        values = new float[read.length];
        channel = new int[read.length];
        counts = new double[read.length];
    }

    /** Reads a pixel; returns how many channels of the range hold counts. */
    int read(int y, int x) {
        int all = map.events(y, x, read, values);
        int events = 0;
        for (int i = 0; i < all; i++) {
            int c = read[i] - range.first();
            if (c >= 0 && c < range.channels()) {
                channel[events] = c;
                counts[events++] = values[i];
            }
        }
        return events;
    }
}
