package org.hyalite.study;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hyalite.calibrate.CalibratedLine;
import org.hyalite.study.StandardStep.MeasuredStandard;

/** What the error of a cross section is made of beside counts and steps of a voxel: relative standard deviations by source. */
final class StandardErrors {
    private StandardErrors() {}

    /**
     * Of one element. The particles of an element share what their errors come from, so that these do not average out: each
     * source is the mean of the particles'. Density and current are there only if the user says how well they are known.
     *
     * @param ofElement at least one
     * @param warn what people must know
     */
    static Map<String, Double> budget(List<MeasuredStandard> ofElement, Consumer<String> warn) {
        Map<String, Double> budget = new LinkedHashMap<>();
        budget.put("threshold", mean(ofElement, s -> s.thresholdUncertainty().thicknessRelativeSd()));
        budget.put("surface", mean(ofElement, s -> s.thresholdUncertainty().surfaceRelativeSd()));
        given(
                ofElement,
                "density",
                "density_sd_per_nm3",
                s -> s.spec().densitySdPerNm3().map(sd -> sd / s.spec().densityPerNm3()),
                budget,
                warn);
        given(ofElement, "current", "beam_current_sd_nA", MeasuredStandard::currentRelativeSd, budget, warn);
        return budget;
    }

    private static void given(
            List<MeasuredStandard> ofElement,
            String source,
            String key,
            Function<MeasuredStandard, Optional<Double>> of,
            Map<String, Double> budget,
            Consumer<String> warn) {
        long known = ofElement.stream().filter(s -> of.apply(s).isPresent()).count();
        if (known == ofElement.size()) {
            budget.put(source, mean(ofElement, s -> of.apply(s).orElseThrow()));
        } else if (known > 0) {
            warn.accept("standards of " + ofElement.get(0).spec().element() + ": " + key + " is given for " + known + " of "
                    + ofElement.size() + " particles; it is left out of the budget, as if it were not given");
        }
    }

    private static double mean(List<MeasuredStandard> standards, Function<MeasuredStandard, Double> of) {
        return standards.stream().mapToDouble(of::apply).average().orElse(0);
    }

    /** {@code counts 0.1 %, thickness 0.0 %; density, current not given}. */
    static String words(CalibratedLine line) {
        String known = line.budget().entrySet().stream()
                .map(e -> String.format(Locale.ROOT, "%s %.2f %%", e.getKey(), 100 * e.getValue()))
                .collect(Collectors.joining(", "));
        return line.notGiven().isEmpty() ? known : known + "; not given: " + String.join(", ", line.notGiven());
    }
}
