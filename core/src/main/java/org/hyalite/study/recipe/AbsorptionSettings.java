package org.hyalite.study.recipe;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hyalite.physics.DetectorDirection;
import org.hyalite.physics.Element;
import org.hyalite.physics.XrayLine;
import org.hyalite.study.recipe.Experiment.AbsorptionMethod;
import org.hyalite.study.recipe.Experiment.AbsorptionSpec;

/** Reads {@code absorption} and where {@code microscope.detectors} stand. */
final class AbsorptionSettings {
    private static final int MOST_ROUNDS = 10;

    private AbsorptionSettings() {}

    static AbsorptionSpec read(YamlMap map, Map<Element, List<XrayLine>> elements) {
        AbsorptionMethod method = map.choice(
                        "method",
                        Map.of(
                                "none", AbsorptionMethod.NONE,
                                "estimate", AbsorptionMethod.ESTIMATE,
                                "volume", AbsorptionMethod.VOLUME))
                .orElse(AbsorptionMethod.VOLUME);
        Map<Element, Map<Element, Double>> perAtom = new LinkedHashMap<>();
        map.map("per_atom").ifPresent(matrices -> {
            for (String symbol : matrices.keys()) {
                Element element = ExperimentFile.element(matrices, symbol, symbol);
                if (!elements.containsKey(element)) {
                    throw matrices.error(symbol, element + " is not among the quantified 'elements'");
                }
                YamlMap matrix = matrices.requiredMap(symbol);
                Map<Element, Double> atoms = new LinkedHashMap<>();
                for (String other : matrix.keys()) {
                    Element part = ExperimentFile.element(matrix, other, other);
                    if (elements.containsKey(part)) {
                        throw matrix.error(other, part + " is quantified itself; take it out here");
                    }
                    atoms.put(part, matrix.positive(other).orElseThrow());
                }
                perAtom.put(element, atoms);
            }
        });
        Optional<Integer> rounds = map.wholeNumber("rounds");
        rounds.filter(n -> n < 1 || n > MOST_ROUNDS).ifPresent(n -> {
            throw map.error("rounds", n + " is not within 1…" + MOST_ROUNDS);
        });
        map.finish();
        return new AbsorptionSpec(method, perAtom, rounds.orElse(1));
    }

    static List<DetectorDirection> directions(YamlMap microscope) {
        List<DetectorDirection> all = new ArrayList<>();
        for (YamlMap map : microscope.maps("detectors")) {
            map.text("name");
            double elevation = map.number("elevation_deg").orElseThrow(() -> map.missing("elevation_deg"));
            double azimuth = map.number("azimuth_deg").orElseThrow(() -> map.missing("azimuth_deg"));
            double weight = map.positive("weight").orElse(1.0);
            map.finish();
            try {
                all.add(new DetectorDirection(elevation, azimuth, weight));
            } catch (IllegalArgumentException e) {
                throw map.error("elevation_deg", e.getMessage());
            }
        }
        return List.copyOf(all);
    }

    static List<String> names(YamlMap microscope) {
        return microscope.maps("detectors").stream()
                .flatMap(map -> map.text("name").stream())
                .toList();
    }
}
