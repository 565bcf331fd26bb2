package org.hyalite.app;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.hyalite.study.RunSettings;
import org.hyalite.study.StudyRunner;
import org.hyalite.study.recipe.Experiment;
import org.hyalite.study.recipe.ExperimentFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = "The whole chain: counts, alignment, cross sections, volumes, phase diagram, figures, report.",
        footer = {
            "",
            "Example:  hyalite run experiment.yaml -o results",
            "After Ctrl-C:  hyalite run experiment.yaml -o results --resume"
        })
final class RunCommand implements Callable<Integer> {
    @Parameters(paramLabel = "experiment.yaml", description = "the experiment file")
    Path experiment = Path.of("");

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            required = true,
            description = "results folder")
    Path output = Path.of("");

    @Option(names = "--json", description = "machine-readable summary")
    boolean json;

    @Option(
            names = "--replicas",
            paramLabel = "N",
            description = "errors of volumes and phases from so many replicas of the counts; 0: none (default: as the"
                    + " experiment says)")
    Optional<Integer> replicas = Optional.empty();

    @Option(
            names = "--null-control",
            paramLabel = "N",
            description =
                    "is it mixing, or blur? N particles of pure phases through the same pipeline; 0: none (default: as"
                            + " the experiment says)")
    Optional<Integer> nullControl = Optional.empty();

    @Mixin
    StudyOptions study = new StudyOptions();

    @Override
    public Integer call() {
        return Work.show(
                json, StudyOptions.KEPT, console -> StudyRunner.run(experiment(), output, settings(), console));
    }

    private Experiment experiment() {
        Experiment read = ExperimentFile.read(experiment);
        return nullControl.map(read::withNullControl).orElse(read);
    }

    private RunSettings settings() {
        return replicas.map(study.settings()::withReplicas).orElseGet(study::settings);
    }
}
