package org.hyalite.study;

import java.util.Arrays;
import org.hyalite.grid.SpectrumImage;

/**
 * A spectrum image counted again: each channel's count k of each pixel is replaced by a Poisson number of mean k, the measured
 * count being the best that is known of its mean. Channels without a count stay without. Signal and noise of what is drawn are
 * those of the measurement, with the measurement's own noise as a part of the signal.
 */
final class SpectrumReplica {
    private SpectrumReplica() {}

    /**
     * Draws.
     *
     * @param map counts, not changed
     * @param name of the draw, beside its seed: the same name and seed give the same counts
     */
    static SpectrumImage of(SpectrumImage map, long seed, long... name) {
        if (!map.isCounts()) {
            throw new IllegalArgumentException("energy losses are no counts and cannot be redrawn");
        }
        int[] channels = new int[map.energy().channels()];
        float[] counts = new float[channels.length];
        int[] drawn = new int[channels.length];
        SpectrumImage.Builder builder = SpectrumImage.whole(map.ny(), map.nx(), map.pixelNm(), map.energy());
        long[] stream = Arrays.copyOf(name, name.length + 1);
        for (int y = 0; y < map.ny(); y++) {
            stream[name.length] = y;
            Draws draws = Draws.of(seed, stream);
            for (int x = 0; x < map.nx(); x++) {
                int n = map.events(y, x, channels, counts);
                for (int i = 0; i < n; i++) {
                    drawn[channels[i]] = draws.poisson(counts[i]);
                }
                builder.pixel(y, x, drawn);
                for (int i = 0; i < n; i++) {
                    drawn[channels[i]] = 0;
                }
            }
        }
        return builder.build();
    }
}
