package org.hyalite.app;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.hyalite.physics.Element;
import org.hyalite.physics.XrayLine;
import org.hyalite.study.SingleSteps;
import org.hyalite.study.recipe.Experiment.Denoise;
import org.hyalite.study.recipe.Experiment.Method;
import org.hyalite.study.recipe.InputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "counts",
        mixinStandardHelpOptions = true,
        description = "Net counts per X-ray line and pixel, with their standard errors.",
        footer = {"", "Example:  hyalite counts sample/eds/*.bcf -l Fe_Ka,Mg_Ka --others Pt,Cu,C -o counts"})
final class CountsCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", arity = "1..*", description = "files with spectrum images")
    List<Path> files = List.of();

    @Option(
            names = {"-l", "--lines"},
            paramLabel = "LINE",
            split = ",",
            required = true,
            description = "lines to count, as Co_Ka")
    List<String> lines = List.of();

    @Option(names = "--others", paramLabel = "EL", split = ",", description = "elements to model beside them")
    List<String> others = List.of();

    @Option(names = "--method", paramLabel = "METHOD", description = "fit (default) or windows")
    Method method = Method.FIT;

    @Option(
            names = "--denoise",
            paramLabel = "N|auto",
            description =
                    "hold the spectra to N common shapes (auto: least estimated risk); not for counts as Poisson numbers")
    Optional<String> denoise = Optional.empty();

    @Option(names = "--bin", paramLabel = "N", description = "sum N × N pixels first")
    int bin = 1;

    @Option(names = "--beam-energy", paramLabel = "KEV", description = "beam energy, keV, where the files do not say")
    Optional<Double> beamEnergy = Optional.empty();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            required = true,
            description = "folder to write")
    Path output = Path.of("");

    @Mixin
    SelectionOptions part = new SelectionOptions();

    @Option(names = "--json", description = "machine-readable summary")
    boolean json;

    @Mixin
    ThreadOption threads = new ThreadOption();

    @Override
    public Integer call() {
        SingleSteps.CountsRequest request;
        try {
            request = new SingleSteps.CountsRequest(
                    files,
                    lines.stream().map(XrayLine::of).toList(),
                    others.stream().map(Element::of).toList(),
                    method,
                    bin,
                    beamEnergy,
                    denoise.map(Denoise::of),
                    part.selection());
        } catch (IllegalArgumentException e) {
            throw new InputException(e.getMessage(), e);
        }
        return Work.show(
                json, Work.NOTHING_KEPT, console -> SingleSteps.counts(request, output, threads.number(), console));
    }
}
