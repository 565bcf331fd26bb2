package org.hyalite.spectra;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.hyalite.physics.Element;
import org.hyalite.physics.Uncertain;

/** What speaks for each suggested element, and what against it. */
final class ElementEvidence {
    private static final double SEEN = 4;
    private static final double LIKE = 0.75;
    /** … and so much where the strongest lines lie within half a width of each other. */
    private static final double HALF_LIKE = 0.5;

    private static final double FAR_KEV = 0.3;
    private static final double BOUND = 0.7;

    /** Families below this energy may be absorbed or lie under others: their absence says nothing. */
    private static final double TELLING_KEV = 1.2;

    /** An L shell below a K shell, or an M shell below an L shell, has at least this share of its counts. */
    private static final double LEAST_SHARE = 0.02;

    private static final Set<String> SYSTEM =
            Set.of("C", "O", "Si", "Cu", "Al", "Fe", "Co", "Ni", "Cr", "Ga", "Pt", "Mo", "Au", "Ti", "Zr", "Be");

    private final SumState state;
    private final Function<Element, Optional<LineGroup>> decisive;
    private final List<Element> candidates;

    ElementEvidence(SumState state, Function<Element, Optional<LineGroup>> decisive, List<Element> candidates) {
        this.state = state;
        this.decisive = decisive;
        this.candidates = candidates;
    }

    List<ElementCandidate> report() {
        List<Element> elements = state.model().groups().stream()
                .map(g -> g.element().orElseThrow())
                .distinct()
                .toList();
        List<ElementCandidate> all = new ArrayList<>();
        for (Element element : elements) {
            all.add(candidate(element, elements));
        }
        all.sort(
                Comparator.comparingDouble(ElementCandidate::standardDeviations).reversed());
        return List.copyOf(all);
    }

    private ElementCandidate candidate(Element element, List<Element> elements) {
        LineGroup main = decisive.apply(element).orElseThrow();
        List<ElementCandidate.Line> lines = new ArrayList<>();
        double mainCounts = state.counts(main).value();
        for (LineGroup group : groups(element)) {
            Uncertain counts = state.counts(group);
            boolean seen = counts.value() > SEEN * counts.standardError();
            boolean missed = group.energyKeV() > TELLING_KEV
                    && group.energyKeV() < main.energyKeV()
                    && counts.value() + 3 * counts.standardError() < LEAST_SHARE * mainCounts;
            ElementCandidate.Verdict verdict = seen
                    ? ElementCandidate.Verdict.SEEN
                    : missed ? ElementCandidate.Verdict.MISSING : ElementCandidate.Verdict.OPEN;
            lines.add(new ElementCandidate.Line(group.name(), group.energyKeV(), counts, verdict));
        }
        lines.sort(Comparator.comparing((ElementCandidate.Line l) -> !l.name().equals(main.name())));
        return new ElementCandidate(
                element,
                lines,
                state.fitted(main),
                alike(main, elements),
                overlapping(element, main, elements),
                SYSTEM.contains(element.symbol()));
    }

    private List<LineGroup> groups(Element element) {
        return state.model().groups().stream()
                .filter(g -> g.element().filter(element::equals).isPresent())
                .toList();
    }

    private List<Element> alike(LineGroup main, List<Element> elements) {
        double[] own = state.column(main);
        double fwhm = state.model().response(state.theta()).width().fwhmKeV(main.energyKeV());
        return candidates.stream()
                .filter(e -> !elements.contains(e))
                .filter(e -> {
                    LineGroup other = decisive.apply(e).orElseThrow();
                    double apart = Math.abs(other.energyKeV() - main.energyKeV());
                    double likeness = apart < FAR_KEV ? state.likeness(own, state.column(other)) : 0;
                    return likeness > LIKE || likeness > HALF_LIKE && apart < 0.5 * fwhm;
                })
                .toList();
    }

    private List<Element> overlapping(Element element, LineGroup main, List<Element> elements) {
        return elements.stream()
                .filter(e -> !e.equals(element))
                .filter(e -> groups(e).stream().anyMatch(g -> Math.abs(state.correlation(main, g)) > BOUND))
                .toList();
    }
}
