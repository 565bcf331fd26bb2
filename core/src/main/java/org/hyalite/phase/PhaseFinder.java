package org.hyalite.phase;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hyalite.grid.VolumeMask;
import org.hyalite.physics.Element;

/**
 * Finds the phases of a particle from its composition–density diagram and from where its voxels lie (ours).
 *
 * <ol>
 *   <li>X and N are averaged over each voxel and its neighbours inside. Voxels at least two below the particle's surface
 *       (one, or none, if that leaves too few) vote: their density in (X, N), smoothed by their own noise, has hills.
 *       A hill is a phase if it holds 2 % of the votes and if the pass to the next is lower than half of its top.
 *   <li>Voters belong to the phase whose median atoms of A and of the rest come nearest, so that an interface is drawn
 *       where blur has mixed both sides half and half. Every other voxel inside, at the surface above all, belongs
 *       to the phase it lies nearest to; unless its composition is far from that one's, then to the nearest in X.
 *   <li>A phase's volume is that of all its voxels. Its means and spreads are those of its core: the voxels whose
 *       neighbours up to three steps away all belong to it (two, one, or none, if that leaves under 15 % of it or under
 *       60 voxels). Surfaces and interfaces are blurred in every reconstruction, and a mean over the whole phase would be
 *       too low by what they mix in. The mean is that of the middle half of the core's voxels: noise that {@code x ≥ 0}
 *       has cut at X = 0 or 1 and strays pull it less than they would the mean of all.
 * </ol>
 */
public final class PhaseFinder {
    private static final int FEWEST_VOTERS = 200;
    private static final double LEAST_VOTERS_SHARE = 0.1;
    private static final int DEEPEST_VOTERS = 2;

    private static final double LEAST_PHASE_SHARE = 0.02;

    private static final int FEWEST_CORE_VOXELS = 60;
    private static final double LEAST_CORE_SHARE = 0.15;
    private static final int DEEPEST_CORE = 3;

    /** The smoothing is at least this wide, in X and as a share of the median N. */
    private static final double LEAST_WIDTH = 0.02;

    private static final double LARGEST_WIDTH = 0.06;

    /** Voxels whose averages share no voxel. */
    private static final int APART = 3;

    private static final double FAR_IN_X = 0.15;
    private static final double CLIP = 4;
    private static final double MAD_TO_SD = 1.4826;

    private static final double RICH = 0.55;
    private static final double POOR = 0.25;

    private final PhaseDiagram diagram;
    private final Lattice lattice;
    private final boolean[] inside;
    private final float[] numerator;
    private final float[] density;
    private final float[] meanFraction;
    private final float[] meanDensity;

    private PhaseFinder(PhaseDiagram diagram) {
        this.diagram = diagram;
        lattice = Lattice.of(diagram.density());
        inside = lattice.flat(diagram.inside());
        density = lattice.flat(diagram.density());
        numerator = lattice.flat(Objects.requireNonNull(diagram.densities().get(diagram.numerator())));
        float[] a = new float[density.length];
        float[] n = new float[density.length];
        float[] one = new float[density.length];
        for (int i = 0; i < density.length; i++) {
            if (inside[i]) {
                a[i] = numerator[i];
                n[i] = density[i];
                one[i] = 1;
            }
        }
        meanFraction = lattice.boxSums(a);
        meanDensity = lattice.boxSums(n);
        float[] neighbours = lattice.boxSums(one);
        for (int i = 0; i < density.length; i++) {
            if (inside[i]) {
                meanFraction[i] = Math.max(0, Math.min(1, meanFraction[i] / meanDensity[i]));
                meanDensity[i] /= neighbours[i];
            }
        }
    }

    /** Finds the phases; none if nothing lies inside the diagram's threshold. */
    public static Phases find(PhaseDiagram diagram) {
        return diagram.inside().count() == 0 ? new Phases(List.of()) : new PhaseFinder(diagram).find();
    }

    private Phases find() {
        boolean[] voter = voters();
        Votes votes = vote(voter);
        int[] label = votes.label;
        for (int i = 0; i < label.length; i++) {
            if (voter[i]) {
                double a = meanFraction[i] * meanDensity[i];
                label[i] = nearest(votes, a, meanDensity[i] - a);
            }
        }
        lattice.spread(label, inside);
        for (int i = 0; i < label.length; i++) {
            if (inside[i] && !voter[i]) {
                label[i] = reconsidered(label[i], meanFraction[i], votes);
            }
        }
        List<Phases.Located> found = new ArrayList<>();
        for (int phase = 0; phase < votes.a.length; phase++) {
            VolumeMask mask = lattice.mask(label, phase, diagram.density());
            if (mask.count() > 0) {
                found.add(located(mask));
            }
        }
        found.sort(Comparator.comparingDouble(l -> l.region().fractionMean()));
        return new Phases(named(found));
    }

    /**
     * What the voters said.
     *
     * @param label the hill of every voter, −1 elsewhere
     * @param a median atoms of A of each hill's voters, per nm³
     * @param rest median atoms of the other elements, per nm³
     */
    private record Votes(int[] label, double[] a, double[] rest) {}

