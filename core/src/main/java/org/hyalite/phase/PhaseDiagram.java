package org.hyalite.phase;

import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.hyalite.grid.Volume;
import org.hyalite.grid.VolumeMask;
import org.hyalite.physics.Element;

/**
 * The composition–density diagram of a particle: per voxel {@code N = Σ n_E} over the elements and
 * {@code X = n_A / N}, and how many nm³ of the particle have which of them (Collins et al. (2019), APL Mater. 7, 091111,
 * Fig. 6 and, without threshold, S8). The densities may be relative (counts/nm); then so is {@code N}.
 */
public final class PhaseDiagram {
    /**
     * How fine the diagram is.
     *
     * @param fractions bins of X over 0 … 1
     * @param densities bins of N over 0 … 1.3 times its 99.9th percentile inside; the last holds what lies beyond, too
     */
    public record Bins(int fractions, int densities) {
        /** 100 × 100. */
        public static final Bins STANDARD = new Bins(100, 100);

        public Bins {
            if (fractions < 1 || densities < 1) {
                throw new IllegalArgumentException(fractions + " × " + densities + " bins");
            }
        }
    }

    private static final double PERCENTILE = 0.999;
    private static final double HEADROOM = 1.3;

    private final Element numerator;
    private final Map<Element, Volume> densities;
    private final Volume fraction;
    private final Volume density;
    private final double threshold;
    private final double[] fractionEdges;
    private final double[] densityEdges;
    private final double[][] insideNm3;
    private final double[][] allNm3;
    private final double vacuumNm3;

    private PhaseDiagram(Element numerator, Map<Element, Volume> densities, double threshold, Bins bins) {
        this.numerator = numerator;
        this.densities = Collections.unmodifiableMap(new TreeMap<>(densities));
        this.threshold = threshold;
        Volume top = Objects.requireNonNull(densities.get(numerator));
        density = total(densities);
        fraction = Volume.zeros(density.nz(), density.ny(), density.nx(), density.voxelNm());
        for (int b = 0; b < density.blocks().length; b++) {
            float[] n = density.blocks()[b];
            float[] a = top.blocks()[b];
            float[] x = fraction.blocks()[b];
            for (int i = 0; i < n.length; i++) {
                x[i] = n[i] > 0 ? Math.max(0, Math.min(1, a[i] / n[i])) : 0;
            }
        }
        fractionEdges = edges(bins.fractions, 1);
        densityEdges = edges(bins.densities, upper(density, threshold));
        insideNm3 = new double[bins.fractions][bins.densities];
        allNm3 = new double[bins.fractions][bins.densities];
        vacuumNm3 = fill(bins);
    }

    /**
     * The diagram of some elements.
     *
     * @param numerator the element A of {@code X = n_A / N}
     * @param densities atoms/nm³ of every element that counts towards N, A among them, on one grid
     * @param thresholdPerNm3 a voxel is inside if its N is above this, atoms/nm³; not negative
     * @throws IllegalArgumentException if A is not among them, the grids differ, or a voxel is no finite number
     */
    public static PhaseDiagram of(
            Element numerator, Map<Element, Volume> densities, double thresholdPerNm3, Bins bins) {
        Volume first = densities.get(numerator);
        if (first == null) {
            throw new IllegalArgumentException(
                    "fraction of " + numerator + " among " + densities.keySet() + ", which it is not one of");
        }
        if (!(thresholdPerNm3 >= 0) || Double.isInfinite(thresholdPerNm3)) {
            throw new IllegalArgumentException("threshold " + thresholdPerNm3 + " atoms/nm³ of a phase diagram");
        }
        densities.forEach((element, volume) -> {
            first.requireSameGrid(volume);
            requireNumbers(element, volume);
        });
        return new PhaseDiagram(numerator, densities, thresholdPerNm3, bins);
    }

    private static void requireNumbers(Element element, Volume volume) {
        for (int z = 0; z < volume.nz(); z++) {
            for (int y = 0; y < volume.ny(); y++) {
                for (int x = 0; x < volume.nx(); x++) {
                    if (!Float.isFinite(volume.at(z, y, x))) {
                        throw new IllegalArgumentException("a density of " + element + " is " + volume.at(z, y, x)
                                + " at voxel (z " + z + ", y " + y + ", x " + x + ")");
                    }
                }
            }
        }
    }

    /** The diagram with 100 × 100 bins. */
    public static PhaseDiagram of(Element numerator, Map<Element, Volume> densities, double thresholdPerNm3) {
        return of(numerator, densities, thresholdPerNm3, Bins.STANDARD);
    }

