package org.hyalite.study;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.hyalite.grid.TiltSeries;
import org.hyalite.grid.Volume;
import org.hyalite.physics.Element;
import org.hyalite.progress.Progress;
import org.hyalite.tomo.JointData;
import org.hyalite.tomo.JointReconstruction;
import org.hyalite.tomo.JointReconstructor;
import org.hyalite.tomo.Projector;
import org.hyalite.tomo.ReconstructionSettings;
import org.hyalite.tomo.Regulariser;
import org.hyalite.tomo.Weight;

/**
 * All elements together, from their counts.
 *
 * @param adf whether the ADF images are fused in
 * @param choice how the weight is found where none is given
 */
record JointMethod(String label, Regulariser.Coupling coupling, boolean adf, Weight.Criterion choice)
        implements AccuracyMethod {
    /** All methods there are. */
    static final List<AccuracyMethod> ALL = List.of(
            new JointMethod("eds", Regulariser.Coupling.NUCLEAR, false, Weight.Criterion.LEFT_OUT_TILTS),
            new JointMethod("joint", Regulariser.Coupling.NUCLEAR, true, Weight.Criterion.LEFT_OUT_TILTS),
            new JointMethod("eds-frobenius", Regulariser.Coupling.FROBENIUS, false, Weight.Criterion.LEFT_OUT_TILTS),
            new JointMethod("joint-frobenius", Regulariser.Coupling.FROBENIUS, true, Weight.Criterion.LEFT_OUT_TILTS),
            new JointMethod("eds-thinning", Regulariser.Coupling.NUCLEAR, false, Weight.Criterion.THINNING),
            new JointMethod("joint-thinning", Regulariser.Coupling.NUCLEAR, true, Weight.Criterion.THINNING),
            new JointMethod("eds-discrepancy", Regulariser.Coupling.NUCLEAR, false, Weight.Criterion.DISCREPANCY),
            new JointMethod("joint-discrepancy", Regulariser.Coupling.NUCLEAR, true, Weight.Criterion.DISCREPANCY));

    @Override
    public List<Part> parts(AccuracyCase data, ReconstructionSettings work) {
        List<JointData.Channel> channels = new ArrayList<>();
        for (Element element : data.elements()) {
            channels.add(data.channel(element).toJoint());
        }
        JointData given = new JointData(channels, adf ? Optional.of(data.adf()) : Optional.empty());
        return List.of(new Together(data.elements(), given, work.with(new Regulariser.CoupledTv(coupling)), choice));
    }

    private record Together(
            List<Element> elements, JointData given, ReconstructionSettings settings, Weight.Criterion choice)
            implements Part {
        @Override
        public Solved solve(Weight weight, Progress progress) {
            JointReconstruction done = JointReconstructor.reconstruct(
                    given, settings.with(weight instanceof Weight.Auto ? new Weight.Auto(choice) : weight), progress);
            Map<Element, Volume> volumes = new LinkedHashMap<>();
            for (int i = 0; i < elements.size(); i++) {
                volumes.put(elements.get(i), done.volumes().get(i).volume());
            }
            return new Solved(volumes, done.volumes().get(0).convergence());
        }

        /** The mean of {@code (k − m)² / m} over all counts, m the expected ones. */
        @Override
        public double misfit(Map<Element, Volume> volumes) {
            double squares = 0;
            long pixels = 0;
            for (int i = 0; i < elements.size(); i++) {
                Volume volume = Objects.requireNonNull(volumes.get(elements.get(i)));
                JointData.Channel channel = given.channels().get(i);
                TiltSeries counts = channel.counts();
                TiltSeries shown = Projector.of(
                                counts.geometry(), volume.nz(), volume.ny(), volume.nx(), volume.voxelNm())
                        .forward(volume);
                for (int t = 0; t < shown.tilts(); t++) {
                    for (int y = 0; y < shown.ny(); y++) {
                        for (int x = 0; x < shown.nx(); x++) {
                            double mean = channel.countsPerUnit()[t] * shown.at(t, y, x)
                                    + channel.background().at(t, y, x);
                            double d = counts.at(t, y, x) - mean;
                            squares += d * d / mean;
                            pixels++;
                        }
                    }
                }
            }
            return squares / pixels;
        }
    }
}
