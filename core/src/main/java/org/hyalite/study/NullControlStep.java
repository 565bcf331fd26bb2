package org.hyalite.study;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.hyalite.align.Resampling;
import org.hyalite.grid.TiltSeries;
import org.hyalite.grid.Volume;
import org.hyalite.phase.PhaseDiagram;
import org.hyalite.physics.Element;
import org.hyalite.study.PhaseStep.Found;
import org.hyalite.study.SampleStep.MappedSample;
import org.hyalite.study.VolumeStep.Reconstructed;
import org.hyalite.study.recipe.NullControlSettings;
import org.hyalite.tomo.ImageNoise;

/**
 * The sample's null control, if it is asked for: {@code null_control.json} and its figure, and what a run says of it. Its
 * reconstructions hold the run's weight and take its gap.
 */
final class NullControlStep {
    private final StudyContext context;
    private final MappedSample sample;
    private final Found found;

    private NullControlStep(StudyContext context, MappedSample sample, Found found) {
        this.context = context;
        this.sample = sample;
        this.found = found;
    }

    /** Runs and writes it; empty where it is not asked for, or not possible, with a warning. */
    static Optional<NullControl.Outcome> of(
            StudyContext context, ResultFiles files, FigureFiles figures, MappedSample sample, Found found) {
        NullControlSettings settings = context.experiment().nullControl();
        if (settings.replicas() == 0) {
            return Optional.empty();
        }
        String reason = impossible(sample, found);
        if (!reason.isEmpty()) {
            context.record().warn("null control: left out: " + reason);
            return Optional.empty();
        }
        long start = System.nanoTime();
        NullControl.Outcome outcome = new NullControlStep(context, sample, found).run(settings);
        context.record().took("null control", (System.nanoTime() - start) * 1e-9);
        Json.write(
                files.folder().resolve("null_control.json"),
                NullControlReport.toJson(outcome, settings.replicas())
                        .put("seed", settings.seed())
                        .put("fraction_of", found.diagram().numerator().symbol()));
        figures.write("null-control-diagrams", () -> NullControlFigures.diagrams(outcome, found.unit()));
        figures.write("null-control-statistic", () -> NullControlFigures.statistic(outcome));
        return Optional.of(outcome);
    }

    /** For people. */
    static String summary(NullControl.Outcome outcome) {
        return "null control: " + NullControlReport.verdict(outcome);
    }

    private static String impossible(MappedSample sample, Found found) {
        if (found.diagram().densities().size() != 2 || sample.volumes().size() != 2) {
            return String.format(
                    Locale.ROOT,
                    "it is for two elements, and here are %s",
                    sample.volumes().keySet());
        }
        if (found.diagram().inside().count() == 0) {
            return "nothing lies inside the threshold";
        }
        return sample.fillsField() ? "the specimen fills the field, and what lies beyond it is not known" : "";
    }

    private NullControl.Outcome run(NullControlSettings settings) {
        Repetition repetition = Repetition.of(context, sample.mapped().data(), sample.volumes(), sample.fillsField());
        String memory = context.settings().require("null control", repetition.forecastBytes());
        context.record().fact("memory null control", "needs " + memory);
        NullControl control = new NullControl(
                Repetition.of(sample.mapped().data()),
                found.diagram(),
                noise(),
                data -> diagram(repetition.volumes(data, Replicas.quiet(context).progress())));
        return control.run(new NullControl.Settings(settings.replicas(), settings.seed()), context.progress());
    }

    /** Its threshold is found as the run's, unless that was given. */
    private PhaseDiagram diagram(Map<Element, Volume> densities) {
        Volume total = densities.values().stream().reduce(Volume::plus).orElseThrow();
        double threshold = found.threshold().source().equals("user")
                ? found.threshold().value()
                : Threshold.of(total, false).value();
        return PhaseDiagram.of(found.diagram().numerator(), densities, threshold);
    }

    private NullData.Noise noise() {
        Map<Element, Double> response = new LinkedHashMap<>();
        for (Map.Entry<Element, Reconstructed> entry : sample.volumes().entrySet()) {
            var report = Objects.requireNonNull(entry.getValue()).convergence();
            if (report.path("adf_fused").asBoolean(false)) {
                response.put(entry.getKey(), report.path("adf_response").asDouble());
            }
        }
        TiltSeries recorded = sample.adf().background().cleaned();
        NullData.Moved moved = new NullData.Moved(sample.adf().alignment(), Resampling.NON_NEGATIVE, Resampling.FREE);
        return new NullData.Noise(
                response,
                response.isEmpty() ? Optional.empty() : Optional.of(ImageNoise.of(recorded)),
                context.joint() ? Optional.of(moved) : Optional.empty());
    }

    static List<String> lines(Optional<NullControl.Outcome> outcome) {
        return outcome.map(NullControlStep::summary).stream().toList();
    }
}
