package org.hyalite.study;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hyalite.align.Alignment;
import org.hyalite.calibrate.Calibration;
import org.hyalite.grid.Image;
import org.hyalite.grid.LineMap;
import org.hyalite.physics.Acquisition.Key;
import org.hyalite.physics.CrossSection;
import org.hyalite.physics.Dose;
import org.hyalite.physics.Element;
import org.hyalite.physics.Uncertain;
import org.hyalite.physics.XrayLine;
import org.hyalite.quantify.ArealDensity;
import org.hyalite.quantify.Quantifier;
import org.hyalite.quantify.RelativeCounts;
import org.hyalite.quantify.TiltGain;
import org.hyalite.study.CountsStep.SeriesCounts;
import org.hyalite.study.recipe.Experiment.Beam;
import org.hyalite.study.recipe.Experiment.SampleSpec;

/** Counts of every line and tilt → areal density of every element and tilt, the tilt gain taken out. */
final class QuantifyStep {
    /**
     * What one map says of one element.
     *
     * @param value atoms/nm², or counts without a calibration
     * @param error its standard error, likewise
     */
    record ElementMap(Image value, Image error) {}

    /**
     * Areal densities by element, one for each map in the maps' order.
     *
     * @param doses of a pixel, by map; empty without calibration
     */
    record Quantified(
            Map<Element, List<ElementMap>> maps,
            TiltGains gains,
            Map<Element, Double> relativeSystematic,
            List<Dose> doses) {
        List<Image> values(Element element) {
            return of(element).stream().map(ElementMap::value).toList();
        }

        List<Image> errors(Element element) {
            return of(element).stream().map(ElementMap::error).toList();
        }

        private List<ElementMap> of(Element element) {
            return java.util.Objects.requireNonNull(maps.get(element));
        }
    }

    private QuantifyStep() {}

    /**
     * @param alignment the tilt gains that the user gave stand in it
     * @param transmissions mean share of each element's X-rays that left the specimen, by map, which the tilt gain is not to
     *     take for its own; empty if absorption is not corrected
     */
    static Quantified quantify(
            StudyContext context,
            SampleSpec spec,
            SeriesCounts counts,
            Optional<Calibration> calibration,
            boolean fillsField,
            Alignment alignment,
            Map<Element, double[]> transmissions) {
        Beam beam = spec.beam().orElse(context.experiment().microscope().beam());
        List<Dose> doses = new ArrayList<>();
        for (int m = 0; calibration.isPresent() && m < counts.maps().size(); m++) {
            doses.add(Beams.dose(
                    context.record(),
                    "sample",
                    counts.maps().get(m),
                    m,
                    counts.maps().size(),
                    beam,
                    context.experiment().spectra().bin()));
        }
        if (calibration.isEmpty()) {
            warnOfUnequalDoses(context, counts);
        }
        TiltGains gains = TiltGains.of(
                counts.tiltsDeg(),
                totals(context, counts, doses, transmissions),
                fillsField,
                context.experiment().alignment().given().gains(),
                alignment);
        gains.tell(context.record());
        Map<Element, List<ElementMap>> maps = new LinkedHashMap<>();
        Map<Element, Double> systematic = new LinkedHashMap<>();
        for (Element element : context.experiment().elements().keySet()) {
            List<ElementMap> ofElement = new ArrayList<>();
            for (int m = 0; m < counts.maps().size(); m++) {
                List<LineMap> lines = List.copyOf(counts.counts().get(m).values());
                if (calibration.isPresent()) {
                    ArealDensity density = Quantifier.of(crossSections(context, calibration.get()))
                            .quantify(element, lines, doses.get(m), gains.gain(element, m));
                    systematic.merge(element, density.relativeSystematic(), Math::max);
                    ofElement.add(new ElementMap(density.atomsPerNm2(), density.standardError()));
                } else {
                    RelativeCounts relative = Quantifier.toRelative(
                            element, lines, gains.gain(element, m).value());
                    ofElement.add(new ElementMap(relative.counts(), relative.standardError()));
                }
            }
            maps.put(element, ofElement);
        }
        return new Quantified(maps, gains, systematic, doses);
    }

    /** Relative counts are compared as they are; where the files know better, the user must. */
    private static void warnOfUnequalDoses(StudyContext context, SeriesCounts counts) {
        for (Key key : List.of(Key.DWELL_TIME, Key.BEAM_CURRENT)) {
            long values = counts.maps().stream()
                    .flatMap(m -> m.acquisition().number(key).stream())
                    .distinct()
                    .count();
            if (values > 1) {
                context.record()
                        .warn("the maps differ in " + key.label()
                                + ", which relative counts do not take into account; a calibrated run does");
            }
        }
    }

    /** Of the lines that the calibration knows. */
    static Map<XrayLine, CrossSection> crossSections(StudyContext context, Calibration calibration) {
        Map<XrayLine, CrossSection> all = new LinkedHashMap<>();
        for (XrayLine line : context.lines().lines()) {
            calibration.crossSection(line).ifPresent(sigma -> all.put(line, sigma));
        }
        return all;
    }

    /** Totals of each element per electron where the dose is known, so that a drift of the current is no gain. */
    private static Map<Element, List<Uncertain>> totals(
            StudyContext context, SeriesCounts counts, List<Dose> doses, Map<Element, double[]> transmissions) {
        double[] tilts = counts.tiltsDeg();
        Map<Element, List<Uncertain>> totals = new LinkedHashMap<>();
        for (Element element : context.experiment().elements().keySet()) {
            List<Uncertain> perTilt = new ArrayList<>();
            for (int m = 0; m < tilts.length; m++) {
                double value = 0;
                double variance = 0;
                double perElectron = doses.isEmpty()
                        ? 1
                        : doses.get(0).electrons() / doses.get(m).electrons();
                double[] through = transmissions.get(element);
                perElectron /= through == null ? 1 : through[m];
                for (XrayLine line : context.experiment().elements().get(element)) {
                    LineMap map = counts.counts().get(m).get(line);
                    Uncertain total = TiltGain.total(map.counts(), map.standardError());
                    value += total.value() * perElectron;
                    variance += Math.pow(total.standardError() * perElectron, 2);
                }
                perTilt.add(new Uncertain(value, Math.sqrt(variance)));
            }
            totals.put(element, perTilt);
        }
        return totals;
    }
}
