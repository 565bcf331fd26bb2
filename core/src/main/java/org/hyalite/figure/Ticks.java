package org.hyalite.figure;

import java.util.ArrayList;
import java.util.List;

/**
 * Where an axis carries numbers, and which.
 *
 * @param low the axis' lower end
 * @param high its upper end, above {@code low}
 * @param at values that carry a mark
 * @param labels their texts, divided by {@code 10^exponent}; empty for marks without
 * @param exponent a multiple of three that the axis' title has to name
 * @param logarithmic whether equal steps are equal factors
 */
record Ticks(double low, double high, List<Double> at, List<String> labels, int exponent, boolean logarithmic) {

    /** Round numbers within a range; a range that is empty or not finite is widened first. */
    static Ticks linear(double from, double to, int about) {
        double low = Double.isFinite(from) ? from : 0;
        double high = Double.isFinite(to) ? to : low + 1;
        if (!(high - low > Math.max(Math.abs(low), Math.abs(high)) * 1e-9)) {
            double half = low == 0 ? 0.5 : Math.abs(low) / 2;
            low -= half;
            high = low + 2 * half;
        }
        double step = step((high - low) / Math.max(1, about));
        int exponent = exponent(Math.max(Math.abs(low), Math.abs(high)));
        double unit = Math.pow(10, exponent);
        int decimals = Math.max(0, (int) -Math.floor(Math.log10(step / unit) + 1e-9));
        List<Double> at = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        long first = (long) Math.ceil(low / step - 1e-6);
        long last = (long) Math.floor(high / step + 1e-6);
        for (long i = first; i <= last; i++) {
            at.add(i * step);
            labels.add(Numbers.fixed(i * step / unit, decimals));
        }
        return new Ticks(low, high, at, labels, exponent, false);
    }

    /** The range widened to the next round numbers. */
    static Ticks rounded(double from, double to, int about) {
        Ticks inner = linear(from, to, about);
        double step = step((inner.high - inner.low) / Math.max(1, about));
        return linear(Math.floor(inner.low / step + 1e-6) * step, Math.ceil(inner.high / step - 1e-6) * step, about);
    }

    /** Powers of ten from below the smallest positive value to above the largest. */
    static Ticks logarithmic(double smallest, double largest) {
        double top = ColourScale.positive(largest);
        double bottom = smallest > 0 && smallest < top ? smallest : top / 10;
        int first = (int) Math.floor(Math.log10(bottom) + 1e-9);
        int last = Math.max(first + 1, (int) Math.ceil(Math.log10(top) - 1e-9));
        int every = Math.max(1, (last - first + 5) / 6);
        List<Double> at = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        for (int e = first; e <= last; e++) {
            boolean named = (e - first) % every == 0;
            at.add(Math.pow(10, e));
            labels.add(named ? e == 0 ? "1" : e == 1 ? "10" : "10" + Numbers.superscript(e) : "");
            for (int m = 2; m < 10 && e < last && every == 1; m++) {
                at.add(m * Math.pow(10, e));
                labels.add("");
            }
        }
        return new Ticks(Math.pow(10, first), Math.pow(10, last), at, labels, 0, true);
    }

    /** 1, 2 or 5 times a power of ten, not below {@code atLeast}. */
    static double step(double atLeast) {
        double power = Math.pow(10, Math.floor(Math.log10(atLeast)));
        for (double m : new double[] {1, 2, 5}) {
            if (m * power >= atLeast * (1 - 1e-9)) {
                return m * power;
            }
        }
        return 10 * power;
    }

    private static int exponent(double size) {
        if (size < 1e4 && size >= 1e-2) {
            return 0;
        }
        return 3 * (int) Math.floor(Math.log10(size) / 3 + 1e-9);
    }

    /** Where a value lies on the axis, 0 … 1. */
    double share(double value) {
        return logarithmic
                ? (Math.log10(Math.max(value, low * 1e-3)) - Math.log10(low)) / (Math.log10(high) - Math.log10(low))
                : (value - low) / (high - low);
    }

    /** The axis' title with the power of ten put to its unit: {@code volume (10³ nm³)}. */
    String title(String title) {
        if (exponent == 0) {
            return title;
        }
        String power = "10" + Numbers.superscript(exponent);
        int bracket = title.lastIndexOf('(');
        return bracket >= 0 && title.endsWith(")")
                ? title.substring(0, bracket + 1) + power + " " + title.substring(bracket + 1)
                : title + " (" + power + ")";
    }

    /** The widest label, points. */
    double labelWidth() {
        return labels.stream().mapToDouble(Type.TICK::width).max().orElse(0);
    }
}
