package org.hyalite.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hyalite.grid.Volume;
import org.hyalite.physics.Element;
import org.hyalite.progress.Progress;
import org.hyalite.tomo.Convergence;
import org.hyalite.tomo.Weight;
import org.hyalite.tomo.WeightPoint;

/**
 * Chooses a part's weight by the discrepancy principle (Morozov 1966): the images of the volume differ from the data by
 * as much as the known noise does, misfit 1. Walks from strong to weak in factors of 2 until the misfit is below, and
 * takes the weight between the last two, by interpolation of the misfit over log w.
 */
record DiscrepancyWeight(AccuracyMethod.Part inner) implements AccuracyMethod.Part {
    private static final double STRONGEST = 0.1;
    private static final int MOST = 16;

    @Override
    public AccuracyMethod.Solved solve(Weight weight, Progress progress) {
        if (!(weight instanceof Weight.Auto)) {
            return inner.solve(weight, progress);
        }
        List<WeightPoint> curve = new ArrayList<>();
        double w = STRONGEST;
        double above = Double.NaN;
        for (int i = 0; i < MOST; i++) {
            double misfit =
                    inner.misfit(inner.solve(new Weight.Relative(w), progress).volumes());
            curve.add(0, new WeightPoint(w, misfit));
            if (misfit <= 1) {
                // at the strongest weight already: take it
                double up = Double.isNaN(above) ? 0 : (1 - misfit) / (above - misfit);
                w *= Math.pow(2, up);
                break;
            }
            above = misfit;
            w /= 2;
        }
        AccuracyMethod.Solved solved = inner.solve(new Weight.Relative(w), progress);
        return new AccuracyMethod.Solved(solved.volumes(), told(solved.convergence(), curve));
    }

    @Override
    public double misfit(Map<Element, Volume> volumes) {
        return inner.misfit(volumes);
    }

    private static Convergence told(Convergence c, List<WeightPoint> curve) {
        return new Convergence(
                c.regulariser(),
                c.dataTerm(),
                c.iterations(),
                c.relativeGap(),
                c.converged(),
                c.weight(),
                c.alpha(),
                "discrepancy principle",
                curve,
                c.headroom(),
                c.massCheck(),
                c.gaps(),
                c.seconds(),
                c.kernels());
    }
}
