package org.hyalite.spectra;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.hyalite.physics.Element;

/**
 * The channels whose counts are taken for one element: near its quantified lines, the purest first (own counts of the
 * sum spectrum over all), as many as tell its amount best, that is, with the largest {@code (Σ own)² / Σ all}. Far lines
 * get about one peak width to either side; of a line under a stronger neighbour's tail that side is left out, and a line
 * that would add more noise than knowledge is left out whole. No channel serves two elements, so that their counts are
 * independent.
 */
final class ElementWindow {
    private static final double REACH_WIDTHS = 1.25;

    private final PixelModel model;
    private final Element element;
    private final boolean[] chosen;

    private ElementWindow(PixelModel model, Element element, boolean[] chosen) {
        this.model = model;
        this.element = element;
        this.chosen = chosen;
    }

    /** The windows of every quantified element, in the order of their lines. */
    static List<ElementWindow> place(PixelModel model, double firstKeV, double gain, PeakWidth width) {
        List<Element> elements = model.groups().subList(0, model.quantified()).stream()
                .map(g -> g.element().orElseThrow())
                .distinct()
                .toList();
        int channels = model.columns().channels();
        double[][] own = new double[elements.size()][channels];
        boolean[][] near = new boolean[elements.size()][channels];
        for (int k = 0; k < model.quantified(); k++) {
            LineGroup group = model.groups().get(k);
            int e = elements.indexOf(group.element().orElseThrow());
            double[] curve = model.columns().curve(k);
            double amplitude = Math.max(model.sumAmplitude()[k], 1);
            double reach = REACH_WIDTHS * width.fwhmKeV(group.energyKeV());
            for (int c = 0; c < channels; c++) {
                own[e][c] += amplitude * curve[c];
                near[e][c] |= Math.abs(firstKeV + c * gain - group.energyKeV()) <= reach;
            }
        }
        for (int e = 0; e < own.length; e++) {
            for (int c = 0; c < channels; c++) {
                int most = e;
                for (int other = 0; other < own.length; other++) {
                    most = near[other][c] && own[other][c] > own[most][c] ? other : most;
                }
                near[e][c] &= most == e;
            }
        }
        double[] all = model.model();
        List<ElementWindow> windows = new ArrayList<>();
        for (int e = 0; e < own.length; e++) {
            windows.add(new ElementWindow(model, elements.get(e), best(own[e], all, near[e])));
        }
        return windows;
    }

    /** Of the channels {@code near}, those that together have the largest {@code (Σ own)² / Σ all}. */
    private static boolean[] best(double[] own, double[] all, boolean[] near) {
        int[] purest = IntStream.range(0, own.length)
                .filter(c -> near[c])
                .boxed()
                .sorted(Comparator.comparingDouble(c -> -own[c] / Math.max(all[c], own[c])))
                .mapToInt(Integer::intValue)
                .toArray();
        double signal = 0;
        double total = 0;
        double most = 0;
        int count = 0;
        for (int i = 0; i < purest.length; i++) {
            signal += own[purest[i]];
            total += Math.max(all[purest[i]], own[purest[i]]);
            if (signal * signal / total > most) {
                most = signal * signal / total;
                count = i + 1;
            }
        }
        boolean[] chosen = new boolean[own.length];
        Arrays.stream(purest, 0, count).forEach(c -> chosen[c] = true);
        return chosen;
    }

    Element element() {
        return element;
    }

    /** The counts in the window, as a filter. */
    double[] counts() {
        double[] filter = new double[chosen.length];
        for (int c = 0; c < filter.length; c++) {
            filter[c] = chosen[c] ? 1 : 0;
        }
        return filter;
    }

    /** The share of a column's counts that fall into the window, of one count of its amplitude. */
    double share(int column) {
        double[] curve = model.columns().curve(column);
        double sum = 0;
        for (int c = 0; c < curve.length; c++) {
            sum += chosen[c] ? curve[c] : 0;
        }
        return sum;
    }

    /** The counts of all but the element's quantified lines in the window, as the linear fit has them: a filter. */
    double[] background() {
        double[] filter = new double[chosen.length];
        for (int j = 0; j < model.columns().count(); j++) {
            double share = isOwn(j) ? 0 : share(j);
            if (share == 0) {
                continue;
            }
            double[] amplitude = model.filter(j);
            for (int c = 0; c < filter.length; c++) {
                filter[c] += share * amplitude[c];
            }
        }
        return filter;
    }

    boolean isOwn(int column) {
        return column < model.quantified()
                && model.groups().get(column).element().filter(element::equals).isPresent();
    }

    /** The window as ranges of channels. */
    List<Windows.Range> ranges() {
        List<Windows.Range> ranges = new ArrayList<>();
        int from = -1;
        for (int c = 0; c <= chosen.length; c++) {
            boolean in = c < chosen.length && chosen[c];
            if (in && from < 0) {
                from = c;
            } else if (!in && from >= 0) {
                ranges.add(new Windows.Range(from, c));
                from = -1;
            }
        }
        return ranges;
    }
}
