package org.hyalite.app;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.hyalite.study.ChainAccuracy;
import org.hyalite.study.RunSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "chain",
        mixinStandardHelpOptions = true,
        description =
                "Runs whole studies of simulated experiments, misaligned and with standards, and holds all they find against the"
                        + " truth.",
        footer = {"", "Example:  hyalite accuracy chain --kind flux --tilts 15,31 -o chains"})
final class AccuracyChainCommand implements Callable<Integer> {
    @Mixin
    TwinOptions twins = new TwinOptions();

    @Option(names = "--size", paramLabel = "N", description = "pixels along the edge of a map (default: 96, of 4 nm)")
    int size = 96;

    @Option(names = "--tilts", paramLabel = "N", split = ",", description = "numbers of tilts (default: 15,31)")
    List<Integer> tilts = List.of(15, 31);

    @Option(names = "--preset", paramLabel = "P", description = "joint (default) or paper")
    String preset = "joint";

    @Option(names = "--null-control", paramLabel = "N", description = "particles of pure phases (default: 0, none)")
    int nullParticles;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            required = true,
            description = "folder for the studies")
    Path output = Path.of("");

    @Override
    public Integer call() {
        ChainAccuracy.Request request = new ChainAccuracy.Request(
                twins.kinds(),
                twins.seeds(),
                tilts,
                size,
                preset,
                output,
                nullParticles,
                RunSettings.of(Optional.of(twins.threads.number()), Optional.empty()));
        return Work.show(twins.json, Work.NOTHING_KEPT, console -> ChainAccuracy.run(request, console));
    }
}
