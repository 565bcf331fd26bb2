package org.hyalite.app;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.hyalite.study.AccuracyBench;
import org.hyalite.study.CountsAccuracy;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "accuracy",
        mixinStandardHelpOptions = true,
        description = {
            "Simulates samples, reconstructs them in several ways and holds the volumes against the truth;",
            "with --spectra simulates spectra and holds their net counts against the truth. What else is judged so:",
            "see the commands below."
        },
        subcommands = {
            AccuracyAlignmentCommand.class,
            AccuracyChainCommand.class,
            AccuracyCoverageCommand.class,
            AccuracyNullControlCommand.class
        },
        footer = {
            "",
            "Example:  hyalite accuracy --kind flux --seeds 1-3 --methods paper,kl-tv --best",
            "          hyalite accuracy --spectra 1000"
        })
final class AccuracyCommand implements Callable<Integer> {
    @Mixin
    TwinOptions twins = new TwinOptions();

    @Option(names = "--size", paramLabel = "N", description = "voxels along each edge (default: 64, of 6 nm)")
    int size = 64;

    @Option(names = "--dose-factor", paramLabel = "F", description = "so many times the usual dose (default: 1)")
    double doseFactor = 1;

    @Option(names = "--methods", paramLabel = "M", split = ",", description = "which (default: paper,tv,kl-tv)")
    List<String> methods = List.of("paper", "tv", "kl-tv");

    @Option(names = "--best", description = "seek the best weight too, against the truth")
    boolean best;

    @Option(names = "--weight", paramLabel = "W", description = "this weight for all (default: each method's choice)")
    Optional<Double> weight = Optional.empty();

    @Option(
            names = "--noise-free-operator",
            description = "data without noise from the solver's own projector, hardly any weight")
    boolean exact;

    @Option(
            names = "--iterations",
            paramLabel = "N",
            description = "at most so many (default: 2000, for data without noise 15000)")
    Optional<Integer> iterations = Optional.empty();

    @Option(names = "--spectra", paramLabel = "N", description = "net counts of N spectra of each mixture instead")
    Optional<Integer> spectra = Optional.empty();

    @Override
    public Integer call() {
        if (spectra.isPresent()) {
            long seed = twins.seeds().get(0);
            return Work.show(
                    twins.json,
                    Work.NOTHING_KEPT,
                    console -> CountsAccuracy.run(spectra.get(), seed, twins.threads.number(), console));
        }
        AccuracyBench.Request request = new AccuracyBench.Request(
                twins.kinds(),
                twins.seeds(),
                size,
                doseFactor,
                methods,
                best,
                weight,
                exact,
                iterations.orElse(exact ? 15000 : 2000),
                twins.threads.number());
        return Work.show(twins.json, Work.NOTHING_KEPT, console -> AccuracyBench.run(request, console));
    }
}
