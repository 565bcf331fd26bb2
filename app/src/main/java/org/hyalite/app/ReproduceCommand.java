package org.hyalite.app;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.hyalite.study.PaperReproduction;
import org.hyalite.study.RunSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "reproduce",
        mixinStandardHelpOptions = true,
        description = {
            "Runs the paper's study on twins of its two samples, with its settings, and writes a page that puts each of its",
            "claims and numbers beside what was found."
        },
        footer = {"", "Example:  hyalite reproduce -o results-paper"})
final class ReproduceCommand implements Callable<Integer> {
    @Option(names = "--size", paramLabel = "N", description = "pixels along the edge of a map (default: 96, of 4 nm)")
    int size = 96;

    @Option(names = "--seed", paramLabel = "S", description = "another seed, other particles (default: 1)")
    long seed = 1;

    @Option(names = "--null-control", paramLabel = "N", description = "particles of pure phases (default: 6; 0: none)")
    int nullParticles = 6;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            description = "folder for both studies and the page (default: results-paper)")
    Path output = Path.of("results-paper");

    @Option(names = "--json", description = "machine-readable table")
    boolean json;

    @Mixin
    WorkOptions work = new WorkOptions();

    @Override
    public Integer call() {
        RunSettings run = work.settings();
        return Work.show(
                json, "begin again", console -> PaperReproduction.run(output, size, seed, nullParticles, run, console));
    }
}
