package org.hyalite.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.hyalite.grid.TiltSeries;
import org.hyalite.grid.Volume;
import org.hyalite.physics.Element;
import org.hyalite.progress.Progress;
import org.hyalite.tomo.DataTerm;
import org.hyalite.tomo.Projector;
import org.hyalite.tomo.Reconstruction;
import org.hyalite.tomo.ReconstructionSettings;
import org.hyalite.tomo.Reconstructor;
import org.hyalite.tomo.Regulariser;
import org.hyalite.tomo.Weight;

/**
 * Every element by itself.
 *
 * @param data which data, told how
 * @param choice how the weight is found where none is given
 */
record SingleMethod(String label, Regulariser regulariser, Data data, Weight.Criterion choice)
        implements AccuracyMethod {
    enum Data {
        /** Net areal densities, all pixels alike. */
        NET,
        /** Counts in windows, Poisson. */
        COUNTS
    }

    /** All methods there are. */
    static final List<AccuracyMethod> ALL = List.of(
            new SingleMethod("paper", new Regulariser.Tv2(), Data.NET, Weight.Criterion.LEFT_OUT_TILTS),
            new SingleMethod("tgv", new Regulariser.Tgv(), Data.NET, Weight.Criterion.LEFT_OUT_TILTS),
            new SingleMethod("tv", new Regulariser.Tv(), Data.NET, Weight.Criterion.LEFT_OUT_TILTS),
            new SingleMethod("kl-tv", new Regulariser.Tv(), Data.COUNTS, Weight.Criterion.LEFT_OUT_TILTS),
            new SingleMethod("kl-tv2", new Regulariser.Tv2(), Data.COUNTS, Weight.Criterion.LEFT_OUT_TILTS),
            new SingleMethod("paper-discrepancy", new Regulariser.Tv2(), Data.NET, Weight.Criterion.DISCREPANCY),
            new SingleMethod("tv-discrepancy", new Regulariser.Tv(), Data.NET, Weight.Criterion.DISCREPANCY),
            new SingleMethod("kl-tv-thinning", new Regulariser.Tv(), Data.COUNTS, Weight.Criterion.THINNING),
            new SingleMethod("kl-tv-discrepancy", new Regulariser.Tv(), Data.COUNTS, Weight.Criterion.DISCREPANCY));

    @Override
    public List<Part> parts(AccuracyCase given, ReconstructionSettings work) {
        List<Part> parts = new ArrayList<>();
        for (Element element : given.elements()) {
            parts.add(new OneElement(element, given, data, work.with(regulariser), choice));
        }
        return parts;
    }

    private record OneElement(
            Element element, AccuracyCase given, Data data, ReconstructionSettings settings, Weight.Criterion choice)
            implements Part {
        @Override
        public Solved solve(Weight weight, Progress progress) {
            ReconstructionSettings chosen =
                    settings.with(weight instanceof Weight.Auto ? new Weight.Auto(choice) : weight);
            PoissonChannel channel = given.channel(element);
            Reconstruction done = switch (data) {
                case NET ->
                    Reconstructor.reconstruct(given.net(element), Optional.of(given.errors(element)), chosen, progress);
                case COUNTS ->
                    Reconstructor.reconstruct(
                            channel.counts(),
                            Optional.empty(),
                            chosen.with(new DataTerm.KullbackLeibler(channel.background(), channel.countsPerUnit())),
                            progress);
            };
            return new Solved(Map.of(element, done.volume()), done.convergence());
        }

        /** Net: {@code Σ (Ax − b)² / Σ s²}. Counts: the mean of {@code (k − m)² / m}, m the expected counts. */
        @Override
        public double misfit(Map<Element, Volume> volumes) {
            Volume volume = Objects.requireNonNull(volumes.get(element));
            TiltSeries shown = Projector.of(
                            given.net(element).geometry(), volume.nz(), volume.ny(), volume.nx(), volume.voxelNm())
                    .forward(volume);
            PoissonChannel channel = given.channel(element);
            double squares = 0;
            double expected = 0;
            for (int t = 0; t < shown.tilts(); t++) {
                for (int y = 0; y < shown.ny(); y++) {
                    for (int x = 0; x < shown.nx(); x++) {
                        if (data == Data.NET) {
                            double d = shown.at(t, y, x) - given.net(element).at(t, y, x);
                            double s = given.errors(element).at(t, y, x);
                            squares += d * d;
                            expected += s * s;
                        } else {
                            double mean = channel.countsPerUnit()[t] * shown.at(t, y, x)
                                    + channel.background().at(t, y, x);
                            double d = channel.counts().at(t, y, x) - mean;
                            squares += d * d / mean;
                            expected += 1;
                        }
                    }
                }
            }
            return squares / expected;
        }
    }
}
