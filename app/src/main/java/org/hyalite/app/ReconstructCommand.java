package org.hyalite.app;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.hyalite.study.SingleSteps;
import org.hyalite.study.recipe.InputException;
import org.hyalite.tomo.DataTerm;
import org.hyalite.tomo.ReconstructionSettings;
import org.hyalite.tomo.Regulariser;
import org.hyalite.tomo.Weight;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "reconstruct",
        mixinStandardHelpOptions = true,
        description = "One aligned tilt series → one volume, in the images' unit per nm.",
        footer = {"", "Example:  hyalite reconstruct aligned.mrc -o volume.mrc --regulariser tv"})
final class ReconstructCommand implements Callable<Integer> {
    enum RegulariserChoice {
        TV,
        TV2,
        TGV,
        NONE
    }

    enum DataTermChoice {
        L2
    }

    @Parameters(paramLabel = "SERIES", description = "tilt series, aligned, with its angles")
    Path series = Path.of("");

    @Option(
            names = {"-o", "--output"},
            paramLabel = "VOLUME",
            required = true,
            description = "volume to write (.mrc)")
    Path output = Path.of("");

    @Option(names = "--regulariser", paramLabel = "R", description = "tv (default), tv2, tgv or none")
    RegulariserChoice regulariser = RegulariserChoice.TV;

    @Option(names = "--data-term", paramLabel = "D", description = "l2 (default)")
    DataTermChoice dataTerm = DataTermChoice.L2;

    @Option(
            names = "--weight",
            paramLabel = "W",
            description = "auto (default), or 0…1 of the weight that erases everything")
    String weight = "auto";

    @Option(names = "--every", paramLabel = "N", description = "use every Nth tilt only (default: 1)")
    int every = 1;

    @Option(names = "--tilt-axis", paramLabel = "AXIS", description = "y (default), or x where it lies horizontally")
    TiltAxis tiltAxis = TiltAxis.Y;

    @Option(names = "--compare", paramLabel = "VOLUME", description = "tell the difference to this volume")
    Optional<Path> compared = Optional.empty();

    @Option(names = "--max-iterations", paramLabel = "N", description = "give up after so many")
    Optional<Integer> maxIterations = Optional.empty();

    @Option(
            names = "--gap",
            paramLabel = "G",
            description = "relative primal–dual gap at which to stop (default: 1e-3)")
    Optional<Double> gap = Optional.empty();

    @Option(names = "--json", description = "machine-readable summary")
    boolean json;

    @Mixin
    WorkOptions work = new WorkOptions();

    @Override
    public Integer call() {
        ReconstructionSettings settings = settings();
        SingleSteps.SeriesRequest request = new SingleSteps.SeriesRequest(series, tiltAxis == TiltAxis.X, every);
        return Work.show(
                json,
                Work.NOTHING_KEPT,
                console -> SingleSteps.reconstruct(request, output, settings, compared, work.settings(), console));
    }

    private ReconstructionSettings settings() {
        if (every < 1) {
            throw new InputException("--every " + every + " is not a positive whole number");
        }
        try {
            ReconstructionSettings settings = ReconstructionSettings.adf()
                    .with(
                            switch (regulariser) {
                                case TV -> new Regulariser.Tv();
                                case TV2 -> new Regulariser.Tv2();
                                case TGV -> new Regulariser.Tgv();
                                case NONE -> new Regulariser.None();
                            })
                    .with(
                            switch (dataTerm) {
                                case L2 -> new DataTerm.LeastSquares();
                            })
                    .withThreads(work.settings().threads());
            settings = settings.withGap(
                    gap.orElse(settings.relativeGap()), maxIterations.orElse(settings.maxIterations()));
            return weight.equals("auto") ? settings : settings.with(new Weight.Relative(Double.parseDouble(weight)));
        } catch (NumberFormatException e) {
            throw new InputException("--weight '" + weight + "' is neither auto nor a number", e);
        } catch (IllegalArgumentException e) {
            throw new InputException(e.getMessage(), e);
        }
    }
}
