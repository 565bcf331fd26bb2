package org.hyalite.study;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hyalite.align.Resampling;
import org.hyalite.grid.TiltGeometry;
import org.hyalite.grid.TiltSeries;
import org.hyalite.physics.Element;
import org.hyalite.progress.Progress;
import org.hyalite.study.CountsStep.SeriesCounts;
import org.hyalite.study.QuantifyStep.Quantified;
import org.hyalite.study.SeriesLoader.EdsMap;
import org.hyalite.study.recipe.Experiment;
import org.hyalite.study.recipe.Experiment.SampleSpec;
import org.hyalite.study.recipe.InputException;

/**
 * An experiment's sample as far as it goes without a volume, in counts: aligned ADF images, net counts of every element.
 *
 * @param elements that were asked for; all of the experiment's if none were
 */
record SampleMaps(
        StudyContext context, List<Element> elements, AdfStep.Prepared adf, SeriesCounts counts, Quantified net) {
    /**
     * Reads, counts and aligns.
     *
     * @param asked of the experiment's elements; none: all
     * @throws InputException if what the user gave cannot be used
     */
    static SampleMaps of(
            Experiment experiment, List<Element> asked, RunSettings run, StudyRecord record, Progress progress) {
        SampleSpec spec = experiment
                .sample()
                .orElseThrow(() -> new InputException(experiment.file() + ": names no sample to judge on"));
        for (Element element : asked) {
            if (!experiment.elements().containsKey(element)) {
                throw new InputException(experiment.file() + ": " + element.symbol() + " is not among its 'elements'");
            }
        }
        StudyContext context = new StudyContext(experiment, run, record, progress);
        SeriesLoader loader = new SeriesLoader(record, experiment.spectra().bin());
        TiltSeries recorded = loader.adf("sample", spec.adf(), spec.axisAlongX());
        List<EdsMap> all = loader.eds("sample", spec.eds(), spec.axisAlongX());
        context.requireSameGrid("sample", recorded, all.get(0));
        AdfStep.Prepared adf = AdfStep.prepare(
                record, "sample", recorded, experiment.alignment(), spec.fillsField(), run.threads(), progress);
        List<EdsMap> maps = RefusedTilts.without(adf.refused(), all, record);
        SeriesCounts counts = CountsStep.count(
                record,
                "sample",
                maps,
                context.lines(),
                experiment.microscope().beamEnergyKeV(),
                run.threads(),
                progress);
        boolean fills = adf.background().fillsField();
        Quantified net =
                QuantifyStep.quantify(context, spec, counts, Optional.empty(), fills, adf.alignment(), Map.of());
        List<Element> elements =
                asked.isEmpty() ? List.copyOf(experiment.elements().keySet()) : List.copyOf(asked);
        return new SampleMaps(context, elements, adf, counts, net);
    }

    boolean fillsField() {
        return adf.background().fillsField();
    }

    TiltGeometry tilts() {
        return TiltGeometry.of(counts.tiltsDeg());
    }

    /** Net counts of an element over its gain, brought to the axis. */
    TiltSeries net(Element element) {
        return adf.alignment()
                .applyTo(
                        TiltSeries.of(tilts(), net.values(element)),
                        fillsField() ? Resampling.FILLED : Resampling.FREE);
    }

    /** Their standard errors. */
    TiltSeries errors(Element element) {
        return Variances.moved(adf.alignment(), TiltSeries.of(tilts(), net.errors(element)));
    }
}
