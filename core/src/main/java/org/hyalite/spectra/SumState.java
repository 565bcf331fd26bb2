package org.hyalite.spectra;

import java.util.Arrays;
import org.hyalite.physics.Uncertain;

/**
 * The fit of a sum model at given θ, for judging what is in it and what could be added. Errors hold the counting noise, times
 * the root of the local χ² per channel, and 2 % of the counts of other lines beside: shapes are not known better.
 *
 * @param covariance of the amplitudes of a linear fit weighted by the model
 */
record SumState(
        SumModel model,
        double[] theta,
        double[] data,
        Columns columns,
        double[] amplitude,
        double[] covariance,
        double[] mu,
        double[] lines) {
    private static final double SHAPE_ERROR = 0.02;
    private static final double NEAR_WIDTHS = 1.5;

    /** So far below a line, relative to its energy, its tail may be taken for a peak. */
    private static final double TAIL = 0.06;

    static SumState of(SumModel model, double[] theta, double[] data) {
        Columns columns = model.columns(theta);
        double[] a = new double[columns.count()];
        Arrays.fill(a, Arrays.stream(data).sum() / a.length);
        int[] channel = new int[data.length];
        Arrays.setAll(channel, i -> i);
        new PoissonFit(columns).fit(channel, data, data.length, a);
        double[] mu = columns.model(a);
        double[] weight = new double[mu.length];
        Arrays.setAll(weight, c -> 1 / (mu[c] + 1));
        double[] information = new double[a.length * a.length];
        columns.addNormal(weight, information);
        double[] only = a.clone();
        Arrays.fill(only, model.lineColumns(), a.length, 0);
        return new SumState(
                model, theta, data, columns, a, Cholesky.inverse(information, a.length), mu, columns.model(only));
    }

    /** A group's column, all its parts as the tables have them. */
    double[] column(LineGroup group) {
        double[] column = new double[data.length];
        for (LineGroup.Part part : group.parts()) {
            model.response(theta).add(part.lines(), part.share(), model.firstKeV(theta), theta[SumModel.GAIN], column);
        }
        return column;
    }

    /** Standard deviations of a group that is not in the model, beside all that is (a score test). */
    double significance(LineGroup group) {
        double[] column = column(group);
        int n = columns.count();
        double own = 0;
        double gradient = 0;
        double[] cross = new double[n];
        int[] start = columns.start();
        for (int c = 0; c < data.length; c++) {
            double w = column[c] / (mu[c] + 1);
            own += w * column[c];
            gradient += w * (data[c] - mu[c]);
            for (int k = start[c]; k < start[c + 1]; k++) {
                cross[columns.column()[k]] += w * columns.value()[k];
            }
        }
        double left = own;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                left -= cross[i] * covariance[i * n + j] * cross[j];
            }
        }
        if (!(left > 1e-6 * own)) {
            return 0;
        }
        double counts = gradient / left;
        return counts / error(group, 1 / left, lines);
    }

    /** Standard deviations of a group that is in the model. */
    double fitted(LineGroup group) {
        Uncertain counts = counts(group);
        return counts.value() / counts.standardError();
    }

    /** Counts of a group that is in the model; a shell's main part times what it stands for. */
    Uncertain counts(LineGroup group) {
        int j = index(group);
        double all = 0;
        for (int p = 0, at = j;
                p < model.groups().get(groupIndex(group)).parts().size();
                p++) {
            LineGroup.Part part = group.parts().get(p);
            boolean separate = p > 0 && part.freedom() > 0;
            all += part.share() * amplitude[separate ? ++at : j];
        }
        double[] others = lines.clone();
        double[] own = column(group);
        for (int c = 0; c < others.length; c++) {
            others[c] = Math.max(0, others[c] - amplitude[j] * own[c]);
        }
        double share = amplitude[j] > 0 ? all / amplitude[j] : 1;
        double variance = covariance[j * columns.count() + j];
        return new Uncertain(all, share * error(group, variance, others));
    }

    private double error(LineGroup group, double variance, double[] others) {
        double energy = group.energyKeV();
        double reach = NEAR_WIDTHS * model.response(theta).width().fwhmKeV(energy);
        double chiSquare = 0;
        double beside = 0;
        int channels = 0;
        double first = model.firstKeV(theta);
        for (int c = 0; c < data.length; c++) {
            double above = first + c * theta[SumModel.GAIN] - energy;
            double apart = Math.abs(above);
            if (apart < reach || above > 0 && above < TAIL * energy) {
                beside += others[c];
            } else if (apart < 3 * reach) {
                chiSquare += (data[c] - mu[c]) * (data[c] - mu[c]) / Math.max(mu[c], 1);
                channels++;
            }
        }
        double misfit = channels > 0 ? Math.max(1, Math.min(chiSquare / channels, MOST_MISFIT)) : 1;
        return Math.sqrt(variance * misfit + SHAPE_ERROR * SHAPE_ERROR * beside * beside);
    }

    /** Peaks not yet modelled beside a line must not hide it for good. */
    private static final double MOST_MISFIT = 25;

    /** Correlation of the amplitudes of two groups in the model. */
    double correlation(LineGroup one, LineGroup other) {
        int n = columns.count();
        int i = index(one);
        int j = index(other);
        return covariance[i * n + j] / Math.sqrt(covariance[i * n + i] * covariance[j * n + j]);
    }

    /** Cosine between two groups' columns, weighted as a fit weights them. */
    double likeness(double[] one, double[] other) {
        double ab = 0;
        double aa = 0;
        double bb = 0;
        for (int c = 0; c < mu.length; c++) {
            double w = 1 / (mu[c] + 1);
            ab += w * one[c] * other[c];
            aa += w * one[c] * one[c];
            bb += w * other[c] * other[c];
        }
        return ab / Math.sqrt(aa * bb);
    }

    private int groupIndex(LineGroup group) {
        for (int g = 0; g < model.groups().size(); g++) {
            if (model.groups().get(g).name().equals(group.name())) {
                return g;
            }
        }
        throw new IllegalArgumentException(group.name() + " is not in the model");
    }

    private int index(LineGroup group) {
        int wanted = groupIndex(group);
        int at = 0;
        for (int g = 0; g < wanted; g++) {
            for (int p = 0; p < model.groups().get(g).parts().size(); p++) {
                at += p == 0 || model.groups().get(g).parts().get(p).freedom() > 0 ? 1 : 0;
            }
        }
        return at;
    }
}
