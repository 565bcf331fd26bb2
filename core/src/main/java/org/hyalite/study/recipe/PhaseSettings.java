package org.hyalite.study.recipe;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.hyalite.phase.PhaseMixture;
import org.hyalite.physics.Element;
import org.hyalite.physics.XrayLine;
import org.hyalite.study.recipe.Experiment.PhaseCriterion;
import org.hyalite.study.recipe.Experiment.PhaseSpec;

/** Reads {@code phases} of an experiment file, and the same words of the command line. */
public final class PhaseSettings {
    private PhaseSettings() {}

    static PhaseSpec read(YamlMap map, Map<Element, List<XrayLine>> elements) {
        Optional<Element> fractionOf = map.text("fraction_of").map(s -> ExperimentFile.element(map, "fraction_of", s));
        List<Element> among = map.texts("among").stream()
                .map(s -> ExperimentFile.element(map, "among", s))
                .toList();
        List<Element> ternary = map.texts("ternary").stream()
                .map(s -> ExperimentFile.element(map, "ternary", s))
                .toList();
        for (Element e : among) {
            if (!elements.containsKey(e)) {
                throw map.error("among", e + " is not among the quantified 'elements'");
            }
        }
        fractionOf
                .filter(e -> !(among.isEmpty() ? elements.containsKey(e) : among.contains(e)))
                .ifPresent(e -> {
                    throw map.error("fraction_of", e + " is not among the elements of the diagram");
                });
        PhaseSpec spec;
        try {
            spec = of(fractionOf, among, map.text("criterion"), map.text("phases"), ternary);
        } catch (InputException e) {
            throw map.error("phases", String.valueOf(e.getMessage()));
        }
        NullControlSettings.read(map); // a record of its own
        map.finish();
        return spec;
    }

    /**
     * What is asked of the diagram.
     *
     * @param criterion {@code hills} or {@code bic}
     * @param phases a number
     * @throws InputException saying what is wrong
     */
    public static PhaseSpec of(
            Optional<Element> fractionOf,
            List<Element> among,
            Optional<String> criterion,
            Optional<String> phases,
            List<Element> ternary) {
        OptionalInt count = OptionalInt.empty();
        if (phases.isPresent()) {
            String text = phases.get();
            int n = text.matches("[0-9]{1,3}") ? Integer.parseInt(text) : 0;
            if (n < 1 || n > PhaseMixture.MOST_PHASES) {
                throw new InputException("'" + text + "' is no number of phases; give 1…" + PhaseMixture.MOST_PHASES);
            }
            count = OptionalInt.of(n);
        }
        Optional<PhaseCriterion> chosen = criterion.map(PhaseSettings::criterion);
        if (count.isPresent() && chosen.filter(c -> c == PhaseCriterion.HILLS).isPresent()) {
            throw new InputException(
                    "a number of phases belongs to the mixture model; take 'hills' out, or the number");
        }
        if (!ternary.isEmpty()
                && (ternary.size() != 3 || ternary.stream().distinct().count() != 3)) {
            throw new InputException("a ternary diagram is of three different elements, not of " + ternary);
        }
        for (Element e : ternary) {
            if (!among.isEmpty() && !among.contains(e)) {
                throw new InputException("ternary: " + e + " is not among the elements of the diagram");
            }
        }
        return new PhaseSpec(fractionOf, among, chosen.or(() -> phases.map(p -> PhaseCriterion.BIC)), count, ternary);
    }

    private static PhaseCriterion criterion(String text) {
        for (PhaseCriterion c : PhaseCriterion.values()) {
            if (c.name().toLowerCase(Locale.ROOT).equals(text)) {
                return c;
            }
        }
        throw new InputException("'" + text + "' is no criterion for phases; give hills or bic");
    }
}
