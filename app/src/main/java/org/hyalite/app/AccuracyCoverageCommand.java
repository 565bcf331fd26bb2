package org.hyalite.app;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.hyalite.study.CoverageBench;
import org.hyalite.study.RunSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "coverage",
        mixinStandardHelpOptions = true,
        description =
                "Runs whole experiments with replicas and counts how often the stated 95 %% intervals of the phases' means hold"
                        + " the truth.",
        footer = {"", "Example:  hyalite accuracy coverage --kind flux --seeds 1-20 --replicas 10"})
final class AccuracyCoverageCommand implements Callable<Integer> {
    @Mixin
    TwinOptions twins = new TwinOptions();

    @Option(names = "--size", paramLabel = "N", description = "pixels along the edge of a map (default: 64, of 6 nm)")
    int size = 64;

    @Option(names = "--replicas", paramLabel = "R", description = "replicas of the counts (default: 10)")
    int replicas = 10;

    @Option(names = "--preset", paramLabel = "P", description = "paper or joint (default: paper)")
    String preset = "paper";

    @Option(names = "--misaligned", description = "images shifted, and aligned by the chain")
    boolean misaligned;

    @Override
    public Integer call() {
        CoverageBench.Request request = new CoverageBench.Request(
                twins.kinds(),
                twins.seeds(),
                size,
                replicas,
                preset,
                misaligned,
                RunSettings.of(Optional.of(twins.threads.number()), Optional.empty()));
        return Work.show(twins.json, Work.NOTHING_KEPT, console -> CoverageBench.run(request, console));
    }
}
