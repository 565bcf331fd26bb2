package org.hyalite.spectra;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The strength of lines that lie under a quantified line of another element, as platinum's Mγ under sulphur's Kα. The
 * sum spectrum cannot tell them apart, the field of view can: where platinum is and sulphur is not, the peak is
 * platinum's. The map's tiles are sorted by the hiding element's part in their counts and summed to classes; in each,
 * what the quantified line's filter sees is divided by the hiding element's amplitude. The least of these ratios is
 * taken for the hidden lines: the most that leaves no class with less than no counts.
 */
final class HiddenShares {
    private static final int CLASSES = 8;
    private static final double MOST = 4;
    private static final double WORTH = 0.1;
    private static final double CERTAIN = 10;

    private final PixelModel model;
    private final List<double[]> tiles;
    private final double firstKeV;
    private final double gain;
    private final Response response;

    HiddenShares(PixelModel model, List<double[]> tiles, double firstKeV, double gain, Response response) {
        this.model = model;
        this.tiles = tiles;
        this.firstKeV = firstKeV;
        this.gain = gain;
        this.response = response;
    }

    /** The model's groups with the shares of hidden parts as the tiles have them. */
    List<LineGroup> refined() {
        List<LineGroup> groups = new ArrayList<>(model.groups());
        for (int g = 0; g < groups.size(); g++) {
            for (int p = 1; p < groups.get(g).parts().size(); p++) {
                if (groups.get(g).parts().get(p).hidden() && model.sumAmplitude()[g] > 0) {
                    groups.set(g, refine(groups.get(g), g, p));
                }
            }
        }
        return groups;
    }

    private LineGroup refine(LineGroup group, int g, int p) {
        LineGroup.Part hidden = group.parts().get(p);
        LineGroup bare = scaled(group, p, 0);
        PixelModel without = without(bare, g);
        double[] part = new double[model.columns().channels()];
        response.add(hidden.lines(), hidden.share(), firstKeV, gain, part);
        double[] ofLine = without.filter(nearest(hidden.energyKeV()));
        double[] ofGroup = without.filter(g);
        List<double[]> classes = classes(ofGroup);
        double most = 0;
        for (double[] counts : classes) {
            most = Math.max(most, dot(ofGroup, counts));
        }
        double least = MOST;
        for (double[] counts : classes) {
            double amplitude = dot(ofGroup, counts);
            double error = 0;
            for (int c = 0; c < counts.length; c++) {
                error += ofGroup[c] * ofGroup[c] * counts[c];
            }
            if (amplitude > WORTH * most && amplitude > CERTAIN * Math.sqrt(error)) {
                least = Math.min(least, dot(ofLine, counts) / (amplitude * dot(ofLine, part)));
            }
        }
        return scaled(group, p, Math.max(0, least));
    }

    private PixelModel without(LineGroup bare, int g) {
        double[][] dense = new double[model.columns().count()][];
        for (int j = 0; j < dense.length; j++) {
            dense[j] = model.columns().curve(j);
        }
        dense[g] = new double[model.columns().channels()];
        for (LineGroup.Part part : bare.parts()) {
            response.add(part.lines(), part.share(), firstKeV, gain, dense[g]);
        }
        return new PixelModel(model.groups(), Columns.of(dense), model.sumAmplitude(), model.quantified());
    }

    private int nearest(double energyKeV) {
        int nearest = 0;
        for (int k = 1; k < model.quantified(); k++) {
            if (Math.abs(model.groups().get(k).energyKeV() - energyKeV)
                    < Math.abs(model.groups().get(nearest).energyKeV() - energyKeV)) {
                nearest = k;
            }
        }
        return nearest;
    }

    private static LineGroup scaled(LineGroup group, int p, double factor) {
        double[] shares = new double[group.parts().size()];
        for (int q = 0; q < shares.length; q++) {
            shares[q] = group.parts().get(q).share() * (q == p ? factor : 1);
        }
        return group.withShares(shares);
    }

    /** The tiles in classes of equal number, by the filter's amplitude for one count. */
    private List<double[]> classes(double[] filter) {
        record Tile(double[] counts, double part) {}
        List<Tile> sorted = new ArrayList<>();
        for (double[] tile : tiles) {
            double total = 1;
            for (double n : tile) {
                total += n;
            }
            sorted.add(new Tile(tile, dot(filter, tile) / total));
        }
        sorted.sort(Comparator.comparingDouble(Tile::part));
        List<double[]> classes = new ArrayList<>();
        for (int k = 0; k < CLASSES; k++) {
            double[] sum = new double[filter.length];
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

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int c = 0; c < a.length; c++) {
            sum += a[c] * b[c];
        }
        return sum;
    }
}
