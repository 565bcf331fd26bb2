package org.hyalite.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hyalite.grid.SpectrumImage;
import org.hyalite.io.MicroscopeFile;
import org.hyalite.io.format.Signal;
import org.hyalite.io.format.UnsupportedFileException;

/**
 * How long a file with spectrum images takes to open and to sum to one spectrum, from the system's file cache.
 *
 * @param name its file name
 * @param pixels of all its spectrum images
 * @param channels of a spectrum
 * @param counts in all of them
 * @param firstSeconds the first time, Java's loops not yet compiled: what a user of one command waits
 * @param seconds median of the next ones
 */
public record OpeningTiming(
        String name, long pixels, int channels, double counts, double firstSeconds, double seconds) {
    private static final int LEAST_RUNS = 3;

    static OpeningTiming of(Path file, double seconds) {
        long begin = System.nanoTime();
        Sum sum = Sum.of(file);
        double first = (System.nanoTime() - begin) * 1e-9;
        List<Double> times = new ArrayList<>();
        double elapsed = 0;
        while (times.size() < LEAST_RUNS || elapsed < seconds) {
            begin = System.nanoTime();
            sum = Sum.of(file);
            times.add((System.nanoTime() - begin) * 1e-9);
            elapsed += times.get(times.size() - 1);
        }
        return new OpeningTiming(
                String.valueOf(file.getFileName()), sum.pixels, sum.channels, sum.counts, first, Median.of(times));
    }

    private record Sum(long pixels, int channels, double counts) {
        static Sum of(Path file) {
            long pixels = 0;
            int channels = 0;
            double counts = 0;
            for (Signal signal : MicroscopeFile.open(file).of(Signal.Maps.class)) {
                for (SpectrumImage map :
                        signal.as(Signal.Maps.class).orElseThrow().maps()) {
                    pixels += (long) map.ny() * map.nx();
                    channels = map.energy().channels();
                    counts += map.sum().total();
                }
            }
            if (pixels == 0) {
                throw new UnsupportedFileException(file, "holds no spectrum image to open and sum");
            }
            return new Sum(pixels, channels, counts);
        }
    }
}
