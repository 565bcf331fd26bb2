package org.hyalite.study;

import java.util.List;
import java.util.Map;
import org.hyalite.grid.Volume;
import org.hyalite.physics.Element;
import org.hyalite.progress.Progress;
import org.hyalite.tomo.Convergence;
import org.hyalite.tomo.ReconstructionSettings;
import org.hyalite.tomo.Weight;

/** A way to reconstruct that {@link AccuracyBench} compares with others. To add one, list it in {@link SingleMethod} or {@link JointMethod}. */
interface AccuracyMethod {
    /** Its word on the command line. */
    String label();

    /**
     * The reconstructions it consists of, which know nothing of each other: one for each element, or one for all.
     *
     * @param work threads, gap and iterations; regulariser, data term and weight are the method's own
     */
    List<Part> parts(AccuracyCase data, ReconstructionSettings work);

    /** One reconstruction with one weight. */
    interface Part {
        /** Solves with {@link Weight.Auto}, the method's own choice, or with a weight that is given. */
        Solved solve(Weight weight, Progress progress);

        /**
         * How far the volumes' images are from the data, in units of what noise alone would give: about 1 where the
         * volumes explain all but the noise.
         */
        double misfit(Map<Element, Volume> volumes);
    }

    /** What came out: volumes in atoms/nm³, and how. */
    record Solved(Map<Element, Volume> volumes, Convergence convergence) {}
}
