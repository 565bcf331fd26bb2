package org.hyalite.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.hyalite.io.format.Axis;
import org.hyalite.io.format.Signal;
import tools.jackson.databind.JsonNode;

/** Compares a single spectrum with what HyperSpy read: title, axis, sum, extremes and their places. */
public final class ReferenceSpectra {
    private ReferenceSpectra() {}

    public static void assertAgrees(Signal signal, JsonNode expected) {
        assertThat(signal.name()).isEqualTo(expected.path("title").asString());
        JsonNode axis = expected.path("axes").get(0);
        Axis energy = signal.axes().get(0);
        assertThat(energy.size()).isEqualTo(axis.path("size").asInt());
        assertThat(energy.unit()).isEqualTo("keV");
        ReferenceSignals.assertClose(energy.scale(), axis.path("scale").asDouble());
        ReferenceSignals.assertClose(energy.offset(), axis.path("offset").asDouble());
        JsonNode stats = expected.path("stats");
        assertThat(signal.statistics().sum()).isEqualTo(stats.path("sum").asDouble());
        assertThat(signal.statistics().min()).isEqualTo(stats.path("min").asDouble());
        assertThat(signal.statistics().max()).isEqualTo(stats.path("max").asDouble());
        double[] counts =
                signal.as(Signal.SingleSpectrum.class).orElseThrow().spectrum().counts();
        JsonNode peak = stats.path("peak_above_0.2keV");
        assertThat(counts[peak.path("channel").asInt()])
                .isEqualTo(peak.path("counts").asDouble());
        JsonNode range = stats.path("sumspec_sum_channels");
        assertThat(Arrays.stream(counts, range.get(0).asInt(), range.get(1).asInt())
                        .sum())
                .isEqualTo(range.get(2).asDouble());
        assertThat(counts[stats.path("argmax_first_index").get(0).asInt()])
                .isEqualTo(stats.path("max").asDouble());
    }
}
