package org.hyalite.spectra;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Integration and background windows of each line: one peak width to either side of the line, and one peak width of
 * background on each side, placed within 1.7 to 6 widths where other lines of the sum spectrum disturb least. With
 * {@code s} the share of the line inside a window and {@code α} the weights of linear interpolation,
 * {@code net = (W − α₁ B₁ − α₂ B₂) / (s_W − α₁ s₁ − α₂ s₂)}.
 */
final class Windows {
    /** Channels {@code from … to − 1}, counted from the first fitted one. */
    record Range(int from, int to) {
        double middle() {
            return 0.5 * (from + to - 1);
        }

        int size() {
            return to - from;
        }
    }

    /**
     * The windows of one line.
     *
     * @param line integration window
     * @param background one or two background windows
     * @param share the line's share inside the integration window
     * @param filter net counts for one count in each channel
     */
    record Placed(Range line, List<Range> background, double share, double[] filter) {}

    private static final double NEAREST_WIDTHS = 1.7;
    private static final double FARTHEST_WIDTHS = 6;
    private static final double STEP_WIDTHS = 0.1;
    private static final double WORTH_SAYING = 0.01;

    private final PixelModel model;
    private final double firstKeV;
    private final double gain;
    private final PeakWidth width;
    private final List<String> warnings;

    Windows(PixelModel model, double firstKeV, double gain, PeakWidth width, List<String> warnings) {
        this.model = model;
        this.firstKeV = firstKeV;
        this.gain = gain;
        this.width = width;
        this.warnings = warnings;
    }

    /** Places the windows of every quantified line. */
    List<Placed> place() {
        List<Placed> placed = new ArrayList<>();
        for (int k = 0; k < model.quantified(); k++) {
            placed.add(place(k));
        }
        return placed;
    }

    private Placed place(int k) {
        LineGroup group = model.groups().get(k);
        double energy = group.energyKeV();
        double fwhm = width.fwhmKeV(energy) / gain;
        double centre = (energy - firstKeV) / gain;
        Range window = range(centre - fwhm, centre + fwhm);
        double[] own = model.columns().curve(k);
        double[] lines = model.model();
        double[] continuum = model.background();
        for (int c = 0; c < lines.length; c++) {
            lines[c] -= continuum[c] + model.sumAmplitude()[k] * own[c];
        }
        List<Range> background = new ArrayList<>();
        for (int side = -1; side <= 1; side += 2) {
            Range best = null;
            double least = Double.POSITIVE_INFINITY;
            for (double d = NEAREST_WIDTHS; d <= FARTHEST_WIDTHS; d += STEP_WIDTHS) {
                Range r = range(centre + (side * d - 0.5) * fwhm, centre + (side * d + 0.5) * fwhm);
                if (r.size() < Math.max(2, 0.8 * fwhm)) {
                    continue;
                }
                double disturbed = sum(lines, r) / Math.max(sum(continuum, r), 1e-12);
                double lost = 2 * sum(own, r);
                double cost = disturbed + lost + 0.002 * d;
                if (cost < least) {
                    least = cost;
                    best = r;
                }
            }
            if (best != null) {
                background.add(best);
            }
        }
        double[] filter = filter(window, background, own, group);
        double foreign = 0;
        for (int c = 0; c < filter.length; c++) {
            foreign += filter[c] * lines[c];
        }
        warnOfNeighbours(k, filter, foreign);
        return new Placed(window, background, sum(own, window), filter);
    }

    private double[] filter(Range window, List<Range> background, double[] own, LineGroup group) {
        double[] filter = new double[own.length];
        Arrays.fill(filter, window.from(), window.to(), 1);
        double effective = sum(own, window);
        if (background.isEmpty()) {
            warnings.add("no room for a background window beside " + group.name() + ": its background is not removed");
        } else if (background.size() == 1) {
            warnings.add("room for a background window on one side of " + group.name() + " only");
        }
        for (Range b : background) {
            double alpha = 1;
            if (background.size() == 2) {
                Range other = b == background.get(0) ? background.get(1) : background.get(0);
                alpha = (other.middle() - window.middle()) / (other.middle() - b.middle());
            }
            alpha *= (double) window.size() / b.size();
            for (int c = b.from(); c < b.to(); c++) {
                filter[c] -= alpha;
            }
            effective -= alpha * sum(own, b);
        }
        for (int c = 0; c < filter.length; c++) {
            filter[c] /= effective;
        }
        return filter;
    }

    private void warnOfNeighbours(int k, double[] filter, double foreign) {
        double own = model.sumAmplitude()[k];
        if (Math.abs(foreign) <= WORTH_SAYING * Math.max(own, 1)) {
            return;
        }
        int worst = -1;
        double most = 0;
        for (int j = 0; j < model.groups().size(); j++) {
            double counts = 0;
            double[] curve = model.columns().curve(j);
            for (int c = 0; c < filter.length && j != k; c++) {
                counts += filter[c] * model.sumAmplitude()[j] * curve[c];
            }
            if (Math.abs(counts) > Math.abs(most)) {
                most = counts;
                worst = j;
            }
        }
        if (worst >= 0) {
            warnings.add(String.format(
                    java.util.Locale.ROOT,
                    "other lines add %+.1f %% to the windows' counts of %s, above all %s: use the fit",
                    100 * foreign / Math.max(own, 1),
                    model.groups().get(k).name(),
                    model.groups().get(worst).name()));
        }
    }

    private Range range(double from, double to) {
        int first = (int) Math.max(0, Math.round(from));
        int last = (int) Math.min(model.columns().channels(), Math.round(to) + 1L);
        return new Range(first, Math.max(first, last));
    }

    private static double sum(double[] values, Range r) {
        double sum = 0;
        for (int c = r.from(); c < r.to(); c++) {
            sum += values[c];
        }
        return sum;
    }
}
