package org.hyalite.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.hyalite.grid.Volume;
import org.hyalite.physics.Element;
import org.hyalite.study.ReplicaState.Row;
import org.junit.jupiter.api.Test;

/** Standard deviations that come one volume at a time are those of all volumes together, also over an interruption. */
final class VolumeMomentsTest {
    private static final Element CO = Element.of("Co");

    private static Volume noise(long seed, double level) {
        Random random = new Random(seed);
        Volume volume = Volume.zeros(3, 70, 4, 2);
        for (float[] block : volume.blocks()) {
            for (int i = 0; i < block.length; i++) {
                block[i] = i % 5 == 0 ? 0 : (float) (level + random.nextGaussian());
            }
        }
        return volume;
    }

    @Test
    void momentsAreThoseOfAllTogether() {
        VolumeMoments moments = VolumeMoments.like(noise(0, 0));
        int n = 9;
        double[] one = new double[n];
        for (int r = 0; r < n; r++) {
            Volume v = noise(r, 1000);
            one[r] = v.at(1, 66, 3);
            moments.add(v);
        }
        assertThat(moments.count()).isEqualTo(n);
        assertThat((double) moments.mean().at(1, 66, 3)).isCloseTo(Estimate.mean(one), within(1e-3));
        assertThat((double) moments.standardDeviation().at(1, 66, 3)).isCloseTo(Estimate.sd(one), within(1e-3));
        // what is always the same has none
        assertThat(moments.standardDeviation().blocks()[0][0]).isZero();
    }

    @Test
    void ofOneVolumeNothingIsSaid() {
        VolumeMoments moments = VolumeMoments.like(noise(0, 0));
        moments.add(noise(1, 5));
        assertThat(moments.standardDeviation().at(1, 2, 3)).isZero();
    }

    @Test
    void anotherGridIsRefused() {
        VolumeMoments moments = VolumeMoments.like(noise(0, 0));
        assertThatThrownBy(() -> moments.add(Volume.zeros(3, 70, 5, 2))).isInstanceOf(IllegalArgumentException.class);
    }

    private static ReplicaState state() {
        Map<Element, Volume> like = new LinkedHashMap<>();
        like.put(CO, noise(0, 0));
        return new ReplicaState(like, 2);
    }

    private static List<Row> rows(int r) {
        return List.of(
                new Row(new PhaseMeans(0.1 * r, 5 + r), 100 + r), new Row(new PhaseMeans(0.2 * r, 6 + r), Double.NaN));
    }

    @Test
    void whatIsWrittenDownGoesOnAsIfNothingHadHappened() throws IOException {
        ReplicaState through = state();
        ReplicaState first = state();
        for (int r = 0; r < 3; r++) {
            through.addMeasured(Map.of(CO, noise(r, 2)), rows(r));
            first.addMeasured(Map.of(CO, noise(r, 2)), rows(r));
        }
        through.simulated().add(rows(7));
        first.simulated().add(rows(7));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        first.writeTo(out);
        ReplicaState second = state();
        second.readFrom(Optional.of(new ByteArrayInputStream(out.toByteArray())));
        assertThat(second.done()).isEqualTo(4);
        for (ReplicaState each : List.of(through, second)) {
            each.addMeasured(Map.of(CO, noise(3, 2)), rows(3));
        }
        assertThat(second.measured()).isEqualTo(through.measured());
        assertThat(second.simulated()).isEqualTo(through.simulated());
        assertThat(second.moments(CO).standardDeviation().blocks())
                .isDeepEqualTo(through.moments(CO).standardDeviation().blocks());
    }

    @Test
    void aStateThatEndsTooSoonIsRefused() throws IOException {
        ReplicaState state = state();
        state.addMeasured(Map.of(CO, noise(1, 2)), rows(1));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        state.writeTo(out);
        for (int cut : new int[] {0, 3, 20, out.size() / 2, out.size() - 1}) {
            byte[] piece = Arrays.copyOf(out.toByteArray(), cut);
            assertThatThrownBy(() -> state().readFrom(Optional.of(new ByteArrayInputStream(piece))))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("checkpoint");
        }
    }
}
