package org.hyalite.app;

import java.util.Optional;
import org.hyalite.study.RunSettings;
import picocli.CommandLine.Option;

/** What every long command can be told of threads and memory. */
final class WorkOptions {
    @Option(names = "--threads", paramLabel = "N", description = "threads to use (default: all cores)")
    int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--memory", paramLabel = "G", description = "memory that may be used, GB (default: what Java has)")
    Optional<Double> memoryGb = Optional.empty();

    RunSettings settings(boolean resume) {
        return RunSettings.of(threads, memoryGb, resume);
    }
}
