package org.hyalite.spectra;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hyalite.grid.EnergyAxis;
import org.hyalite.grid.Spectrum;

/**
 * Offset, gain and width fitted to the sum spectrum: Gauss–Newton on the Poisson likelihood of all parameters together,
 * the linear ones solved exactly after each step (variable projection). What the file says enters as a weak prior
 * (offset ± 30 eV, gain ± 0.5 %, FWHM ± 10 eV, slope 2.5 ± 0.1 eV): it decides only what the spectrum leaves open, as
 * the gain of a spectrum with one line.
 */
final class AxisFit {
    private static final int OFFSET = 0;
    private static final int GAIN = 1;
    private static final int FWHM = 2;
    private static final int SLOPE = 3;
    private static final int PARAMETERS = 4;
    private static final double[] DELTA = {5e-4, 1e-6, 0.25, 0.005};
    private static final double[] LARGEST_STEP = {0.02, 3e-5, 10, 0.1};
    private static final double[] COARSE_OFFSETS_KEV = {-0.06, -0.04, -0.02, 0, 0.02, 0.04, 0.06};
    private static final int MAX_STEPS = 30;

    private final FitRange range;
    private final double[] data;
    private final int[] channel;
    private final List<LineGroup> groups;
    private final List<Double> unknownChannels;
    private final double beamEnergyKeV;
    private final double[] start;
    private final double[] priorSd;

    private double[] theta;
    private double[] amplitude = {};
    private double[] thetaCovariance = {};
    private Columns columns;
    private double objective;

    private AxisFit(
            Spectrum sum,
            FitRange range,
            List<LineGroup> groups,
            List<Double> unknownChannels,
            double beamEnergyKeV,
            PeakWidth width) {
        this.unknownChannels = unknownChannels;
        this.range = range;
        this.groups = groups;
        this.beamEnergyKeV = beamEnergyKeV;
        data = Arrays.copyOfRange(sum.counts(), range.first(), range.first() + range.channels());
        channel = new int[data.length];
        Arrays.setAll(channel, i -> i);
        EnergyAxis axis = sum.axis();
        start = new double[] {axis.offsetKeV(), axis.gainKeV(), width.mnKaEv(), width.slopeEv()};
        priorSd = new double[] {0.03, 0.005 * axis.gainKeV(), 10, 0.1};
        theta = start.clone();
        columns = build(theta);
    }

    /**
     * Fits.
     *
     * @param unknownChannels where peaks stand that no group explains: modelled, and moved with the axis, so that they
     *     say nothing of it
     */
    static AxisFit of(
            Spectrum sum,
            FitRange range,
            List<LineGroup> groups,
            List<Double> unknownChannels,
            double beamEnergyKeV,
            PeakWidth width) {
        AxisFit fit = new AxisFit(sum, range, groups, unknownChannels, beamEnergyKeV, width);
        fit.coarse();
        fit.refine();
        return fit;
    }

    /** Offset keV, gain keV/channel, FWHM at Mn Kα eV, slope eV. */
    double[] theta() {
        return theta;
    }

    /** Their standard errors, from the joint information with all amplitudes. */
    double[] standardErrors() {
        double[] se = new double[PARAMETERS];
        for (int p = 0; p < PARAMETERS; p++) {
            se[p] = Math.sqrt(thetaCovariance[p * PARAMETERS + p]);
        }
        return se;
    }

    /** The continuum at every channel of the range. */
    double[] background() {
        double[] lines = amplitude.clone();
        Arrays.fill(lines, 0, lineColumns(), 0);
        return columns.model(lines);
    }

