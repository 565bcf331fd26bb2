package org.hyalite.spectra;

import java.util.Arrays;
import java.util.List;
import org.hyalite.grid.EnergyAxis;
import org.hyalite.grid.Spectrum;
import org.hyalite.physics.Element;
import org.hyalite.physics.Uncertain;

/**
 * Axis, width and detector response fitted to the sum spectrum: Gauss–Newton on the Poisson likelihood of all parameters
 * together, the linear ones solved exactly after each step (variable projection). What the file says enters as a weak
 * prior (offset ± 30 eV, gain ± 0.5 %, FWHM ± 10 eV, slope 2.5 ± 0.1 eV): it decides only what the spectrum leaves open,
 * as the gain of a spectrum with one line. Incomplete charge collection, escape peaks and absorption edges in the
 * continuum are taken up only where the spectrum shows them: each must raise the likelihood by far more than its
 * parameters would by chance.
 */
final class AxisFit {
    private static final double[] LARGEST_STEP = {0.02, 3e-5, 10, 0.1, 0.1, 0.05, 0.02, 0.02};
    private static final double LARGEST_THICKNESS_STEP = 1;
    private static final double[] LEAST = {-1e9, 1e-9, 40, 1, 0, 0.01, 0, 0.01};
    private static final double[] MOST = {1e9, 1e9, 500, 10, 3, 0.4, 0.3, 0.2};

    /** Charge loss of a usual detector, and how well that is known. */
    private static final double[] LOSS_START = {0.1, 0.12, 0.02, 0.06};

    private static final double[] LOSS_SD = {0.15, 0.06, 0.03, 0.03};
    private static final double THICKNESS_SD = 0.1;
    private static final double MOST_THICKNESS = 0.3;

    /** Gain of log likelihood that a part of the response must bring. */
    private static final double EVIDENCE = 12.5;

    private static final double[] COARSE_OFFSETS_KEV = {-0.06, -0.04, -0.02, 0, 0.02, 0.04, 0.06};
    private static final int MAX_STEPS = 30;

    /** Where a fit begins at the amplitudes of the last, none is less than this share of the mean. */
    private static final double WARM = 1e-4;

    private static final int AXIS = 4;

    private final double[] data;
    private final int[] channel;
    private final List<Element> absorbers;
    private double[] start;
    private double[] priorSd;
    private SumModel model;

    private int[] free = {0, 1, 2, 3};
    private double[] theta;
    private double[] amplitude = {};
    private double[] thetaCovariance = {};
    private Columns columns;
    private double objective;

    private AxisFit(Spectrum sum, SumModel model, List<Element> absorbers, PeakWidth width) {
        this.model = new SumModel(
                model.range(), model.groups(), model.unknownChannels(), List.of(), model.beamEnergyKeV(), false);
        this.absorbers = absorbers;
        FitRange range = model.range();
        data = Arrays.copyOfRange(sum.counts(), range.first(), range.first() + range.channels());
        channel = new int[data.length];
        Arrays.setAll(channel, i -> i);
        EnergyAxis axis = sum.axis();
        start = start(axis, width);
        priorSd = new double[] {0.03, 0.005 * axis.gainKeV(), 10, 0.1, LOSS_SD[0], LOSS_SD[1], LOSS_SD[2], LOSS_SD[3]};
        theta = start.clone();
        columns = this.model.columns(theta);
    }

    /** The parameters where a fit begins. */
    static double[] start(EnergyAxis axis, PeakWidth width) {
        return new double[] {
            axis.offsetKeV(), axis.gainKeV(), width.mnKaEv(), width.slopeEv(), 0, LOSS_START[1], 0, LOSS_START[3]
        };
    }

    /**
     * Fits.
     *
     * @param model without absorbers
     * @param absorbers elements that may be in the way of the continuum
     */
    static AxisFit of(Spectrum sum, SumModel model, List<Element> absorbers, PeakWidth width) {
        AxisFit fit = new AxisFit(sum, model, absorbers, width);
        fit.coarse();
        fit.refine();
        fit.tryChargeLoss();
        fit.tryAbsorbers();
        fit.tryEscape();
        fit.thetaCovariance = Cholesky.inverse(fit.reduced(new double[fit.free.length]), fit.free.length);
        return fit;
    }

    /** The parameters, in {@link SumModel}'s order. */
    double[] theta() {
        return theta;
    }

    /** Standard errors of {@link #theta}, from the joint information with all amplitudes; 0 of what was not fitted. */
    double[] standardErrors() {
        double[] se = new double[theta.length];
        for (int p = 0; p < free.length; p++) {
            se[free[p]] = Math.sqrt(thetaCovariance[p * free.length + p]);
        }
        return se;
    }

