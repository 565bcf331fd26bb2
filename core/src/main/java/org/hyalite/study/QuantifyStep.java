package org.hyalite.study;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

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
            TiltGain gain,
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

        /** g(θ), by map. */
        double[] gains() {
            double[] gains = new double[gain.tiltsDeg().length];
            for (int m = 0; m < gains.length; m++) {
                gains[m] = gain.gain(m).value();
            }
            return gains;
        }

        /** Gains at other tilts: those of the nearest map. */
        double[] gainsFor(double[] tiltsDeg) {
            double[] known = gain.tiltsDeg();
            double[] gains = new double[tiltsDeg.length];
            for (int t = 0; t < gains.length; t++) {
                int nearest = 0;
                for (int k = 1; k < known.length; k++) {
                    nearest = Math.abs(known[k] - tiltsDeg[t]) < Math.abs(known[nearest] - tiltsDeg[t]) ? k : nearest;
                }
                gains[t] = gain.gain(nearest).value();
            }
            return gains;
        }

        ObjectNode gainReport() {
            ObjectNode json = Json.object();
            json.put("source", gain.source().name().toLowerCase(java.util.Locale.ROOT));
            json.put("chi_square", gain.chiSquare());
            json.put("degrees_of_freedom", gain.freedom());
            ArrayNode all = json.putArray("tilts");
            for (int i = 0; i < gain.tiltsDeg().length; i++) {
                all.addObject()
                        .put("tilt_deg", gain.tiltsDeg()[i])
                        .put("gain", gain.gain(i).value())
                        .put("standard_error", gain.gain(i).standardError());
            }
            return json;
        }
    }

    private QuantifyStep() {}

    /**
     * @param transmissions mean share of each element's X-rays that left the specimen, by map, which the tilt gain is not to
     *     take for its own; empty if absorption is not corrected
     */
    static Quantified quantify(
            StudyContext context,
            SampleSpec spec,
            SeriesCounts counts,
            Optional<Calibration> calibration,
            boolean fillsField,
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
        TiltGain gain = gain(context, counts, doses, fillsField, transmissions);
        gain.warnings().forEach(w -> context.record().warn("tilt gain: " + w));
        Map<Element, List<ElementMap>> maps = new LinkedHashMap<>();
        Map<Element, Double> systematic = new LinkedHashMap<>();
        for (Element element : context.experiment().elements().keySet()) {
            List<ElementMap> ofElement = new ArrayList<>();
            for (int m = 0; m < counts.maps().size(); m++) {
                List<LineMap> lines = List.copyOf(counts.counts().get(m).values());
                if (calibration.isPresent()) {
                    ArealDensity density = Quantifier.of(crossSections(context, calibration.get()))
                            .quantify(element, lines, doses.get(m), gain.gain(m));
                    systematic.merge(element, density.relativeSystematic(), Math::max);
                    ofElement.add(new ElementMap(density.atomsPerNm2(), density.standardError()));
                } else {
                    RelativeCounts relative =
                            Quantifier.toRelative(element, lines, gain.gain(m).value());
                    ofElement.add(new ElementMap(relative.counts(), relative.standardError()));
                }
            }
            maps.put(element, ofElement);
        }
        return new Quantified(maps, gain, systematic, doses);
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
    private static TiltGain gain(
            StudyContext context,
            SeriesCounts counts,
            List<Dose> doses,
            boolean fillsField,
            Map<Element, double[]> transmissions) {
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
        return TiltGain.estimate(tilts, totals, fillsField);
    }
}
