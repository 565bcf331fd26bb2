package org.hyalite.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Tells of many points (X, N) whether they lie in a selection. A point on the diagram's very edge (X of 0 or 1) counts
 * as just within it, and N beyond the diagram's end as that end, as in its last bin; so a shape that is drawn up to the
 * edge takes what lies on it.
 */
final class DiagramShape {
    private static final double JUST = 1e-9;
    private static final int BANDS = 1024;

    private final DiagramSelection.Kind kind;
    private final double lowX;
    private final double highX;
    private final double lowN;
    private final double highN;
    private final double end;
    /** Edges {@code x0, n0, x1, n1} by band of N. */
    private final double[][] bands;

    /** @param densityMax where the diagram ends */
    DiagramShape(DiagramSelection selection, double densityMax) {
        kind = selection.kind();
        end = densityMax * (1 - JUST);
        double[] x = selection.fraction();
        double[] n = selection.densityPerNm3();
        boolean drawn = kind != DiagramSelection.Kind.THRESHOLD;
        lowX = drawn ? Arrays.stream(x).min().orElseThrow() : 0;
        highX = drawn ? Arrays.stream(x).max().orElseThrow() : 1;
        lowN = drawn ? Arrays.stream(n).min().orElseThrow() : selection.minimumPerNm3();
        highN = drawn ? Arrays.stream(n).max().orElseThrow() : selection.maximumPerNm3();
        bands = kind == DiagramSelection.Kind.LASSO ? bands(x, n) : new double[0][];
    }

    private double[][] bands(double[] x, double[] n) {
        List<List<double[]>> edges = new ArrayList<>();
        for (int b = 0; b < BANDS; b++) {
            edges.add(new ArrayList<>());
        }
        for (int i = 0; i < x.length; i++) {
            int j = (i + 1) % x.length;
            if (n[i] != n[j]) {
                double[] edge = {x[i], n[i], x[j], n[j]};
                int to = band(Math.max(n[i], n[j]));
                for (int b = band(Math.min(n[i], n[j])); b <= to; b++) {
                    edges.get(b).add(edge);
                }
            }
        }
        double[][] flat = new double[BANDS][];
        for (int b = 0; b < BANDS; b++) {
            flat[b] = edges.get(b).stream().flatMapToDouble(Arrays::stream).toArray();
        }
        return flat;
    }

    private int band(double n) {
        return highN > lowN ? (int) Math.min(BANDS - 1.0, (n - lowN) / (highN - lowN) * BANDS) : 0;
    }

    /** @param density more than 0 */
    boolean contains(double fraction, double density) {
        if (kind == DiagramSelection.Kind.THRESHOLD) {
            return density >= lowN && density <= highN;
        }
        double n = Math.min(density, end);
        double x = Math.max(JUST, Math.min(1 - JUST, fraction));
        if (n < lowN || n > highN || x < lowX || x > highX) {
            return false;
        }
        return kind == DiagramSelection.Kind.RECTANGLE || crossings(x, n) % 2 == 1;
    }

    /** Edges that a ray from the point along X crosses. */
    private int crossings(double x, double n) {
        double[] edges = bands[band(n)];
        int count = 0;
        for (int i = 0; i < edges.length; i += 4) {
            double n0 = edges[i + 1];
            double n1 = edges[i + 3];
            if ((n0 > n) != (n1 > n) && x < edges[i] + (n - n0) / (n1 - n0) * (edges[i + 2] - edges[i])) {
                count++;
            }
        }
        return count;
    }
}
