package org.hyalite.tomo;

import java.util.ArrayList;
import java.util.List;
import org.hyalite.grid.TiltSeries;
import org.hyalite.grid.Volume;
import org.hyalite.progress.Progress;

/**
 * Minimises {@code P(x) = D(Ax) + α R(x)} over x ≥ 0, for one volume or several together ({@link Terms}), by the primal–dual hybrid gradient method (Chambolle and Pock 2011),
 * over-relaxed (Condat 2013), with one step per ray and per column of voxels (Pock and Chambolle 2011): for rays
 * {@code σ = s/Σ|a|}, for the regulariser a constant, for voxels {@code τ = 1/λ(s Σ|a| + σ |K|²)} (see {@link StepNorm}). The dual variables q
 * (per pixel) and p (per voxel) move first, then x by twice the new less the old {@code v = Aᵀq + Kᵀp}; so each
 * iteration costs one projection, one back projection, and one sweep through the volume.
 *
 * <p><b>The gap.</b> With x ≥ 0 alone the dual is infeasible at almost every iterate. It is taken for the box
 * 0 ≤ y ≤ x + h around the iterate x, with h a quarter of its largest voxel, which is stated beside the gap:
 * {@code P(x) + D*(q) + Σ (x + h) max(0, −v)}, never negative but for rounding, over max(|P|, |dual|). It bounds
 * {@code P(x) − P(y)} for every y ≥ 0 that exceeds x nowhere by more than h; by convexity, m gaps bound it for every y
 * that exceeds x nowhere by more than m h. The minimiser is one of these y. Voxels that no ray sees are fixed at 0, in P
 * and in the dual.
 */
final class PrimalDual {
    /** Iterations between two evaluations of the gap; the step before one is not over-relaxed, so that x and p are feasible. */
    static final int EVERY = 10;

    /** h over the largest voxel. */
    private static final double HEADROOM = 0.25;

    /** An objective so many times larger than at its first evaluation does not come back. */
    private static final double DIVERGED = 100;

    private final Projector projector;
    private final Terms terms;
    private final Penalty penalty;
    private final Steps steps;
    /** By channel. */
    private final Volume[] x;

    private final Volume[] v;
    private final Volume[] g;
    private final TiltSeries[] s;
    private final float[][] tau;
    /** By term. */
    private final TiltSeries[] q;

    private final float[][] sigma;
    private final TiltSeries scratch;
    private final double scale;
    private final double typical;
    private double alpha;
    private float sigmaK;

    /**
     * How long the steps are.
     *
     * @param data s, over the data term's usual one
     * @param penalty the regulariser's σ, over its usual one (a number times α per typical density)
     * @param relaxation ρ, in (0, 2)
     */
    record Steps(double data, double penalty, double relaxation) {
        static final Steps USUAL = new Steps(1, 1, 1.7);
    }

    /** One evaluation: the state's quality, and where it was reached. */
    record Evaluation(int iteration, double primal, double dual, double fit, List<Double> headroom) {
        double relativeGap() {
            double size = Math.max(Math.abs(primal), Math.abs(dual));
            return size == 0 ? 0 : (primal - dual) / size;
        }
    }

    private PrimalDual(Projector projector, Terms terms, Regulariser regulariser, Steps steps) {
        this.projector = projector;
        this.terms = terms;
        this.steps = steps;
        int channels = terms.channels();
        this.penalty = Penalty.of(regulariser, projector, channels);
        this.x = volumes(channels);
        this.v = volumes(channels);
        this.g = volumes(channels);
        this.s = series(channels);
        this.q = series(terms.count());
        this.scratch = terms.mixed() ? series(1)[0] : s[0];
        SliceMatrix matrix = projector.matrix();
        this.sigma = new float[terms.count()][matrix.raySum.length];
        this.tau = new float[channels][matrix.voxelSum.length];
        this.scale = largestPull(DataFit::pull);
        this.typical = largestPull(DataFit::estimate) / (mean(matrix.raySum) * mean(matrix.voxelSum));
    }

    static PrimalDual of(Projector projector, Terms terms, Regulariser regulariser, Steps steps) {
        return new PrimalDual(projector, terms, regulariser, steps);
    }

    private Volume[] volumes(int count) {
        Volume[] all = new Volume[count];
        for (int i = 0; i < count; i++) {
            all[i] = Volume.zeros(projector.nz(), projector.ny(), projector.nx(), projector.pixelNm());
        }
        return all;
    }

    private TiltSeries[] series(int count) {
        TiltSeries[] all = new TiltSeries[count];
        for (int i = 0; i < count; i++) {
            all[i] = TiltSeries.zeros(projector.geometry(), projector.ny(), projector.columns(), projector.pixelNm());
        }
        return all;
    }

