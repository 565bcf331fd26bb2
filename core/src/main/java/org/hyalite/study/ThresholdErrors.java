package org.hyalite.study;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.hyalite.calibrate.EdgeSpreadFit;
import org.hyalite.calibrate.ThresholdUncertainty;
import org.hyalite.grid.Volume;
import org.hyalite.physics.Element;
import org.hyalite.study.PhaseStep.Found;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** How well the threshold of a phase diagram is known, added to {@code phases.json}. */
final class ThresholdErrors {
    private ThresholdErrors() {}

    /** Of a threshold that was found by an edge; empty where it was given, or found otherwise. */
    static Optional<ThresholdUncertainty> of(Map<Element, Volume> densities, Found found, long seed) {
        if (!List.of("steepest_point", "half_way").contains(found.threshold().source())) {
            return Optional.empty();
        }
        Volume total = found.among().stream()
                .map(e -> Objects.requireNonNull(densities.get(e)))
                .reduce(Volume::plus)
                .orElseThrow();
        return Optional.of(ThresholdUncertainty.of(total, EdgeSpreadFit.fit(total), seed));
    }

    static void addTo(Path phasesFile, ThresholdUncertainty uncertainty) {
        if (Json.read(phasesFile) instanceof ObjectNode json) {
            put(json, uncertainty);
            Json.write(phasesFile, json);
        }
    }

    static void put(ObjectNode json, ThresholdUncertainty uncertainty) {
        json.set("threshold_interval95_per_nm3", Json.numbers(uncertainty.low(), uncertainty.high()));
        json.put("threshold_sd_per_nm3", uncertainty.sd());
        json.put("volume_relative_sd_by_threshold", uncertainty.volumeRelativeSd());
        ArrayNode alarms = json.putArray("threshold_alarms");
        uncertainty.alarms().forEach(alarms::add);
    }

    /** For people. */
    static String summary(ThresholdUncertainty uncertainty, String unit) {
        return String.format(
                Locale.ROOT,
                "threshold: 95 %% of the resampled volumes within %.3g … %.3g %s; the volume inside ± %.2g %% by it",
                uncertainty.low(),
                uncertainty.high(),
                unit,
                100 * uncertainty.volumeRelativeSd());
    }
}
