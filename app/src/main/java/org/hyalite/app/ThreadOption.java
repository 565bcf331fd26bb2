package org.hyalite.app;

import java.util.Optional;
import org.hyalite.study.RunSettings;
import picocli.CommandLine.Option;

/** How many threads a command may use. */
final class ThreadOption {
    @Option(names = "--threads", paramLabel = "N", description = "threads to use (default: all cores)")
    Optional<Integer> threads = Optional.empty();

    /** The number, checked. */
    int number() {
        return RunSettings.of(threads, Optional.empty()).threads();
    }
}
