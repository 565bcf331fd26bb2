package org.hyalite.tomo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.hyalite.grid.TiltSeries;
import org.hyalite.grid.Volume;
import org.hyalite.kernel.Slabs;
import org.hyalite.progress.Progress;

/**
 * Several volumes at once: {@code minimise Σ_i KL(k_i; c_i A x_i + r_i) + ½ Σ ((Σ_i R_i A x_i − a)/s)² + α R(x)} over x ≥ 0,
 * with a coupled total variation ({@link Regulariser.CoupledTv}) of the volumes, each in units of its typical density.
 * The response R of the ADF images a to each element is estimated, never assumed: from what the counts alone give on the
 * coarser grid (see {@link AdfResponse}). Counts stay counts and ADF images intensities; the volumes come out in the unit
 * that countsPerUnit says, atoms/nm³ for counts per atoms/nm².
 */
public final class JointReconstructor {
    /** ADF images that the counted elements explain less well show something else too, and would be taken for them. */
    private static final double EXPLAINED = 0.9;

    private JointReconstructor() {}

    /**
     * Reconstructs all volumes.
     *
     * @param settings its data term is not looked at; its regulariser couples the volumes
     * @throws IllegalArgumentException where sizes differ, counts are negative, a background is not positive
     * @throws IllegalStateException if the iteration diverges
     */
    public static JointReconstruction reconstruct(JointData data, ReconstructionSettings settings, Progress progress) {
        return reconstruct(data, settings, Checkpoints.NONE, progress);
    }

    /**
     * The same, keeping its state meanwhile, and going on from one that was kept: to the same volumes, bit for bit.
     *
     * @param checkpoints of this reconstruction alone: same data, same settings but for the threads
     */
    public static JointReconstruction reconstruct(
            JointData data, ReconstructionSettings settings, Checkpoints checkpoints, Progress told) {
        Resumption resumption = Resumption.of(checkpoints);
        JointInput.require(data);
        TiltSeries first = data.channels().get(0).counts();
        Projector projector = settings.projector(first);
        Slabs slabs = projector.slabs();
        double[] typical = typical(data, projector);
        Progress progress = Onlooker.inUnits(told, typical);
        List<Observed> counted = counted(data, typical);
        Problem problem = new Problem(projector, counted, settings);
        Optional<JointReconstruction.Adf> adf = Optional.empty();
        if (data.adf().isPresent()) {
            AdfResponse fitted = AdfResponse.of(problem, data.adf().get(), progress);
            boolean fused = fitted.explained() >= EXPLAINED;
            adf = Optional.of(
                    new JointReconstruction.Adf(perUnit(fitted.response(), typical), fitted.explained(), fused));
            if (fused) {
                List<Observed> all = new ArrayList<>(counted);
                all.add(fitted.observed());
                problem = new Problem(projector, all, settings);
            }
        }
        Problem whole = problem;
        WeightSearch.Choice choice =
                resumption.choice(() -> Reconstructor.limited(WeightSearch.choose(whole, progress), whole));
        Regulariser regulariser = choice.alpha() > 0 ? settings.regulariser() : new Regulariser.None();
        PrimalDual solver = problem.solver(regulariser, choice.alpha(), resumption, progress);
        List<PrimalDual.Evaluation> history = solver.solve(
                settings.relativeGap(), settings.maxIterations(), progress, "reconstructing together", resumption);
        progress.report("reconstructing together", 1);
        List<Reconstruction> volumes = new ArrayList<>();
        for (int c = 0; c < typical.length; c++) {
            Volume volume = solver.x(c);
            TiltSeries image = solver.image(c);
            scale(volume.blocks(), typical[c]);
            scale(image.blocks(), typical[c]);
            TiltSeries measured = counted.get(c).fit(slabs).estimate();
            scale(measured.blocks(), typical[c]);
            Convergence convergence = Convergence.of(
                    settings,
                    solver,
                    choice,
                    history,
                    history.get(history.size() - 1).headroom().get(c) * typical[c],
                    MassPoint.check(measured, image),
                    "kl",
                    resumption.seconds(),
                    projector.kernels().name());
            volumes.add(new Reconstruction(volume, convergence));
        }
        return new JointReconstruction(volumes, adf);
    }

    private static List<Double> perUnit(double[] response, double[] typical) {
        List<Double> perUnit = new ArrayList<>();
        for (int c = 0; c < typical.length; c++) {
            perUnit.add(response[c] / typical[c]);
        }
        return perUnit;
    }

    /** Bytes of heap that a reconstruction needs in all, its data and what the collector needs included; from above. */
    public static long forecastBytes(JointData data, ReconstructionSettings settings) {
        TiltSeries first = data.channels().get(0).counts();
        int channels = data.channels().size();
        boolean thinned = settings.weight() instanceof Weight.Auto;
        int series = data.adf().isPresent() ? MemoryForecast.series(new DataTerm.WeightedLeastSquares()) + 4 : 1;
        for (JointData.Channel channel : data.channels()) {
            DataTerm counted = new DataTerm.KullbackLeibler(channel.background(), channel.countsPerUnit());
            series += MemoryForecast.series(counted) + (thinned ? 5 : 0);
        }
        return MemoryForecast.bytes(
                settings.nz(first),
                first.ny(),
                first.nx(),
                settings.beside(first),
                first.tilts(),
                channels,
                series,
                settings);
    }

    /** A density as high as each channel's counts ask for, blurred; 1 where they ask for none. */
    private static double[] typical(JointData data, Projector projector) {
        double[] typical = new double[data.channels().size()];
        double[] plain = new double[typical.length];
        Arrays.fill(plain, 1);
        List<Observed> counted = counted(data, plain);
        SliceMatrix matrix = projector.matrix();
        double path = PrimalDual.mean(matrix.raySum) * PrimalDual.mean(matrix.voxelSum);
        for (int c = 0; c < typical.length; c++) {
            TiltSeries estimate = counted.get(c).fit(projector.slabs()).estimate();
            double largest = PrimalDual.largest(projector.back(estimate));
            typical[c] = largest > 0 ? largest / path : 1;
        }
        return typical;
    }

    /** The channels' counts, for volumes in units of their typical densities. */
    private static List<Observed> counted(JointData data, double[] typical) {
        List<Observed> counted = new ArrayList<>();
        for (int c = 0; c < typical.length; c++) {
            JointData.Channel channel = data.channels().get(c);
            double[] gains = channel.countsPerUnit().clone();
            for (int t = 0; t < gains.length; t++) {
                gains[t] *= typical[c];
            }
            float[] response = new float[typical.length];
            response[c] = 1f;
            DataTerm term = new DataTerm.KullbackLeibler(channel.background(), gains);
            counted.add(new Observed(channel.counts(), Optional.empty(), term, response, Optional.empty()));
        }
        return counted;
    }

    private static void scale(float[][] blocks, double factor) {
        for (float[] block : blocks) {
            for (int i = 0; i < block.length; i++) {
                block[i] = (float) (block[i] * factor);
            }
        }
    }
}
