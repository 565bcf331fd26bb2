package org.hyalite.spectra;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The strength of lines that lie under a quantified line of another element, as platinum's Mγ under sulphur's Kα. The
 * sum spectrum cannot tell them apart, the field of view can: where there is platinum and no sulphur the peak is
 * platinum's. The map's tiles are sorted by the hiding element's part in their counts and summed to twelve spectra; the
 * share is the one that makes the non-negative fits of all twelve together likeliest.
 */
final class HiddenShares {
    private static final int CLASSES = 12;
    private static final double MOST = 4;
    private static final int STEPS = 18;
    private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;

    private final PixelModel model;
    private final List<double[]> tiles;
    private final double firstKeV;
    private final double gain;
    private final PeakWidth width;

    HiddenShares(PixelModel model, List<double[]> tiles, double firstKeV, double gain, PeakWidth width) {
        this.model = model;
        this.tiles = tiles;
        this.firstKeV = firstKeV;
        this.gain = gain;
        this.width = width;
    }

    /** The model's groups with the shares of hidden parts as the tiles have them. */
    List<LineGroup> refined() {
        List<LineGroup> groups = new ArrayList<>(model.groups());
        for (int g = 0; g < groups.size(); g++) {
            LineGroup group = groups.get(g);
            for (int p = 1; p < group.parts().size(); p++) {
                if (group.parts().get(p).hidden() && model.sumAmplitude()[g] > 0) {
                    group = refine(g, p, group);
                    groups.set(g, group);
                }
            }
        }
        return groups;
    }

    private LineGroup refine(int g, int p, LineGroup group) {
        List<double[]> classes = classes(g);
        double[] part = new double[model.columns().channels()];
        LineGroup.Part hidden = group.parts().get(p);
        LineGroup.add(hidden, hidden.share(), width, firstKeV, gain, part);
        double[][] dense = new double[model.columns().count()][];
        for (int j = 0; j < dense.length; j++) {
            dense[j] = model.columns().curve(j);
        }
        double[] without = new double[part.length];
        for (int q = 0; q < group.parts().size(); q++) {
            if (q != p) {
                LineGroup.Part other = group.parts().get(q);
                LineGroup.add(other, other.share(), width, firstKeV, gain, without);
            }
        }
        double low = 0;
        double high = MOST;
        double left = high - GOLDEN * (high - low);
        double right = low + GOLDEN * (high - low);
        double atLeft = misfit(classes, dense, g, without, part, left);
        double atRight = misfit(classes, dense, g, without, part, right);
        for (int i = 0; i < STEPS; i++) {
            if (atLeft < atRight) {
                high = right;
                right = left;
                atRight = atLeft;
                left = high - GOLDEN * (high - low);
                atLeft = misfit(classes, dense, g, without, part, left);
            } else {
                low = left;
                left = right;
                atLeft = atRight;
                right = low + GOLDEN * (high - low);
                atRight = misfit(classes, dense, g, without, part, right);
            }
        }
        double[] shares = new double[group.parts().size()];
        for (int q = 0; q < shares.length; q++) {
            shares[q] = group.parts().get(q).share() * (q == p ? 0.5 * (low + high) : 1);
        }
        return group.withShares(shares);
    }

    /** Minus the log-likelihood of all classes, the part's share times {@code factor}. */
    private double misfit(
            List<double[]> classes, double[][] dense, int g, double[] without, double[] part, double factor) {
        double[] column = without.clone();
        for (int c = 0; c < column.length; c++) {
            column[c] += factor * part[c];
        }
        dense[g] = column;
        Columns columns = Columns.of(dense);
        PoissonFit fit = new PoissonFit(columns);
        int[] channel = new int[column.length];
        java.util.Arrays.setAll(channel, c -> c);
        double sum = 0;
        for (double[] data : classes) {
            double total = java.util.Arrays.stream(data).sum();
            if (!(total > 0)) {
                continue;
            }
            double[] a = new double[columns.count()];
            java.util.Arrays.fill(a, total / a.length);
            fit.fit(channel, data, data.length, a);
            double[] mu = columns.model(a);
            for (int c = 0; c < mu.length; c++) {
                sum += mu[c] - (data[c] > 0 ? data[c] * Math.log(mu[c]) : 0);
            }
        }
        return sum;
    }

    private List<double[]> classes(int g) {
        int n = model.columns().count();
        double[] row = new double[n];
        System.arraycopy(model.covariance(), g * n, row, 0, n);
        double[] filter = model.columns().model(row);
        double[] weight = model.weight();
        record Tile(double[] counts, double part) {}
        List<Tile> sorted = new ArrayList<>();
        for (double[] tile : tiles) {
            double amplitude = 0;
            double total = 1;
            for (int c = 0; c < tile.length; c++) {
                amplitude += filter[c] * weight[c] * tile[c];
                total += tile[c];
            }
            sorted.add(new Tile(tile, amplitude / total));
        }
        sorted.sort(Comparator.comparingDouble(Tile::part));
        List<double[]> classes = new ArrayList<>();
        for (int k = 0; k < CLASSES; k++) {
            double[] sum = new double[model.columns().channels()];
            int to = (int) ((k + 1L) * sorted.size() / CLASSES);
            for (int t = (int) ((long) k * sorted.size() / CLASSES); t < to; t++) {
                double[] counts = sorted.get(t).counts();
                for (int c = 0; c < sum.length; c++) {
                    sum[c] += counts[c];
                }
            }
            classes.add(sum);
        }
        return classes;
    }
}
