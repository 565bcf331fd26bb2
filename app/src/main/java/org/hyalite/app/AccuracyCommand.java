package org.hyalite.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.hyalite.phantom.TwinSettings.Kind;
import org.hyalite.study.AccuracyBench;
import org.hyalite.study.CountsAccuracy;
import org.hyalite.study.CoverageBench;
import org.hyalite.study.NullControlBench;
import org.hyalite.study.RunSettings;
import org.hyalite.study.recipe.InputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "accuracy",
        mixinStandardHelpOptions = true,
        description = {
            "Simulates samples, reconstructs them in several ways and holds the volumes against the truth;",
            "with --spectra simulates spectra and holds their net counts against the truth;",
            "with --uncertainty whole experiments, and holds the phases' 95 %% intervals against the truth."
        },
        footer = {
            "",
            "Example:  hyalite accuracy --kind flux --seeds 1-3 --methods paper,kl-tv --best",
            "          hyalite accuracy --spectra 1000",
            "          hyalite accuracy --uncertainty --kind flux --seeds 1-20 --replicas 10",
            "          hyalite accuracy --null-control --kind segregated --seeds 1-20 --replicas 10"
        })
final class AccuracyCommand implements Callable<Integer> {
    @Option(names = "--kind", paramLabel = "KIND", description = "segregated or flux (default: both)")
    Optional<String> kind = Optional.empty();

    @Option(names = "--seeds", paramLabel = "S", description = "seeds, as 1-5 or 1,3 (default: 1-5)")
    String seeds = "1-5";

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

    @Option(
            names = "--null-control",
            description = "p-values of the null control and widths of interfaces instead")
    boolean nullControl;

            names = "--uncertainty",
            description = "how often the stated 95 %% intervals of the phases' means hold the truth, whole chain")
    boolean uncertainty;

    @Option(
            names = "--replicas",
            paramLabel = "R",
            description = "with --uncertainty: replicas of the counts; with --null-control: null particles (default: 10)")
    int replicas = 10;

    @Option(
            names = "--preset",
            paramLabel = "P",
            description = "with --uncertainty: paper or joint (default: paper)")
    String preset = "paper";

    @Option(names = "--misaligned", description = "with --uncertainty: images shifted, and aligned by the chain")
    boolean misaligned;

    @Option(names = "--json", description = "machine-readable table")
    boolean json;

    @Mixin
    ThreadOption threads = new ThreadOption();

    @Override
    public Integer call() {
        if (spectra.isPresent()) {
            long seed = numbers(seeds).get(0);
            return Work.show(
                    json,
                    Work.NOTHING_KEPT,
                    console -> CountsAccuracy.run(spectra.get(), seed, threads.number(), console));
        }
        List<Kind> kinds;
        try {
            kinds = kind.isPresent() ? List.of(Kind.of(kind.get())) : List.of(Kind.values());
        } catch (IllegalArgumentException e) {
            throw new InputException(e.getMessage(), e);
        }
        if (nullControl) {
            NullControlBench.Request request =
                    new NullControlBench.Request(kinds, numbers(seeds), size, replicas, 1e-2, threads.number());
            return Work.show(json, Work.NOTHING_KEPT, console -> NullControlBench.run(request, console));
        }
        if (uncertainty) {
            CoverageBench.Request asked = new CoverageBench.Request(
                    kinds,
                    numbers(seeds),
                    size,
                    replicas,
                    preset,
                    misaligned,
                    RunSettings.of(Optional.of(threads.number()), Optional.empty()));
            return Work.show(json, Work.NOTHING_KEPT, console -> CoverageBench.run(asked, console));
        }
        AccuracyBench.Request request = new AccuracyBench.Request(
                kinds,
                numbers(seeds),
                size,
                doseFactor,
                methods,
                best,
                weight,
                exact,
                iterations.orElse(exact ? 15000 : 2000),
                threads.number());
        return Work.show(json, Work.NOTHING_KEPT, console -> AccuracyBench.run(request, console));
    }

    /** {@code 1-3,7} as 1, 2, 3, 7. */
    private static List<Long> numbers(String text) {
        List<Long> numbers = new ArrayList<>();
        try {
            for (String piece : text.split(",")) {
                String[] ends = piece.strip().split("-", 2);
                long from = Long.parseLong(ends[0]);
                long to = Long.parseLong(ends[ends.length - 1]);
                if (to < from || to - from > 999) {
                    throw new InputException("seeds '" + text + "': '" + piece + "' is no range such as 1-5");
                }
                for (long n = from; n <= to; n++) {
                    numbers.add(n);
                }
            }
        } catch (NumberFormatException e) {
            throw new InputException("seeds '" + text + "': expected numbers, as 1-5 or 1,3", e);
        }
        return numbers;
    }
}
