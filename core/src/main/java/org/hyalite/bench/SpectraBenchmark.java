package org.hyalite.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.hyalite.grid.EnergyAxis;
import org.hyalite.grid.SpectrumImage;
import org.hyalite.physics.Element;
import org.hyalite.physics.XrayLine;
import org.hyalite.progress.Progress;
import org.hyalite.spectra.Estimator;
import org.hyalite.spectra.FitSettings;
import org.hyalite.spectra.LineFitter;
import org.hyalite.spectra.Method;

/** Net counts of four elements in a map of 1024 channels, with copper, carbon, nitrogen and silicon of the system. */
final class SpectraBenchmark {
    private static final int CHANNELS = 1024;
    private static final double CHANNEL_KEV = 0.02;
    private static final double BEAM_KEV = 200;
    private static final double RESOLUTION_EV = 130;
    private static final double EV = 1000;
    private static final double MN_KA_KEV = 5.8987;

    /** {@code d FWHM² / dE} of silicon, keV. */
    private static final double BROADENING_KEV = 2.5e-3;

    private static final double FWHM_PER_SIGMA = 2.3548200450309493;
    /** Counts of a pixel. */
    private static final double CONTINUUM = 60;

    private static final double LINE = 20;
    private static final List<String> LINES = List.of("Fe_Ka", "Co_Ka", "Ni_Ka", "Zn_Ka");
    private static final List<String> BESIDE =
            List.of("Fe_Kb", "Co_Kb", "Ni_Kb", "Zn_Kb", "Fe_La", "Co_La", "Ni_La", "Zn_La", "Cu_Ka", "C_Ka", "Si_Ka");
    private static final List<String> SYSTEM = List.of("Cu", "C", "N", "Si");

    private SpectraBenchmark() {}

    /**
     * Measures windows, linear fit and Poisson fit.
     *
     * @param seconds time given to each; 0: a small map, once
     */
    static List<SpectraTiming> run(int threads, double seconds) {
        SpectrumImage map = map(seconds > 0 ? 256 : 8);
        FitSettings settings = FitSettings.of(
                        LINES.stream().map(XrayLine::of).toList(),
                        SYSTEM.stream().map(Element::of).toList(),
                        BEAM_KEV)
                .withResolutionEv(RESOLUTION_EV);
        return List.of(
                time("windows", settings.with(Method.WINDOWS), map, threads, seconds),
                time("linear", settings, map, threads, seconds),
                time("poisson", settings.with(Estimator.POISSON), map, threads, seconds));
    }

    private static SpectraTiming time(
            String name, FitSettings settings, SpectrumImage map, int threads, double seconds) {
        LineFitter fitter = LineFitter.calibrate(List.of(map), settings);
        List<Double> times = new ArrayList<>();
        long start = System.nanoTime();
        double elapsed = 0;
        while (times.size() < 3 || elapsed < seconds) {
            long begin = System.nanoTime();
            fitter.counts(map, threads, Progress.NONE);
            times.add((System.nanoTime() - begin) * 1e-9);
            elapsed = (System.nanoTime() - start) * 1e-9;
        }
        // the first compiles the loops
        double median = Median.of(times.subList(1, times.size()));
        int components = fitter.model().modelled().size() + fitter.model().backgroundPieces();
        return new SpectraTiming(name, CHANNELS, components, map.ny() * map.nx() / median);
    }

    private static SpectrumImage map(int size) {
        double[] mean = mean();
        SpectrumImage.Builder builder = SpectrumImage.whole(size, size, 1, new EnergyAxis(CHANNELS, 0, CHANNEL_KEV));
        double[] upTo = mean.clone();
        Arrays.parallelPrefix(upTo, Double::sum);
        SplittableRandom random = new SplittableRandom(1);
        int[] counts = new int[CHANNELS];
        for (int y = 0; y < size; y++) {
            for (int x = 0; x < size; x++) {
                Arrays.fill(counts, 0);
                for (int i = 0; i < upTo[CHANNELS - 1]; i++) {
                    int at = Arrays.binarySearch(upTo, random.nextDouble() * upTo[CHANNELS - 1]);
                    counts[at < 0 ? -at - 1 : at]++;
                }
                builder.pixel(y, x, counts);
            }
        }
        return builder.build();
    }

    private static double[] mean() {
        double[] mean = new double[CHANNELS];
        List<String> all = new ArrayList<>(LINES);
        all.addAll(BESIDE);
        for (String name : all) {
            for (XrayLine.Component component : XrayLine.of(name).components()) {
                double sigma = Math.sqrt(
                                Math.pow(RESOLUTION_EV / EV, 2) + BROADENING_KEV * (component.energyKeV() - MN_KA_KEV))
                        / FWHM_PER_SIGMA;
                for (int c = 0; c < CHANNELS; c++) {
                    double d = (c * CHANNEL_KEV - component.energyKeV()) / sigma;
                    mean[c] += LINE
                            * component.weight()
                            * CHANNEL_KEV
                            / sigma
                            * Math.exp(-d * d / 2)
                            / Math.sqrt(2 * Math.PI);
                }
            }
        }
        for (int c = 10; c < CHANNELS; c++) {
            mean[c] += CONTINUUM / c / Math.log(CHANNELS / 10.0);
        }
        return mean;
    }
}
