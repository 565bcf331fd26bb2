package org.hyalite.app;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.hyalite.study.StudyResult;
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
            description = "calibration file to write; standards/ and figures/ go beside it")
    Path output = Path.of("");

    @Option(names = "--resume", description = "read back the volumes that an interrupted run has finished")
    boolean resume;

    @Option(names = "--json", description = "machine-readable summary")
    boolean json;

    @Mixin
    WorkOptions work = new WorkOptions();

    @Override
    public Integer call() {
        Console console = Console.onStandardError();
        Interruption.tell(console, "finished volumes are kept; go on with --resume");
        StudyResult result =
                StudyRunner.calibrate(ExperimentFile.read(experiment), output, work.settings(resume), console);
        Interruption.done();
        console.clear();
        RunCommand.show(result, json);
        return Main.OK;
    }
}
