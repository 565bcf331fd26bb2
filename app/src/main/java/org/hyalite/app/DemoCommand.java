package org.hyalite.app;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.hyalite.phantom.Twin;
import org.hyalite.phantom.TwinSettings;
import org.hyalite.study.LiveRun;
import org.hyalite.study.PresetTable;
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
                "Simulates the paper's experiment, runs the whole chain on it with both presets and holds the results against the"
                        + " truth.",
        footer = {"", "Example:  hyalite demo --kind flux -o results-flux"})
final class DemoCommand implements Callable<Integer> {
    private static final String USUAL = "joint";
    private static final String OTHER = "paper";

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
        Path truth = experiment.resolve("truth");
        Path others = output.resolve(OTHER);
        StudyResult result = Work.watched(
                "begin again, or go on with: hyalite run " + file + " -o " + output + " --resume",
                progress -> LiveRun.watched(output, progress, console -> {
                    Twin twin = Twin.simulate(settings, run.threads(), console);
                    TwinFiles.write(twin, experiment, run.threads(), console);
                    StudyResult first = StudyRunner.run(ExperimentFile.read(file), output, run, console);
                    Path calibration = output.resolve("calibration.json");
                    Path second = TwinFiles.writeWithPreset(twin, experiment, OTHER, Optional.of(calibration));
                    TruthComparison.of(
                            others, truth, StudyRunner.run(ExperimentFile.read(second), others, run, console));
                    return TruthComparison.of(output, truth, first);
                }));
        Map<String, Path> presets = new LinkedHashMap<>();
        presets.put(OTHER, others);
        presets.put(USUAL, output);
        Work.show(json, PresetTable.of(presets, result));
        System.err.println("look at " + output.resolve("report.html") + " and " + output.resolve("figures")
                + ";\nlook at it: hyalite view " + output);
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
