package org.hyalite.study;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.hyalite.study.recipe.InputException;

/**
 * How a study may use this machine.
 *
 * @param threads threads that work
 * @param memoryBytes memory that may be used
 * @param resume read back finished volumes, and go on with the unfinished one
 * @param figures whether figures are drawn
 * @param checkpointEvery how often a reconstruction that goes on keeps its state, at the earliest
 * @param replicas of the measured counts, whatever the experiment says; empty: as it says
 */
public record RunSettings(
        int threads,
        long memoryBytes,
        boolean resume,
        Figures figures,
        Duration checkpointEvery,
        Optional<Integer> replicas) {
    /** Whether figures are drawn. */
    public enum Figures {
        DRAWN,
        NONE
    }

    private static final Duration USUAL = Duration.ofMinutes(3);
    private static final double BYTES_PER_GB = 1e9;
    /** Of what is held before work begins, this much is in its forecast. */
    private static final long IN_FORECASTS = 64L << 20;

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
        return new RunSettings(threads.orElse(cores()), Math.min(java, wanted), false, Figures.DRAWN, USUAL, Optional.empty());
    }

    private static int cores() {
        return Runtime.getRuntime().availableProcessors();
    }

    /** The same, reading back what an interrupted run has finished. */
    public RunSettings resuming() {
        return new RunSettings(threads, memoryBytes, true, figures, checkpointEvery, replicas);
    }

    /** The same with or without figures. */
    public RunSettings with(Figures drawn) {
        return new RunSettings(threads, memoryBytes, resume, drawn, checkpointEvery, replicas);
    }

    /** The same with states kept so often; zero: at every evaluation. */
    public RunSettings withCheckpoints(Duration every) {
        if (every.isNegative()) {
            throw new InputException("--checkpoint-every " + every.toSeconds() / 60.0 + " minutes is negative");
        }
        return new RunSettings(threads, memoryBytes, resume, figures, every, replicas);
    }

    /** The same with so many replicas of the counts; 0: none. */
    public RunSettings withReplicas(int number) {
        return new RunSettings(threads, memoryBytes, resume, figures, checkpointEvery, Optional.of(number));
    }

    /** The same with other threads. */
    public RunSettings withThreads(int number) {
        return new RunSettings(number, memoryBytes, resume, figures, checkpointEvery, replicas);
    }

    /**
     * Tells what work needs, {@code 5.1 GB of 18 GB}, and refuses it where it would not fit.
     *
     * @param bytes forecast need
     */
    String require(String what, long bytes) {
        long held = 0;
        if (bytes + used() > memoryBytes) {
            System.gc(); // what nobody holds any more does not count
            held = Math.max(0, used() - IN_FORECASTS);
        }
        if (bytes + held > memoryBytes) {
            throw new InputException(String.format(
                    Locale.ROOT,
                    "%s needs %.3g GB of memory%s, %.3g GB may be used; bin the maps (spectra.bin: 2) or give more with"
                            + " --memory, and Java with HYALITE_JAVA_OPTS=-Xmx16g",
                    what,
                    bytes / BYTES_PER_GB,
                    held == 0
                            ? ""
                            : String.format(Locale.ROOT, " beside %.3g GB that are held already", held / BYTES_PER_GB),
                    memoryBytes / BYTES_PER_GB));
        }
        return String.format(Locale.ROOT, "%.2g GB of %.2g GB", bytes / BYTES_PER_GB, memoryBytes / BYTES_PER_GB);
    }

    private static long used() {
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
