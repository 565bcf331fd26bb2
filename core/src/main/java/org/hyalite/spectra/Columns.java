package org.hyalite.spectra;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The columns of a linear model of a spectrum, {@code μ_c = Σ_j a_j φ_jc}, kept channel by channel without their zeros:
 * a line reaches some dozen channels, so that a channel holds three or four columns and not all.
 */
final class Columns {
    private static final double NEGLIGIBLE = 1e-9;

    /** A column is wide if it reaches over more than one part in so many of the channels. */
    private static final int WIDE = 4;

    private final int channels;
    private final int count;
    private final int[] start;
    private final int[] column;
    private final double[] value;
    private final double[] total;
    private final List<Overlap> overlaps;
    private final int[] order;
    private final int[] pairStart;
    private final int[] pair;
    private final double[] product;

    /** Products {@code φ_ic φ_jc} of two columns, of the channels where neither is zero; {@code at = i · count + j}, {@code j ≤ i}. */
    private record Overlap(int at, int from, double[] product) {}

    private Columns(int channels, int count, int[] start, int[] column, double[] value, double[] total) {
        this.channels = channels;
        this.count = count;
        this.start = start;
        this.column = column;
        this.value = value;
        this.total = total;
        int[] from = new int[count];
        int[] to = new int[count];
        Arrays.fill(from, channels);
        for (int c = 0; c < channels; c++) {
            for (int k = start[c]; k < start[c + 1]; k++) {
                from[column[k]] = Math.min(from[column[k]], c);
                to[column[k]] = c + 1;
            }
        }
        overlaps = overlaps(from, to);
        order = IntStream.range(0, count)
                .boxed()
                .sorted(Comparator.comparing((Integer j) -> WIDE * (to[j] - from[j]) > channels)
                        .thenComparing(j -> from[j]))
                .mapToInt(Integer::intValue)
                .toArray();
        pairStart = new int[channels + 1];
        for (int c = 0; c < channels; c++) {
            int here = start[c + 1] - start[c];
            pairStart[c + 1] = pairStart[c] + here * (here + 1) / 2;
        }
        pair = new int[pairStart[channels]];
        product = new double[pair.length];
        int n = 0;
        for (int c = 0; c < channels; c++) {
            for (int p = start[c]; p < start[c + 1]; p++) {
                for (int q = start[c]; q <= p; q++) {
                    pair[n] = column[p] * count + column[q];
                    product[n++] = value[p] * value[q];
                }
            }
        }
    }

    private List<Overlap> overlaps(int[] from, int[] to) {
        double[][] curves = new double[count][channels];
        for (int c = 0; c < channels; c++) {
            for (int k = start[c]; k < start[c + 1]; k++) {
                curves[column[k]][c] = value[k];
            }
        }
        List<Overlap> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            for (int j = 0; j <= i; j++) {
                int first = Math.max(from[i], from[j]);
                double[] both = new double[Math.max(0, Math.min(to[i], to[j]) - first)];
                for (int c = 0; c < both.length; c++) {
                    both[c] = curves[i][first + c] * curves[j][first + c];
                }
                if (both.length > 0) {
                    all.add(new Overlap(i * count + j, first, both));
                }
            }
        }
        return all;
    }

    /** Of dense columns {@code [column][channel]}, none negative. */
    static Columns of(double[][] dense) {
        int count = dense.length;
        int channels = dense[0].length;
        int[] start = new int[channels + 1];
        int[] column = new int[count * channels];
        double[] value = new double[count * channels];
        double[] total = new double[count];
        int n = 0;
        for (int c = 0; c < channels; c++) {
            start[c] = n;
            for (int j = 0; j < count; j++) {
                if (dense[j][c] > NEGLIGIBLE) {
                    column[n] = j;
                    value[n++] = dense[j][c];
                    total[j] += dense[j][c];
                }
            }
        }
        start[channels] = n;
        return new Columns(channels, count, start, Arrays.copyOf(column, n), Arrays.copyOf(value, n), total);
    }

    int channels() {
        return channels;
    }

    int count() {
        return count;
    }

    /** Where each channel's entries begin in {@link #column} and {@link #value}; one longer than the channels. */
    int[] start() {
        return start;
    }

    /** Which column an entry belongs to. */
    int[] column() {
        return column;
    }

    /** The entries. */
    double[] value() {
        return value;
    }

    /** The sum of each column over the channels: its share within the fitted range. */
    double[] total() {
        return total;
    }

    /** Where each channel's entries begin in {@link #pair} and {@link #product}; one longer than the channels. */
    int[] pairStart() {
        return pairStart;
    }

    /** Which two columns an entry belongs to: {@code i · count + j}, {@code j ≤ i}. */
    int[] pair() {
        return pair;
    }

    /** The entries {@code φ_ic φ_jc}. */
    double[] product() {
        return product;
    }

    /** The columns by where they begin, the wide ones last: in this order a normal matrix has its zeros left of each row's entries. */
    int[] order() {
        return order;
    }

    /** The model at every channel. */
    double[] model(double[] amplitude) {
        double[] model = new double[channels];
        for (int c = 0; c < channels; c++) {
            double sum = 0;
            for (int k = start[c]; k < start[c + 1]; k++) {
                sum += amplitude[column[k]] * value[k];
            }
            model[c] = sum;
        }
        return model;
    }

    /** One column at every channel. */
    double[] curve(int j) {
        double[] unit = new double[count];
        unit[j] = 1;
        return model(unit);
    }

    /** Adds {@code Σ_c w_c φ_ic φ_jc} to the lower triangle of {@code into}, {@code [count × count]}. */
    void addNormal(double[] weight, double[] into) {
        for (Overlap overlap : overlaps) {
            into[overlap.at] += dot(weight, overlap.from, overlap.product);
        }
    }

    /** Four sums at a time, so that none waits for the last. */
    private static double dot(double[] weight, int from, double[] product) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int i = 0;
        for (; i + 3 < product.length; i += 4) {
            a += weight[from + i] * product[i];
            b += weight[from + i + 1] * product[i + 1];
            c += weight[from + i + 2] * product[i + 2];
            d += weight[from + i + 3] * product[i + 3];
        }
        for (; i < product.length; i++) {
            a += weight[from + i] * product[i];
        }
        return a + b + (c + d);
    }
}
