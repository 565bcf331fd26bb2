package org.hyalite.phase;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.hyalite.physics.Element;

/**
 * How wide an interface between two phases is, or the surface of a particle: the mean density of each element against the
 * signed distance to the interface along its local normal, as atom-probe work draws it (proximity histogram; Hellman et al.
 * (2000), Microsc. Microanal. 6, 437), and the erf that fits them all with one centre and one σ ({@link ErfEdge}). The
 * interface is where the phases share the volume half and half, judged by X and the phases' own densities. σ's standard error
 * is a jackknife over patches of the interface, since neighbouring voxels share their noise.
 *
 * <p>This is the interface as it was reconstructed; {@link #correctedSigma} takes off what a reference of the same
 * resolution shows. A voxel's own extent is in it: a perfectly sharp plane, averaged over voxels, has σ ≈ 0.3 voxels.
 *
 * @param distance bins' middles, voxels; negative on the side of less A, or outside
 * @param voxels how many voxels each bin holds
 * @param mean atoms/nm³ in each bin, by element
 * @param standardError of these, if voxels were independent
 * @param edges the fit, by element, voxels
 * @param sigma σ, voxels
 * @param sigmaError its standard error, voxels
 * @param voxelNm nm
 */
public record InterfaceWidth(
        double[] distance,
        int[] voxels,
        Map<String, double[]> mean,
        Map<String, double[]> standardError,
        Map<String, ErfEdge> edges,
        double sigma,
        double sigmaError,
        double voxelNm) {
    /** The name under which a surface's profile of N is kept. */
    public static final String TOTAL = "N";

    private static final double BIN = 0.5;
    private static final double REACH = 8;
    private static final double LEAST_SIGMA = 0.1;
    private static final int GROUPS = 10;
    private static final int FEWEST_POINTS = 30;
    private static final int BELOW_SURFACE = 3;

    /** From 10 % to 90 % of the step, voxels. */
    public double tenToNinety() {
        return ErfEdge.TEN_TO_NINETY * sigma;
    }

    /**
     * The width that is left when the resolution's is taken off: {@code √(σ² − σ_ref²)}, voxels; 0 where the reference is as
     * wide.
     */
    public double correctedSigma(InterfaceWidth reference) {
        return Math.sqrt(Math.max(0, sigma * sigma - reference.sigma * reference.sigma));
    }

    /**
     * The corrected σ that is exceeded with a probability of about 2.5 %: from {@code σ² − σ_ref²} plus two of its standard
     * errors, voxels.
     */
    public double correctedSigmaBound(InterfaceWidth reference) {
        double error = 2 * Math.hypot(sigma * sigmaError, reference.sigma * reference.sigmaError);
        return Math.sqrt(Math.max(0, sigma * sigma - reference.sigma * reference.sigma + 2 * error));
    }

    /**
     * Between two phases; empty where they do not meet, three voxels below the surface, in at least 30 places.
     *
     * @param low the phase of smaller X
     */
    public static Optional<InterfaceWidth> between(PhaseDiagram diagram, PhaseRegion low, PhaseRegion high) {
        Sides sides = Sides.of(diagram);
        Lattice lattice = sides.lattice();
        boolean[] within = lattice.flat(diagram.inside().closed().eroded(BELOW_SURFACE));
        float[] share = new float[within.length];
        for (int i = 0; i < share.length; i++) {
            within[i] &= sides.total()[i] > 0;
            if (within[i]) {
                double x = Math.max(low.fractionMean(), Math.min(high.fractionMean(), sides.fraction(i)));
                double ofHigh = low.densityMeanPerNm3() * (x - low.fractionMean());
                double ofLow = high.densityMeanPerNm3() * (high.fractionMean() - x);
                share[i] = ofHigh + ofLow > 0 ? (float) (ofHigh / (ofHigh + ofLow)) : 0;
            }
        }
        Map<String, float[]> values = new LinkedHashMap<>();
        for (Element element : diagram.densities().keySet()) {
            values.put(
                    element.symbol(),
                    lattice.flat(Objects.requireNonNull(diagram.densities().get(element))));
        }
        return of(lattice, share, within, 0.5, values, diagram.density().voxelNm());
    }

    /**
     * Of the particle's surface, whose N is known to end sharply: what the reconstruction makes of a sharp edge of N.
     * Voxels whose N is above the diagram's threshold lie inside.
     */
    public static Optional<InterfaceWidth> ofSurface(PhaseDiagram diagram) {
        Lattice lattice = Lattice.of(diagram.density());
        boolean[] everywhere = new boolean[lattice.size()];
        Arrays.fill(everywhere, true);
        float[] n = lattice.flat(diagram.density());
        return of(
                lattice,
                n,
                everywhere,
                diagram.thresholdPerNm3(),
                Map.of(TOTAL, n),
                diagram.density().voxelNm());
    }

    private static Optional<InterfaceWidth> of(
            Lattice lattice,
            float[] field,
            boolean[] within,
            double level,
            Map<String, float[]> values,
            double voxelNm) {
        SurfaceDistance surface = SurfaceDistance.of(lattice, field, within, level, REACH);
        if (surface.points() < FEWEST_POINTS) {
            return Optional.empty();
        }
        int[] groups = groups(surface.patch());
        Binned all = new Binned(surface.distance(), groups, values, -1);
        Map<String, ErfEdge> edges = all.fit();
        double sigma = edges.values().iterator().next().sigma();
        double square = 0;
        int used = Arrays.stream(groups).max().orElse(-1) + 1;
        for (int g = 0; g < used; g++) {
            double without = new Binned(surface.distance(), groups, values, g)
                    .fit()
                    .values()
                    .iterator()
                    .next()
                    .sigma();
            square += (without - sigma) * (without - sigma);
        }
        double error = used > 1 ? Math.sqrt(square * (used - 1) / used) : Double.POSITIVE_INFINITY;
        return Optional.of(
                new InterfaceWidth(all.distance, all.voxels, all.means(), all.errors(), edges, sigma, error, voxelNm));
    }

    /** At most ten groups of patches, 0 …; −1 for voxels of no patch. */
    private static int[] groups(int[] patches) {
        int[] different =
                Arrays.stream(patches).filter(p -> p >= 0).distinct().sorted().toArray();
        int[] groups = new int[patches.length];
        for (int i = 0; i < groups.length; i++) {
            groups[i] = patches[i] < 0 ? -1 : Arrays.binarySearch(different, patches[i]) % GROUPS;
        }
        return groups;
    }

    /** Sums over bins of distance, one group left out. */
    private static final class Binned {
        private final double[] distance;
        private final int[] voxels;
        private final Map<String, double[]> sum = new LinkedHashMap<>();
        private final Map<String, double[]> squares = new LinkedHashMap<>();

        Binned(double[] of, int[] groups, Map<String, float[]> values, int leftOut) {
            int bins = 2 * (int) Math.round(REACH / BIN) + 1;
            distance = new double[bins];
            voxels = new int[bins];
            for (int k = 0; k < bins; k++) {
                distance[k] = (k - bins / 2) * BIN;
            }
            int[] bin = new int[of.length];
            for (int i = 0; i < of.length; i++) {
                bin[i] = Double.isNaN(of[i]) || groups[i] == leftOut ? -1 : (int) Math.round(of[i] / BIN) + bins / 2;
                if (bin[i] >= 0) {
                    voxels[bin[i]]++;
                }
            }
            values.forEach((name, value) -> {
                double[] s = new double[bins];
                double[] q = new double[bins];
                for (int i = 0; i < bin.length; i++) {
                    if (bin[i] >= 0) {
                        s[bin[i]] += value[i];
                        q[bin[i]] += (double) value[i] * value[i];
                    }
                }
                sum.put(name, s);
                squares.put(name, q);
            });
        }

        Map<String, double[]> means() {
            Map<String, double[]> means = new LinkedHashMap<>();
            sum.forEach((name, s) -> {
                double[] mean = new double[s.length];
                Arrays.setAll(mean, k -> voxels[k] > 0 ? s[k] / voxels[k] : Double.NaN);
                means.put(name, mean);
            });
            return means;
        }

        Map<String, double[]> errors() {
            Map<String, double[]> errors = new LinkedHashMap<>();
            sum.forEach((name, s) -> {
                double[] q = Objects.requireNonNull(squares.get(name));
                double[] error = new double[s.length];
                Arrays.setAll(error, k -> {
                    double n = voxels[k];
                    return n > 1 ? Math.sqrt(Math.max(0, q[k] / n - s[k] / n * (s[k] / n)) / (n - 1)) : Double.NaN;
                });
                errors.put(name, error);
            });
            return errors;
        }

        Map<String, ErfEdge> fit() {
            Map<String, double[]> means = means();
            double[] weight = new double[voxels.length];
            Arrays.setAll(weight, k -> voxels[k]);
            ErfEdge.Profile[] profiles = means.values().stream()
                    .map(m -> {
                        double[] value = m.clone();
                        for (int k = 0; k < value.length; k++) {
                            value[k] = voxels[k] > 0 ? value[k] : 0;
                        }
                        return new ErfEdge.Profile(distance, value, weight);
                    })
                    .toArray(ErfEdge.Profile[]::new);
            ErfEdge[] fitted = ErfEdge.fit(profiles, LEAST_SIGMA, REACH / 2);
            Map<String, ErfEdge> edges = new LinkedHashMap<>();
            int p = 0;
            for (String name : means.keySet()) {
                edges.put(name, fitted[p++]);
            }
            return edges;
        }
    }
}
