package org.hyalite.phase;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import org.hyalite.grid.Volume;
import org.hyalite.physics.Element;

/**
 * A mixture model of a particle's voxels in the space of the elements' densities, where noise is normal also at low N
 * (in X it is not): normal phases, the lines between them that blur fills with voxels of interfaces, lines to vacuum for
 * surfaces, and a few strays; the covariance of measurement is put beside every phase's own spread.
 *
 * <p>The number of normal components is that of the least {@code BIC = −2 ℓ n/m + p ln n}: ℓ the log likelihood of the m
 * points, n the number of independent voxels ({@link ResolutionElements}), p the free parameters. A phase whose
 * composition changes from place to place is no normal distribution and takes several: components belong to one phase
 * if, on the straight way from mean to mean, the density of all does not fall below half of the lower of both tops
 * (after Hennig (2010), Adv. Data Anal. Classif. 4, 3, there along the ridge line).
 */
public final class PhaseMixture {
    /**
     * How the mixture is fitted.
     *
     * @param phases how many; empty: by the criterion
     * @param most components tried
     * @param seed of the starts
     * @param points voxels that are fitted, drawn at random where there are more
     */
    public record Settings(OptionalInt phases, int most, long seed, int points) {
        /** By the criterion, at most five, of 4000 voxels. */
        public static final Settings STANDARD = new Settings(OptionalInt.empty(), 5, 1, 4000);

        /** With a number of phases, if the user gives one. */
        public static Settings of(OptionalInt phases) {
            return new Settings(phases, STANDARD.most, STANDARD.seed, STANDARD.points);
        }

        public Settings {
            if (most < 1
                    || points < 1
                    || phases.isPresent() && (phases.getAsInt() < 1 || phases.getAsInt() > MOST_PHASES)) {
                throw new IllegalArgumentException("number of phases " + phases + " is not within 1 … " + MOST_PHASES);
            }
        }
    }

    /** More phases than this are not told apart. */
    public static final int MOST_PHASES = 12;

    private static final int FEWEST_POINTS_PER_COMPONENT = 30;
    private static final double HIGHEST_PASS = 0.5;
    private static final int STEPS_OF_A_PASS = 20;
    private static final double LEAST_SHARE = 0.02;
    private static final double NEXT_TO_NOTHING = 0.001;

    /**
     * A phase of the mixture.
     *
     * @param densities mean density of each element, by atomic number, atoms/nm³
     * @param share of the voxels of all phases, 0 … 1; interfaces, surfaces and strays left out
     * @param spread the phase's own covariance, without the measurement's, {@code [element · E + element]}, atoms²/nm⁶
     * @param components normal components that were taken together
     */
    public record Component(double[] densities, double share, double[] spread, int components) {}

    /**
     * A number of components that was tried.
     *
     * @param logLikelihood of the independent voxels, {@code ℓ n/m}
     * @param parameters free ones
     */
    public record Tried(int components, double logLikelihood, int parameters, double bic) {}

    private final List<Component> phases;
    private final List<Tried> curve;
    private final int chosen;
    private final double independent;
    private final double voxelsEach;
    private final double interfaceShare;
    private final double surfaceShare;
    private final double strayShare;
    private final double[] noise;
    private final boolean noiseGiven;

    private PhaseMixture(
            List<Component> phases,
            List<Tried> curve,
            MixtureState state,
            double independent,
            double voxelsEach,
            VoxelNoise noise) {
        this.phases = List.copyOf(phases);
        this.curve = List.copyOf(curve);
        this.chosen = state.phases;
        this.independent = independent;
        this.voxelsEach = voxelsEach;
        interfaceShare = state.interfaces();
        surfaceShare = state.surfaces();
        strayShare = state.strays();
        this.noise = noise.common();
        noiseGiven = noise.perVoxel();
    }

