package org.hyalite.phase;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hyalite.grid.Volume;
import org.hyalite.grid.VolumeMask;
import org.hyalite.physics.Element;

/**
 * What the core of a phase says of every element: its mean density and fraction, and how much of it the phase holds at
 * most.
 */
public final class PhaseStatistics {
    private static final double ONE_SIDED_95 = 1.6449;
    private static final double PERCENTILE = 0.95;
    private static final int APART = 3;
    private static final double CLIP = 4;

    private PhaseStatistics() {}

    /**
     * One element in one phase, over the voxels of its core.
     *
     * @param fraction {@code x = n_E / N}, mean of the core's middle half
     * @param fractionSd standard deviation of x over the core
     * @param densityPerNm3 mean density of the middle half, atoms/nm³
     * @param noiseSd standard deviation of x that measurement alone makes
     * @param meanAtMost upper limit, 95 % one-sided, of the mean of x: {@code mean + 1.645 sd / √n}, n the independent voxels;
     *     mean and sd here are of all voxels, so that what is rich in the element is not left out of its bound, and the mean is
     *     {@code fraction} where that is larger
     * @param voxelsAtMost 95th percentile of x over the voxels, freed from noise: every voxel is drawn towards the mean of all
     *     until the variance left is {@code sd² − noiseSd²}, {@code mean + (x₉₅ − mean) √(1 − noiseSd²/sd²)}
     */
    public record ElementShare(
            double fraction,
            double fractionSd,
            double densityPerNm3,
            double noiseSd,
            double meanAtMost,
            double voxelsAtMost) {}

    /**
     * Every element of a phase, by atomic number.
     *
     * @param standardDeviations atoms/nm³ of every element's voxels; empty: the noise of x is estimated from the differences
     *     between voxels of the core that lie three apart
     */
    public static Map<Element, ElementShare> of(
            PhaseDiagram diagram, VolumeMask core, Map<Element, Volume> standardDeviations) {
        Lattice lattice = Lattice.of(diagram.density());
        boolean[] in = lattice.flat(core);
        float[] total = lattice.flat(diagram.density());
        Map<Element, ElementShare> all = new LinkedHashMap<>();
        diagram.densities().forEach((element, volume) -> {
            float[] density = lattice.flat(volume);
            float[] x = new float[total.length];
            for (int i = 0; i < x.length; i++) {
                x[i] = in[i] && total[i] > 0 ? Math.max(0, Math.min(1, density[i] / total[i])) : 0;
            }
            double noise = standardDeviations.isEmpty()
                    ? neighbours(lattice, x, in)
                    : propagated(diagram, lattice, in, total, density, element, standardDeviations);
            all.put(element, share(lattice, in, x, density, noise));
        });
        return all;
    }

    private static ElementShare share(Lattice lattice, boolean[] in, float[] x, float[] density, double noise) {
        float[] of = taken(x, in);
        if (of.length == 0) {
            throw new IllegalArgumentException("a phase without voxels has no composition");
        }
        PhaseCores.Core fraction = PhaseCores.Core.of(of);
        PhaseCores.Core atoms = PhaseCores.Core.of(taken(density, in));
        double mean = 0;
        for (float v : of) {
            mean += v / (double) of.length;
        }
        float[] about = new float[x.length];
        double variance = 0;
        for (int i = 0; i < x.length; i++) {
            about[i] = in[i] ? (float) (x[i] - mean) : 0;
            variance += (double) about[i] * about[i] / of.length;
        }
        double independent = Math.max(1, of.length / ResolutionElements.voxelsEach(lattice, new float[][] {about}, in));
        double high = of[(int) Math.round(PERCENTILE * (of.length - 1))];
        double own = variance > 0 ? Math.sqrt(Math.max(0, 1 - noise * noise / variance)) : 0;
        double most = Math.max(mean, fraction.mean());
        return new ElementShare(
                fraction.mean(),
                fraction.sd(),
                atoms.mean(),
                noise,
                Math.min(1, most + ONE_SIDED_95 * Math.sqrt(variance / independent)),
                Math.min(1, mean + (high - mean) * own));
    }

    private static float[] taken(float[] values, boolean[] in) {
        float[] taken = new float[values.length];
        int n = 0;
        for (int i = 0; i < values.length; i++) {
            if (in[i]) {
                taken[n++] = values[i];
            }
        }
        return Arrays.copyOf(taken, n);
    }

    /** Standard deviation of half the differences' variance, without strays beyond four robust ones. */
    private static double neighbours(Lattice lattice, float[] x, boolean[] in) {
        int[] strides = {1, lattice.nx(), lattice.nx() * lattice.ny()};
        int[] lengths = {lattice.nx(), lattice.ny(), lattice.nz()};
        List<Float> differences = new ArrayList<>();
        for (int axis = 0; axis < 3; axis++) {
            int step = APART * strides[axis];
            for (int i = 0; i + step < x.length; i++) {
                if (in[i] && in[i + step] && i / strides[axis] % lengths[axis] < lengths[axis] - APART) {
                    differences.add(Math.abs(x[i + step] - x[i]));
                }
            }
        }
        if (differences.isEmpty()) {
            return 0;
        }
        float[] values = new float[differences.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = differences.get(i);
        }
        double robust = PhaseCores.MAD_TO_SD * PhaseCores.median(values);
        double limit = robust > 0 ? CLIP * robust : Double.POSITIVE_INFINITY;
        double square = 0;
        int n = 0;
        for (float v : values) {
            if (v <= limit) {
                square += (double) v * v;
                n++;
            }
        }
        return Math.sqrt(square / n / 2);
    }

    /** {@code var x = ((1 − x)² var n_E + x² Σ var n_other) / N²}, the mean over the core. */
    private static double propagated(
            PhaseDiagram diagram,
            Lattice lattice,
            boolean[] in,
            float[] total,
            float[] density,
            Element element,
            Map<Element, Volume> sds) {
        double[] sum = new double[total.length];
        for (Element other : diagram.densities().keySet()) {
            Volume given = sds.get(other);
            if (given == null) {
                throw new IllegalArgumentException("no standard deviations of " + other);
            }
            diagram.density().requireSameGrid(given);
            float[] sd = lattice.flat(Objects.requireNonNull(given));
            for (int i = 0; i < sum.length; i++) {
                double x = total[i] > 0 ? density[i] / total[i] : 0;
                double slope = other.equals(element) ? 1 - x : x;
                sum[i] += in[i] && total[i] > 0 ? slope * slope * sd[i] * sd[i] / (total[i] * total[i]) : 0;
            }
        }
        return Math.sqrt(Arrays.stream(sum).sum() / Math.max(1, Lattice.count(in)));
    }
}
