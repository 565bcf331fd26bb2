package org.hyalite.phase;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hyalite.grid.VolumeMask;
import org.hyalite.physics.Element;

/** The cores of phases, which no surface and no interface blurs, and the numbers taken of them (see {@link PhaseFinder}). */
final class PhaseCores {
    private static final int FEWEST_CORE_VOXELS = 60;
    private static final double LEAST_CORE_SHARE = 0.15;
    private static final int DEEPEST_CORE = 3;

    private static final double CLIP = 4;

    /** A median absolute deviation in standard deviations of a normal distribution. */
    static final double MAD_TO_SD = 1.4826;

    private static final double RICH = 0.55;
    private static final double POOR = 0.25;

    private final PhaseDiagram diagram;
    private final Lattice lattice;
    private final float[] numerator;
    private final float[] density;

    PhaseCores(PhaseDiagram diagram, Lattice lattice, float[] numerator, float[] density) {
        this.diagram = diagram;
        this.lattice = lattice;
        this.numerator = numerator;
        this.density = density;
    }

    /** A phase of some voxels, still without a name. */
    Phases.Located located(VolumeMask mask) {
        VolumeMask closed = mask.closed();
        boolean[] in = lattice.flat(mask);
        boolean[] core = in;
        int depth = 0;
        for (int d = DEEPEST_CORE; d > 0 && depth == 0; d--) {
            boolean[] deep = Lattice.both(lattice.flat(closed.eroded(d)), in);
            if (Lattice.count(deep) >= Math.max(FEWEST_CORE_VOXELS, LEAST_CORE_SHARE * mask.count())) {
                core = deep;
                depth = d;
            }
        }
        int n = Lattice.count(core);
        float[] x = new float[n];
        float[] d = new float[n];
        int[] label = new int[core.length];
        for (int i = 0, at = 0; i < core.length; i++) {
            label[i] = core[i] ? 1 : 0;
            if (core[i]) {
                d[at] = density[i];
                x[at++] = Math.max(0, Math.min(1, numerator[i] / density[i]));
            }
        }
        Core fraction = Core.of(x);
        Core total = Core.of(d);
        PhaseRegion region = new PhaseRegion(
                "", mask.volumeNm3(), fraction.mean(), fraction.sd(), total.mean(), total.sd(), n, depth);
        return new Phases.Located(region, mask, lattice.mask(label, 1, diagram.density()));
    }

    /** The middle and spread of a core's voxels. */
    record Core(double mean, double sd) {
        /** The mean of the middle half, and the standard deviation of what lies within four of the robust one. */
        static Core of(float[] values) {
            Arrays.sort(values);
            int n = values.length;
            int from = n / 4;
            int to = n - n / 4;
            double mean = 0;
            for (int i = from; i < to; i++) {
                mean += values[i] / (double) (to - from);
            }
            double limit = CLIP * spread(values, mean);
            double sum = 0;
            double square = 0;
            int used = 0;
            for (float v : values) {
                if (Math.abs(v - mean) <= limit) {
                    sum += v - mean;
                    square += (v - mean) * (v - mean);
                    used++;
                }
            }
            double shift = used == 0 ? 0 : sum / used;
            return new Core(mean, used == 0 ? 0 : Math.sqrt(Math.max(0, square / used - shift * shift)));
        }
    }

    private static double spread(float[] values, double middle) {
        float[] deviations = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            deviations[i] = (float) Math.abs(values[i] - middle);
        }
        double sd = MAD_TO_SD * median(deviations);
        return sd > 0 ? sd : Double.MAX_VALUE / CLIP; // half the voxels are alike: leave none out
    }

    /** The median; sorts what it is given. */
    static double median(float[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }

    /** The phases by rising fraction of A, each with its name. */
    List<Phases.Located> named(List<Phases.Located> found) {
        found.sort(Comparator.comparingDouble(l -> l.region().fractionMean()));
        Element a = diagram.numerator();
        List<Element> others =
                diagram.densities().keySet().stream().filter(e -> !e.equals(a)).toList();
        Map<String, Integer> used = new HashMap<>();
        List<Phases.Located> named = new ArrayList<>();
        for (Phases.Located l : found) {
            PhaseRegion r = l.region();
            String name = r.fractionMean() >= RICH
                    ? a + "-rich"
                    : r.fractionMean() > POOR ? "mixed" : others.size() == 1 ? others.get(0) + "-rich" : a + "-poor";
            int number = used.merge(name, 1, Integer::sum);
            named.add(new Phases.Located(
                    new PhaseRegion(
                            number == 1 ? name : name + " " + number,
                            r.volumeNm3(),
                            r.fractionMean(),
                            r.fractionSd(),
                            r.densityMeanPerNm3(),
                            r.densitySdPerNm3(),
                            r.coreVoxels(),
                            r.coreDepth()),
                    l.mask(),
                    l.core()));
        }
        return named;
    }
}
