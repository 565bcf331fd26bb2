package org.hyalite.app;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.hyalite.study.RunSettings;
import org.hyalite.study.SeriesReconstruction;
import org.hyalite.study.SeriesReconstruction.Misfit;
import org.hyalite.study.StudyResult;
import org.hyalite.study.WeightComparison;
import org.hyalite.study.recipe.ExperimentFile;
import org.hyalite.tomo.ReconstructionSettings;
import org.hyalite.tomo.Regulariser;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "weights",
        mixinStandardHelpOptions = true,
        description = {
            "Which criterion chooses the best weight for measured images: leaves every other tilt out and compares",
            "the volumes' images there with the measured ones. Writes no volume."
        },
        footer = {
            "",
            "Example:  hyalite weights aligned/adf_aligned.mrc",
            "          hyalite weights experiment.yaml --elements Fe"
        })
final class WeightsCommand implements Callable<Integer> {
    enum RegulariserChoice {
        TV,
        TV2,
        TGV
    }

    @Mixin
    SeriesOrExperiment of = new SeriesOrExperiment();

    @Option(names = "--regulariser", paramLabel = "R", description = "of a series: tv (default), tv2 or tgv")
    Optional<RegulariserChoice> regulariser = Optional.empty();

    @Option(
            names = "--background",
            paramLabel = "FILE|NUMBER",
            description = "of a series of counts: expected counts of all that the volume is not, > 0; then Poisson")
    Optional<String> background = Optional.empty();

    @Option(names = "--json", description = "machine-readable table, with the whole scan")
    boolean json;

    @Mixin
    ThreadOption threads = new ThreadOption();

    @Override
    public Integer call() {
        boolean experiment = of.isExperiment(
                Map.of("--regulariser", regulariser.isPresent(), "--background", background.isPresent()));
        return Work.show(json, Work.NOTHING_KEPT, console -> experiment ? ofExperiment(console) : ofSeries(console));
    }

    private StudyResult ofExperiment(Console console) {
        return WeightComparison.experiment(
                ExperimentFile.read(of.target()),
                of.elements(),
                RunSettings.of(threads.threads, Optional.empty()),
                console);
    }

    private StudyResult ofSeries(Console console) {
        Misfit misfit = background.<Misfit>map(b -> new Misfit.Counts(b, 1)).orElseGet(Misfit.LeastSquares::new);
        ReconstructionSettings settings = ReconstructionSettings.adf()
                .with(
                        switch (regulariser.orElse(RegulariserChoice.TV)) {
                            case TV -> new Regulariser.Tv();
                            case TV2 -> new Regulariser.Tv2();
                            case TGV -> new Regulariser.Tgv();
                        })
                .withThreads(threads.number());
        return WeightComparison.series(
                new SeriesReconstruction.Request(of.target(), of.axisIsX(), 1, misfit), settings, console);
    }
}
