package org.hyalite.spectra;

import java.util.Arrays;

/**
 * The columns of a linear model of a spectrum, {@code μ_c = Σ_j a_j φ_jc}, kept channel by channel without their zeros:
 * a line reaches some dozen channels, so that a channel holds three or four columns and not all.
 */
final class Columns {
    private static final double NEGLIGIBLE = 1e-9;

    private final int channels;
    private final int count;
    private final int[] start;
    private final int[] column;
    private final double[] value;
    private final double[] total;

    private Columns(int channels, int count, int[] start, int[] column, double[] value, double[] total) {
        this.channels = channels;
        this.count = count;
        this.start = start;
        this.column = column;
        this.value = value;
        this.total = total;
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
        for (int c = 0; c < channels; c++) {
            double w = weight[c];
            for (int p = start[c]; p < start[c + 1]; p++) {
                double wp = w * value[p];
                int row = column[p] * count;
                for (int q = start[c]; q <= p; q++) {
                    into[row + column[q]] += wp * value[q];
                }
            }
        }
    }
}
