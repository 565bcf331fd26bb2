package org.hyalite.app;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.hyalite.physics.Element;
import org.hyalite.physics.XrayLine;
import org.hyalite.study.CompositionStep;
import org.hyalite.study.recipe.Experiment.Method;
import org.hyalite.study.recipe.InputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "quantify",
        mixinStandardHelpOptions = true,
        description = {
            "Composition by weight and by atoms of maps or spectra: Cliff-Lorimer with k-factors, or zeta-factors or cross"
                    + " sections, which with a dose give mass thickness and atoms/nm² too. Every map with its standard error.",
            "Absorption is not corrected here; 'run' does it through the reconstructed volume."
        },
        footer = {
            "",
            "Example:  hyalite quantify map.zspy --factors zeta.json --others Cu,C -o composition",
            "          (docs/quantify.md says what a table of factors looks like)"
        })
final class QuantifyCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "INPUT",
            arity = "1..*",
            description = "the folder that 'counts' wrote, or files with spectrum images or spectra")
    List<Path> inputs = List.of();

    @Option(
            names = "--factors",
            paramLabel = "FILE",
            required = true,
            description = "calibration.json, or a table of k, zeta or sigma (see 'factors')")
    Path factors = Path.of("");

    @Option(
            names = {"-l", "--lines"},
            paramLabel = "LINE",
            split = ",",
            description = "lines to use, as Co_Ka (default: all that have a factor)")
    List<String> lines = List.of();

    @Option(names = "--others", paramLabel = "EL", split = ",", description = "spectra: elements to model beside them")
    List<String> others = List.of();

    @Option(names = "--method", paramLabel = "METHOD", description = "spectra: fit (default) or windows")
    Method method = Method.FIT;

    @Option(names = "--bin", paramLabel = "N", description = "spectra: sum N × N pixels first")
    int bin = 1;

    @Option(names = "--beam-energy", paramLabel = "KEV", description = "beam energy, keV, where the files do not say")
    Optional<Double> beamEnergy = Optional.empty();

    @Option(names = "--beam-current", paramLabel = "NA", description = "beam current, nA, where the files do not say")
    Optional<Double> current = Optional.empty();

    @Option(
            names = "--dwell-time",
            paramLabel = "S",
            description = "live time per pixel, s, where the files do not say (of a binned pixel, for counted folders)")
    Optional<Double> dwell = Optional.empty();

    @Option(
            names = "--significance",
            paramLabel = "N",
            description =
                    "standard errors of mass that a pixel needs to be given a composition (default: ${DEFAULT-VALUE})")
    double significance = 3;

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
        CompositionStep.Request request;
        try {
            for (Optional<Double> given : List.of(current, dwell)) {
                if (given.filter(v -> !(v > 0) || Double.isInfinite(v)).isPresent()) {
                    throw new IllegalArgumentException(
                            "--beam-current and --dwell-time are positive numbers, not " + given.get());
                }
            }
            request = new CompositionStep.Request(
                    inputs,
                    factors,
                    lines.stream().map(XrayLine::of).toList(),
                    others.stream().map(Element::of).toList(),
                    method,
                    bin,
                    beamEnergy,
                    current,
                    dwell,
                    significance);
        } catch (IllegalArgumentException e) {
            throw new InputException(e.getMessage(), e);
        }
        return Work.show(
                json,
                Work.NOTHING_KEPT,
                console -> CompositionStep.quantify(request, output, threads.number(), console));
    }
}