    /** The largest voxel of the back projections of the terms that see one volume as it is. */
    private double largestPull(java.util.function.Function<DataFit, TiltSeries> of) {
        double largest = 0;
        for (int j = 0; j < terms.count(); j++) {
            if (terms.get(j).plain() >= 0) {
                projector.back(of.apply(terms.get(j).fit()), g[0]);
                largest = Math.max(largest, largest(g[0]));
            }
        }
        return largest;
    }

    static double largest(Volume volume) {
        double largest = 0;
        for (float[] block : volume.blocks()) {
            for (float value : block) {
                largest = Math.max(largest, Math.abs(value));
            }
        }
        return largest;
    }

    /** {@code max |Aᵀ∇D(0)|}, by which a relative weight is multiplied. */
    double scale() {
        return scale;
    }

    /** Of the regulariser's differences; 0: none. */
    int order() {
        return penalty.order();
    }

    int channels() {
        return x.length;
    }

    /** A channel's iterate: the solver's own, overwritten by the next call. */
    Volume x(int channel) {
        return x[channel];
    }

    /** {@code Ax} of a channel as of the last evaluation: the solver's own. */
    TiltSeries image(int channel) {
        return s[channel];
    }

    /** Sets the weight, keeping the iterate and fitting the dual variable to the new bound. */
    void weight(double newAlpha) {
        if (alpha > 0 && newAlpha == alpha) {
            return;
        }
        if (alpha > 0) {
            penalty.scaleDual((float) (newAlpha / alpha));
        }
        alpha = newAlpha;
        SliceMatrix matrix = projector.matrix();
        double meanRay = mean(matrix.raySum);
        sigmaK = penalty.normSquare() == 0 || typical == 0
                ? 0f
                : (float) (steps.penalty * penalty.usualStep() * alpha / typical);
        double[] pull = new double[x.length];
        for (int j = 0; j < sigma.length; j++) {
            Terms.Term term = terms.get(j);
            double sA = steps.data * term.fit().usualStep() * term.fit().curvature() * meanRay;
            for (int i = 0; i < sigma[j].length; i++) {
                sigma[j][i] = (float) (sA / (matrix.raySum[i] > 0 ? matrix.raySum[i] : meanRay));
            }
            for (int c = 0; c < pull.length; c++) {
                pull[c] += sA * Math.abs(term.response()[c]) * term.total();
            }
        }
        for (int c = 0; c < tau.length; c++) {
            for (int i = 0; i < tau[c].length; i++) {
                tau[c][i] = matrix.voxelSum[i] > 0
                        ? (float) (1 / (pull[c] * matrix.voxelSum[i] + sigmaK * penalty.normSquare()))
                        : 0f;
            }
        }
        if (penalty.order() > 0) {
            double together = StepNorm.bound(matrix, terms, sigma, tau, sigmaK, penalty.order());
            for (float[] channel : tau) {
                for (int i = 0; together > 0 && i < channel.length; i++) {
                    channel[i] = (float) (channel[i] / together);
                }
            }
        }
    }

    /** Starts from a coarser grid's solution: x and p as they are there, {@code q = ∇D(Ax)} from the fine data. */
    void start(PrimalDual coarse) {
        for (int c = 0; c < x.length; c++) {
            Coarser.spread(coarse.x[c], x[c], -1, 1f, projector.slabs());
            projector.forward(x[c], s[c]);
        }
        // g is overwritten by what pulls next
        penalty.start(coarse.penalty, coarse.g[0], g[0]);
        for (int j = 0; j < q.length; j++) {
            terms.get(j).fit().slope(q[j].blocks(), terms.seen(j, s, scratch).blocks());
        }
        pull();
        // steps of no length: p is brought within its bound, and v is what belongs to p and q
        sweep(new float[tau.length][tau[0].length], 0f, 1f);
    }

    private void pull() {
        for (int c = 0; c < g.length; c++) {
            projector.back(terms.pulled(c, q, scratch), g[c]);
        }
    }

    private void sweep(float[][] taus, float penaltySigma, float rho) {
        penalty.sweep(new Penalty.Sweep(blocks(x), blocks(v), blocks(g), taus, penaltySigma, (float) alpha, rho));
    }

    private static float[][][] blocks(Volume[] volumes) {
        float[][][] all = new float[volumes.length][][];
        for (int c = 0; c < all.length; c++) {
            all[c] = volumes[c].blocks();
        }
        return all;
    }

    static double mean(float[] values) {
        double sum = 0;
        int count = 0;
        for (float value : values) {
            if (value > 0) {
                sum += value;
                count++;
            }
        }
        return count == 0 ? 1 : sum / count;
    }

    /**
     * Iterates until the relative gap is at most {@code tolerance}.
     *
     * @return the evaluations, the last one of the iterate that {@link #x} holds
     * @throws IllegalStateException if the iteration diverges
     */
    List<Evaluation> solve(double tolerance, int maxIterations, Progress progress, String task) {
        return solve(tolerance, maxIterations, progress, task, Resumption.of(Checkpoints.NONE));
    }

