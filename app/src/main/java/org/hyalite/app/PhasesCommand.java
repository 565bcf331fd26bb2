package org.hyalite.app;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.hyalite.physics.Element;
import org.hyalite.study.PhaseStep;
import org.hyalite.study.recipe.Experiment.PhaseSpec;
import org.hyalite.study.recipe.InputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "phases",
        mixinStandardHelpOptions = true,
        description = "The phase diagram again, with other settings, from the volumes of a results folder.",
        footer = {"", "Example:  hyalite phases results --fraction-of Zn --threshold 2.5"})
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

    @Option(names = "--json", description = "machine-readable summary")
    boolean json;

    @Override
    public Integer call() {
        PhaseSpec spec;
        try {
            spec = new PhaseSpec(
                    fractionOf.map(Element::of), among.stream().map(Element::of).toList());
        } catch (IllegalArgumentException e) {
            throw new InputException(e.getMessage(), e);
        }
        Work.show(json, PhaseStep.again(folder, spec, threshold));
        return Main.OK;
    }
}
