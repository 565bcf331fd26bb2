package org.hyalite.app;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.hyalite.physics.Element;
import org.hyalite.study.PhaseStep;
import org.hyalite.study.RegionSpec;
import org.hyalite.study.RegionStep;
import org.hyalite.study.recipe.Experiment.PhaseSpec;
import org.hyalite.study.recipe.InputException;
import org.hyalite.study.recipe.PhaseSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "phases",
        mixinStandardHelpOptions = true,
        description = "The phase diagram again, with other settings, from the volumes of a results folder.",
        footer = {
            "",
            "Example:  hyalite phases results --fraction-of Zn --threshold 2.5",
            "          hyalite phases results --region Zn-rich --spectrum"
        })
final class PhasesCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "results folder of 'hyalite run'")
    Path folder = Path.of("");

    @Option(names = "--fraction-of", paramLabel = "EL", description = "element whose fraction is drawn")
    Optional<String> fractionOf = Optional.empty();

    @Option(names = "--among", paramLabel = "EL", split = ",", description = "elements that are counted")
    List<String> among = List.of();

    @Option(
            names = "--threshold",
            paramLabel = "N",
            description = "density above which a voxel is inside (default: edge-spread fit)")
    Optional<Double> threshold = Optional.empty();

    @Option(
            names = "--criterion",
            paramLabel = "hills|bic",
            description = "what says how many phases there are: hills of the diagram (default), or a mixture model")
    Optional<String> criterion = Optional.empty();

    @Option(names = "--phases", paramLabel = "N", description = "number of phases, where you know it")
    Optional<String> phases = Optional.empty();

    @Option(names = "--ternary", paramLabel = "EL", split = ",", description = "three elements of a ternary diagram")
    List<String> ternary = List.of();

    @Option(
            names = "--region",
            paramLabel = "NAME",
            description = "write where a phase is (mask) and its images at every tilt; the diagram stays as it is")
    Optional<String> region = Optional.empty();

    @Option(names = "--box", paramLabel = "X0..X1,N0..N1", description = "the same of a box of the diagram")
    Optional<String> box = Optional.empty();

    @Option(
            names = "--spectrum",
            description = "with --region or --box: its sum spectrum, too; needs the recorded files of the run")
    boolean spectrum;

    @Option(names = "--json", description = "machine-readable summary")
    boolean json;

    @Override
    public Integer call() {
        PhaseSpec spec;
        try {
            spec = PhaseSettings.of(
                    fractionOf.map(Element::of),
                    among.stream().map(Element::of).toList(),
                    criterion,
                    phases,
                    ternary.stream().map(Element::of).toList());
        } catch (IllegalArgumentException e) {
            throw new InputException(e.getMessage(), e);
        }
        if (region.isPresent() && box.isPresent()) {
            throw new InputException("--region and --box are two regions; give one");
        }
        Optional<RegionSpec> part = region.map(RegionSpec::phase).or(() -> box.map(RegionSpec::box));
        if (spectrum && part.isEmpty()) {
            throw new InputException("--spectrum is of a region; give --region NAME or --box X0..X1,N0..N1");
        }
        Work.show(
                json,
                part.map(p -> RegionStep.run(folder, spec, threshold, p, spectrum))
                        .orElseGet(() -> PhaseStep.again(folder, spec, threshold)));
        return Main.OK;
    }
}
