package org.hyalite.study;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.hyalite.align.Resampling;
import org.hyalite.calibrate.Calibration;
import org.hyalite.grid.TiltGeometry;
import org.hyalite.grid.TiltSeries;
import org.hyalite.physics.Element;
import org.hyalite.study.AbsorptionStep.Transmission;
import org.hyalite.study.CountsStep.SeriesCounts;
import org.hyalite.study.QuantifyStep.Quantified;
import org.hyalite.tomo.JointData;

/**
 * What the volumes of the elements are reconstructed from, brought to the tilt axis.
 *
 * @param areal areal density of each element, {@code [tilt, y, x]}, atoms/nm², or counts without calibration
 * @param errors their standard errors, likewise
 * @param joint counts in windows and the ADF images, where the elements are reconstructed together
 */
record ElementData(
        Quantified quantified,
        Map<Element, TiltSeries> areal,
        Map<Element, TiltSeries> errors,
        Optional<JointData> joint) {
    /**
     * @param shown the maps' own ADF images, in the maps' order
     * @param absorbed what of each element's X-rays left the specimen, if that is corrected
     */
    static ElementData of(
            StudyContext context,
            SeriesCounts counts,
            AdfStep.Prepared adf,
            boolean fillsField,
            int[] shown,
            Optional<Calibration> calibration,
            Optional<Transmission> absorbed) {
        Quantified quantified = QuantifyStep.quantify(
                context,
                context.experiment().sample().orElseThrow(),
                counts,
                calibration,
                fillsField,
                absorbed.map(Transmission::means).orElse(Map.of()));
        Map<Element, TiltSeries> areal = new LinkedHashMap<>();
        Map<Element, TiltSeries> errors = new LinkedHashMap<>();
        TiltGeometry tilts = TiltGeometry.of(counts.tiltsDeg());
        for (Element element : context.experiment().elements().keySet()) {
            TiltSeries values = adf.alignment()
                    .applyTo(
                            TiltSeries.of(tilts, quantified.values(element)),
                            fillsField ? Resampling.FILLED : Resampling.FREE);
            TiltSeries moved = Variances.moved(adf.alignment(), TiltSeries.of(tilts, quantified.errors(element)));
            areal.put(
                    element,
                    absorbed.map(a -> AbsorptionStep.corrected(values, a.of(element)))
                            .orElse(values));
            errors.put(
                    element,
                    absorbed.map(a -> AbsorptionStep.corrected(moved, a.of(element)))
                            .orElse(moved));
        }
        Optional<JointData> joint = context.joint()
                ? Optional.of(new JointStep(context, counts, adf, fillsField)
                        .data(calibration, quantified.doses(), quantified.gains(), shown, absorbed))
                : Optional.empty();
        return new ElementData(quantified, areal, errors, joint);
    }
}
