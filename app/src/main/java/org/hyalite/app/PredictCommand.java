package org.hyalite.app;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.hyalite.physics.Element;
import org.hyalite.study.PredictionStudy;
import org.hyalite.study.RunSettings;
import org.hyalite.study.SeriesReconstruction;
import org.hyalite.study.SeriesReconstruction.Misfit;
import org.hyalite.study.StudyResult;
import org.hyalite.study.recipe.ExperimentFile;
import org.hyalite.study.recipe.InputException;
import org.hyalite.tomo.ReconstructionSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "predict",
        mixinStandardHelpOptions = true,
        description = {
            "How well volumes predict images that they were not made of: leaves each inner tilt out in turn, and holds the",
            "image of the others' volume and the interpolation of its two neighbours against what was measured. Writes nothing."
        },
        footer = {
            "",
            "Example:  hyalite predict experiment.yaml --elements Fe,Si",
            "          hyalite predict aligned/adf_aligned.mrc"
        })
final class PredictCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "SERIES|experiment.yaml",
            description = "tilt series of a free particle, aligned, with its angles; or an experiment with its sample")
    Path target = Path.of("");

    @Option(names = "--elements", paramLabel = "EL", split = ",", description = "of an experiment (default: all)")
    List<String> elements = List.of();

    @Option(names = "--tilt-axis", paramLabel = "AXIS", description = "of a series: y (default), or x")
    Optional<TiltAxis> tiltAxis = Optional.empty();

    @Option(names = "--json", description = "machine-readable table")
    boolean json;

    @Mixin
    ThreadOption threads = new ThreadOption();

    @Override
    public Integer call() {
        String name = target.toString().toLowerCase(Locale.ROOT);
        boolean experiment = name.endsWith(".yaml") || name.endsWith(".yml");
        if (experiment && tiltAxis.isPresent()) {
            throw new InputException("--tilt-axis belongs to a series, not to " + target);
        }
        if (!experiment && !elements.isEmpty()) {
            throw new InputException("--elements belong to an experiment.yaml, not to " + target);
        }
        return Work.show(json, Work.NOTHING_KEPT, console -> experiment ? ofExperiment(console) : ofSeries(console));
    }

    private StudyResult ofExperiment(Console console) {
        List<Element> chosen;
        try {
            chosen = elements.stream().map(Element::of).toList();
        } catch (IllegalArgumentException e) {
            throw new InputException("--elements: " + e.getMessage(), e);
        }
        return PredictionStudy.experiment(
                ExperimentFile.read(target), chosen, RunSettings.of(threads.threads, Optional.empty()), console);
    }

    private StudyResult ofSeries(Console console) {
        return PredictionStudy.series(
                new SeriesReconstruction.Request(
                        target, tiltAxis.orElse(TiltAxis.Y) == TiltAxis.X, 1, new Misfit.LeastSquares()),
                ReconstructionSettings.adf().withThreads(threads.number()),
                RunSettings.of(threads.threads, Optional.empty()),
                console);
    }
}
