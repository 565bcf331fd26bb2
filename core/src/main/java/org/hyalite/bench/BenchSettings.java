package org.hyalite.bench;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * What is to be measured.
 *
 * @param size voxels along each edge of the cube, 8 … 1024
 * @param tilts images, 1 … 1000
 * @param threads threads that work
 * @param spectra whether spectra are measured too
 * @param map a spectrum image to open and sum, too
 * @param twin which loops run
 * @param seconds time given to each kernel; at least {@link #LEAST_RUNS} runs are made
 */
public record BenchSettings(int size, int tilts, int threads, boolean spectra, Optional<Path> map, Twin twin, double seconds) {
    static final int LEAST_RUNS = 5;
    private static final int LEAST_SIZE = 8;
    private static final int MOST_SIZE = 1024;
    private static final int MOST_TILTS = 1000;
    private static final int MOST_THREADS = 4096;
    private static final int MOST_SECONDS = 3600;

    /** Which of the kernels' twins. */
    public enum Twin {
        /** What this Java has: the Vector API's, or else plain Java. */
        AUTO,
        SCALAR;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * @throws IllegalArgumentException if a number is out of its range
     */
    public BenchSettings {
        require("size", size, LEAST_SIZE, MOST_SIZE);
        require("tilts", tilts, 1, MOST_TILTS);
        require("threads", threads, 1, MOST_THREADS);
        if (!(seconds >= 0 && seconds <= MOST_SECONDS)) {
            throw new IllegalArgumentException("seconds " + seconds + " is not within 0…" + MOST_SECONDS);
        }
    }

    private static void require(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " " + value + " is not within " + least + "…" + most);
        }
    }
}