    /**
     * Fits the mixture to the voxels at least two below the surface (one, or none, if that leaves too few).
     *
     * @param standardDeviations atoms/nm³ of every element's voxels; empty: estimated from neighbours
     */
    public static PhaseMixture fit(PhaseDiagram diagram, Map<Element, Volume> standardDeviations, Settings settings) {
        Lattice lattice = Lattice.of(diagram.density());
        boolean[] inside = lattice.flat(diagram.inside());
        boolean[] voter = PhaseFinder.voters(diagram, lattice, inside);
        float[][] densities =
                diagram.densities().values().stream().map(lattice::flat).toArray(float[][]::new);
        VoxelNoise noise = standardDeviations.isEmpty()
                ? VoxelNoise.ofNeighbours(lattice, densities, voter)
                : VoxelNoise.given(lattice, diagram, standardDeviations, densities, voter);
        int[] all = voxels(voter);
        if (all.length == 0) {
            return new PhaseMixture(List.of(), List.of(), new MixtureState(0, densities.length), 0, 1, noise);
        }
        MixturePoints points =
                points(densities, sampled(all, settings.seed(), settings.points()), noise, diagram.thresholdPerNm3());
        MixtureSearch search = new MixtureSearch(points);
        int most = Math.max(
                1, Math.min(settings.phases().orElse(settings.most()), points.count() / FEWEST_POINTS_PER_COMPONENT));
        List<MixtureSearch.Fitted> fits = new ArrayList<>();
        for (int k = settings.phases().isPresent() ? most : 1; k <= most; k++) {
            fits.add(search.fit(k, settings.seed()));
        }
        double each = ResolutionElements.voxelsEach(
                lattice, residual(densities, voter, fits.get(fits.size() - 1).state()), voter);
        double independent = Math.max(1, all.length / each);
        List<Tried> curve = new ArrayList<>();
        int best = 0;
        for (MixtureSearch.Fitted fit : fits) {
            double log = fit.logLikelihood() * independent / points.count();
            int free = fit.state().parameters(NEXT_TO_NOTHING);
            curve.add(new Tried(fit.state().phases, log, free, -2 * log + free * Math.log(independent)));
            best = curve.get(curve.size() - 1).bic() < curve.get(best).bic() ? curve.size() - 1 : best;
        }
        MixtureState state = fits.get(best).state();
        List<Component> found = settings.phases().isPresent() ? separate(state) : merged(state, search.em());
        return new PhaseMixture(found, curve, state, independent, each, noise);
    }

    private static int[] voxels(boolean[] used) {
        int[] all = new int[used.length];
        int n = 0;
        for (int i = 0; i < used.length; i++) {
            if (used[i]) {
                all[n++] = i;
            }
        }
        return Arrays.copyOf(all, n);
    }

    /** At most so many, drawn without putting back. */
    private static int[] sampled(int[] all, long seed, int most) {
        if (all.length <= most) {
            return all;
        }
        Random random = new Random(seed);
        int[] pool = all.clone();
        for (int i = 0; i < most; i++) {
            int j = i + random.nextInt(pool.length - i);
            int keep = pool[i];
            pool[i] = pool[j];
            pool[j] = keep;
        }
        int[] drawn = Arrays.copyOf(pool, most);
        Arrays.sort(drawn);
        return drawn;
    }

    private static MixturePoints points(float[][] densities, int[] voxels, VoxelNoise noise, double threshold) {
        int e = densities.length;
        double[] flat = new double[voxels.length * e];
        for (int i = 0; i < voxels.length; i++) {
            for (int a = 0; a < e; a++) {
                flat[i * e + a] = densities[a][voxels[i]];
            }
        }
        return new MixturePoints(e, flat, voxels, noise, threshold);
    }

    /** What the nearest component leaves of every voxel. */
    private static float[][] residual(float[][] densities, boolean[] used, MixtureState state) {
        float[][] left = new float[densities.length][used.length];
        for (int i = 0; i < used.length; i++) {
            int best = 0;
            double least = Double.POSITIVE_INFINITY;
            for (int k = 0; used[i] && k < state.phases; k++) {
                double square = 0;
                for (int a = 0; a < densities.length; a++) {
                    square += (densities[a][i] - state.mean[k][a]) * (densities[a][i] - state.mean[k][a]);
                }
                if (square < least) {
                    least = square;
                    best = k;
                }
            }
            for (int a = 0; used[i] && a < densities.length; a++) {
                left[a][i] = (float) (densities[a][i] - state.mean[best][a]);
            }
        }
        return left;
    }

