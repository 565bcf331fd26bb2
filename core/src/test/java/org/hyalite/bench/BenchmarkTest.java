package org.hyalite.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.hyalite.kernel.Kernels;
import org.hyalite.kernel.Slabs;
import org.hyalite.progress.Progress;
import org.hyalite.tomo.Workload;
import org.junit.jupiter.api.Test;

/** Protects the benchmark's bookkeeping on tiny sizes: every number is there, finite, and counts what it says. */
final class BenchmarkTest {
    private static BenchSettings tiny(BenchSettings.Twin twin) {
        return new BenchSettings(16, 3, 2, true, Optional.empty(), twin, 0);
    }

    @Test
    void every_kernel_is_measured_against_the_limits_of_the_same_run() {
        for (BenchSettings.Twin twin : BenchSettings.Twin.values()) {
            BenchResult result = Benchmark.run(tiny(twin), Progress.NONE);
            MachineLimits limits = result.limits();
            assertThat(List.of(limits.triadGBps(), limits.updateGBps(), limits.fmaGFlops()))
                    .allSatisfy(BenchmarkTest::counts);
            assertThat(result.kernels().stream().map(KernelTiming::name))
                    .containsExactly("forward", "back", "tv", "tv2", "iteration-tv", "iteration-tv2");
            for (KernelTiming k : result.kernels()) {
                assertThat(List.of(k.ms(), k.gBps(), k.gFlops(), k.shareOfLimit()))
                        .as(k.name())
                        .allSatisfy(BenchmarkTest::counts);
                assertThat(k.size()).isEqualTo(16);
                assertThat(k.tilts()).isEqualTo(k.name().startsWith("tv") ? 0 : 3);
                assertThat(k.threads()).isEqualTo(2);
            }
            KernelTiming tv = result.kernels().get(2);
            assertThat(tv.gBps() * tv.ms() * 1e6).isCloseTo(44 * 4096, within(1.0));
            assertThat(tv.shareOfLimit()).isCloseTo(tv.gBps() / limits.updateGBps(), within(1e-9));
            KernelTiming tv2 = result.kernels().get(3);
            assertThat(tv2.gBps() * tv2.ms() * 1e6).isCloseTo(68 * 4096, within(1.0));
            KernelTiming forward = result.kernels().get(0);
            assertThat(forward.shareOfLimit()).isCloseTo(forward.gFlops() / limits.fmaGFlops(), within(1e-9));
            assertThat(result.spectra().stream().map(SpectraTiming::name))
                    .containsExactly("windows", "linear", "poisson");
            assertThat(result.spectra()).allSatisfy(s -> counts(s.pixelsPerS()));
            assertThat(result.twin()).isIn("vector", "scalar");
            assertThat(result.cores()).isPositive();
        }
    }

    private static void counts(double value) {
        assertThat(value).isFinite().isPositive();
    }

    @Test
    void a_projection_is_counted_by_its_shadows() {
        // every voxel's shadow falls on one to three pixels of each image that it meets
        Workload forward = Workload.of(Workload.Part.FORWARD, 16, 1, Slabs.of(1), Kernels.get());
        assertThat(forward.projectionFlop()).as("at zero tilt one each").isEqualTo(2.0 * 4096);
        Workload iteration = Workload.of(Workload.Part.ITERATION_TV, 16, 1, Slabs.of(1), Kernels.get());
        assertThat(iteration.projectionFlop()).isEqualTo(2 * forward.projectionFlop());
        assertThat(iteration.seconds(1, 4)).hasSize(4).doesNotContain(0);
    }

    @Test
    void the_middle_is_the_middle() {
        assertThat(Median.of(3, 1, 2)).isEqualTo(2);
        assertThat(Median.of(List.of(4.0, 1.0, 2.0, 3.0))).isEqualTo(2.5);
    }

    @Test
    void refuses_what_cannot_be_measured() {
        assertThatThrownBy(() -> new BenchSettings(7, 15, 1, false, Optional.empty(), BenchSettings.Twin.AUTO, 1))
                .hasMessageContaining("size 7");
        assertThatThrownBy(() -> new BenchSettings(16, 0, 1, false, Optional.empty(), BenchSettings.Twin.AUTO, 1))
                .hasMessageContaining("tilts 0");
        assertThatThrownBy(() -> new BenchSettings(16, 15, 0, false, Optional.empty(), BenchSettings.Twin.AUTO, 1))
                .hasMessageContaining("threads 0");
        assertThatThrownBy(() -> new BenchSettings(16, 15, 1, false, Optional.empty(), BenchSettings.Twin.AUTO, Double.NaN))
                .hasMessageContaining("seconds NaN");
    }

    @Test
    void can_be_cancelled_and_tells_what_it_measures() {
        List<String> told = new ArrayList<>();
        Progress twice = new Progress() {
            @Override
            public void report(String task, double fraction) {
                told.add(task);
            }

            @Override
            public boolean cancelled() {
                return told.size() >= 2;
            }
        };
        assertThatThrownBy(() -> Benchmark.run(tiny(BenchSettings.Twin.AUTO), twice))
                .isInstanceOf(CancellationException.class);
        assertThat(told).contains("measuring forward");
    }
}