    /** The same, going on from the state that {@code resumption} found, and keeping it at evaluations. */
    List<Evaluation> solve(double tolerance, int maxIterations, Progress progress, String task, Resumption resumption) {
        List<Evaluation> history = resumption.restore(this);
        int done = history.isEmpty() ? 0 : history.get(history.size() - 1).iteration();
        boolean projected = false;
        for (int i = done + 1; i <= maxIterations; i++) {
            progress.check();
            boolean evaluate = i % EVERY == 0 || i == maxIterations;
            if (!projected) {
                project();
            }
            float rho = evaluate ? 1f : (float) steps.relaxation;
            for (int j = 0; j < q.length; j++) {
                DataFit fit = terms.get(j).fit();
                fit.dualStep(q[j].blocks(), terms.seen(j, s, scratch).blocks(), sigma[j], rho);
            }
            pull();
            sweep(tau, sigmaK, rho);
            projected = evaluate;
            if (evaluate) {
                project();
                Evaluation now = evaluate(i);
                history.add(now);
                if (now.primal > DIVERGED * history.get(0).primal) {
                    throw new IllegalStateException("the reconstruction diverged: P = " + now.primal + " at iteration "
                            + i + ", it was " + history.get(0).primal + " at iteration " + history.get(0).iteration);
                }
                if (now.relativeGap() <= tolerance) {
                    break;
                }
                progress.report(task, nearness(history, tolerance, maxIterations));
                Onlooker.show(progress, x);
                resumption.keep(this, history);
            }
        }
        return history;
    }

    private static double nearness(List<Evaluation> history, double tolerance, int maxIterations) {
        Evaluation last = history.get(history.size() - 1);
        double start = Math.max(history.get(0).relativeGap(), 2 * tolerance);
        double byGap = Math.log(start / Math.max(last.relativeGap(), tolerance)) / Math.log(start / tolerance);
        return Math.min(0.99, Math.max(byGap, (double) last.iteration() / maxIterations));
    }

    private void project() {
        for (int c = 0; c < x.length; c++) {
            projector.forward(x[c], s[c]);
        }
    }

    /**
     * All that an iteration leaves to the next one beside the weight: x, {@code v = Aᵀq + Kᵀp}, q, and what the regulariser
     * holds; the solver's own arrays.
     */
    List<float[]> state() {
        List<float[]> state = new ArrayList<>();
        for (Volume[] volumes : List.of(x, v)) {
            for (Volume volume : volumes) {
                state.addAll(List.of(volume.blocks()));
            }
        }
        for (TiltSeries series : q) {
            state.addAll(List.of(series.blocks()));
        }
        state.addAll(penalty.state());
        return state;
    }

    /** What one channel's box adds to the gap, and its largest voxel. */
    private record Box(double below, double touching, double largest) {}

    private Box box(int channel) {
        int nx = projector.nx();
        int nz = projector.nz();
        int blocks = x[channel].blocks().length;
        double[] below = new double[blocks * nz];
        double[] touching = new double[blocks * nz];
        float[] largest = new float[blocks * nz];
        projector.slabs().run(blocks * nz, piece -> {
            int b = piece / nz;
            int z = piece % nz;
            float[] u = x[channel].blocks()[b];
            float[] w = v[channel].blocks()[b];
            int n = u.length / (nz * nx);
            for (int column = z * nx; column < (z + 1) * nx; column++) {
                float sum = 0;
                float product = 0;
                float max = 0;
                for (int o = column * n; o < (column + 1) * n; o++) {
                    float negative = Math.max(0f, -w[o]);
                    sum += negative;
                    product += negative * u[o];
                    max = Math.max(max, u[o]);
                }
                if (tau[channel][column] > 0) {
                    below[piece] += sum;
                    touching[piece] += product;
                }
                largest[piece] = Math.max(largest[piece], max);
            }
        });
        double negative = 0;
        double product = 0;
        float max = 0;
        for (int i = 0; i < below.length; i++) {
            negative += below[i];
            product += touching[i];
            max = Math.max(max, largest[i]);
        }
        return new Box(negative, product, max);
    }

    private Evaluation evaluate(int iteration) {
        double misfit = terms.value(s, scratch);
        double primal = misfit + (alpha > 0 ? alpha * penalty.value(blocks(x)) : 0);
        double dual = -terms.conjugate(q) - penalty.gapTerm();
        List<Double> headroom = new ArrayList<>();
        for (int c = 0; c < x.length; c++) {
            Box box = box(c);
            headroom.add(HEADROOM * box.largest);
            dual -= HEADROOM * box.largest * box.below + box.touching;
        }
        if (!Double.isFinite(primal) || Double.isNaN(dual)) {
            throw new IllegalStateException(
                    "the reconstruction diverged at iteration " + iteration + ": P = " + primal + ", dual = " + dual);
        }
        return new Evaluation(iteration, primal, dual, misfit, headroom);
    }
}
