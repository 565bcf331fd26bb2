package org.hyalite.app;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.hyalite.study.PredictionStudy;
import org.hyalite.study.RunSettings;
import org.hyalite.study.SeriesReconstruction;
import org.hyalite.study.SeriesReconstruction.Misfit;
import org.hyalite.study.StudyResult;
import org.hyalite.study.recipe.ExperimentFile;
import org.hyalite.tomo.ReconstructionSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "predict",
        mixinStandardHelpOptions = true,
        description = {
            "How well volumes predict images that they were not made of: leaves each inner tilt out in turn, and holds the",
            "image of the others' volume and the interpolation of its two neighbours against what was measured. A series by itself is",
            "taken to be of a free particle. Writes nothing."
        },
        footer = {
            "",
            "Example:  hyalite predict experiment.yaml --elements Fe,Si",
            "          hyalite predict aligned/adf_aligned.mrc"
        })
final class PredictCommand implements Callable<Integer> {
    @Mixin
    SeriesOrExperiment of = new SeriesOrExperiment();

    @Option(names = "--json", description = "machine-readable table")
    boolean json;

    @Mixin
    ThreadOption threads = new ThreadOption();

    @Override
    public Integer call() {
        boolean experiment = of.isExperiment(Map.of());
        return Work.show(json, Work.NOTHING_KEPT, console -> experiment ? ofExperiment(console) : ofSeries(console));
    }

    private StudyResult ofExperiment(Console console) {
        return PredictionStudy.experiment(
                ExperimentFile.read(of.target()),
                of.elements(),
                RunSettings.of(threads.threads, Optional.empty()),
                console);
    }

    private StudyResult ofSeries(Console console) {
        return PredictionStudy.series(
                new SeriesReconstruction.Request(of.target(), of.axisIsX(), 1, new Misfit.LeastSquares()),
                ReconstructionSettings.adf().withThreads(threads.number()),
                RunSettings.of(threads.threads, Optional.empty()),
                console);
    }
}
