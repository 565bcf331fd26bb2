package org.hyalite.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hyalite.phantom.TwinSettings.Kind;
import org.hyalite.study.recipe.InputException;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Coverage is counted against the truth of the right voxels, and a phase that was not found counts as not covered. */
final class CoverageRowTest {
    private static final JsonNode TRUTH = Json.parse("""
            {"sample": {"phases": [
              {"name": "Co-rich", "fraction_mean": 0.0, "density_mean_per_nm3": 5.0},
              {"name": "Zn-rich", "fraction_mean": 1.0, "density_mean_per_nm3": 6.0}]}}""");

    private static JsonNode found(String... phases) {
        return Json.parse("{\"phases\": [" + String.join(",", phases) + "]}");
    }

    private static String phase(String name, double x, double low, double high, double n, double lowN, double highN) {
        return """
                {"name": "%s", "fraction": {"value": %s, "interval95": [%s, %s]},
                 "density": {"value_per_nm3": %s, "interval95_per_nm3": [%s, %s]}}""".formatted(name, x, low, high, n, lowN, highN);
    }

    @Test
    void eachTruePhaseMeetsTheNearestFoundOne() {
        List<CoverageRow> rows = CoverageBench.rows(
                Kind.SEGREGATED,
                1,
                found(phase("b", 0.99, 0.98, 1, 6.2, 6.1, 6.3), phase("a", 0.01, 0, 0.02, 5.1, 4.9, 5.3)),
                TRUTH,
                Map.of());
        assertThat(rows.stream().map(CoverageRow::covered).toList()).containsExactly(true, true, true, false);
        assertThat(rows.get(3).error()).isCloseTo(0.2, org.assertj.core.data.Offset.offset(1e-12));
        assertThat(rows.get(3).line()).endsWith("outside");
    }

    @Test
    void theTruthOfTheCoreComesBeforeThatOfTheWholePhase() {
        List<CoverageRow> rows = CoverageBench.rows(
                Kind.FLUX,
                1,
                found(phase("a", 0.03, 0.02, 0.04, 5.1, 4.9, 5.3)),
                TRUTH,
                Map.of("a", new PhaseMeans(0.025, 5.5)));
        assertThat(rows.get(0).truth()).isEqualTo(0.025);
        assertThat(rows.get(0).covered()).isTrue();
        assertThat(rows.get(1).covered()).isFalse();
        // nothing is near the other phase
        assertThat(rows.get(2).covered()).isFalse();
        assertThat(rows.get(2).line()).endsWith("no such phase");
    }

    @Test
    void aRunWithoutPhasesCoversNothing() {
        List<CoverageRow> rows = CoverageBench.rows(Kind.FLUX, 1, found(), TRUTH, Map.of());
        assertThat(rows).hasSize(4).noneMatch(CoverageRow::covered);
    }

    @Test
    void nonsenseIsRefused() {
        RunSettings run = TinyTwin.settings(1);
        assertThatThrownBy(() -> new CoverageBench.Request(List.of(), List.of(1L), 32, 4, "paper", false, run))
                .isInstanceOf(InputException.class);
        assertThatThrownBy(() -> new CoverageBench.Request(List.of(Kind.FLUX), List.of(1L), 32, 4, "plain", false, run))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("plain");
        assertThat(Optional.of(new CoverageBench.Request(List.of(Kind.FLUX), List.of(1L), 32, 4, "joint", false, run)))
                .isPresent();
    }
}
