package org.hyalite.phase;

import java.util.Objects;
import org.hyalite.grid.Volume;
import org.hyalite.physics.Element;

/**
 * Two elements of a particle against one another, over the voxels inside the diagram's threshold: their fraction
 * {@code b / (a + b)} against N, and the density of the one against that of the other.
 */
public final class PairDiagram {
    private final double[] fractionEdges;
    private final double[] totalEdges;
    private final double[][] fractionNm3;
    private final double[] firstEdges;
    private final double[] secondEdges;
    private final double[][] densityNm3;

    private PairDiagram(PhaseDiagram diagram, Volume first, Volume second, int bins) {
        fractionEdges = edges(1, bins);
        totalEdges = diagram.densityEdgesPerNm3();
        firstEdges = edges(upper(first), bins);
        secondEdges = edges(upper(second), bins);
        fractionNm3 = new double[bins][totalEdges.length - 1];
        densityNm3 = new double[bins][bins];
        double voxel = diagram.density().voxelNm3();
        for (int block = 0; block < diagram.density().blocks().length; block++) {
            float[] n = diagram.density().blocks()[block];
            float[] a = first.blocks()[block];
            float[] b = second.blocks()[block];
            for (int i = 0; i < n.length; i++) {
                if (n[i] > diagram.thresholdPerNm3()) {
                    densityNm3[bin(a[i], firstEdges)][bin(b[i], secondEdges)] += voxel;
                    double sum = Math.max(0, a[i]) + Math.max(0, b[i]);
                    if (sum > 0) {
                        fractionNm3[bin(Math.max(0, b[i]) / sum, fractionEdges)][bin(n[i], totalEdges)] += voxel;
                    }
                }
            }
        }
    }

    /**
     * The diagram of two different elements.
     *
     * @throws IllegalArgumentException if they are one, or not among the diagram's
     */
    public static PairDiagram of(PhaseDiagram diagram, Element first, Element second, int bins) {
        Volume a = diagram.densities().get(first);
        Volume b = diagram.densities().get(second);
        if (first.equals(second) || a == null || b == null) {
            throw new IllegalArgumentException("a pair of " + first + " and " + second
                    + ": name two different elements of " + diagram.densities().keySet());
        }
        return new PairDiagram(diagram, Objects.requireNonNull(a), Objects.requireNonNull(b), bins);
    }

    private static double upper(Volume volume) {
        double max = volume.max();
        return max > 0 ? 1.05 * max : 1;
    }

    private static double[] edges(double upper, int bins) {
        double[] edges = new double[bins + 1];
        for (int i = 0; i <= bins; i++) {
            edges[i] = upper * i / bins;
        }
        return edges;
    }

    private static int bin(double value, double[] edges) {
        int bins = edges.length - 1;
        return Math.max(0, Math.min(bins - 1, (int) (value / edges[bins] * bins)));
    }

    /** Edges of {@code b / (a + b)}. */
    public double[] fractionEdges() {
        return fractionEdges.clone();
    }

    /** Edges of N over all elements, atoms/nm³. */
    public double[] totalEdgesPerNm3() {
        return totalEdges.clone();
    }

    /** nm³, {@code [fraction][N]}; voxels with neither element are left out; the diagram's own array. */
    public double[][] fractionVolumeNm3() {
        return fractionNm3;
    }

    /** Edges of the first element's density, atoms/nm³. */
    public double[] firstEdgesPerNm3() {
        return firstEdges.clone();
    }

    /** Edges of the second element's density, atoms/nm³. */
    public double[] secondEdgesPerNm3() {
        return secondEdges.clone();
    }

    /** nm³, {@code [first][second]}; the diagram's own array. */
    public double[][] densityVolumeNm3() {
        return densityNm3;
    }
}
