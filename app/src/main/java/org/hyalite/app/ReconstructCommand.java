package org.hyalite.app;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.hyalite.study.RunSettings;
import org.hyalite.study.SeriesReconstruction;
import org.hyalite.study.SeriesReconstruction.Misfit;
import org.hyalite.study.recipe.InputException;
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
        footer = {
            "",
            "Example:  hyalite reconstruct aligned.mrc -o volume.mrc --regulariser tv",
            "Counts:   hyalite reconstruct counts.mrc -o volume.mrc --data-term kl --background 0.5",
            "After Ctrl-C or a kill, the same command with --resume goes on to the same volume."
        })
final class ReconstructCommand implements Callable<Integer> {
    enum RegulariserChoice {
        TV,
        TV2,
        TGV,
        NONE
    }

    enum DataTermChoice {
        L2,
        WL2,
        KL
    }

    private static final String KEPT = "a state that was kept meanwhile stands beside the volume; go on with --resume";

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

    @Option(
            names = "--data-term",
            paramLabel = "D",
            description = "l2 (default): all pixels alike; wl2: each by its standard error; kl: counts, Poisson")
    DataTermChoice dataTerm = DataTermChoice.L2;

    @Option(
            names = "--standard-errors",
            paramLabel = "FILE",
            description = "wl2: the standard error of every pixel, a series like SERIES")
    Optional<Path> standardErrors = Optional.empty();

    @Option(
            names = "--background",
            paramLabel = "FILE|NUMBER",
            description = "kl: expected counts of all that the volume is not, > 0; one number, or a series like SERIES")
    Optional<String> background = Optional.empty();

    @Option(
            names = "--counts-per-unit",
            paramLabel = "C",
            description =
                    "kl: counts per pixel and unit of the volume's line integral (default: 1, a volume in counts/nm)")
    Optional<Double> countsPerUnit = Optional.empty();

    @Option(
            names = "--weight",
            paramLabel = "W",
            description =
                    "auto (default; the same as tilts), thinning (of counts), discrepancy (kl or wl2), or 0…1 of the"
                            + " weight that erases everything")
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

    @Option(names = "--resume", description = "go on from the state that an interrupted reconstruction has kept")
    boolean resume;

    @Option(names = "--json", description = "machine-readable summary")
    boolean json;

    @Mixin
    WorkOptions work = new WorkOptions();

    @Override
    public Integer call() {
        ReconstructionSettings settings = settings();
        SeriesReconstruction.Request request =
                new SeriesReconstruction.Request(series, tiltAxis == TiltAxis.X, every, misfit());
        RunSettings run = resume ? work.settings().resuming() : work.settings();
        return Work.show(
                json,
                KEPT,
                console -> SeriesReconstruction.reconstruct(request, output, settings, compared, run, console));
    }

    /** The data term with all that it needs, and nothing that it does not. */
    private Misfit misfit() {
        if (dataTerm != DataTermChoice.WL2 && standardErrors.isPresent()) {
            throw new InputException("--standard-errors belong to --data-term wl2");
        }
        if (dataTerm != DataTermChoice.KL && (background.isPresent() || countsPerUnit.isPresent())) {
            throw new InputException(
                    (background.isPresent() ? "--background" : "--counts-per-unit") + " belongs to --data-term kl");
        }
        return switch (dataTerm) {
            case L2 -> new Misfit.LeastSquares();
            case WL2 ->
                new Misfit.WeightedLeastSquares(standardErrors.orElseThrow(() -> new InputException(
                        "--data-term wl2 needs --standard-errors FILE: the standard error of every pixel")));
            case KL ->
                new Misfit.Counts(
                        background.orElseThrow(
                                () -> new InputException("--data-term kl needs --background FILE or NUMBER:"
                                        + " the expected counts of all that the volume is not, > 0")),
                        countsPerUnit.orElse(1.0));
        };
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
                    .withThreads(work.settings().threads());
            settings = settings.withGap(
                    gap.orElse(settings.relativeGap()), maxIterations.orElse(settings.maxIterations()));
            Optional<Weight.Criterion> criterion = Weight.Criterion.of(weight.equals("auto") ? "tilts" : weight);
            return settings.with(
                    criterion.isPresent()
                            ? new Weight.Auto(criterion.get())
                            : new Weight.Relative(Double.parseDouble(weight)));
        } catch (NumberFormatException e) {
            throw new InputException(
                    "--weight '" + weight + "' is none of auto, tilts, thinning, discrepancy, and no number", e);
        } catch (IllegalArgumentException e) {
            throw new InputException(e.getMessage(), e);
        }
    }
}
