package org.hyalite.spectra;

import java.util.Arrays;

/**
 * The misfit of the weighted linear fit in each line's own channels, as a quadratic form in the counts. With
 * {@code R = 1 − Φ F} (columns Φ, filters F) and the weights W of the line's channels, {@code Q = nᵀ A n},
 * {@code A = Rᵀ W R}. For Poisson counts of mean μ, {@code Q − Σ_d A_dd n_d} has the mean {@code μᵀ A μ}, zero where the
 * columns can make μ, and then the variance {@code 2 Σ_de A_de² μ_d μ_e}: no count is too small for either.
 */
final class PixelResiduals implements PixelEstimator {
    private static final double OWN_CHANNELS = 0.02;

    /** What is common to all threads, of one line. */
    private record Form(double[] weight, double[] own, double[] between, double[] expected, double[] scatter) {}

    /** The forms of all lines, made once. */
    static final class Prepared {
        private final PixelModel model;
        private final double[] filters;
        private final Form[] forms;

        private Prepared(PixelModel model, double[] filters, Form[] forms) {
            this.model = model;
            this.filters = filters;
            this.forms = forms;
        }
    }

    private final PixelModel model;
    private final double[] filters;
    private final Form[] forms;
    private final double[] amplitude;
    private final double[] floored;
    private final double[] oneCount;

    /** An estimator for one thread: values 2k are {@code Q − E} of line k with its standard deviation, values 2k + 1 are E. */
    PixelResiduals(Prepared prepared) {
        model = prepared.model;
        filters = prepared.filters;
        forms = prepared.forms;
        int n = model.columns().count();
        amplitude = new double[n];
        floored = new double[n];
        double total = Math.max(Arrays.stream(model.model()).sum(), Double.MIN_NORMAL);
        oneCount = model.sumAmplitude().clone();
        for (int j = 0; j < n; j++) {
            oneCount[j] /= total;
        }
    }

    static Prepared prepare(PixelModel model) {
        int n = model.columns().count();
        double[][] rows = model.filters(n);
        double[] filters = PoissonEstimator.start(model);
        Form[] forms = new Form[model.quantified()];
        for (int k = 0; k < forms.length; k++) {
            forms[k] = form(model, k, rows);
        }
        return new Prepared(model, filters, forms);
    }

    private static Form form(PixelModel model, int line, double[][] filter) {
        Columns columns = model.columns();
        int n = columns.count();
        double[] curve = columns.curve(line);
        int channels = curve.length;
        double height = Arrays.stream(curve).max().orElse(0);
        double[] weight = model.weight();
        for (int c = 0; c < channels; c++) {
            weight[c] = height > 0 && curve[c] >= OWN_CHANNELS * height ? weight[c] : 0;
        }
        int[] start = columns.start();
        int[] column = columns.column();
        double[] value = columns.value();
        double[] own = new double[n * channels]; // [column][channel]
        double[] between = new double[n * n];
        boolean[] near = new boolean[n];
        for (int c = 0; c < channels; c++) {
            for (int p = start[c]; weight[c] > 0 && p < start[c + 1]; p++) {
                own[column[p] * channels + c] = weight[c] * value[p];
                near[column[p]] = true;
                for (int q = start[c]; q < start[c + 1]; q++) {
                    between[column[p] * n + column[q]] += weight[c] * value[p] * value[q];
                }
            }
        }
        double[][] rest = new double[n][]; // M F − U
        for (int j = 0; j < n; j++) {
            if (near[j]) {
                rest[j] = new double[channels];
                for (int i = 0; i < n; i++) {
                    double m = between[j * n + i];
                    for (int c = 0; m != 0 && c < channels; c++) {
                        rest[j][c] += m * filter[i][c];
                    }
                }
                for (int c = 0; c < channels; c++) {
                    rest[j][c] -= own[j * channels + c];
                }
            }
        }
        double[] expected = new double[channels];
        double[] scatter = new double[n * n];
        double[] row = new double[channels];
        double[] sums = new double[n];
        for (int d = 0; d < channels; d++) {
            Arrays.fill(row, 0);
            row[d] = weight[d];
            for (int j = 0; j < n; j++) {
                if (near[j]) {
                    double u = own[j * channels + d];
                    double f = filter[j][d];
                    for (int e = 0; e < channels; e++) {
                        row[e] += f * rest[j][e] - u * filter[j][e];
                    }
                }
            }
            expected[d] = row[d];
            Arrays.fill(sums, 0);
            for (int e = 0; e < channels; e++) {
                double square = row[e] * row[e];
                for (int p = start[e]; p < start[e + 1]; p++) {
                    sums[column[p]] += square * value[p];
                }
            }
            for (int p = start[d]; p < start[d + 1]; p++) {
                for (int k = 0; k < n; k++) {
                    scatter[column[p] * n + k] += value[p] * sums[k];
                }
            }
        }
        double[] byChannel = new double[n * channels];
        for (int c = 0; c < channels; c++) {
            for (int j = 0; j < n; j++) {
                byChannel[c * n + j] = own[j * channels + c];
            }
        }
        return new Form(weight, byChannel, between, expected, scatter);
    }

    @Override
    public void estimate(int[] channel, double[] counts, int events, double[] net, double[] standardError) {
        int n = amplitude.length;
        Arrays.fill(amplitude, 0);
        for (int e = 0; e < events; e++) {
            int row = channel[e] * n;
            for (int j = 0; j < n; j++) {
                amplitude[j] += filters[row + j] * counts[e];
            }
        }
        for (int j = 0; j < n; j++) {
            floored[j] = Math.max(amplitude[j], 0) + oneCount[j];
        }
        for (int k = 0; k < forms.length; k++) {
            Form form = forms[k];
            double misfit = 0;
            double expected = 0;
            for (int e = 0; e < events; e++) {
                int c = channel[e];
                double w = form.weight()[c];
                expected += form.expected()[c] * counts[e];
                if (w > 0) {
                    double cross = 0;
                    for (int j = 0; j < n; j++) {
                        cross += amplitude[j] * form.own()[c * n + j];
                    }
                    misfit += counts[e] * (w * counts[e] - 2 * cross);
                }
            }
            net[2 * k] = misfit + quadratic(form.between(), amplitude) - expected;
            standardError[2 * k] = Math.sqrt(2 * quadratic(form.scatter(), floored));
            net[2 * k + 1] = expected;
            standardError[2 * k + 1] = 0;
        }
    }

    private static double quadratic(double[] form, double[] a) {
        int n = a.length;
        double sum = 0;
        for (int j = 0; j < n; j++) {
            double row = 0;
            for (int k = 0; a[j] != 0 && k < n; k++) {
                row += form[j * n + k] * a[k];
            }
            sum += a[j] * row;
        }
        return sum;
    }
}
