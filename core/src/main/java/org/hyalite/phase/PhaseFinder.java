package org.hyalite.phase;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.hyalite.grid.Volume;
import org.hyalite.grid.VolumeMask;
import org.hyalite.physics.Element;

/**
 * Finds the phases of a particle from its composition–density diagram and from where its voxels lie (ours).
 *
 * <ol>
 *   <li>X and N are averaged over each voxel and its neighbours inside. Voxels at least two below the particle's surface
 *       (one, or none, if that leaves too few) vote: their density in (X, N), smoothed by their own noise, has hills.
 *       A hill is a phase if it holds 2 % of the votes and if the pass to the next is lower than half of its top.
 *   <li>Voters belong to the phase whose median atoms of each element come nearest, so that an interface is drawn where
 *       blur has mixed both sides half and half. Every other voxel inside, at the surface above all, belongs to the phase
 *       it lies nearest to; unless its composition is far from that one's, then to the nearest in composition.
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

    /** The smoothing is at least this wide, in X and as a share of the median N. */
    private static final double LEAST_WIDTH = 0.02;

    private static final double LARGEST_WIDTH = 0.06;

    /** Voxels whose averages share no voxel. */
    private static final int APART = 3;

    private static final double FAR_IN_X = 0.15;

    private final PhaseDiagram diagram;
    private final Lattice lattice;
    private final boolean[] inside;
    private final PhaseCores cores;
    private final float[][] means;
    private final float[] meanFraction;
    private final float[] meanDensity;

    private PhaseFinder(PhaseDiagram diagram) {
        this.diagram = diagram;
        lattice = Lattice.of(diagram.density());
        inside = lattice.flat(diagram.inside());
        Element a = diagram.numerator();
        cores = new PhaseCores(
                diagram,
                lattice,
                lattice.flat(Objects.requireNonNull(diagram.densities().get(a))),
                lattice.flat(diagram.density()));
        float[] neighbours = lattice.boxSums(inside(ones(lattice.size())));
        means = new float[diagram.densities().size()][];
        int e = 0;
        for (Volume volume : diagram.densities().values()) {
            means[e++] = lattice.boxSums(inside(lattice.flat(volume)));
        }
        meanFraction = means[List.copyOf(diagram.densities().keySet()).indexOf(a)].clone();
        meanDensity = lattice.boxSums(inside(lattice.flat(diagram.density())));
        for (int i = 0; i < inside.length; i++) {
            if (inside[i]) {
                meanFraction[i] = Math.max(0, Math.min(1, meanFraction[i] / meanDensity[i]));
                meanDensity[i] /= neighbours[i];
                for (float[] mean : means) {
                    mean[i] /= neighbours[i];
                }
            }
        }
    }

    private static float[] ones(int size) {
        float[] one = new float[size];
        Arrays.fill(one, 1);
        return one;
    }

    /** The same values, in place, with 0 for all that is not inside. */
    private float[] inside(float[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] = inside[i] ? values[i] : 0;
        }
        return values;
    }

    /** Finds the phases; none if nothing lies inside the diagram's threshold. */
    public static Phases find(PhaseDiagram diagram) {
        return diagram.inside().count() == 0 ? new Phases(List.of()) : new PhaseFinder(diagram).find();
    }

    /**
     * The phases that a mixture model sees: its means say which there are, and this where they lie.
     *
     * @param mixture fitted to the same diagram
     */
    public static Phases find(PhaseDiagram diagram, PhaseMixture mixture) {
        if (mixture.phases().isEmpty()) {
            return new Phases(List.of());
        }
        PhaseFinder finder = new PhaseFinder(diagram);
        double[][] centre =
                mixture.phases().stream().map(PhaseMixture.Component::densities).toArray(double[][]::new);
        return finder.assigned(finder.voters(), centre);
    }

    private Phases find() {
        boolean[] voter = voters();
        return assigned(voter, vote(voter));
    }

    /** Every voxel to one of the phases with these densities, {@code [phase][element]}, atoms/nm³. */
    private Phases assigned(boolean[] voter, double[][] centre) {
        int[] label = new int[voter.length];
        for (int i = 0; i < label.length; i++) {
            label[i] = voter[i] ? nearest(centre, i) : -1;
        }
        lattice.spread(label, inside);
        for (int i = 0; i < label.length; i++) {
            if (inside[i] && !voter[i]) {
                label[i] = reconsidered(label[i], i, centre);
            }
        }
        List<Phases.Located> found = new ArrayList<>();
        for (int phase = 0; phase < centre.length; phase++) {
            VolumeMask mask = lattice.mask(label, phase, diagram.density());
            if (mask.count() > 0) {
                found.add(cores.located(mask));
            }
        }
        return new Phases(cores.named(found));
    }

    /**
     * The phase whose atoms come nearest. Blur mixes two phases linearly in these, so that the interface is drawn where
     * it has mixed them half and half; a pass between hills lies nearer to the smaller one.
     */
    private int nearest(double[][] centre, int voxel) {
        int best = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int p = 0; p < centre.length; p++) {
            double distance = 0;
            for (int e = 0; e < means.length; e++) {
                double d = means[e][voxel] - centre[p][e];
                distance += d * d;
            }
            if (distance < least) {
                least = distance;
                best = p;
            }
        }
        return best;
    }

    private boolean[] voters() {
        return voters(diagram, lattice, inside);
    }

    /** The voxels that vote: at least two below the particle's surface, or one, or all inside if that leaves too few. */
    static boolean[] voters(PhaseDiagram diagram, Lattice lattice, boolean[] inside) {
        VolumeMask body = diagram.inside().closed();
        for (int depth = DEEPEST_VOTERS; depth > 0; depth--) {
            VolumeMask core = body.eroded(depth);
            if (core.count() >= Math.max(FEWEST_VOTERS, LEAST_VOTERS_SHARE * body.count())) {
                return Lattice.both(lattice.flat(core), inside);
            }
        }
        return inside.clone();
    }

    /** The medians of the hills' voters, {@code [hill][element]}, atoms/nm³. */
    private double[][] vote(boolean[] voter) {
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
        double median = PhaseCores.median(d.clone());
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
        double[][] centre = new double[modes.count()][means.length];
        for (int p = 0; p < centre.length; p++) {
            for (int e = 0; e < means.length; e++) {
                centre[p][e] = medianOf(label, p, means[e]);
            }
        }
        return centre;
    }

    private static double medianOf(int[] label, int phase, float[] values) {
        float[] of = new float[label.length];
        int n = 0;
        for (int i = 0; i < label.length; i++) {
            if (label[i] == phase) {
                of[n++] = values[i];
            }
        }
        return n == 0 ? Double.POSITIVE_INFINITY : PhaseCores.median(Arrays.copyOf(of, n));
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
        return n == 0 ? 0 : PhaseCores.MAD_TO_SD * PhaseCores.median(Arrays.copyOf(differences, n)) / Math.sqrt(2);
    }

    private int reconsidered(int label, int voxel, double[][] centre) {
        int best = Math.max(label, 0);
        if (label >= 0 && apart(voxel, centre[label]) <= FAR_IN_X) {
            return label;
        }
        for (int p = 0; p < centre.length; p++) {
            if (apart(voxel, centre[p]) < apart(voxel, centre[best])) {
                best = p;
            }
        }
        return best;
    }

    /** The largest difference of any element's fraction. */
    private double apart(int voxel, double[] centre) {
        double all = 0;
        for (double c : centre) {
            all += c;
        }
        double most = 0;
        for (int e = 0; e < means.length; e++) {
            most = Math.max(most, Math.abs(means[e][voxel] / meanDensity[voxel] - centre[e] / all));
        }
        return most;
    }
}