    /** The groups with the shares of their parts as the sum spectrum, and the tables as a prior, have them. */
    List<LineGroup> refinedGroups() {
        double[] model = columns.model(amplitude);
        double[] weight = new double[model.length];
        Arrays.setAll(weight, c -> 1 / Math.max(model[c], 1));
        int n = columns.count();
        double[] information = new double[n * n];
        columns.addNormal(weight, information);
        double[] covariance = Cholesky.inverse(information, n);
        LineGroup[] refined = new LineGroup[groups.size()];
        int at = 0;
        for (int g = 0; g < refined.length; g++) {
            LineGroup group = groups.get(g);
            int main = at++;
            double[] shares = new double[group.parts().size()];
            double all = 0;
            double tabled = 0;
            for (int p = 0; p < shares.length; p++) {
                LineGroup.Part part = group.parts().get(p);
                shares[p] = part.share();
                tabled += part.share();
                if (separate(p, part)) {
                    int own = at++;
                    if (amplitude[main] > 0) {
                        double ratio = amplitude[own] / amplitude[main];
                        double variance = covariance[own * n + own] / (amplitude[main] * amplitude[main]);
                        double prior = part.freedom() * part.freedom();
                        double posterior = (variance + ratio * prior) / (variance + prior);
                        shares[p] *= Math.min(posterior, 1 + 3 * part.freedom());
                    }
                }
                all += shares[p];
            }
            boolean shell = group.parts().get(0).share() < 1;
            if (shell) { // L and M: the amplitude is the counts of the whole shell
                for (int p = 0; p < shares.length; p++) {
                    shares[p] *= tabled / all;
                }
            }
            refined[g] = group.withShares(shares);
        }
        List<LineGroup> all = new ArrayList<>(List.of(refined));
        for (double unknown : unknownChannels) {
            all.add(LineGroup.unknown(theta[OFFSET] + unknown * theta[GAIN]));
        }
        return all;
    }

    private int lineColumns() {
        int n = unknownChannels.size();
        for (LineGroup group : groups) {
            for (int p = 0; p < group.parts().size(); p++) {
                n += p == 0 || separate(p, group.parts().get(p)) ? 1 : 0;
            }
        }
        return n;
    }

    private static boolean separate(int index, LineGroup.Part part) {
        return index > 0 && part.freedom() > 0;
    }

    /** Each group's columns: the main part with those tied to it, then every free part; [column][channel]. */
    private double[][] lines(double[] at) {
        PeakWidth width = new PeakWidth(at[FWHM], at[SLOPE]);
        double first = at[OFFSET] + range.first() * at[GAIN];
        double[][] dense = new double[lineColumns()][range.channels()];
        int column = 0;
        for (LineGroup group : groups) {
            int main = column++;
            for (int p = 0; p < group.parts().size(); p++) {
                LineGroup.Part part = group.parts().get(p);
                int own = separate(p, part) ? column++ : main;
                LineGroup.add(part, part.share(), width, first, at[GAIN], dense[own]);
            }
        }
        for (double unknown : unknownChannels) {
            double energy = at[OFFSET] + unknown * at[GAIN];
            double edge = first - at[GAIN] / 2;
            NormalIntegral.add(dense[column++], 1, energy, width.sigmaKeV(energy), edge, at[GAIN]);
        }
        return dense;
    }

    private Columns build(double[] at) {
        double[][] lines = lines(at);
        double first = at[OFFSET] + range.first() * at[GAIN];
        double[][] splines = Background.splines(first, at[GAIN], range.channels(), beamEnergyKeV);
        double[][] all = Arrays.copyOf(lines, lines.length + splines.length);
        System.arraycopy(splines, 0, all, lines.length, splines.length);
        return Columns.of(all);
    }

    /** Solves the linear part at {@code at} and returns deviance/2 plus the prior's. */
    private double solve(double[] at, double[][] amplitudes, Columns[] built) {
        Columns candidate = build(at);
        double[] a = new double[candidate.count()];
        double total = Arrays.stream(data).sum();
        Arrays.fill(a, total / a.length);
        new PoissonFit(candidate).fit(channel, data, data.length, a);
        double[] model = candidate.model(a);
        double sum = 0;
        for (int c = 0; c < data.length; c++) {
            sum += model[c] - data[c] + (data[c] > 0 ? data[c] * Math.log(data[c] / model[c]) : 0);
        }
        for (int p = 0; p < PARAMETERS; p++) {
            double z = (at[p] - start[p]) / priorSd[p];
            sum += z * z / 2;
        }
        amplitudes[0] = a;
        built[0] = candidate;
        return sum;
    }

    private boolean accept(double[] at, double toBeat) {
        double[][] a = new double[1][];
        Columns[] built = new Columns[1];
        double value = solve(at, a, built);
        if (value < toBeat) {
            theta = at;
            amplitude = a[0];
            columns = built[0];
            objective = value;
            return true;
        }
        return false;
    }

    /** Newton finds the nearest minimum: begin in the right valley. */
    private void coarse() {
        objective = Double.POSITIVE_INFINITY;
        for (double shift : COARSE_OFFSETS_KEV) {
            double[] at = start.clone();
            at[OFFSET] += shift;
            accept(at, objective);
        }
    }