    /**
     * The phase whose atoms of A and of the rest come nearest. Blur mixes two phases linearly in these, so that the
     * interface is drawn where it has mixed them half and half; a pass between hills lies nearer to the smaller one.
     */
    private static int nearest(Votes votes, double a, double rest) {
        int best = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int p = 0; p < votes.a.length; p++) {
            double distance = Math.hypot(a - votes.a[p], rest - votes.rest[p]);
            if (distance < least) {
                least = distance;
                best = p;
            }
        }
        return best;
    }

    private boolean[] voters() {
        VolumeMask body = diagram.inside().closed();
        for (int depth = DEEPEST_VOTERS; depth > 0; depth--) {
            VolumeMask core = body.eroded(depth);
            if (core.count() >= Math.max(FEWEST_VOTERS, LEAST_VOTERS_SHARE * body.count())) {
                return both(lattice.flat(core), inside);
            }
        }
        return inside.clone();
    }

    private static boolean[] both(boolean[] a, boolean[] b) {
        boolean[] both = new boolean[a.length];
        for (int i = 0; i < a.length; i++) {
            both[i] = a[i] && b[i];
        }
        return both;
    }

    private Votes vote(boolean[] voter) {
        int n = 0;
        for (boolean v : voter) {
            n += v ? 1 : 0;
        }
        float[] x = new float[n];
        float[] d = new float[n];
        for (int i = 0, at = 0; i < voter.length; i++) {
            if (voter[i]) {
                x[at] = meanFraction[i];
                d[at++] = meanDensity[i];
            }
        }
        double median = median(d.clone());
        float upper = 0;
        for (float v : d) {
            upper = Math.max(upper, v);
        }
        double sdX = Math.max(LEAST_WIDTH, Math.min(LARGEST_WIDTH, noise(meanFraction, voter)));
        double sdN = median * Math.max(LEAST_WIDTH, Math.min(LARGEST_WIDTH, noise(meanDensity, voter) / median));
        double scale = upper * 1.05;
        for (int i = 0; i < n; i++) {
            d[i] /= (float) scale;
        }
        Modes modes = Modes.of(x, d, sdX, sdN / scale, LEAST_PHASE_SHARE);
        int[] label = new int[voter.length];
        Arrays.fill(label, -1);
        for (int i = 0; i < voter.length; i++) {
            if (voter[i]) {
                label[i] = modes.at(meanFraction[i], (float) (meanDensity[i] / scale));
            }
        }
        double[] a = new double[modes.count()];
        double[] rest = new double[modes.count()];
        for (int p = 0; p < a.length; p++) {
            a[p] = medianOf(label, p, true);
            rest[p] = medianOf(label, p, false);
        }
        return new Votes(label, a, rest);
    }

    private double medianOf(int[] label, int phase, boolean ofA) {
        float[] values = new float[label.length];
        int n = 0;
        for (int i = 0; i < label.length; i++) {
            if (label[i] == phase) {
                values[n++] = meanDensity[i] * (ofA ? meanFraction[i] : 1 - meanFraction[i]);
            }
        }
        return n == 0 ? Double.POSITIVE_INFINITY : median(Arrays.copyOf(values, n));
    }

    /** Robust standard deviation of what differs between voters that lie near but share no voxel of their averages. */
    private double noise(float[] values, boolean[] voter) {
        float[] differences = new float[voter.length];
        int n = 0;
        for (int i = 0; i < voter.length - APART; i++) {
            if (voter[i] && voter[i + APART] && i % lattice.nx() < lattice.nx() - APART) {
                differences[n++] = Math.abs(values[i + APART] - values[i]);
            }
        }
        return n == 0 ? 0 : MAD_TO_SD * median(Arrays.copyOf(differences, n)) / Math.sqrt(2);
    }

    private static int reconsidered(int label, double fraction, Votes votes) {
        int best = Math.max(label, 0);
        if (label >= 0 && Math.abs(fraction - fraction(votes, label)) <= FAR_IN_X) {
            return label;
        }
        for (int p = 0; p < votes.a.length; p++) {
            if (Math.abs(fraction - fraction(votes, p)) < Math.abs(fraction - fraction(votes, best))) {
                best = p;
            }
        }
        return best;
    }

    private static double fraction(Votes votes, int phase) {
        return votes.a[phase] / (votes.a[phase] + votes.rest[phase]);
    }

    private Phases.Located located(VolumeMask mask) {
        VolumeMask closed = mask.closed();
        boolean[] in = lattice.flat(mask);
        boolean[] core = in;
        int depth = 0;
        for (int d = DEEPEST_CORE; d > 0 && depth == 0; d--) {
            boolean[] deep = both(lattice.flat(closed.eroded(d)), in);
            if (count(deep) >= Math.max(FEWEST_CORE_VOXELS, LEAST_CORE_SHARE * mask.count())) {
                core = deep;
                depth = d;
            }
        }
        int n = count(core);
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

    private static int count(boolean[] set) {
        int count = 0;
        for (boolean in : set) {
            count += in ? 1 : 0;
        }
        return count;
    }

    /** The middle and spread of a core's voxels. */
    private record Core(double mean, double sd) {
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
    private static double median(float[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }

    private List<Phases.Located> named(List<Phases.Located> found) {
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
