package org.hyalite.study;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hyalite.grid.Volume;
import org.hyalite.phase.PhaseContact;
import org.hyalite.phase.PhaseDiagram;
import org.hyalite.phase.PhaseMixture;
import org.hyalite.phase.PhaseRegion;
import org.hyalite.phase.PhaseStatistics;
import org.hyalite.phase.PhaseStatistics.ElementShare;
import org.hyalite.phase.Phases;
import org.hyalite.physics.Element;
import org.jspecify.annotations.Nullable;

/** What is said of phases beyond their means: worked out when it is first asked for. */
final class PhaseDetails {
    private final PhaseDiagram diagram;
    private final Phases phases;
    private final Optional<PhaseMixture> mixture;
    private final Map<Element, Volume> standardDeviations;
    private final List<Element> ternary;
    private @Nullable Map<String, Map<Element, ElementShare>> shares;
    private @Nullable List<PhaseContact> contacts;

    PhaseDetails(
            PhaseDiagram diagram,
            Phases phases,
            Optional<PhaseMixture> mixture,
            Map<Element, Volume> standardDeviations,
            List<Element> ternary) {
        this.diagram = diagram;
        this.phases = phases;
        this.mixture = mixture;
        this.standardDeviations = standardDeviations;
        this.ternary = ternary.isEmpty() && diagram.densities().size() == 3
                ? List.copyOf(diagram.densities().keySet())
                : ternary;
    }

    /** The same with the errors of every element's voxels. */
    PhaseDetails withNoise(Map<Element, Volume> errors) {
        return new PhaseDetails(diagram, phases, mixture, errors, ternary);
    }

    Optional<PhaseMixture> mixture() {
        return mixture;
    }

    /** Three elements whose ternary diagram is wanted; empty: none. */
    List<Element> ternary() {
        return ternary;
    }

    boolean noiseGiven() {
        return !standardDeviations.isEmpty();
    }

    /** Every element in the core of a phase. */
    synchronized Map<Element, ElementShare> shares(PhaseRegion region) {
        if (shares == null) {
            Map<String, Map<Element, ElementShare>> all = new LinkedHashMap<>();
            for (PhaseRegion r : phases.regions()) {
                all.put(r.name(), PhaseStatistics.of(diagram, phases.core(r), standardDeviations));
            }
            shares = all;
        }
        return shares.getOrDefault(region.name(), Map.of());
    }

    /** Phases that touch. */
    synchronized List<PhaseContact> contacts() {
        if (contacts == null) {
            contacts = PhaseContact.of(diagram, phases);
        }
        return contacts;
    }

    /** What a user should know of the diagram itself. */
    List<String> warnings() {
        List<String> all = new ArrayList<>();
        if (diagram.densities().size() == 1) {
            all.add("phase diagram: of one element, " + diagram.numerator()
                    + ", X is 1 everywhere; only N tells phases apart");
        }
        int inside = diagram.inside().count();
        if (inside == 0) {
            all.add("phase diagram: no voxel has more atoms than the threshold; the diagram is empty");
        } else if (phases.regions().stream().mapToInt(PhaseRegion::coreVoxels).sum() < 2) {
            all.add("phase diagram: of one voxel; it has no spread and no precision");
        }
        return all;
    }
}
