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
 */
public record RunSettings(int threads, long memoryBytes, boolean resume) {
    private static final double BYTES_PER_GB = 1e9;

    public RunSettings {
        if (threads < 1 || threads > 4096) {
            throw new InputException("--threads " + threads + " is not within 1…4096");
        }
    }

    /** @param memoryGb GB (10⁹ bytes); empty: what Java has */
    public static RunSettings of(int threads, Optional<Double> memoryGb, boolean resume) {
        memoryGb.filter(gb -> !(gb > 0)).ifPresent(gb -> {
            throw new InputException("--memory " + gb + " GB is not a positive number");
        });
        long java = Runtime.getRuntime().maxMemory();
        long wanted = memoryGb.map(gb -> (long) (gb * BYTES_PER_GB)).orElse(java);
        return new RunSettings(threads, Math.min(java, wanted), resume);
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
                    "%s needs %.1f GB of memory, %.1f GB may be used; bin the maps (spectra.bin: 2) or give more with --memory",
                    what,
                    bytes / BYTES_PER_GB,
                    memoryBytes / BYTES_PER_GB));
        }
    }
}
