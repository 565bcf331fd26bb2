package org.hyalite.tomo;

import java.util.Optional;
import java.util.stream.IntStream;
import org.hyalite.grid.TiltSeries;
import org.hyalite.grid.Volume;
import org.hyalite.kernel.Slabs;
import org.hyalite.progress.Progress;

/** What is to be reconstructed, with its projector: the whole of it, some tilts of it, or a coarser one. */
record Problem(
        Projector projector, TiltSeries data, Optional<TiltSeries> standardErrors, ReconstructionSettings settings) {
    /** A coarse solution need not be better than what the change of the grid costs. */
    private static final double COARSE_GAP = 1e-3;

    private static final int COARSE_ITERATIONS = 400;

    Slabs slabs() {
        return projector.slabs();
    }

    DataFit fit() {
        if (settings.dataTerm() instanceof DataTerm.WeightedLeastSquares) {
            return DataFit.weighted(data, standardErrors.orElseThrow(), slabs());
        }
        if (settings.dataTerm() instanceof DataTerm.KullbackLeibler term) {
            return DataFit.kullbackLeibler(data, term, slabs());
        }
        return DataFit.leastSquares(data, slabs());
    }

    /** A solver at its start: the solution of the coarser problem, where there is one. */
    PrimalDual solver(Regulariser regulariser, double alpha, Progress progress) {
        PrimalDual solver = PrimalDual.of(projector, fit(), regulariser, PrimalDual.Steps.USUAL);
        solver.weight(alpha);
        Optional<Problem> coarser = coarser();
        if (coarser.isPresent() && solver.order() > 0) {
            PrimalDual coarse =
                    coarser.get().solver(regulariser, alpha * Coarser.weightRatio(solver.order()), progress);
            double gap = Math.max(COARSE_GAP, settings.relativeGap());
            coarse.solve(
                    gap, Math.min(COARSE_ITERATIONS, settings.maxIterations()), progress, "reconstructing coarsely");
            solver.start(coarse);
        }
        return solver;
    }

    /** On voxels of twice the edge; none where the sizes do not allow it. */
    Optional<Problem> coarser() {
        if (!Coarser.possible(projector.nz(), projector.nx())) {
            return Optional.empty();
        }
        TiltSeries means = Coarser.series(data, slabs());
        Projector halved =
                Projector.of(means.geometry(), projector.nz() / 2, means.ny(), means.nx(), means.pixelNm(), slabs());
        ReconstructionSettings own = settings;
        if (settings.dataTerm() instanceof DataTerm.KullbackLeibler term) {
            own = settings.with(
                    new DataTerm.KullbackLeibler(Coarser.series(term.background(), slabs()), term.countsPerUnit()));
        }
        return Optional.of(new Problem(halved, means, standardErrors.map(e -> Coarser.errors(e, slabs())), own));
    }

    /** Of some tilts. */
    Problem select(int... tilts) {
        TiltSeries some = data.select(tilts);
        Projector part = Projector.of(
                some.geometry(), projector.nz(), projector.ny(), projector.nx(), projector.pixelNm(), slabs());
        ReconstructionSettings own = settings;
        if (settings.dataTerm() instanceof DataTerm.KullbackLeibler term) {
            double[] gains = IntStream.of(tilts)
                    .mapToDouble(t -> term.countsPerUnit()[t])
                    .toArray();
            own = settings.with(new DataTerm.KullbackLeibler(term.background().select(tilts), gains));
        }
        return new Problem(part, some, standardErrors.map(e -> e.select(tilts)), own);
    }

    /** {@code max |Aᵀ∇D(0)|}, by which a relative weight is multiplied. */
    double scale() {
        double largest = 0;
        Volume pull = projector.back(fit().pull());
        for (float[] block : pull.blocks()) {
            for (float value : block) {
                largest = Math.max(largest, Math.abs(value));
            }
        }
        return largest;
    }
}
