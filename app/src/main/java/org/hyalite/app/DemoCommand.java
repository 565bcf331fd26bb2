package org.hyalite.app;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.hyalite.phantom.Twin;
import org.hyalite.phantom.TwinSettings;
import org.hyalite.study.RunSettings;
import org.hyalite.study.StudyResult;
import org.hyalite.study.StudyRunner;
import org.hyalite.study.TruthComparison;
import org.hyalite.study.TwinFiles;
import org.hyalite.study.recipe.ExperimentFile;
import org.hyalite.study.recipe.InputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description =
                "Simulates the paper's experiment, runs the whole chain on it and holds the results against the truth.",
        footer = {"", "Example:  hyalite demo --kind flux -o results-flux"})
final class DemoCommand implements Callable<Integer> {
    @Option(names = "--kind", paramLabel = "KIND", description = "segregated (default) or flux")
    String kind = "segregated";

    @Option(names = "--seed", paramLabel = "S", description = "another seed, another particle (default: 1)")
    long seed = 1;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            description = "results folder (default: results)")
    Path output = Path.of("results");

    @Option(names = "--json", description = "machine-readable summary")
    boolean json;

    @Mixin
    WorkOptions work = new WorkOptions();

    @Override
    public Integer call() {
        TwinSettings settings = settings();
        Path experiment = output.resolve("experiment");
        Path file = experiment.resolve("experiment.yaml");
        RunSettings run = work.settings();
        TwinFiles.requireRoom(experiment);
        StudyResult result = Work.watched(
                "begin again, or go on with: hyalite run " + file + " -o " + output + " --resume", console -> {
                    TwinFiles.write(
                            Twin.simulate(settings, run.threads(), console), experiment, run.threads(), console);
                    return StudyRunner.run(ExperimentFile.read(file), output, run, console);
                });
        Work.show(json, TruthComparison.of(output, experiment.resolve("truth"), result));
        System.err.println("look at " + output.resolve("report.html") + " and " + output.resolve("figures"));
        return Main.OK;
    }

    private TwinSettings settings() {
        try {
            return TwinSettings.of(TwinSettings.Kind.of(kind)).withSeed(seed);
        } catch (IllegalArgumentException e) {
            throw new InputException(e.getMessage(), e);
        }
    }
}
