package org.hyalite.tomo;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hyalite.grid.TiltSeries;
import org.hyalite.kernel.Slabs;
import org.hyalite.progress.Progress;

/** What is to be reconstructed, with its projector: the whole of it, some of its data, or a coarser one. */
record Problem(Projector projector, List<Observed> observed, ReconstructionSettings settings) {
    /** A coarse solution need not be better than what the change of the grid costs. */
    private static final double COARSE_GAP = 1e-3;

    private static final int COARSE_ITERATIONS = 400;

    Slabs slabs() {
        return projector.slabs();
    }

    Terms terms() {
        return Terms.of(
                observed.stream()
                        .map(o -> new Terms.Term(o.fit(slabs()), o.response()))
                        .toList(),
                observed.get(0).response().length);
    }

    int tilts() {
        return projector.geometry().count();
    }

    /** A solver that starts from nothing. */
    PrimalDual cold(Regulariser regulariser) {
        return PrimalDual.of(projector, terms(), regulariser, PrimalDual.Steps.USUAL);
    }

    /** A solver at its start; where {@code resumption} has a state to go on from, that needs none. */
    PrimalDual solver(Regulariser regulariser, double alpha, Resumption resumption, Progress progress) {
        if (!resumption.underWay()) {
            return solver(regulariser, alpha, progress);
        }
        PrimalDual solver = cold(regulariser);
        solver.weight(alpha);
        return solver;
    }

    /** A solver at its start: the solution of the coarser problem, where there is one. */
    PrimalDual solver(Regulariser regulariser, double alpha, Progress progress) {
        PrimalDual solver = cold(regulariser);
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
        if (!Coarser.possible(projector.nz(), projector.columns(), projector.beside())) {
            return Optional.empty();
        }
        List<Observed> means = observed.stream().map(o -> o.coarser(slabs())).toList();
        TiltSeries first = means.get(0).data();
        Projector halved = Projector.of(
                first.geometry(),
                projector.nz() / 2,
                first.ny(),
                first.nx(),
                projector.beside() / 2,
                first.pixelNm(),
                slabs());
        return Optional.of(new Problem(halved, means, settings));
    }

    /** Of some tilts. */
    Problem select(int... tilts) {
        List<Observed> some = observed.stream().map(o -> o.select(tilts)).toList();
        Projector part = Projector.of(
                some.get(0).data().geometry(),
                projector.nz(),
                projector.ny(),
                projector.columns(),
                projector.beside(),
                projector.pixelNm(),
                slabs());
        return new Problem(part, some, settings);
    }

    /** With a share of all counts to be set aside. */
    Problem thinned(double share, long seed) {
        List<Observed> some = new ArrayList<>();
        for (int j = 0; j < observed.size(); j++) {
            some.add(observed.get(j).thinned(share, seed + j));
        }
        if (some.stream().allMatch(o -> o.thinned().isEmpty())) {
            throw new IllegalArgumentException("thinning asks for counts; choose another criterion");
        }
        return new Problem(projector, some, settings);
    }

    /** Without the counts set aside. */
    Problem kept() {
        return new Problem(projector, observed.stream().map(Observed::kept).toList(), settings);
    }

    /** The counts set aside, and nothing that was not counted. */
    Problem setAside() {
        List<Observed> parts = observed.stream()
                .filter(o -> o.thinned().isPresent())
                .map(Observed::setAside)
                .toList();
        return new Problem(projector, parts, settings);
    }

    /** {@code max |Aᵀ∇D(0)|}, by which a relative weight is multiplied. */
    double scale() {
        double largest = 0;
        for (Observed series : observed) {
            DataFit fit = series.fit(slabs());
            if (new Terms.Term(fit, series.response()).plain() >= 0) {
                largest = Math.max(largest, PrimalDual.largest(projector.back(fit.pull())));
            }
        }
        return largest;
    }
}
