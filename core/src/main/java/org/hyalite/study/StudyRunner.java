package org.hyalite.study;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hyalite.calibrate.Calibration;
import org.hyalite.calibrate.ThresholdUncertainty;
import org.hyalite.grid.Volume;
import org.hyalite.kernel.Kernels;
import org.hyalite.physics.Element;
import org.hyalite.progress.Progress;
import org.hyalite.study.CalibrationStep.Calibrated;
import org.hyalite.study.PhaseStep.Found;
import org.hyalite.study.SampleStep.MappedSample;
import org.hyalite.study.recipe.Experiment;
import org.hyalite.study.recipe.InputException;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** One recipe, run in order, with its record: the only place that knows the order of work. */
public final class StudyRunner {
    private final StudyContext context;
    private final ResultFiles files;
    private final FigureFiles figures;
    private final VolumeStep volumes;

    private StudyRunner(StudyContext context, ResultFiles files) {
        this.context = context;
        this.files = files;
        this.figures = new FigureFiles(files, context.settings().figures(), context.record());
        this.volumes = new VolumeStep(
                context, Checkpoint.open(files.folder(), context.settings().resume()));
    }

    /**
     * The whole chain.
     *
     * @param output the results folder
     * @throws InputException if what the user gave cannot be used
     */
    public static StudyResult run(Experiment experiment, Path output, RunSettings settings, Progress progress) {
        if (experiment.sample().isEmpty()) {
            throw new InputException(
                    experiment.file() + ": names no sample; use 'hyalite calibrate' for standards alone");
        }
        if (output.toAbsolutePath().normalize().equals(experiment.folder())) {
            throw new InputException(output + ": the experiment's own folder; results would lie among the recorded"
                    + " files: give another folder, for example -o " + output.resolve("results"));
        }
        for (Element element : experiment.elements().keySet()) {
            if (!experiment.standards().isEmpty()
                    && experiment.standards().stream()
                            .noneMatch(s -> s.element().equals(element))) {
                throw new InputException(experiment.file() + ", standards: none is of " + element
                        + ", which 'elements' asks to be quantified; add one, or take " + element + " out");
            }
        }
        return LiveRun.watched(
                output,
                progress,
                watched -> begin(experiment, output, settings, watched).run());
    }

    /**
     * The standards alone.
     *
     * @param file where the calibration goes; its evidence (volumes, figures, provenance) goes into
     *     {@code NAME-evidence} beside it
     */
    public static StudyResult calibrate(Experiment experiment, Path file, RunSettings settings, Progress progress) {
        if (experiment.standards().isEmpty()) {
            throw new InputException(experiment.file() + ": names no standards to calibrate with");
        }
        String name = file.getFileName().toString().replaceFirst("[.]json$", "");
        Path folder = file.resolveSibling(name + "-evidence");
        StudyRunner runner = begin(experiment, folder, settings, progress);
        Calibrated calibrated = runner.calibrateStandards();
        CalibrationStep.write(file, calibrated.calibration());
        CalibrationFigures.write(runner.figures, calibrated);
        Json.write(runner.files.provenance(), runner.context.record().toJson());
        ObjectNode summary = Json.object();
        summary.set("cross_sections", crossSections(calibrated.calibration()));
        summary.put("calibration", file.toString());
        summary.put("evidence", folder.toString());
        summary.set("warnings", runner.warnings());
        List<String> lines = new ArrayList<>(CalibrationStep.summary(calibrated.calibration()));
        lines.addAll(0, CalibrationStep.thresholds(calibrated));
        lines.add("wrote " + file + ", evidence in " + folder);
        return new StudyResult(folder, lines, summary, runner.context.record().warnings());
    }

    private static StudyRunner begin(Experiment experiment, Path folder, RunSettings settings, Progress progress) {
        StudyRecord record = new StudyRecord();
        record.fact("kernels", Kernels.get().name());
        record.input("experiment", experiment.file());
        StudyContext context = new StudyContext(experiment, settings, record, progress);
        DeclaredParameters.note(context);
        ResultFiles files = ResultFiles.create(folder);
        if (settings.resume()) {
            files.removeResultsOfEarlierRun();
        } else {
            files.removeEarlierRun();
        }
        return new StudyRunner(context, files);
    }

