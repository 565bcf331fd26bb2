package org.hyalite.calibrate;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hyalite.physics.CrossSection;
import org.hyalite.physics.Uncertain;
import org.hyalite.physics.XrayLine;

/**
 * The cross section of one line, with the evidence for it.
 *
 * @param line which line
 * @param crossSection {@code σ} and its standard error
 * @param interceptCounts intercept of the fit that is not forced through the origin, counts; absent if not tested
 * @param curvaturePerNm {@code c} of {@code k σ t (1 + c t)}, 1/nm; absent if not tested
 * @param rSquared share of the variance that the line through the origin explains
 * @param pixels pixels of the fit
 * @param budget relative standard deviation of σ by source
 * @param particles what each particle says alone, by its name
 */
public record CalibratedLine(
        XrayLine line,
        CrossSection crossSection,
        Optional<Uncertain> interceptCounts,
        Optional<Uncertain> curvaturePerNm,
        double rSquared,
        int pixels,
        Map<String, Double> budget,
        Map<String, CrossSection> particles) {
    private static final List<String> ONLY_GIVEN = List.of("density", "current");

    public CalibratedLine {
        if (pixels < 1) {
            throw new IllegalArgumentException(line + " is calibrated by " + pixels + " pixels");
        }
        if (!Double.isFinite(rSquared)) {
            throw new IllegalArgumentException(line + ": r² is " + rSquared);
        }
        budget = Collections.unmodifiableMap(new LinkedHashMap<>(budget));
        particles = Collections.unmodifiableMap(new LinkedHashMap<>(particles));
    }

    /** What a fit found. */
    public static CalibratedLine of(CrossSectionFit fit) {
        return of(fit, Map.of());
    }

    /**
     * What a fit found, with further sources of error; the standard error grows by them in quadrature.
     *
     * @param further relative standard deviations by source, such as that of the threshold, the density or the current
     */
    public static CalibratedLine of(CrossSectionFit fit, Map<String, Double> further) {
        Map<String, Double> budget = new LinkedHashMap<>(fit.budget());
        further.forEach((source, relative) -> {
            if (!(relative >= 0) || budget.put(source, relative) != null) {
                throw new IllegalArgumentException(
                        "error source " + source + " of " + fit.line() + " is " + relative + ", or stands twice");
            }
        });
        double total =
                Math.sqrt(budget.values().stream().mapToDouble(r -> r * r).sum());
        double barn = fit.crossSection().barn();
        Map<String, CrossSection> particles = new LinkedHashMap<>();
        for (ParticleCrossSection p : fit.particles()) {
            particles.put(p.name(), p.crossSection());
        }
        return new CalibratedLine(
                fit.line(),
                new CrossSection(barn, total * barn),
                fit.interceptCounts(),
                fit.curvaturePerNm(),
                fit.rSquared(),
                fit.pixels(),
                budget,
                particles);
    }

    /** Sources of error that only a user can know, and nobody gave: the standards' density, the beam current. */
    public List<String> notGiven() {
        return ONLY_GIVEN.stream().filter(source -> !budget.containsKey(source)).toList();
    }

    /** Relative standard deviation of σ by all sources of the budget together. */
    public double relativeSd() {
        return Math.sqrt(budget.values().stream().mapToDouble(r -> r * r).sum());
    }
}
