package org.hyalite.jmh;

import java.util.concurrent.TimeUnit;
import org.hyalite.kernel.Kernels;
import org.hyalite.kernel.Slabs;
import org.hyalite.tomo.Workload;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The parts of a reconstruction, ms per run; an iteration's run is ten of them. Run with
 * {@code java -cp 'bench/target/classes:bench/target/lib/*' org.openjdk.jmh.Main -p size=256}. {@code hyalite bench}
 * holds the same parts against the machine's limits.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
// the Vector API's twin is there only with its module
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class KernelBenchmark {
    @Param({"FORWARD", "BACK", "TV", "TV2", "ITERATION_TV", "ITERATION_TV2"})
    Workload.Part part = Workload.Part.FORWARD;

    @Param({"128"})
    int size;

    @Param({"15"})
    int tilts;

    @Param({"2"})
    int threads;

    @Param({"vector", "scalar"})
    String kernels = "vector";

    private Runnable once = () -> {};

    @Setup
    public void prepare() {
        Kernels twin = kernels.equals("scalar") ? Kernels.scalar() : Kernels.get();
        once = Workload.of(part, size, tilts, Slabs.of(threads), twin)::once;
    }

    @Benchmark
    public void run() {
        once.run();
    }
}
