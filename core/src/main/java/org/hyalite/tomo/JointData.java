package org.hyalite.tomo;

import java.util.List;
import java.util.Optional;
import org.hyalite.grid.TiltSeries;

/**
 * What several volumes are reconstructed from together: counts of every element, and ADF images where there are any. All
 * series have the same tilts, shifts and sizes.
 *
 * @param channels one for each volume
 * @param adf images that answer to all of them, film and offset removed as well as may be
 */
public record JointData(List<Channel> channels, Optional<TiltSeries> adf) {
    public JointData {
        channels = List.copyOf(channels);
        if (channels.isEmpty()) {
            throw new IllegalArgumentException("no counts of any element");
        }
    }

    /**
     * One element's counts: {@code k} drawn with mean {@code c Ax + r}.
     *
     * @param name of the volume, for messages
     * @param counts k, {@code [tilt, y, x]}
     * @param background r, expected counts of all that is not this element, {@code [tilt, y, x]}, > 0
     * @param countsPerUnit c, counts per unit of Ax (atoms/nm²), by tilt
     */
    public record Channel(String name, TiltSeries counts, TiltSeries background, double[] countsPerUnit) {}
}
