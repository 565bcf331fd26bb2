package org.hyalite.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Protects scripts that read the benchmark, and people who mistype its options. */
class BenchTest {
    @Test
    void jsonHasTheContractsKeys() {
        JsonNode bench = Said.by(
                        "bench", "--size", 16, "--tilts", 3, "--threads", 1, "--spectra", "--seconds", 0, "--json")
                .json();
        assertThat(bench.propertyNames()).containsExactly("machine", "kernels");
        assertThat(bench.path("machine").propertyNames())
                .containsExactly("cores", "triad_GBps", "update_GBps", "fma_GFLOPs", "jvm", "kernels");
        assertThat(bench.at("/machine/kernels").asString()).isIn("vector", "scalar");
        assertThat(bench.at("/machine/update_GBps").asDouble()).isPositive();
        assertThat(bench.path("kernels")).hasSize(9);
        for (JsonNode kernel : bench.path("kernels")) {
            if (kernel.has("size")) {
                assertThat(kernel.propertyNames())
                        .containsExactly("name", "size", "tilts", "threads", "ms", "GBps", "GFLOPs", "share_of_limit");
                assertThat(kernel.path("ms").asDouble()).isPositive();
            } else {
                assertThat(kernel.propertyNames()).containsExactly("name", "channels", "components", "pixels_per_s");
            }
        }
    }

    @Test
    void theTableNamesLimitsAndKernels() {
        String out = Said.by("bench", "--size", 8, "--tilts", 1, "--kernels", "scalar", "--seconds", 0)
                .worked()
                .out();
        assertThat(out).contains("read-modify-write", "scalar kernels", "forward", "iteration-tv2", "of limit");
    }

    @Test
    void badOptionsAreRefused() {
        Said.by("bench", "--size", 4).refused(2, "--size 4", "8…1024");
        Said.by("bench", "--size", "big").refused(2, "--size", "big");
        Said.by("bench", "--tilts", 0).refused(2, "--tilts 0");
        Said.by("bench", "--threads", 0).refused(2, "--threads 0");
        Said.by("bench", "--seconds", -1).refused(2, "--seconds -1");
        Said.by("bench", "--size", 1024, "--tilts", 1000).refused(2, "--size 1024", "GB of memory");
        Said.by("bench", "--kernels", "gpu").refused(2, "--kernels", "gpu");
    }
}
