package org.hyalite.app;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.hyalite.physics.FactorKind;
import org.hyalite.physics.LineFactors.Factor;
import org.hyalite.physics.XrayLine;
import org.hyalite.study.FactorFiles;
import org.hyalite.study.recipe.InputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "factors",
        mixinStandardHelpOptions = true,
        description = {
            "Cross sections, zeta-factors and k-factors (by weight or by atoms) into each other, by line, with their errors.",
            "Reads a calibration.json, or a table as JSON or CSV: columns line, one of sigma_barn, zeta_kg_per_m2, k_weight,"
                    + " k_atomic, and standard_error."
        },
        footer = {
            "",
            "Example:  hyalite factors calibration.json --as k --reference Co_Ka -o k.csv",
            "          hyalite factors k.csv --as sigma --reference-value 2.70 --reference-error 0.03"
        })
final class FactorsCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "calibration.json, or a table of factors (.json, .csv)")
    Path file = Path.of("");

    @Option(
            names = "--as",
            paramLabel = "KIND",
            description = "sigma, zeta, k (by weight) or k-atomic (default: as it is)")
    Optional<String> kind = Optional.empty();

    @Option(names = "--reference", paramLabel = "LINE", description = "line that k-factors are relative to, as Co_Ka")
    Optional<String> reference = Optional.empty();

    @Option(
            names = "--reference-value",
            paramLabel = "V",
            description = "from k: what the reference line has, in barn (--as sigma) or kg/m² (--as zeta)")
    Optional<Double> value = Optional.empty();

    @Option(names = "--reference-error", paramLabel = "E", description = "its standard error, in the same unit")
    Optional<Double> error = Optional.empty();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "table to write, .json or .csv")
    Optional<Path> output = Optional.empty();

    @Option(names = "--json", description = "machine-readable output")
    boolean json;

    @Override
    public Integer call() {
        FactorFiles.Request request;
        try {
            if (error.isPresent() && value.isEmpty()) {
                throw new IllegalArgumentException("--reference-error belongs to a --reference-value");
            }
            request = new FactorFiles.Request(
                    file,
                    kind.map(FactorKind::of),
                    reference.map(XrayLine::of),
                    value.map(v -> new Factor(v, error)),
                    output);
        } catch (IllegalArgumentException e) {
            throw new InputException(e.getMessage(), e);
        }
        Work.show(json, FactorFiles.convert(request));
        return Main.OK;
    }
}
