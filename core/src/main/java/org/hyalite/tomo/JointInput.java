package org.hyalite.tomo;

import java.util.Arrays;
import org.hyalite.grid.TiltGeometry;
import org.hyalite.grid.TiltSeries;

/** What is asked of the series that are reconstructed together. */
final class JointInput {
    private JointInput() {}

    static void require(JointData data) {
        TiltSeries first = data.channels().get(0).counts();
        for (JointData.Channel channel : data.channels()) {
            requireAlike(channel.name() + ": counts", channel.counts(), first);
            Input.requireCounts(
                    channel.name(),
                    channel.counts(),
                    new DataTerm.KullbackLeibler(channel.background(), channel.countsPerUnit()));
        }
        data.adf().ifPresent(adf -> {
            requireAlike("ADF images", adf, first);
            Input.requireFinite("ADF images", adf);
        });
    }

    private static void requireAlike(String what, TiltSeries series, TiltSeries first) {
        Input.requireSize(what, series, first);
        TiltGeometry a = series.geometry();
        TiltGeometry b = first.geometry();
        if (!Arrays.equals(a.tiltsDeg(), b.tiltsDeg())
                || !Arrays.equals(a.shiftsXPx(), b.shiftsXPx())
                || a.axisOffsetPx() != b.axisOffsetPx()
                || series.pixelNm() != first.pixelNm()) {
            throw new IllegalArgumentException(
                    what + ": tilts, shifts, axis or pixel size are not those of the others");
        }
    }
}