    private static List<Component> separate(MixtureState s) {
        int[] own = new int[s.phases];
        Arrays.setAll(own, k -> k);
        return grouped(s, own, 0);
    }

    private static List<Component> merged(MixtureState s, MixtureEm em) {
        int[] group = new int[s.phases];
        Arrays.setAll(group, k -> k);
        for (int j = 0; j < s.phases; j++) {
            for (int k = 0; k < j; k++) {
                if (group[j] != group[k] && joined(s, em, j, k)) {
                    int from = group[j];
                    int to = group[k];
                    Arrays.setAll(group, c -> group[c] == from ? to : group[c]);
                }
            }
        }
        return grouped(s, group, LEAST_SHARE);
    }

    /** Whether there is no deep pass between two components. */
    private static boolean joined(MixtureState s, MixtureEm em, int j, int k) {
        double lower = Math.min(em.logHeight(s, s.mean[j]), em.logHeight(s, s.mean[k]));
        for (int step = 1; step < STEPS_OF_A_PASS; step++) {
            double t = (double) step / STEPS_OF_A_PASS;
            double[] at = new double[s.elements];
            for (int a = 0; a < at.length; a++) {
                at[a] = (1 - t) * s.mean[j][a] + t * s.mean[k][a];
            }
            if (em.logHeight(s, at) < lower + Math.log(HIGHEST_PASS)) {
                return false;
            }
        }
        return true;
    }

    private static List<Component> grouped(MixtureState s, int[] group, double leastShare) {
        double all = Arrays.stream(s.weight, 0, s.phases).sum();
        List<Component> found = new ArrayList<>();
        Component largest = new Component(new double[s.elements], -1, new double[0], 0);
        for (int g = 0; g < s.phases; g++) {
            Component one = pooled(s, group, g, all);
            if (one.components > 0 && one.share >= leastShare) {
                found.add(one);
            }
            largest = one.share > largest.share ? one : largest;
        }
        return found.isEmpty() ? List.of(largest) : found;
    }

    /** Mean and covariance of several components together. */
    private static Component pooled(MixtureState s, int[] group, int wanted, double all) {
        int e = s.elements;
        double[] mean = new double[e];
        double weight = 0;
        int count = 0;
        for (int k = 0; k < s.phases; k++) {
            if (group[k] == wanted) {
                weight += s.weight[k];
                count++;
                for (int a = 0; a < e; a++) {
                    mean[a] += s.weight[k] * s.mean[k][a];
                }
            }
        }
        for (int a = 0; a < e && weight > 0; a++) {
            mean[a] /= weight;
        }
        double[] spread = new double[e * e];
        for (int k = 0; k < s.phases && weight > 0; k++) {
            for (int i = 0; group[k] == wanted && i < e * e; i++) {
                double between = (s.mean[k][i / e] - mean[i / e]) * (s.mean[k][i % e] - mean[i % e]);
                spread[i] += s.weight[k] / weight * (s.spread[k][i] + between);
            }
        }
        return new Component(mean, all > 0 ? weight / all : 0, spread, count);
    }

    /** The phases; none if nothing lies inside the threshold. */
    public List<Component> phases() {
        return phases;
    }

    /** Every number of components that was tried. */
    public List<Tried> curve() {
        return curve;
    }

    /** The number of components with the least BIC, or the number asked for. */
    public int components() {
        return chosen;
    }

    /** Independent voxels (resolution elements) among those that were fitted. */
    public double independentVoxels() {
        return independent;
    }

    /** Voxels of one resolution element. */
    public double voxelsPerElement() {
        return voxelsEach;
    }

    /** Share of the voxels that belong to interfaces between phases. */
    public double interfaceShare() {
        return interfaceShare;
    }

    /** Share that belongs to surfaces. */
    public double surfaceShare() {
        return surfaceShare;
    }

    /** Share that belongs to nothing. */
    public double strayShare() {
        return strayShare;
    }

    /** Covariance of measurement, {@code [element · E + element]}, atoms²/nm⁶, of a typical voxel; a copy. */
    public double[] noise() {
        return noise.clone();
    }

    /** Whether the noise was given voxel by voxel, not estimated. */
    public boolean noiseGiven() {
        return noiseGiven;
    }
}
