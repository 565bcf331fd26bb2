package org.hyalite.study;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hyalite.align.Alignment;
import org.hyalite.align.Resampling;
import org.hyalite.grid.TiltGeometry;
import org.hyalite.grid.TiltSeries;
import org.hyalite.physics.Element;
import org.hyalite.progress.Progress;
import org.hyalite.spectra.WindowCounts;
import org.hyalite.study.CountsStep.SeriesCounts;
import org.hyalite.study.SeriesLoader.EdsMap;
import org.hyalite.study.WeightJudge.Verdict;
import org.hyalite.study.recipe.Experiment;
import org.hyalite.study.recipe.InputException;
import org.hyalite.tomo.DataTerm;
import org.hyalite.tomo.ImageNoise;
import org.hyalite.tomo.JointData;
import org.hyalite.tomo.ReconstructionSettings;
import org.hyalite.tomo.Regulariser;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Which criterion chooses the best weight for measured series: see {@link WeightJudge}. */
public final class WeightComparison {
    private static final Resampling EDGE = new Resampling(Resampling.Kernel.LINEAR, Resampling.Outside.EDGE);

    private WeightComparison() {}

    /**
     * Judges on one aligned series; where no standard errors belong to it, its noise is estimated from the images.
     *
     * @throws InputException where the series cannot be read, or has too few tilts
     */
    public static StudyResult series(
            SeriesReconstruction.Request request, ReconstructionSettings settings, Progress progress) {
        StudyRecord record = new StudyRecord();
        SeriesData data = SeriesData.load(request, record);
        boolean counts = data.term() instanceof DataTerm.KullbackLeibler;
        Optional<TiltSeries> errors = counts ? Optional.empty() : data.errors().or(() -> noise(data.images()));
        try {
            Verdict verdict = new WeightTrials.Single(
                            request.file().getFileName().toString(),
                            counts ? "counts" : "in the images' unit",
                            data.images(),
                            errors,
                            settings.with(data.term()))
                    .judge(progress);
            return result(List.of(verdict), record);
        } catch (IllegalArgumentException e) {
            throw new InputException(request.file() + ": " + e.getMessage(), e);
        }
    }

    /**
     * Judges on the sample of an experiment: its ADF images (TV), each element's net counts (TV²) and its counts in windows
     * (TV, Kullback–Leibler), and the elements' counts together (coupled TV). For the latter two, which must stay whole
     * numbers, images are moved along y by whole pixels and not rotated.
     *
     * @param elements of the experiment's; none: all
     * @throws InputException if what the user gave cannot be used
     */
    public static StudyResult experiment(
            Experiment experiment, List<Element> elements, RunSettings run, Progress progress) {
        StudyRecord record = new StudyRecord();
        SampleMaps sample = SampleMaps.of(experiment, elements, run, record, progress);
        AdfStep.Prepared adf = sample.adf();
        boolean fills = sample.fillsField();
        TiltGeometry tilts = sample.tilts();
        List<Verdict> verdicts = new ArrayList<>();
        ReconstructionSettings tv =
                ReconstructionSettings.adf().withThreads(run.threads()).withFilledField(fills);
        verdicts.add(new WeightTrials.Single("ADF, tv", "ADF units", adf.aligned(), noise(adf.aligned()), tv)
                .judge(progress));
        for (Element element : sample.elements()) {
            ReconstructionSettings tv2 =
                    ReconstructionSettings.elements().withThreads(run.threads()).withFilledField(fills);
            verdicts.add(new WeightTrials.Single(
                            element.symbol() + " net counts, tv2",
                            "counts",
                            sample.net(element),
                            Optional.of(sample.errors(element)),
                            tv2)
                    .judge(progress));
        }
        List<JointData.Channel> channels = channels(
                        sample.counts(),
                        whole(adf.alignment()),
                        tilts,
                        sample.net().gains().common().gains(),
                        run.threads())
                .stream()
                .filter(c -> sample.elements().stream().anyMatch(e -> e.symbol().equals(c.name())))
                .toList();
        for (JointData.Channel channel : channels) {
            DataTerm poisson = new DataTerm.KullbackLeibler(channel.background(), channel.countsPerUnit());
            verdicts.add(new WeightTrials.Single(
                            channel.name() + " counts, tv, kl",
                            "counts",
                            channel.counts(),
                            Optional.empty(),
                            tv.with(poisson))
                    .judge(progress));
        }
        if (channels.size() > 1) {
            Regulariser coupled = new Regulariser.CoupledTv(
                    channels.size() == 2 ? Regulariser.Coupling.NUCLEAR : Regulariser.Coupling.FROBENIUS);
            verdicts.add(new WeightTrials.Together("all counts, coupled tv, kl", channels, tv.with(coupled))
                    .judge(progress));
        }
        return result(verdicts, record);
    }

    private static List<JointData.Channel> channels(
            SeriesCounts counts, Alignment alignment, TiltGeometry tilts, double[] gains, int threads) {
        List<JointData.Channel> channels = new ArrayList<>();
        List<WindowCounts> windows = counts.fitter()
                .windowCounts(counts.maps().stream().map(EdsMap::map).toList(), threads, Progress.NONE);
        for (WindowCounts window : windows) {
            channels.add(new JointData.Channel(
                    window.element().symbol(),
                    alignment.applyTo(TiltSeries.of(tilts, window.counts()), EDGE),
                    alignment.applyTo(TiltSeries.of(tilts, window.background()), EDGE),
                    gains));
        }
        return channels;
    }

    /** The same alignment with whole pixels along y and the axis upright, by which no value changes. */
    private static Alignment whole(Alignment alignment) {
        double[] y = alignment.shiftYPx();
        for (int i = 0; i < y.length; i++) {
            y[i] = Math.rint(y[i]);
        }
        return Alignment.of(
                alignment.tiltsDeg(),
                y,
                alignment.shiftXPx(),
                alignment.axisOffsetPx(),
                0,
                alignment.method(),
                alignment.residualsPx(),
                alignment.warnings());
    }

    private static Optional<TiltSeries> noise(TiltSeries images) {
        return Optional.of(ImageNoise.of(images).errors(images));
    }

    private static StudyResult result(List<Verdict> verdicts, StudyRecord record) {
        ObjectNode json = Json.object();
        ArrayNode all = json.putArray("series");
        List<String> lines = new ArrayList<>();
        for (Verdict verdict : verdicts) {
            lines.addAll(verdict.lines());
            all.add(verdict.toJson());
        }
        ArrayNode warnings = json.putArray("warnings");
        record.warnings().forEach(warnings::add);
        return new StudyResult(Path.of(""), lines, json, record.warnings());
    }
}
