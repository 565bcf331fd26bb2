package org.hyalite.app;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.hyalite.study.SingleSteps;
import org.hyalite.study.SingleSteps.AlignRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "align",
        mixinStandardHelpOptions = true,
        description = {
            "Shifts and tilt axis from an ADF tilt series, whose background is taken off; further series are moved alike.",
            "The aligned stacks have their tilt axis upright in the middle."
        },
        footer = {
            "",
            "Example:  hyalite align adf.mrc -o aligned",
            "          hyalite align Co_Ka.mrc --like aligned/alignment.csv -o aligned",
            "          hyalite align adf.mrc --like imod/adf.xf --export tomviz -o aligned"
        })
final class AlignCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "SERIES",
            arity = "1..*",
            description = "tilt series; the first is aligned, the others follow it")
    List<Path> series = List.of();

    @Option(
            names = "--like",
            paramLabel = "FILE",
            description =
                    "take this alignment instead: an alignment.csv, IMOD's .xf with its .rawtlt or .tlt beside it, or"
                            + " tomviz' shifts (.tvsm, .csv)")
    Optional<Path> like = Optional.empty();

    @Option(
            names = "--tilt-axis",
            paramLabel = "AXIS",
            description = "y (default), or x: images are turned so that it is y")
    TiltAxis tiltAxis = TiltAxis.Y;

    @Option(names = "--no-refine", description = "leave out the refinement by projection matching")
    boolean asFound;

    @Option(
            names = "--export",
            paramLabel = "PROGRAM",
            split = ",",
            description = "write the alignment for other programs too: imod (.xf, .rawtlt), tomviz (.tvsm)")
    List<String> export = List.of();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            required = true,
            description = "folder to write")
    Path output = Path.of("");

    @Option(names = "--json", description = "machine-readable summary")
    boolean json;

    @Mixin
    ThreadOption threads = new ThreadOption();

    @Override
    public Integer call() {
        AlignRequest request = new AlignRequest(tiltAxis == TiltAxis.X, !asFound, threads.number());
        return Work.show(
                json, Work.NOTHING_KEPT, console -> SingleSteps.align(series, like, request, export, output, console));
    }
}