    private static Volume total(Map<Element, Volume> densities) {
        Volume sum = null;
        for (Element element : densities.keySet().stream().sorted().toList()) {
            Volume next = Objects.requireNonNull(densities.get(element));
            sum = sum == null ? next.copy() : sum.plus(next);
        }
        return Objects.requireNonNull(sum);
    }

    private static double upper(Volume density, double threshold) {
        int inside = 0;
        for (float[] block : density.blocks()) {
            for (float v : block) {
                inside += v > threshold ? 1 : 0;
            }
        }
        if (inside == 0) {
            return threshold > 0 ? HEADROOM * threshold : 1;
        }
        float[] values = new float[inside];
        int at = 0;
        for (float[] block : density.blocks()) {
            for (float v : block) {
                if (v > threshold) {
                    values[at++] = v;
                }
            }
        }
        Arrays.sort(values);
        return HEADROOM * values[(int) Math.min(inside - 1L, Math.round(PERCENTILE * (inside - 1)))];
    }

    private static double[] edges(int bins, double upper) {
        double[] edges = new double[bins + 1];
        for (int i = 0; i <= bins; i++) {
            edges[i] = upper * i / bins;
        }
        return edges;
    }

    /** Fills both histograms; the volume that has no atoms is returned. */
    private double fill(Bins bins) {
        double voxel = density.voxelNm3();
        double upper = densityEdges[bins.densities];
        double vacuum = 0;
        for (int b = 0; b < density.blocks().length; b++) {
            float[] n = density.blocks()[b];
            float[] x = fraction.blocks()[b];
            for (int i = 0; i < n.length; i++) {
                if (!(n[i] > 0)) {
                    vacuum += voxel;
                    continue;
                }
                int row = Math.min(bins.fractions - 1, (int) (x[i] * bins.fractions));
                int column = Math.min(bins.densities - 1, (int) (n[i] / upper * bins.densities));
                allNm3[row][column] += voxel;
                if (n[i] > threshold) {
                    insideNm3[row][column] += voxel;
                }
            }
        }
        return vacuum;
    }

    /** The element A of {@code X = n_A / N}. */
    public Element numerator() {
        return numerator;
    }

    /** The densities it was made of, atoms/nm³; by atomic number, the giver's own volumes. */
    public Map<Element, Volume> densities() {
        return densities;
    }

    /** X of every voxel, 0 … 1; 0 where there are no atoms. The diagram's own volume, not a copy. */
    public Volume fraction() {
        return fraction;
    }

    /** N of every voxel, atoms/nm³. The diagram's own volume, not a copy. */
    public Volume density() {
        return density;
    }

    /** N above which a voxel is inside, atoms/nm³. */
    public double thresholdPerNm3() {
        return threshold;
    }

    /** Edges of the bins of X, one more than bins; a copy. */
    public double[] fractionEdges() {
        return fractionEdges.clone();
    }

    /** Edges of the bins of N, atoms/nm³, one more than bins; a copy. */
    public double[] densityEdgesPerNm3() {
        return densityEdges.clone();
    }

    /** nm³ inside the threshold, {@code [i][j]}: i fraction bin, j density bin; a copy. */
    public double[][] volumeNm3() {
        return Arrays.stream(insideNm3).map(double[]::clone).toArray(double[][]::new);
    }

    /** The same without threshold; voxels without atoms have no composition and are in {@link #vacuumNm3()}; a copy. */
    public double[][] unthresholdedVolumeNm3() {
        return Arrays.stream(allNm3).map(double[]::clone).toArray(double[][]::new);
    }

    /** nm³ that hold no atoms at all. */
    public double vacuumNm3() {
        return vacuumNm3;
    }

    /** The voxels inside the threshold. */
    public VolumeMask inside() {
        return VolumeMask.above(density, threshold);
    }

    /** The way back from a rectangle of the diagram: the voxels inside the threshold with such an X and N. */
    public VolumeMask mask(double lowFraction, double highFraction, double lowPerNm3, double highPerNm3) {
        VolumeMask mask = VolumeMask.empty(density);
        for (int z = 0; z < density.nz(); z++) {
            for (int y = 0; y < density.ny(); y++) {
                for (int x = 0; x < density.nx(); x++) {
                    double n = density.at(z, y, x);
                    double f = fraction.at(z, y, x);
                    if (n > threshold && n >= lowPerNm3 && n <= highPerNm3 && f >= lowFraction && f <= highFraction) {
                        mask.add(z, y, x);
                    }
                }
            }
        }
        return mask;
    }
}