    private StudyResult run() {
        Optional<Calibrated> calibrated =
                context.experiment().standards().isEmpty() ? Optional.empty() : Optional.of(calibrateStandards());
        Optional<Calibration> calibration = calibrated
                .map(Calibrated::calibration)
                .or(() -> context.experiment().calibration().map(file -> CalibrationStep.read(file, context)));
        calibration.ifPresent(c -> CalibrationStep.write(files.calibration(), c));
        calibrated.ifPresent(c -> CalibrationFigures.write(figures, c));
        if (calibration.isEmpty()) {
            context.record()
                    .warn("neither standards nor a calibration were given: everything is relative, in counts/nm, and"
                            + " the diagram is of count fractions");
        }
        MappedSample sample = new SampleStep(context, files, volumes).map(calibration);
        Map<Element, Volume> densities = new LinkedHashMap<>();
        sample.volumes().forEach((element, made) -> densities.put(element, made.volume()));
        context.progress().report("phase diagram", 0);
        Found phases = PhaseStep.find(
                densities,
                context.experiment().phases(),
                Optional.empty(),
                sample.fillsField(),
                sample.densityUnit(),
                sample.counts().note());
        phases.warnings().forEach(context.record()::warn);
        PhaseStep.write(files, figures, phases);
        Optional<ThresholdUncertainty> threshold = ThresholdErrors.of(
                densities, phases, context.experiment().uncertainty().seed());
        threshold.ifPresent(t -> ThresholdErrors.addTo(files.phases(), t));
        Optional<Uncertainty> uncertainty = UncertaintyStep.of(context, files, sample, phases, calibration, calibrated);
        uncertainty.ifPresent(u -> {
            u.addTo(files.phases());
            PhaseFigures.write(figures, phases, u.ellipses());
        });
        Optional<NullControl.Outcome> control = NullControlStep.of(context, files, figures, sample, phases);
        List<String> interfaces = InterfaceStep.of(files, figures, sample, phases, control);
        context.progress().report("figures", 0);
        SampleFigures.write(figures, sample, phases.among());
        List<String> lines = new ArrayList<>();
        calibrated.ifPresent(c -> lines.addAll(CalibrationStep.thresholds(c)));
        calibration.ifPresent(c -> lines.addAll(CalibrationStep.summary(c)));
        lines.addAll(SampleStep.summary(sample));
        lines.addAll(PhaseStep.summary(phases));
        threshold.ifPresent(t -> lines.add(ThresholdErrors.summary(t, phases.unit())));
        uncertainty.ifPresent(u -> lines.addAll(u.summary()));
        lines.addAll(interfaces);
        lines.addAll(NullControlStep.lines(control));
        lines.add("results in " + files.folder());
        Json.write(files.provenance(), context.record().toJson());
        ReportPage.write(files, figures, context, calibrated, calibration, sample, phases);
        ObjectNode summary = Json.object();
        calibration.ifPresent(c -> summary.set("cross_sections", crossSections(c)));
        summary.set("phases", Json.read(files.phases()).path("phases"));
        summary.put("results", files.folder().toString());
        summary.set("warnings", warnings());
        return new StudyResult(files.folder(), lines, summary, context.record().warnings());
    }

    private ArrayNode warnings() {
        ArrayNode all = Json.array();
        context.record().warnings().forEach(all::add);
        return all;
    }

    private Calibrated calibrateStandards() {
        return CalibrationStep.calibrate(context, files, volumes);
    }

    private static ArrayNode crossSections(Calibration calibration) {
        ArrayNode all = Json.array();
        calibration
                .lines()
                .forEach(l -> all.addObject()
                        .put("element", l.line().element().symbol())
                        .put("line", l.line().family().label())
                        .put("sigma_barn", l.crossSection().barn())
                        .put("standard_error_barn", l.crossSection().standardErrorBarn()));
        return all;
    }
}
