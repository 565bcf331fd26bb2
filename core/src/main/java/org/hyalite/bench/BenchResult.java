package org.hyalite.bench;

import java.util.List;
import java.util.Optional;

/**
 * What one benchmark measured.
 *
 * @param cores that Java sees
 * @param limits of the machine, with the threads asked for
 * @param jvm name and version
 * @param twin {@code vector} or {@code scalar}: the kernels that ran
 */
public record BenchResult(
        int cores,
        MachineLimits limits,
        String jvm,
        String twin,
        List<KernelTiming> kernels,
        List<SpectraTiming> spectra,
        Optional<OpeningTiming> opening) {
    public BenchResult {
        kernels = List.copyOf(kernels);
        spectra = List.copyOf(spectra);
    }
}
