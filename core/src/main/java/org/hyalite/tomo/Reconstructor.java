package org.hyalite.tomo;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hyalite.grid.TiltSeries;
import org.hyalite.grid.Volume;
import org.hyalite.progress.Progress;

/**
 * From a tilt series to the volume that casts it: {@code minimise D(Ax, b) + α R(x) over x ≥ 0}, until the relative
 * primal–dual gap is small (see {@link Convergence}). Images in atoms/nm² give atoms/nm³; nothing is normalised. Voxels
 * that no ray sees stay 0.
 */
public final class Reconstructor {
    private Reconstructor() {}

    /** Without standard errors. */
    public static Reconstruction reconstruct(TiltSeries data, ReconstructionSettings settings, Progress progress) {
        return reconstruct(data, Optional.empty(), settings, progress);
    }

    /**
     * Reconstructs one volume.
     *
     * @param data {@code [tilt, y, x]}, not changed
     * @param standardErrors of every pixel, in the data's unit; used by weighted least squares alone, which needs them
     * @return the volume {@code [z, y, x]} and how it went; all-zero images give a volume of zeros. Where the settings ask
     *     for what is beside the field, the volume is that much wider than the images: see {@link Volume#columns}
     * @throws IllegalArgumentException where a pixel is not a finite number, a standard error is not positive, counts for
     *     Kullback–Leibler are negative, or sizes do not match
     * @throws IllegalStateException if the iteration diverges; there is no volume then
     * @throws java.util.concurrent.CancellationException if cancelled
     */
    public static Reconstruction reconstruct(
            TiltSeries data, Optional<TiltSeries> standardErrors, ReconstructionSettings settings, Progress progress) {
        return reconstruct(data, standardErrors, settings, Checkpoints.NONE, progress);
    }

    /**
     * The same, keeping its state meanwhile, and going on from one that was kept: to the same volume, bit for bit.
     *
     * @param checkpoints of this reconstruction alone: same data, same settings but for the threads
     */
    public static Reconstruction reconstruct(
            TiltSeries data,
            Optional<TiltSeries> standardErrors,
            ReconstructionSettings settings,
            Checkpoints checkpoints,
            Progress progress) {
        Input.require(data, standardErrors, settings);
        Projector projector = settings.projector(data);
        if (Input.allZero(data)) {
            return nothing(data, projector, settings);
        }
        Resumption resumption = Resumption.of(checkpoints);
        Problem problem =
                new Problem(projector, List.of(Observed.single(data, standardErrors, settings.dataTerm())), settings);
        WeightSearch.Choice choice = resumption.choice(() -> limited(WeightSearch.choose(problem, progress), problem));
        // a weight of zero is no regulariser
        Regulariser regulariser = choice.alpha() > 0 ? settings.regulariser() : new Regulariser.None();
        PrimalDual solver = problem.solver(regulariser, choice.alpha(), resumption, progress);
        List<PrimalDual.Evaluation> history =
                solver.solve(settings.relativeGap(), settings.maxIterations(), progress, "reconstructing", resumption);
        progress.report("reconstructing", 1);
        Convergence convergence = Convergence.of(
                settings,
                solver,
                choice,
                history,
                history.get(history.size() - 1).headroom().get(0),
                MassPoint.check(data, solver.image(0)),
                settings.dataTerm().label(),
                resumption.seconds(),
                projector.kernels().name());
        return new Reconstruction(solver.x(0), convergence);
    }

    /** Bytes of heap that a reconstruction needs in all, its data and what the collector needs included; from above. */
    public static long forecastBytes(TiltSeries data, ReconstructionSettings settings) {
        int nz = settings.nz(data);
        int series = MemoryForecast.series(settings.dataTerm());
        return MemoryForecast.bytes(nz, data.ny(), data.nx(), settings.beside(data), data.tilts(), 1, series, settings);
    }

    /** The same for images of {@code ny × nx} pixels and nothing beside the field. */
    public static long forecastBytes(int nz, int ny, int nx, int tilts, ReconstructionSettings settings) {
        return MemoryForecast.bytes(nz, ny, nx, 0, tilts, 1, MemoryForecast.series(settings.dataTerm()), settings);
    }

    /**
     * A given weight within what single precision and the steps can carry: α of w = 1 at most, which leaves next to
     * nothing but what the regulariser lets pass for free; none at all where it is too small for a number.
     */
    static WeightSearch.Choice limited(WeightSearch.Choice choice, Problem problem) {
        if (choice.alpha() == 0 || problem.settings().weight() instanceof Weight.Auto) {
            return choice;
        }
        if (choice.alpha() < Float.MIN_NORMAL) {
            return new WeightSearch.Choice(0, choice.criterion() + ", too small to count", choice.curve());
        }
        // a weight of 1 itself may come out of its division by the scale a little larger
        double most = problem.scale() * (1 + 1e-9);
        return choice.alpha() <= most
                ? choice
                : new WeightSearch.Choice(
                        problem.scale(),
                        String.format(
                                Locale.ROOT,
                                "%s as α = %.3g, more than the %.3g of weight 1, which is used",
                                choice.criterion(),
                                choice.alpha(),
                                problem.scale()),
                        choice.curve());
    }

    private static Reconstruction nothing(TiltSeries data, Projector projector, ReconstructionSettings settings) {
        Volume zeros = Volume.zeros(projector.nz(), data.ny(), projector.nx(), data.pixelNm());
        Convergence convergence = new Convergence(
                settings.regulariser().label(),
                settings.dataTerm().label(),
                0,
                0,
                true,
                0,
                0,
                "none: all pixels are zero",
                List.of(),
                0,
                MassPoint.check(data, data),
                List.of(),
                0,
                projector.kernels().name());
        return new Reconstruction(zeros, convergence);
    }
}
