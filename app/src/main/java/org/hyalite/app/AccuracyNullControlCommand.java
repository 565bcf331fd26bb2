package org.hyalite.app;

import java.util.concurrent.Callable;
import org.hyalite.study.NullControlBench;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "null-control",
        mixinStandardHelpOptions = true,
        description =
                "Asks of simulated samples whether they are mixed, by the null control, and how wide their interfaces are, and holds"
                        + " the answers against the truth.",
        footer = {"", "Example:  hyalite accuracy null-control --kind segregated --seeds 1-20"})
final class AccuracyNullControlCommand implements Callable<Integer> {
    private static final double GAP = 1e-2;

    @Mixin
    TwinOptions twins = new TwinOptions();

    @Option(names = "--size", paramLabel = "N", description = "pixels along the edge of a map (default: 64, of 6 nm)")
    int size = 64;

    @Option(names = "--replicas", paramLabel = "B", description = "null particles of each control (default: 10)")
    int replicas = 10;

    @Override
    public Integer call() {
        NullControlBench.Request request =
                new NullControlBench.Request(twins.kinds(), twins.seeds(), size, replicas, GAP, twins.threads.number());
        return Work.show(twins.json, Work.NOTHING_KEPT, console -> NullControlBench.run(request, console));
    }
}
