package org.hyalite.app;

import java.util.Optional;
import org.hyalite.study.RunSettings;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a command that reconstructs can be told of this machine. */
final class WorkOptions {
    @Option(names = "--memory", paramLabel = "G", description = "memory that may be used, GB (default: what Java has)")
    Optional<Double> memoryGb = Optional.empty();

    @Mixin
    ThreadOption threads = new ThreadOption();

    RunSettings settings() {
        return RunSettings.of(threads.threads, memoryGb);
    }
}
