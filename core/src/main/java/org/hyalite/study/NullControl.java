package org.hyalite.study;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.hyalite.grid.Volume;
import org.hyalite.phase.InterfaceWidth;
import org.hyalite.phase.Mixedness;
import org.hyalite.phase.MixingTest;
import org.hyalite.phase.NullParticle;
import org.hyalite.phase.PhaseDiagram;
import org.hyalite.phase.PhaseFinder;
import org.hyalite.phase.PhaseRegion;
import org.hyalite.physics.Element;
import org.hyalite.progress.Progress;

/**
 * Is this mixing, or is this blur? The measured particle's outline and interface with pure phases ({@link NullParticle}) is
 * recorded again with the measurement's noise ({@link NullData}) and reconstructed with its settings, B times; of each
 * outcome the same is done once more, which tells the bias of having taken the outline from a measurement
 * ({@link MixingTest}).
 */
final class NullControl {
    /** Mixedness is asked of voxels this deep within their side, where the particle is thick enough. */
    private static final int DEPTH = 3;

    /** Keep the draws of pure particles, and of pure particles made of those, apart. */
    private static final long PURE = 31;

    private static final long AGAIN = 32;

    /** How many, and which. */
    record Settings(int replicas, long seed) {}

    /**
     * What came out.
     *
     * @param rounds one for each depth, 1 … 3 voxels
     * @param depth whose round tells the verdict
     * @param example the diagram of the first null particle, as it was reconstructed
     * @param width of the measured interface; empty where there is none
     * @param nullWidths of the null particles' interfaces
     * @param surface of the measured outer surface
     */
    record Outcome(
            List<Round> rounds,
            int depth,
            PhaseDiagram diagram,
            PhaseDiagram example,
            Map<Element, double[]> atoms,
            Optional<InterfaceWidth> width,
            List<InterfaceWidth> nullWidths,
            Optional<InterfaceWidth> surface) {
        /** The one that tells the verdict. */
        Round round() {
            return rounds.get(depth - 1);
        }
    }

    /**
     * The test at one depth.
     *
     * @param measured the measurement's mixedness
     * @param pure of each null particle
     * @param again of each null particle's own null particle
     */
    record Round(Mixedness measured, double[] pure, double[] again, MixingTest test) {}

    private final Repetition.Data data;
    private final PhaseDiagram diagram;
    private final NullData.Noise noise;
    private final Function<Repetition.Data, PhaseDiagram> solve;

    /**
     * @param data what was reconstructed from
     * @param diagram what came of it
     * @param solve reconstructs, and finds threshold and diagram, as it was done of the measurement
     */
    NullControl(
            Repetition.Data data,
            PhaseDiagram diagram,
            NullData.Noise noise,
            Function<Repetition.Data, PhaseDiagram> solve) {
        this.data = data;
        this.diagram = diagram;
        this.noise = noise;
        this.solve = solve;
    }

    Outcome run(Settings settings, Progress progress) {
        NullParticle particle = NullParticle.of(diagram);
        NullData first = new NullData(data, diagram.densities(), noise);
        double[][] pure = new double[DEPTH][settings.replicas()];
        double[][] again = new double[DEPTH][settings.replicas()];
        List<InterfaceWidth> widths = new ArrayList<>();
        PhaseDiagram example = diagram;
        int depth = Mixedness.depth(diagram, DEPTH);
        for (int b = 0; b < settings.replicas(); b++) {
            progress.check();
            progress.report("null control", b / (double) settings.replicas());
            Repetition.Data drawn = first.draw(particle.densities(), Draws.seed(settings.seed(), PURE, b));
            PhaseDiagram found = solve.apply(drawn);
            example = b == 0 ? found : example;
            width(found).ifPresent(widths::add);
            Repetition.Data redrawn = new NullData(drawn, found.densities(), noise)
                    .draw(NullParticle.of(found).densities(), Draws.seed(settings.seed(), AGAIN, b));
            PhaseDiagram refound = solve.apply(redrawn);
            // a particle without voxels so deep has no mixedness there
            depth = Math.min(depth, Math.min(Mixedness.depth(found, DEPTH), Mixedness.depth(refound, DEPTH)));
            for (int d = 1; d <= DEPTH; d++) {
                pure[d - 1][b] = Mixedness.of(found, d).value();
                again[d - 1][b] = Mixedness.of(refound, d).value();
            }
        }
        progress.report("null control", 1);
        List<Round> rounds = new ArrayList<>();
        for (int d = 1; d <= DEPTH; d++) {
            Mixedness measured = Mixedness.of(diagram, d);
            rounds.add(new Round(
                    measured, pure[d - 1], again[d - 1], MixingTest.of(measured.value(), pure[d - 1], again[d - 1])));
        }
        return new Outcome(
                rounds,
                depth,
                diagram,
                example,
                atoms(particle),
                width(diagram),
                widths,
                InterfaceWidth.ofSurface(diagram));
    }

    /** Atoms measured inside, and of the null particle. */
    private Map<Element, double[]> atoms(NullParticle particle) {
        Map<Element, double[]> atoms = new LinkedHashMap<>();
        diagram.densities().forEach((element, volume) -> {
            Volume pure = Objects.requireNonNull(particle.densities().get(element));
            double inside = 0;
            for (int z = 0; z < volume.nz(); z++) {
                for (int y = 0; y < volume.ny(); y++) {
                    for (int x = 0; x < volume.nx(); x++) {
                        inside += diagram.density().at(z, y, x) > diagram.thresholdPerNm3() ? volume.at(z, y, x) : 0;
                    }
                }
            }
            atoms.put(element, new double[] {inside * volume.voxelNm3(), pure.sum() * pure.voxelNm3()});
        });
        return atoms;
    }

    /** Of the interface between the two largest phases; empty where they do not meet. */
    static Optional<InterfaceWidth> width(PhaseDiagram diagram) {
        List<PhaseRegion> largest = PhaseFinder.find(diagram).regions().stream()
                .sorted(Comparator.comparingDouble(r -> -r.volumeNm3()))
                .limit(2)
                .sorted(Comparator.comparingDouble(PhaseRegion::fractionMean))
                .toList();
        return largest.size() < 2 ? Optional.empty() : InterfaceWidth.between(diagram, largest.get(0), largest.get(1));
    }
}
