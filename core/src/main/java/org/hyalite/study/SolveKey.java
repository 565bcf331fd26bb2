package org.hyalite.study;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.hyalite.grid.TiltSeries;
import org.hyalite.tomo.DataTerm;
import org.hyalite.tomo.JointData;
import org.hyalite.tomo.ReconstructionSettings;

/** A digest of all that a reconstruction depends on: values, geometry, settings but for the threads, version. */
final class SolveKey {
    private final StringBuilder text = new StringBuilder(StudyRecord.version());

    private SolveKey() {}

    static String of(TiltSeries data, Optional<TiltSeries> errors, ReconstructionSettings settings) {
        SolveKey key = new SolveKey();
        key.settings(settings);
        key.series(data);
        errors.ifPresent(key::series);
        if (settings.dataTerm() instanceof DataTerm.KullbackLeibler counts) {
            key.series(counts.background());
            key.text.append(Arrays.toString(counts.countsPerUnit()));
        }
        return Digest.of(key.text.toString());
    }

    /** Of several volumes together. */
    static String of(JointData data, ReconstructionSettings settings) {
        SolveKey key = new SolveKey();
        key.settings(settings);
        for (JointData.Channel channel : data.channels()) {
            key.text.append(channel.name()).append(Arrays.toString(channel.countsPerUnit()));
            key.series(channel.counts());
            key.series(channel.background());
        }
        data.adf().ifPresent(adf -> {
            key.text.append("adf");
            key.series(adf);
        });
        return Digest.of(key.text.toString());
    }

    private void settings(ReconstructionSettings settings) {
        // a data term may hold series, which have no text of their own
        text.append(settings.dataTerm().label())
                .append(settings.with(new DataTerm.LeastSquares()).withThreads(1));
    }

    private void series(TiltSeries series) {
        text.append(series.ny())
                .append('×')
                .append(series.nx())
                .append(' ')
                .append(series.pixelNm())
                .append(Arrays.toString(series.geometry().tiltsDeg()))
                .append(Arrays.toString(series.geometry().shiftsXPx()))
                .append(series.geometry().axisOffsetPx());
        for (float[] block : series.blocks()) {
            ByteBuffer bytes = ByteBuffer.allocate(block.length * Float.BYTES);
            bytes.asFloatBuffer().put(block);
            text.append(Digest.of(bytes.array()));
        }
    }
}
