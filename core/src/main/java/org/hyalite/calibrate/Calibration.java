package org.hyalite.calibrate;

import java.time.LocalDate;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.hyalite.physics.CrossSection;
import org.hyalite.physics.Element;
import org.hyalite.physics.LineFamily;
import org.hyalite.physics.XrayLine;

/**
 * Cross sections that belong to a microscope, holder, voltage, detector set-up and line definition: a file of its own,
 * dated, reusable, with its evidence.
 *
 * @param microscope its name; absent if nobody gave it
 * @param holder the specimen holder; absent if nobody gave it
 * @param beamEnergyKeV beam energy, keV; absent if nobody gave it
 * @param detectors names of the X-ray detectors; empty if nobody gave them
 * @param lineDefinition how the counts of a line are made
 * @param date the day of the calibration
 * @param lines one entry per line
 */
public record Calibration(
        Optional<String> microscope,
        Optional<String> holder,
        Optional<Double> beamEnergyKeV,
        List<String> detectors,
        LineDefinition lineDefinition,
        LocalDate date,
        List<CalibratedLine> lines) {
    /** How the counts of a line are made. */
    public enum Method {
        FIT,
        WINDOWS;

        /** The name in files. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * How the counts of a line are made.
     *
     * @param method a fit of the spectrum, or windows
     * @param widthsKeV widths that define it, by what they are the width of, keV
     */
    public record LineDefinition(Method method, Map<String, Double> widthsKeV) {
        public LineDefinition {
            widthsKeV = Collections.unmodifiableMap(new LinkedHashMap<>(widthsKeV));
        }
    }

    private static final double LEAST_KB_PER_KA = 0.10;
    private static final double LARGEST_KB_PER_KA = 0.15;

    public Calibration {
        detectors = List.copyOf(detectors);
        lines = List.copyOf(lines);
        if (lines.isEmpty()) {
            throw new IllegalArgumentException("a calibration without any cross section");
        }
        Set<XrayLine> seen = new HashSet<>();
        for (CalibratedLine line : lines) {
            if (!seen.add(line.line())) {
                throw new IllegalArgumentException("the cross section of " + line.line() + " stands twice");
            }
        }
        beamEnergyKeV.ifPresent(keV -> {
            if (!(keV > 0) || Double.isInfinite(keV)) {
                throw new IllegalArgumentException("beam energy " + keV + " keV is not a positive number");
            }
        });
    }

    /** The cross section of a line, if it was calibrated. */
    public Optional<CrossSection> crossSection(XrayLine line) {
        return find(line).map(CalibratedLine::crossSection);
    }

    /** The cross section of a line with its evidence, if it was calibrated. */
    public Optional<CalibratedLine> find(XrayLine line) {
        return lines.stream().filter(l -> l.line().equals(line)).findFirst();
    }

    /** {@code σ(Kβ) / σ(Kα)} of an element, if both were calibrated; 0.12–0.13 in the 3d metals. */
    public Optional<Double> kbPerKa(Element element) {
        return of(element, LineFamily.KB)
                .flatMap(kb -> of(element, LineFamily.KA).map(ka -> kb.barn() / ka.barn()));
    }

    /**
     * What should make a user look again, in words: a Kβ/Kα outside of 0.10–0.15, an intercept or a curvature beyond
     * three standard errors that also matters.
     */
    public List<String> warnings() {
        Stream<String> ratios = lines.stream()
                .map(l -> l.line().element())
                .distinct()
                .flatMap(element -> kbPerKa(element)
                        .filter(r -> r < LEAST_KB_PER_KA || r > LARGEST_KB_PER_KA)
                        .map(r -> String.format(
                                Locale.ROOT,
                                "Kb/Ka of %s is %.3f, outside of %.2f–%.2f: overlap with another line, or background",
                                element,
                                r,
                                LEAST_KB_PER_KA,
                                LARGEST_KB_PER_KA))
                        .stream());
        Stream<String> intercepts = lines.stream()
                .flatMap(l -> l
                        .interceptCounts()
                        .filter(i -> Math.abs(i.value()) > 3 * i.standardError() && Math.abs(i.value()) > 0.5)
                        .map(i -> String.format(
                                Locale.ROOT,
                                "%s: %.2f ± %.2f counts are left at zero thickness: film, background or thickness",
                                l.line(),
                                i.value(),
                                i.standardError()))
                        .stream());
        Stream<String> curvatures = lines.stream()
                .flatMap(l -> l
                        .curvaturePerNm()
                        .filter(c -> Math.abs(c.value()) > 3 * c.standardError() && Math.abs(c.value()) > 2e-4)
                        .map(c -> String.format(
                                Locale.ROOT,
                                "%s: counts per nm change by %.2g ± %.1g per nm of thickness: absorption, or thickness",
                                l.line(),
                                c.value(),
                                c.standardError()))
                        .stream());
        return Stream.of(ratios, intercepts, curvatures).flatMap(s -> s).toList();
    }

    private Optional<CrossSection> of(Element element, LineFamily family) {
        return XrayLine.find(element, family).flatMap(this::crossSection);
    }

    /** The text of {@code calibration.json}. */
    public String toJson() {
        return CalibrationJson.write(this);
    }

    /**
     * Reads the text of a {@code calibration.json}.
     *
     * @throws IllegalArgumentException if it is no JSON, or naming the key that is missing or wrong
     */
    public static Calibration fromJson(String json) {
        return CalibrationJson.read(json);
    }
}
