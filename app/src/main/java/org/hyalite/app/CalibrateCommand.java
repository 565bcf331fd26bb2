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
        name = "calibrate",
        mixinStandardHelpOptions = true,
        description = "The standards of an experiment → cross sections in barn, with their evidence beside them.",
        footer = {"", "Example:  hyalite calibrate experiment.yaml -o calibration.json"})
final class CalibrateCommand implements Callable<Integer> {
    @Parameters(paramLabel = "experiment.yaml", description = "the experiment file")
    Path experiment = Path.of("");

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            required = true,
            description = "calibration file to write; its evidence goes beside it, into NAME-evidence/")
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
                console -> StudyRunner.calibrate(ExperimentFile.read(experiment), output, study.settings(), console));
    }
}
