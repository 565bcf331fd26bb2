package org.hyalite.study;

import java.util.Locale;
import java.util.Optional;
import org.hyalite.study.recipe.InputException;

/**
 * How a study may use this machine.
 *
 * @param threads threads that work
 * @param memoryBytes memory that may be used
 * @param resume read back finished volumes
 * @param figures whether figures are drawn
 */
public record RunSettings(int threads, long memoryBytes, boolean resume, Figures figures) {
    /** Whether figures are drawn. */
    public enum Figures {
        DRAWN,
        NONE
    }

    private static final double BYTES_PER_GB = 1e9;
    private static final int MOST_THREADS = 4096;

    public RunSettings {
        if (threads < 1 || threads > MOST_THREADS) {
            throw new InputException("--threads " + threads + " is not within 1…" + MOST_THREADS);
        }
    }

    /**
     * Settings of a run from its beginning, with figures.
     *
     * @param threads empty: as many as the machine has cores
     * @param memoryGb GB (10⁹ bytes); empty: what Java has
     * @throws InputException if one of them cannot be
     */
    public static RunSettings of(Optional<Integer> threads, Optional<Double> memoryGb) {
        memoryGb.filter(gb -> !(gb > 0)).ifPresent(gb -> {
            throw new InputException("--memory " + gb + " GB is not a positive number");
        });
        long java = Runtime.getRuntime().maxMemory();
        long wanted = memoryGb.map(gb -> (long) (gb * BYTES_PER_GB)).orElse(java);
        return new RunSettings(threads.orElse(cores()), Math.min(java, wanted), false, Figures.DRAWN);
    }

    private static int cores() {
        return Runtime.getRuntime().availableProcessors();
    }

    /** The same, reading back what an interrupted run has finished. */
    public RunSettings resuming() {
        return new RunSettings(threads, memoryBytes, true, figures);
    }

    /** The same with or without figures. */
    public RunSettings with(Figures drawn) {
        return new RunSettings(threads, memoryBytes, resume, drawn);
    }

    /** The same with other threads. */
    public RunSettings withThreads(int number) {
        return new RunSettings(number, memoryBytes, resume, figures);
    }

    /**
     * Refuses work that would not fit.
     *
     * @param bytes forecast need
     */
    void require(String what, long bytes) {
        if (bytes > memoryBytes) {
            throw new InputException(String.format(
                    Locale.ROOT,
                    "%s needs %.3g GB of memory, %.3g GB may be used; bin the maps (spectra.bin: 2) or give more with --memory",
                    what,
                    bytes / BYTES_PER_GB,
                    memoryBytes / BYTES_PER_GB));
        }
    }
}
