package org.hyalite.spectra;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.hipparchus.special.Erf;
import org.hyalite.grid.EnergyAxis;
import org.hyalite.grid.Spectrum;
import org.hyalite.grid.SpectrumImage;
import org.hyalite.physics.XrayLine;

/**
 * Spectra made by a model of their own: Gaussian lines on a thin-target continuum with a window's absorption, Poisson
 * counts. Shares no code with what is tested.
 */
final class SimulatedSpectra {
    private final EnergyAxis truth;
    private final double fwhmEv;
    private final double beamKeV;
    private final Map<String, Double> counts = new LinkedHashMap<>();
    private double continuum;
    private double window = 0.5;
    private double weakLow;
    private double weakHigh;
    private double weakShare = 1;

    private SimulatedSpectra(EnergyAxis truth, double fwhmEv, double beamKeV) {
        this.truth = truth;
        this.fwhmEv = fwhmEv;
        this.beamKeV = beamKeV;
    }

    static SimulatedSpectra on(EnergyAxis truth, double fwhmEv, double beamKeV) {
        return new SimulatedSpectra(truth, fwhmEv, beamKeV);
    }

    /** Counts expected of a line family. */
    SimulatedSpectra line(String name, double expected) {
        counts.put(name, expected);
        return this;
    }

    /** Components between two energies have only a share of the strength that the tables give them. */
    SimulatedSpectra weakened(double lowKeV, double highKeV, double share) {
        weakLow = lowKeV;
        weakHigh = highKeV;
        weakShare = share;
        return this;
    }

    /** Counts expected of the continuum, and where its window absorbs, keV. */
    SimulatedSpectra continuum(double expected, double windowKeV) {
        continuum = expected;
        window = windowKeV;
        return this;
    }

    /** A pixel as the twins of the paper have it: Co, Zn, a copper grid, carbon, nitrogen; {@code total} counts. */
    static SimulatedSpectra mixture(EnergyAxis axis, double fwhm, double co, double zn, double cu, double total) {
        double rest = total - 2.1 * (co + zn + cu);
        return on(axis, fwhm, 80)
                .line("Co_Ka", co)
                .line("Co_Kb", 0.13 * co)
                .line("Co_La", 0.9 * co)
                .line("Zn_Ka", zn)
                .line("Zn_Kb", 0.13 * zn)
                .line("Zn_La", 0.9 * zn)
                .line("Cu_Ka", cu)
                .line("Cu_Kb", 0.138 * cu)
                .line("Cu_La", 0.9 * cu)
                .line("C_Ka", 0.15 * Math.max(rest, 0))
                .line("N_Ka", 0.1 * Math.max(rest, 0))
                .continuum(0.75 * Math.max(rest, 0), 0.5);
    }

    double expected(String line) {
        return counts.getOrDefault(line, 0.0);
    }

    /** Expected counts of every channel. */
    double[] mean() {
        double[] mean = new double[truth.channels()];
        counts.forEach((name, expected) -> {
            for (XrayLine.Component c : XrayLine.of(name).components()) {
                double variance = Math.pow(fwhmEv / 1000, 2) + 0.0025 * (c.energyKeV() - 5.8987);
                double width = Math.sqrt(Math.max(variance, 625e-6)) / 2.3548200450309493 * Math.sqrt(2);
                double factor = c.energyKeV() > weakLow && c.energyKeV() < weakHigh ? weakShare : 1;
                for (int i = 0; i < mean.length; i++) {
                    double low = (truth.energyKeV(i - 0.5) - c.energyKeV()) / width;
                    double high = (truth.energyKeV(i + 0.5) - c.energyKeV()) / width;
                    if (high > -5 && low < 5) {
                        mean[i] += factor * expected * c.weight() * 0.5 * (Erf.erf(high) - Erf.erf(low));
                    }
                }
            }
        });
        double[] shape = new double[mean.length];
        for (int i = 0; i < shape.length; i++) {
            double e = truth.energyKeV(i);
            shape[i] = e > 0.05 ? (beamKeV - e) / e * Math.exp(-Math.pow(window / e, 1.5)) : 0;
        }
        double sum = Arrays.stream(shape).sum();
        for (int i = 0; i < shape.length; i++) {
            mean[i] += continuum * shape[i] / sum;
        }
        return mean;
    }

    /** The same counts on the axis that a file claims. */
    static Spectrum spectrum(EnergyAxis claimed, double[] mean, double scale, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] counts = new double[mean.length];
        for (int c = 0; c < counts.length; c++) {
            counts[c] = poisson(mean[c] * scale, random);
        }
        return Spectrum.of(claimed, counts);
    }

    /** A map whose pixels all have the same mean. */
    static SpectrumImage map(EnergyAxis claimed, int ny, int nx, double[] mean, long seed) {
        return map(claimed, ny, nx, new double[][] {mean}, seed);
    }

    /** A map whose pixels take the means in turn, by columns. */
    static SpectrumImage map(EnergyAxis claimed, int ny, int nx, double[][] means, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        SpectrumImage.Builder builder = SpectrumImage.whole(ny, nx, 1, claimed);
        int[] counts = new int[claimed.channels()];
        for (int y = 0; y < ny; y++) {
            for (int x = 0; x < nx; x++) {
                double[] mean = means[x % means.length];
                for (int c = 0; c < counts.length; c++) {
                    counts[c] = poisson(mean[c], random);
                }
                builder.pixel(y, x, counts);
            }
        }
        return builder.build();
    }

    private static int poisson(double mean, SplittableRandom random) {
        if (mean > 60) {
            double u = Math.sqrt(-2 * Math.log(1 - random.nextDouble())) * Math.cos(2 * Math.PI * random.nextDouble());
            return (int) Math.max(0, Math.round(mean + Math.sqrt(mean) * u));
        }
        double limit = Math.exp(-mean);
        double product = random.nextDouble();
        int n = 0;
        while (product > limit) {
            product *= random.nextDouble();
            n++;
        }
        return n;
    }
}
