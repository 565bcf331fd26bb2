package org.hyalite.app;

import java.time.Duration;
import java.util.Optional;
import org.hyalite.study.RunSettings;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a command that reconstructs can be told of this machine. */
final class WorkOptions {
    @Option(names = "--memory", paramLabel = "G", description = "memory that may be used, GB (default: what Java has)")
    Optional<Double> memoryGb = Optional.empty();

    @Option(
            names = "--checkpoint-every",
            paramLabel = "MIN",
            description = "minutes between two states of a reconstruction that are kept for --resume (default: 3)")
    Optional<Double> checkpointEvery = Optional.empty();

    @Mixin
    ThreadOption threads = new ThreadOption();

    RunSettings settings() {
        RunSettings settings = RunSettings.of(threads.threads, memoryGb);
        return checkpointEvery
                .map(minutes -> settings.withCheckpoints(Duration.ofMillis(Math.round(60_000 * minutes))))
                .orElse(settings);
    }
}
