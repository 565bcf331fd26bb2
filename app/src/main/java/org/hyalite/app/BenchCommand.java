package org.hyalite.app;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.hyalite.bench.BenchResult;
import org.hyalite.bench.BenchSettings;
import org.hyalite.bench.Benchmark;
import org.hyalite.bench.KernelTiming;
import org.hyalite.bench.MachineLimits;
import org.hyalite.bench.SpectraTiming;
import org.hyalite.study.Json;
import org.hyalite.study.recipe.InputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "How fast the kernels are, held against this machine's own limits in the same run.",
        footer = {"", "Example:  hyalite bench --size 128 --tilts 15"})
final class BenchCommand implements Callable<Integer> {
    private static final double SECONDS = 2;

    @Option(names = "--size", paramLabel = "N", description = "voxels along each edge (default: ${DEFAULT-VALUE})")
    int size = 256;

    @Option(names = "--tilts", paramLabel = "N", description = "images (default: ${DEFAULT-VALUE})")
    int tilts = 15;

    @Option(names = "--spectra", description = "net counts from spectra, too")
    boolean spectra;

    @Option(names = "--open", paramLabel = "FILE", description = "how long this spectrum image takes to open and sum, too")
    Optional<Path> map = Optional.empty();

    @Option(
            names = "--kernels",
            paramLabel = "K",
            description = "auto (default: the fastest that this Java has) or scalar")
    BenchSettings.Twin twin = BenchSettings.Twin.AUTO;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            description = "time for each kernel (default: ${DEFAULT-VALUE}; 0: a few runs, for a trial)")
    double seconds = SECONDS;

    @Option(names = "--json", description = "machine-readable")
    boolean json;

    @Mixin
    ThreadOption threads = new ThreadOption();

    @Override
    public Integer call() {
        BenchSettings settings = settings();
        BenchResult result = Work.watched("nothing is kept", console -> Benchmark.run(settings, console));
        if (json) {
            System.out.print(Json.text(toJson(result)));
        } else {
            print(result);
        }
        return Main.OK;
    }

    private BenchSettings settings() {
        try {
            BenchSettings settings = new BenchSettings(size, tilts, threads.number(), spectra, map, twin, seconds);
            Benchmark.requireMemory(settings);
            return settings;
        } catch (IllegalArgumentException e) {
            throw new InputException("--" + e.getMessage(), e);
        }
    }

    private static void print(BenchResult result) {
        MachineLimits limits = result.limits();
        System.out.printf(
                Locale.ROOT,
                "this machine: %d cores, triad %.1f GB/s, read-modify-write %.1f GB/s, multiply-add %.0f GFLOP/s%n",
                result.cores(),
                limits.triadGBps(),
                limits.updateGBps(),
                limits.fmaGFlops());
        System.out.printf(Locale.ROOT, "%s, %s kernels%n%n", result.jvm(), result.twin());
        System.out.printf(
                Locale.ROOT,
                "%-14s %5s %5s %7s %9s %7s %8s %8s%n",
                "kernel",
                "size",
                "tilts",
                "threads",
                "ms",
                "GB/s",
                "GFLOP/s",
                "of limit");
        for (KernelTiming k : result.kernels()) {
            System.out.printf(
                    Locale.ROOT,
                    "%-14s %5d %5s %7d %9.2f %7.1f %8.1f %6.0f %%%n",
                    k.name(),
                    k.size(),
                    k.tilts() == 0 ? "" : k.tilts(),
                    k.threads(),
                    k.ms(),
                    k.gBps(),
                    k.gFlops(),
                    100 * k.shareOfLimit());
        }
        for (SpectraTiming s : result.spectra()) {
            System.out.printf(
                    Locale.ROOT,
                    "%nnet counts, %s: %.0f pixels/s (%d channels, %d components)",
                    s.name(),
                    s.pixelsPerS(),
                    s.channels(),
                    s.components());
        }
        System.out.print(result.spectra().isEmpty() ? "" : System.lineSeparator());
        result.opening()
                .ifPresent(o -> System.out.printf(
                        Locale.ROOT,
                        "%n%s (%d pixels of %d channels, %.0f counts) opened and summed in %.2f s, the first time %.2f s%n",
                        o.name(),
                        o.pixels(),
                        o.channels(),
                        o.counts(),
                        o.seconds(),
                        o.firstSeconds()));
    }

    private static ObjectNode toJson(BenchResult result) {
        ObjectNode node = Json.object();
        node.putObject("machine")
                .put("cores", result.cores())
                .put("triad_GBps", result.limits().triadGBps())
                .put("update_GBps", result.limits().updateGBps())
                .put("fma_GFLOPs", result.limits().fmaGFlops())
                .put("jvm", result.jvm())
                .put("kernels", result.twin());
        ArrayNode kernels = node.putArray("kernels");
        for (KernelTiming k : result.kernels()) {
            kernels.addObject()
                    .put("name", k.name())
                    .put("size", k.size())
                    .put("tilts", k.tilts())
                    .put("threads", k.threads())
                    .put("ms", k.ms())
                    .put("GBps", k.gBps())
                    .put("GFLOPs", k.gFlops())
                    .put("share_of_limit", k.shareOfLimit());
        }
        for (SpectraTiming s : result.spectra()) {
            kernels.addObject()
                    .put("name", s.name())
                    .put("channels", s.channels())
                    .put("components", s.components())
                    .put("pixels_per_s", s.pixelsPerS());
        }
        result.opening()
                .ifPresent(o -> kernels.addObject()
                        .put("name", "open")
                        .put("file", o.name())
                        .put("pixels", o.pixels())
                        .put("channels", o.channels())
                        .put("counts", o.counts())
                        .put("first_seconds", o.firstSeconds())
                        .put("seconds", o.seconds()));
        return node;
    }
}