    /** The model with what the spectrum showed of the response. */
    SumModel model() {
        return model;
    }

    Response response() {
        return model.response(theta);
    }

    /**
     * The response beside the Gaussians, for people.
     *
     * @param widen factor on the standard errors
     */
    DetectorResponse detector(double widen) {
        double[] se = standardErrors();
        Uncertain[] all = new Uncertain[theta.length];
        Arrays.setAll(all, p -> new Uncertain(theta[p], widen * se[p]));
        return DetectorResponse.of(model, all);
    }

    /** The continuum at every channel of the range. */
    double[] background() {
        double[] lines = amplitude.clone();
        Arrays.fill(lines, 0, model.lineColumns(), 0);
        return columns.model(lines);
    }

    /** The groups with the shares of their parts as the sum spectrum, and the tables as a prior, have them. */
    List<LineGroup> refinedGroups() {
        double[] mu = columns.model(amplitude);
        double[] weight = new double[mu.length];
        Arrays.setAll(weight, c -> 1 / Math.max(mu[c], 1));
        int n = columns.count();
        double[] information = new double[n * n];
        columns.addNormal(weight, information);
        return model.refined(theta, amplitude, Cholesky.inverse(information, n), n);
    }

    private record State(
            SumModel model, int[] free, double[] theta, double[] amplitude, Columns columns, double objective) {}

    private State state() {
        return new State(model, free, theta, amplitude, columns, objective);
    }

    private void restore(State state) {
        model = state.model();
        free = state.free();
        theta = state.theta();
        amplitude = state.amplitude();
        columns = state.columns();
        objective = state.objective();
    }

    private void tryEscape() {
        State without = state();
        model = model.withEscape(true);
        objective = Double.POSITIVE_INFINITY;
        accept(theta);
        refine();
        if (objective > without.objective()) {
            restore(without);
        }
    }

    private void tryChargeLoss() {
        State without = state();
        free = new int[] {
            0, 1, 2, 3, SumModel.LOSS_DEPTH, SumModel.SURFACE_LOSS, SumModel.BORDER_SHARE, SumModel.BORDER_LOSS
        };
        double[] at = theta.clone();
        at[SumModel.LOSS_DEPTH] = LOSS_START[0];
        at[SumModel.BORDER_SHARE] = LOSS_START[2];
        objective = Double.POSITIVE_INFINITY;
        accept(at);
        refine();
        if (objective > without.objective() - EVIDENCE) {
            restore(without);
        }
    }

    private void tryAbsorbers() {
        if (absorbers.isEmpty()) {
            return;
        }
        State without = state();
        model = model.withAbsorbers(absorbers, theta);
        int all = model.parameters();
        int fitted = free.length;
        free = Arrays.copyOf(free, fitted + absorbers.size());
        start = Arrays.copyOf(start, all);
        theta = Arrays.copyOf(theta, all);
        priorSd = Arrays.copyOf(priorSd, all);
        Arrays.fill(priorSd, SumModel.ABSORBER, all, THICKNESS_SD);
        for (int k = 0; k < absorbers.size(); k++) {
            free[fitted + k] = SumModel.ABSORBER + k;
        }
        refine();
        if (objective > without.objective() - EVIDENCE) {
            restore(without);
        }
    }

    /** Solves the linear part at {@code at} and returns deviance/2 plus the prior's. */
    private double solve(double[] at, double[][] amplitudes, Columns[] built) {
        Columns candidate = model.columns(at);
        double[] a = new double[candidate.count()];
        double total = Arrays.stream(data).sum();
        for (int j = 0; j < a.length; j++) {
            double least = total / a.length;
            a[j] = a.length == amplitude.length ? Math.max(amplitude[j], WARM * least) : least;
        }
        new PoissonFit(candidate).fit(channel, data, data.length, a);
        double[] mu = candidate.model(a);
        double sum = 0;
        for (int c = 0; c < data.length; c++) {
            sum += mu[c] - data[c] + (data[c] > 0 ? data[c] * Math.log(data[c] / mu[c]) : 0);
        }
        for (int p : free) {
            double z = (at[p] - start[p]) / priorSd[p];
            sum += z * z / 2;
        }
        amplitudes[0] = a;
        built[0] = candidate;
        return sum;
    }

    private boolean accept(double[] at) {
        double[][] a = new double[1][];
        Columns[] built = new Columns[1];
        double value = solve(at, a, built);
        if (value < objective) {
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
            at[SumModel.OFFSET] += shift;
            accept(at);
        }
    }

