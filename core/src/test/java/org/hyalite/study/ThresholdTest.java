package org.hyalite.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.hyalite.grid.Volume;
import org.hyalite.physics.Element;
import org.hyalite.study.recipe.Experiment.PhaseSpec;
import org.hyalite.study.recipe.InputException;
import org.junit.jupiter.api.Test;

/** Protects the diagram of a specimen in which no edge between particle and vacuum can be found. */
class ThresholdTest {
    private static final int N = 24;

    @Test
    void particleInVacuumIsCutAtItsEdge() {
        Threshold threshold = Threshold.of(volume(r -> r < 8 ? 5 : 0), false);
        assertThat(threshold.source()).isIn("steepest_point", "half_way");
        assertThat(threshold.value()).isBetween(1.0, 4.0);
        assertThat(threshold.warning()).isEmpty();
    }

    @Test
    void specimenThatFillsTheFieldIsTakenWhole() {
        Random random = new Random(1);
        Threshold threshold = Threshold.of(volume(r -> 5 + 0.5 * random.nextGaussian()), true);
        assertThat(threshold.source()).isEqualTo("none");
        assertThat(threshold.value()).isZero();
        assertThat(threshold.warning().orElseThrow()).contains("fills the field", "--threshold");
    }

    @Test
    void noiseWithoutAParticleIsCutAtOtsusThreshold() {
        Random random = new Random(1);
        Threshold threshold = Threshold.of(volume(r -> 5 + 0.5 * random.nextGaussian()), false);
        assertThat(threshold.source()).isEqualTo("otsu");
        assertThat(threshold.value()).isBetween(4.0, 6.0);
        assertThat(threshold.warning().orElseThrow()).contains("Otsu", "--threshold");
    }

    @Test
    void emptyVolumesGiveAnEmptyDiagramInsteadOfAnException() {
        Volume nothing = volume(r -> 0);
        PhaseStep.Found found = PhaseStep.find(
                Map.of(Element.of("Co"), nothing, Element.of("Zn"), nothing.copy()),
                new PhaseSpec(Optional.of(Element.of("Zn")), List.of()),
                Optional.empty(),
                false,
                "atoms/nm³",
                Optional.empty());
        assertThat(found.phases().regions()).isEmpty();
        assertThat(PhaseStep.toJson(found).path("threshold_source").asString()).isEqualTo("none");
        assertThat(found.threshold().warning()).isPresent();
        assertThat(PhaseStep.summary(found)).isNotEmpty();
    }

    @Test
    void usersThresholdIsADensity() {
        assertThat(Threshold.byUser(2).value()).isEqualTo(2);
        assertThatThrownBy(() -> Threshold.byUser(Double.NaN)).isInstanceOf(InputException.class);
        assertThatThrownBy(() -> Threshold.byUser(-1)).isInstanceOf(InputException.class);
    }

    private static Volume volume(ToDoubleFunction<Double> ofRadius) {
        Volume volume = Volume.zeros(N, N, N, 2);
        for (int z = 0; z < N; z++) {
            for (int y = 0; y < N; y++) {
                for (int x = 0; x < N; x++) {
                    double c = (N - 1) / 2.0;
                    double r = Math.sqrt((z - c) * (z - c) + (y - c) * (y - c) + (x - c) * (x - c));
                    volume.set(z, y, x, (float) ofRadius.applyAsDouble(r));
                }
            }
        }
        return volume;
    }
}
