package org.hyalite.app;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.hyalite.study.StudyRunner;
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

    @Mixin
    StudyOptions study = new StudyOptions();

    @Override
    public Integer call() {
        return Work.show(
                json,
                StudyOptions.KEPT,
                console -> StudyRunner.run(ExperimentFile.read(experiment), output, study.settings(), console));
    }
}