    private void refine() {
        double damping = 1e-3;
        for (int i = 0; i < MAX_STEPS; i++) {
            double[] gradient = new double[PARAMETERS];
            double[] curvature = reduced(gradient);
            double[] step = null;
            boolean better = false;
            double before = objective;
            for (int attempt = 0; attempt < 12 && !better; attempt++) {
                step = step(curvature, gradient, damping);
                double[] at = theta.clone();
                for (int p = 0; p < PARAMETERS; p++) {
                    at[p] += Math.max(-LARGEST_STEP[p], Math.min(LARGEST_STEP[p], step[p]));
                }
                at[FWHM] = Math.max(40, at[FWHM]);
                at[SLOPE] = Math.max(1, at[SLOPE]);
                better = accept(at, objective);
                damping = better ? damping / 10 : damping * 10;
            }
            if (!better || before - objective < 1e-6) {
                break;
            }
        }
        thetaCovariance = Cholesky.inverse(reduced(new double[PARAMETERS]), PARAMETERS);
    }

    private static double[] step(double[] curvature, double[] gradient, double damping) {
        double[] damped = curvature.clone();
        for (int p = 0; p < PARAMETERS; p++) {
            damped[p * PARAMETERS + p] *= 1 + damping;
        }
        double[] inverse = Cholesky.inverse(damped, PARAMETERS);
        double[] step = new double[PARAMETERS];
        for (int p = 0; p < PARAMETERS; p++) {
            for (int q = 0; q < PARAMETERS; q++) {
                step[p] += inverse[p * PARAMETERS + q] * gradient[q];
            }
        }
        return step;
    }

    /**
     * The information on the four parameters with all free amplitudes profiled out, prior included; {@code gradient}
     * receives the direction of ascent.
     */
    private double[] reduced(double[] gradient) {
        int free = 0;
        int[] which = new int[columns.count()];
        for (int j = 0; j < which.length; j++) {
            if (amplitude[j] > 0) {
                which[free++] = j;
            }
        }
        int n = free + PARAMETERS;
        double[][] x = new double[n][];
        for (int k = 0; k < free; k++) {
            x[k] = columns.curve(which[k]);
        }
        for (int p = 0; p < PARAMETERS; p++) {
            x[free + p] = slope(p);
        }
        double[] model = columns.model(amplitude);
        double[] normal = new double[n * n];
        double[] right = new double[n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = 0;
                for (int c = 0; c < model.length; c++) {
                    sum += x[i][c] * x[j][c] / Math.max(model[c], 1e-9);
                }
                normal[i * n + j] = sum;
            }
            for (int c = 0; c < model.length; c++) {
                right[i] += x[i][c] * (data[c] / Math.max(model[c], 1e-9) - 1);
            }
        }
        for (int p = 0; p < PARAMETERS; p++) {
            double precision = 1 / (priorSd[p] * priorSd[p]);
            normal[(free + p) * n + free + p] += precision;
            right[free + p] -= (theta[p] - start[p]) * precision;
        }
        double[] covariance = Cholesky.inverse(normal, n);
        double[] block = new double[PARAMETERS * PARAMETERS];
        double[] full = new double[PARAMETERS];
        for (int p = 0; p < PARAMETERS; p++) {
            for (int q = 0; q < PARAMETERS; q++) {
                block[p * PARAMETERS + q] = covariance[(free + p) * n + free + q];
            }
            for (int k = 0; k < n; k++) {
                full[p] += covariance[(free + p) * n + k] * right[k];
            }
        }
        double[] information = Cholesky.inverse(block, PARAMETERS);
        for (int p = 0; p < PARAMETERS; p++) {
            gradient[p] = 0;
            for (int q = 0; q < PARAMETERS; q++) {
                gradient[p] += information[p * PARAMETERS + q] * full[q];
            }
        }
        return information;
    }

    /** The model's derivative by a parameter, the amplitudes held. */
    private double[] slope(int parameter) {
        double[] up = theta.clone();
        double[] down = theta.clone();
        up[parameter] += DELTA[parameter];
        down[parameter] -= DELTA[parameter];
        double[][] above = lines(up);
        double[][] below = lines(down);
        double[] slope = new double[range.channels()];
        for (int j = 0; j < above.length; j++) {
            double factor = amplitude[j] / (2 * DELTA[parameter]);
            if (factor > 0) {
                for (int c = 0; c < slope.length; c++) {
                    slope[c] += factor * (above[j][c] - below[j][c]);
                }
            }
        }
        return slope;
    }
}
