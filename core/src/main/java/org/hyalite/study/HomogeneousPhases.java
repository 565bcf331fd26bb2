package org.hyalite.study;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hyalite.grid.Volume;
import org.hyalite.grid.VolumeMask;
import org.hyalite.phase.PhaseRegion;
import org.hyalite.physics.Element;
import org.hyalite.study.PhaseStep.Found;

/** What a particle would be if each of its phases were the same everywhere. */
final class HomogeneousPhases {
    private HomogeneousPhases() {}

    /**
     * Each phase filled with its own X and N, and vacuum around: edges as sharp as they may be in truth. What is not of the
     * element of X is divided among the others as their means are.
     */
    static Map<Element, Volume> of(Map<Element, Volume> volumes, Found found) {
        Map<Element, Volume> filled = new LinkedHashMap<>();
        volumes.forEach(
                (element, like) -> filled.put(element, Volume.zeros(like.nz(), like.ny(), like.nx(), like.voxelNm())));
        List<Element> all = List.copyOf(volumes.keySet());
        for (PhaseRegion region : found.phases().regions()) {
            PhaseMeans own = PhaseMeans.of(
                    volumes,
                    found.among(),
                    found.diagram().numerator(),
                    found.phases().core(region));
            Map<Element, Double> fill =
                    PhaseMeans.elements(volumes, all, found.phases().core(region));
            Element numerator = found.diagram().numerator();
            double rest = found.among().stream()
                    .filter(e -> !e.equals(numerator))
                    .mapToDouble(fill::get)
                    .sum();
            for (Element element : found.among()) {
                double density = element.equals(numerator)
                        ? own.fraction() * own.density()
                        : rest > 0 ? (1 - own.fraction()) * own.density() * fill.get(element) / rest : 0;
                fill.put(element, density);
            }
            fill(filled, found.phases().mask(region), fill);
        }
        return filled;
    }

    private static void fill(Map<Element, Volume> volumes, VolumeMask mask, Map<Element, Double> densities) {
        volumes.forEach((element, volume) -> {
            float density = Objects.requireNonNull(densities.get(element)).floatValue();
            for (int z = 0; z < volume.nz(); z++) {
                for (int y = 0; y < volume.ny(); y++) {
                    for (int x = 0; x < volume.nx(); x++) {
                        if (mask.contains(z, y, x)) {
                            volume.set(z, y, x, density);
                        }
                    }
                }
            }
        });
    }
}
