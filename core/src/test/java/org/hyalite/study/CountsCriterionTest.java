package org.hyalite.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.hyalite.study.CountsCriterion.Judged;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** That the verdict on net counts names each row that misses, and none that holds. */
class CountsCriterionTest {
    private static final List<Judged> ROWS = List.of(
            new Judged("holds", -3.4, 0.71, 1.09, true, false),
            new Judged("biased", 3.6, 0.68, 1, true, true),
            new Judged("sure", 0, 0.63, 1, true, true),
            new Judged("timid", 0, 0.73, 1, true, false),
            new Judged("noisy", 0, 0.68, 1.11, true, true),
            new Judged("weak and biased", -3.6, 0.5, 3, false, true),
            new Judged("weak, may be biased", 20, 0.5, 3, false, false),
            new Judged("no number", Double.NaN, 0.68, 1, true, true));

    @Test
    void rowsOutsideAreNamedWithTheReason() {
        CountsCriterion many = new CountsCriterion(ROWS, 10_000);
        assertThat(many.outside())
                .containsExactly(
                        "biased: z 3.60",
                        "sure: covered 63.0 %",
                        "timid: covered 73.0 %",
                        "noisy: variance over least 1.110",
                        "weak and biased: z -3.60",
                        "no number: z NaN");
        assertThat(many.lines().get(0)).endsWith("missed by 6 of 7 rows");
        JsonNode json = many.json();
        assertThat(json.path("met").asBoolean()).isFalse();
        assertThat(json.path("outside").size()).isEqualTo(6);
    }

    @Test
    void variancesOfFewSpectraAreNotJudged() {
        CountsCriterion few = new CountsCriterion(ROWS, 9_999);
        assertThat(few.outside()).noneMatch(row -> row.startsWith("noisy"));
        assertThat(few.lines().get(0)).contains("variance not judged below 10000 spectra");
        CountsCriterion held = new CountsCriterion(ROWS.subList(0, 1), 10_000);
        assertThat(held.lines()).hasSize(1).allMatch(line -> line.endsWith("met by all 1 rows"));
        assertThat(held.json().path("met").asBoolean()).isTrue();
    }
}
