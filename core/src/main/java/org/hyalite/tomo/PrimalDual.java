package org.hyalite.tomo;

import java.util.ArrayList;
import java.util.List;
import org.hyalite.grid.TiltSeries;
import org.hyalite.grid.Volume;
import org.hyalite.progress.Progress;

/**
 * Minimises {@code P(x) = D(Ax) + α R(x)} over x ≥ 0 by the primal–dual hybrid gradient method (Chambolle and Pock 2011),
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
    private final DataFit fit;
    private final Penalty penalty;
    private final Steps steps;
    private final Volume x;
    private final Volume v;
    private final Volume g;
    private final TiltSeries q;
    private final TiltSeries s;
    private final double scale;
    private final float[] sigma;
    private final float[] tau;
    private double alpha;
    private float sigmaK;

    /**
     * How long the steps are.
     *
     * @param data s, over the data term's curvature and the mean ray
     * @param penalty the regulariser's σ, over its usual one (a number times α per typical density)
     * @param relaxation ρ, in (0, 2)
     */
    record Steps(double data, double penalty, double relaxation) {
        static final Steps USUAL = new Steps(0.2, 1, 1.7);
    }

    /** One evaluation: the state's quality, and where it was reached. */
    record Evaluation(int iteration, double primal, double dual, double fit, double headroom) {
        double relativeGap() {
            double size = Math.max(Math.abs(primal), Math.abs(dual));
            return size == 0 ? 0 : (primal - dual) / size;
        }
    }

    private PrimalDual(Projector projector, DataFit fit, Regulariser regulariser, Steps steps) {
        this.projector = projector;
        this.fit = fit;
        this.steps = steps;
        this.penalty = Penalty.of(regulariser, projector);
        this.x = empty();
        this.v = empty();
        this.g = empty();
        this.q = TiltSeries.zeros(projector.geometry(), projector.ny(), projector.nx(), projector.pixelNm());
        this.s = q.copy();
        SliceMatrix matrix = projector.matrix();
        this.sigma = new float[matrix.raySum.length];
        this.tau = new float[matrix.voxelSum.length];
        projector.back(fit.pull(), g);
        double largest = 0;
        for (float[] block : g.blocks()) {
            for (float value : block) {
                largest = Math.max(largest, Math.abs(value));
            }
        }
        this.scale = largest;
    }

    static PrimalDual of(Projector projector, DataFit fit, Regulariser regulariser, Steps steps) {
        return new PrimalDual(projector, fit, regulariser, steps);
    }

    private Volume empty() {
        return Volume.zeros(projector.nz(), projector.ny(), projector.nx(), projector.pixelNm());
    }

    /** {@code max |Aᵀ∇D(0)|}, by which a relative weight is multiplied. */
    double scale() {
        return scale;
    }

    /** Of the regulariser's differences; 0: none. */
    int order() {
        return penalty.order();
    }

    /** The iterate: the solver's own, overwritten by the next call. */
    Volume x() {
        return x;
    }

    /** {@code Ax} as of the last evaluation: the solver's own. */
    TiltSeries image() {
        return s;
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
        double meanVoxel = mean(matrix.voxelSum);
        double sA = steps.data * fit.curvature() * meanRay;
        // a density as high as the data ask for, blurred
        double typical = scale / (meanRay * meanVoxel * fit.curvature());
        sigmaK = penalty.normSquare() == 0 || typical == 0
                ? 0f
                : (float) (steps.penalty * penalty.usualStep() * alpha / typical);
        for (int i = 0; i < sigma.length; i++) {
            sigma[i] = (float) (sA / (matrix.raySum[i] > 0 ? matrix.raySum[i] : meanRay));
        }
        for (int i = 0; i < tau.length; i++) {
            tau[i] = matrix.voxelSum[i] > 0
                    ? (float) (1 / (sA * matrix.voxelSum[i] + sigmaK * penalty.normSquare()))
                    : 0f;
        }
        if (penalty.order() > 0) {
            double together = StepNorm.bound(matrix, sigma, tau, sigmaK, penalty.order());
            for (int i = 0; together > 0 && i < tau.length; i++) {
                tau[i] = (float) (tau[i] / together);
            }
        }
    }

    /** Starts from a coarser grid's solution: x and p as they are there, {@code q = ∇D(Ax)} from the fine data. */
    void start(PrimalDual coarse) {
        Coarser.spread(coarse.x, x, -1, 1f, projector.slabs());
        penalty.start(coarse.penalty);
        projector.forward(x, s);
        fit.slope(q.blocks(), s.blocks());
        projector.back(q, g);
        // steps of no length: p is brought within its bound, and v is what belongs to p and q
        float[] still = new float[tau.length];
        penalty.sweep(new Penalty.Sweep(x.blocks(), v.blocks(), g.blocks(), still, 0f, (float) alpha, 1f));
    }

    private static double mean(float[] values) {
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
        List<Evaluation> history = new ArrayList<>();
        boolean projected = false;
        for (int i = 1; i <= maxIterations; i++) {
            progress.check();
            boolean evaluate = i % EVERY == 0 || i == maxIterations;
            if (!projected) {
                projector.forward(x, s);
            }
            float rho = evaluate ? 1f : (float) steps.relaxation;
            fit.dualStep(q.blocks(), s.blocks(), sigma, rho);
            projector.back(q, g);
            penalty.sweep(new Penalty.Sweep(x.blocks(), v.blocks(), g.blocks(), tau, sigmaK, (float) alpha, rho));
            projected = evaluate;
            if (evaluate) {
                projector.forward(x, s);
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

    private Evaluation evaluate(int iteration) {
        int nx = projector.nx();
        int nz = projector.nz();
        int blocks = x.blocks().length;
        double[] below = new double[blocks * nz];
        double[] touching = new double[blocks * nz];
        float[] largest = new float[blocks * nz];
        projector.slabs().run(blocks * nz, piece -> {
            int b = piece / nz;
            int z = piece % nz;
            float[] u = x.blocks()[b];
            float[] w = v.blocks()[b];
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
                if (tau[column] > 0) {
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
        double misfit = fit.value(s.blocks());
        double primal = misfit + (alpha > 0 ? alpha * penalty.value(x.blocks()) : 0);
        double headroom = HEADROOM * max;
        double dual = -fit.conjugate(q.blocks()) - headroom * negative - product - penalty.gapTerm();
        if (!Double.isFinite(primal) || Double.isNaN(dual)) {
            throw new IllegalStateException(
                    "the reconstruction diverged at iteration " + iteration + ": P = " + primal + ", dual = " + dual);
        }
        return new Evaluation(iteration, primal, dual, misfit, headroom);
    }
}
