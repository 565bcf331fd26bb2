package org.hyalite.app;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.hyalite.study.Json;
import org.hyalite.study.StudyResult;
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
        StudyResult result = StudyRunner.run(ExperimentFile.read(experiment), output, work.settings(resume), console);
        Interruption.done();
        console.clear();
        show(result, json);
        return Main.OK;
    }

    static void show(StudyResult result, boolean json) {
        if (json) {
            System.out.print(Json.text(result.summary()));
            return;
        }
        result.lines().forEach(System.out::println);
        result.warnings().forEach(w -> System.err.println("note: " + w));
    }
}