    private void refine() {
        double damping = 1e-3;
        for (int i = 0; i < MAX_STEPS; i++) {
            double[] gradient = new double[free.length];
            double[] curvature = reduced(gradient);
            boolean better = false;
            double before = objective;
            for (int attempt = 0; attempt < 12 && !better; attempt++) {
                double[] step = step(curvature, gradient, damping);
                double[] at = theta.clone();
                for (int p = 0; p < free.length; p++) {
                    int q = free[p];
                    boolean absorber = q >= SumModel.ABSORBER;
                    double most = absorber ? LARGEST_THICKNESS_STEP : LARGEST_STEP[q];
                    double value = at[q] + Math.max(-most, Math.min(most, step[p]));
                    at[q] = absorber
                            ? Math.max(0, Math.min(MOST_THICKNESS, value))
                            : Math.max(LEAST[q], Math.min(MOST[q], value));
                }
                better = accept(at);
                damping = better ? damping / 10 : damping * 10;
            }
            if (!better || before - objective < (free.length > AXIS ? 5e-3 : 1e-6)) {
                break;
            }
        }
        thetaCovariance = Cholesky.inverse(reduced(new double[free.length]), free.length);
    }

    /** The damped step; absorbers that stand at zero and would fall below it are held. */
    private double[] step(double[] curvature, double[] gradient, double damping) {
        int n = free.length;
        double[] damped = curvature.clone();
        double[] right = gradient.clone();
        for (int p = 0; p < n; p++) {
            boolean held = free[p] >= SumModel.ABSORBER && theta[free[p]] <= 0 && gradient[p] <= 0;
            for (int q = 0; q < n && held; q++) {
                damped[p * n + q] = 0;
                damped[q * n + p] = 0;
            }
            damped[p * n + p] = held ? 1 : damped[p * n + p] * (1 + damping);
            right[p] = held ? 0 : right[p];
        }
        double[] inverse = Cholesky.inverse(damped, n);
        double[] step = new double[n];
        for (int p = 0; p < n; p++) {
            for (int q = 0; q < n; q++) {
                step[p] += inverse[p * n + q] * right[q];
            }
        }
        return step;
    }

    /**
     * The information on the fitted parameters with all free amplitudes profiled out, prior included; {@code gradient}
     * receives the direction of ascent.
     */
    private double[] reduced(double[] gradient) {
        int fitted = free.length;
        int linear = 0;
        int[] which = new int[columns.count()];
        for (int j = 0; j < which.length; j++) {
            if (amplitude[j] > 0) {
                which[linear++] = j;
            }
        }
        int n = linear + fitted;
        double[][] x = new double[n][];
        for (int k = 0; k < linear; k++) {
            x[k] = columns.curve(which[k]);
        }
        double[] background = background();
        double[][] here = model.lines(theta);
        for (int p = 0; p < fitted; p++) {
            x[linear + p] = model.slope(free[p], theta, here, amplitude, background);
        }
        double[] mu = columns.model(amplitude);
        double[] normal = new double[n * n];
        double[] right = new double[n];
        double[] scaled = new double[mu.length];
        for (int i = 0; i < n; i++) {
            for (int c = 0; c < mu.length; c++) {
                scaled[c] = x[i][c] / Math.max(mu[c], 1e-9);
                right[i] += scaled[c] * (data[c] - mu[c]);
            }
            for (int j = 0; j <= i; j++) {
                double sum = 0;
                for (int c = 0; c < mu.length; c++) {
                    sum += scaled[c] * x[j][c];
                }
                normal[i * n + j] = sum;
            }
        }
        for (int p = 0; p < fitted; p++) {
            double precision = 1 / (priorSd[free[p]] * priorSd[free[p]]);
            normal[(linear + p) * n + linear + p] += precision;
            right[linear + p] -= (theta[free[p]] - start[free[p]]) * precision;
        }
        double[] covariance = Cholesky.inverse(normal, n);
        double[] block = new double[fitted * fitted];
        double[] full = new double[fitted];
        for (int p = 0; p < fitted; p++) {
            for (int q = 0; q < fitted; q++) {
                block[p * fitted + q] = covariance[(linear + p) * n + linear + q];
            }
            for (int k = 0; k < n; k++) {
                full[p] += covariance[(linear + p) * n + k] * right[k];
            }
        }
        double[] information = Cholesky.inverse(block, fitted);
        for (int p = 0; p < fitted; p++) {
            gradient[p] = 0;
            for (int q = 0; q < fitted; q++) {
                gradient[p] += information[p * fitted + q] * full[q];
            }
        }
        return information;
    }
}
