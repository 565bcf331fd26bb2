package org.hyalite.tomo;

import java.util.List;

/**
 * How a reconstruction went. That it did not converge is a result like any other; the caller tells it.
 *
 * @param regulariser its word: tv, tv2, tgv, none
 * @param dataTerm its word: l2, wl2, kl
 * @param iterations of the final solve on the full grid; those on coarser grids and of the search for a weight are not counted
 * @param relativeGap reached; see {@link Reconstructor}
 * @param converged whether it is at most the one asked for
 * @param weight w, where α = w · max |Aᵀ∇D(0)|
 * @param alpha α
 * @param criterion how the weight was chosen
 * @param weightCurve the evidence: weights tried and what the criterion said of them, by rising weight
 * @param headroom h, in the unit of x: relativeGap bounds the excess of the volume x's objective over that of every volume
 *     ≥ 0 that exceeds x nowhere by more than h; over any other's, that exceeds x by up to m h, m gaps bound it
 * @param massCheck by tilt
 * @param gaps every evaluation
 * @param seconds wall time, search included
 * @param kernels which kernels ran, and why
 */
public record Convergence(
        String regulariser,
        String dataTerm,
        int iterations,
        double relativeGap,
        boolean converged,
        double weight,
        double alpha,
        String criterion,
        List<WeightPoint> weightCurve,
        double headroom,
        List<MassPoint> massCheck,
        List<GapPoint> gaps,
        double seconds,
        String kernels) {
    public Convergence {
        weightCurve = List.copyOf(weightCurve);
        massCheck = List.copyOf(massCheck);
        gaps = List.copyOf(gaps);
    }

    /** Of a finished solve. */
    static Convergence of(
            ReconstructionSettings settings,
            PrimalDual solver,
            WeightSearch.Choice choice,
            List<PrimalDual.Evaluation> history,
            double headroom,
            List<MassPoint> massCheck,
            String dataTerm,
            double seconds,
            String kernels) {
        PrimalDual.Evaluation last = history.get(history.size() - 1);
        return new Convergence(
                settings.regulariser().label(),
                dataTerm,
                last.iteration(),
                last.relativeGap(),
                last.relativeGap() <= settings.relativeGap(),
                solver.scale() > 0 ? choice.alpha() / solver.scale() : 0,
                choice.alpha(),
                choice.criterion(),
                choice.curve(),
                headroom,
                massCheck,
                history.stream()
                        .map(e -> new GapPoint(e.iteration(), e.primal(), e.dual(), e.relativeGap()))
                        .toList(),
                seconds,
                kernels);
    }
}
