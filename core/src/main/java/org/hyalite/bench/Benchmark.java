package org.hyalite.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hyalite.kernel.Kernels;
import org.hyalite.kernel.Slabs;
import org.hyalite.progress.Progress;
import org.hyalite.tomo.Workload;

/** Times every kernel and, between them, the machine itself: shares of its limits, measured side by side in one run. */
public final class Benchmark {
    /** Floats in each of the three arrays of the memory limits: far beyond any cache. */
    private static final int LIMIT_FLOATS = 1 << 24;

    /** Smaller problems are not held against memory that is slower than they are; tests are quick. */
    private static final int LEAST_LIMIT_FLOATS = 1 << 20;

    private static final int MOST_RUNS = 200;

    private Benchmark() {}

    /**
     * Measures.
     *
     * @throws IllegalArgumentException if it does not fit into Java's memory
     * @throws org.hyalite.io.format.MicroscopeFileException if the map cannot be read, or is none
     * @throws java.util.concurrent.CancellationException if cancelled
     */
    public static BenchResult run(BenchSettings settings, Progress progress) {
        requireMemory(settings);
        Slabs slabs = Slabs.of(settings.threads());
        Kernels kernels = settings.twin() == BenchSettings.Twin.SCALAR ? Kernels.scalar() : Kernels.get();
        progress.report("the machine's limits", 0);
        LimitMeter meter = new LimitMeter(slabs, settings.seconds() > 0 ? LIMIT_FLOATS : LEAST_LIMIT_FLOATS);
        meter.warm(settings.seconds() > 0 ? 10 : 2);
        meter.sample(BenchSettings.LEAST_RUNS);
        List<Done> done = new ArrayList<>();
        Workload.Part[] parts = Workload.Part.values();
        for (int i = 0; i < parts.length; i++) {
            progress.check();
            progress.report("measuring " + parts[i].label(), (i + 1.0) / (parts.length + 2));
            done.add(measure(parts[i], settings, slabs, kernels));
            meter.sample(BenchSettings.LEAST_RUNS);
        }
        List<SpectraTiming> spectra = List.of();
        if (settings.spectra()) {
            progress.check();
            progress.report("measuring spectra", (parts.length + 1.0) / (parts.length + 2));
            spectra = SpectraBenchmark.run(settings.threads(), settings.seconds());
        }
        Optional<OpeningTiming> opening = settings.map().map(file -> {
            progress.report("opening " + file, (parts.length + 1.5) / (parts.length + 2));
            return OpeningTiming.of(file, settings.seconds());
        });
        MachineLimits limits = meter.limits();
        progress.report("measuring", 1);
        return new BenchResult(
                Runtime.getRuntime().availableProcessors(),
                limits,
                System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"),
                kernels.name().replaceFirst(":.*", ""),
                done.stream().map(d -> d.timing(settings, limits)).toList(),
                spectra,
                opening);
    }

    /**
     * Refuses what would not fit.
     *
     * @throws IllegalArgumentException if it does not fit into Java's memory
     */
    public static void requireMemory(BenchSettings settings) {
        long need = 12L * LIMIT_FLOATS;
        for (Workload.Part part : Workload.Part.values()) {
            need = Math.max(need, 12L * LIMIT_FLOATS + Workload.forecastBytes(part, settings.size(), settings.tilts()));
        }
        long most = Runtime.getRuntime().maxMemory();
        if (need > most) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "size %d with %d tilts needs %.1f GB of memory, Java may use %.1f GB",
                    settings.size(),
                    settings.tilts(),
                    need / 1e9,
                    most / 1e9));
        }
    }

    private static Done measure(Workload.Part part, BenchSettings settings, Slabs slabs, Kernels kernels) {
        Workload load = Workload.of(part, settings.size(), settings.tilts(), slabs, kernels);
        // the first runs compile the loops
        boolean quick = part.perRun() > 1 || settings.seconds() == 0;
        double[] first = load.seconds(quick ? 1 : 10, 3);
        double wanted = settings.seconds() / part.perRun() / Median.of(first);
        int runs = (int) Math.max(BenchSettings.LEAST_RUNS, Math.min(MOST_RUNS, wanted));
        double seconds = Median.of(load.seconds(1, runs));
        return new Done(
                part.label(),
                part.projects() ? settings.tilts() : 0,
                seconds,
                load.bytes(),
                load.flop(),
                load.projectionFlop(),
                load.sweepBytes());
    }

    /** What was measured, before the machine's limits are known. */
    private record Done(
            String name,
            int tilts,
            double seconds,
            double bytes,
            double flop,
            double projectionFlop,
            double sweepBytes) {
        KernelTiming timing(BenchSettings settings, MachineLimits limits) {
            double least = projectionFlop / limits.fmaGFlops() + sweepBytes / limits.updateGBps();
            return new KernelTiming(
                    name,
                    settings.size(),
                    tilts,
                    settings.threads(),
                    1e3 * seconds,
                    bytes / seconds / 1e9,
                    flop / seconds / 1e9,
                    least / 1e9 / seconds);
        }
    }
}
