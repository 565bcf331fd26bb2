package org.hyalite.tomo;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.hyalite.grid.TiltGeometry;
import org.hyalite.grid.TiltSeries;
import org.hyalite.progress.Progress;

/**
 * Finds the weight on a path of falling ones, each solve starting from the one before, by one of three criteria. The usual
 * one leaves every fifth tilt out and takes the weight whose volume casts the left-out images best, by the data term: the
 * vertex of the parabola through the three best, over log w. It asks for no knowledge of the noise, and it is judged in
 * the directions that are missing. Count thinning is judged in those that are there, and smooths more; so does the
 * discrepancy principle (docs/tried.md has the figures). A coarser grid says where to look.
 */
final class WeightSearch {
    /**
     * How well each weight is solved, starting from its neighbour's solution: what is not converged predicts better from
     * weight to weight whatever the weights are.
     */
    private static final double GAP = 1e-2;

    private static final int ITERATIONS = 300;

    private static final double SET_ASIDE = 0.2;

    /** Names the draw. */
    private static final long SEED = 1;

    private static final double STRONGEST = 0.2;
    private static final double FACTOR = 2;
    private static final int MOST = 14;
    private static final int FEWEST_TILTS = 5;
    /** Weights on the full grid after a search on the coarser one, from two steps above its choice. */
    private static final int AROUND = 4;
    /** Columns of a coarser grid from which on it is asked first. */
    private static final int FEWEST_COLUMNS = 32;

    private WeightSearch() {}

    /** The chosen weight and its evidence. */
    record Choice(double alpha, String criterion, List<WeightPoint> curve) {}

    static Choice choose(Problem problem, Progress progress) {
        ReconstructionSettings settings = problem.settings();
        if (settings.regulariser() instanceof Regulariser.None) {
            return new Choice(0, "no regulariser", List.of());
        }
        if (settings.weight() instanceof Weight.Absolute absolute) {
            return new Choice(absolute.alpha(), "given as alpha", List.of());
        }
        double scale = problem.scale();
        if (settings.weight() instanceof Weight.Relative relative) {
            return new Choice(relative.w() * scale, "given", List.of());
        }
        Weight.Criterion criterion = ((Weight.Auto) settings.weight()).criterion();
        return switch (criterion) {
            case LEFT_OUT_TILTS -> leavingTiltsOut(problem, scale, progress);
            case THINNING -> thinning(problem, scale, progress);
            case DISCREPANCY -> discrepancy(problem, scale, progress);
        };
    }

    private static Choice leavingTiltsOut(Problem problem, double scale, Progress progress) {
        if (problem.tilts() < FEWEST_TILTS) {
            return new Choice(
                    0.02 * scale,
                    "0.02, a usual value: " + problem.tilts() + " tilts are too few to leave any out",
                    List.of());
        }
        List<WeightPoint> curve = search(problem, WeightSearch::withoutTilts, scale, progress);
        int out = leftOut(problem.projector().geometry()).length;
        String told = String.format(Locale.ROOT, "least misfit of %d left-out tilts of %d", out, problem.tilts());
        return new Choice(vertex(curve) * scale, told, curve);
    }

    private static Choice thinning(Problem problem, double scale, Progress progress) {
        Problem thinned = problem.thinned(SET_ASIDE, SEED);
        List<WeightPoint> curve = search(thinned, p -> new Parts(p.kept(), p.setAside()), scale, progress);
        String told =
                String.format(Locale.ROOT, "least deviance of the %.0f %% of all counts set aside", 100 * SET_ASIDE);
        // noise in units of the data, and so the best α, grows with the root of the counts; w α with the counts
        return new Choice(vertex(curve) * Math.sqrt(1 - SET_ASIDE) * scale, told, curve);
    }

    /** The weight at which the misfit is what noise alone would leave, between two of the path by the misfit over log w. */
    private static Choice discrepancy(Problem problem, double scale, Progress progress) {
        Path path = new Path(new Parts(problem, problem));
        List<WeightPoint> curve = new ArrayList<>();
        double w = STRONGEST;
        double ratio = path.point(w, 1, progress).value() / path.expected();
        curve.add(new WeightPoint(w, ratio));
        while (ratio <= 1 && w < 1) {
            // few counts: even more is asked for
            w *= FACTOR;
            ratio = path.point(w, 1, progress).value() / path.expected();
            curve.add(new WeightPoint(w, ratio));
        }
        if (ratio <= 1) {
            return new Choice(w * scale, "the strongest tried: no misfit was as large as the noise", curve);
        }
        for (int i = 1; i < MOST && curve.get(0).value() > 1; i++) {
            w = curve.get(0).weight() / FACTOR;
            curve.add(0, new WeightPoint(w, path.point(w, 1, progress).value() / path.expected()));
            progress.report("finding the weight", (i + 1.0) / MOST);
        }
        int last = 0;
        while (last + 1 < curve.size() && curve.get(last + 1).value() <= 1) {
            last++;
        }
        WeightPoint below = curve.get(last);
        if (below.value() > 1) {
            return new Choice(below.weight() * scale, "the weakest tried: no misfit was as small as the noise", curve);
        }
        double up = (1 - below.value()) / (curve.get(last + 1).value() - below.value());
        return new Choice(below.weight() * Math.pow(FACTOR, up) * scale, "misfit as large as the noise", curve);
    }

    /** The third of every five tilts, by rising angle; never the outermost. */
    private static int[] leftOut(TiltGeometry geometry) {
        int[] ascending = IntStream.range(0, geometry.count())
                .boxed()
                .sorted(Comparator.comparingDouble(geometry::tiltDeg))
                .mapToInt(Integer::intValue)
                .toArray();
        return IntStream.range(0, geometry.count() - 1)
                .filter(i -> i % 5 == 2)
                .map(i -> ascending[i])
                .sorted()
                .toArray();
    }

    /** The whole path on the coarser grid, where there is one; then on the full one what lies around its choice. */
    private static List<WeightPoint> search(
            Problem problem, Function<Problem, Parts> parting, double scale, Progress progress) {
        Optional<Problem> coarser = problem.coarser().filter(c -> c.projector().nx() >= FEWEST_COLUMNS);
        if (coarser.isEmpty()) {
            return new Path(parting.apply(problem)).walk(STRONGEST, MOST, 1, progress);
        }
        Path coarse = new Path(parting.apply(coarser.get()));
        double ratio = Coarser.weightRatio(coarse.solver.order())
                * scale
                / coarser.get().scale();
        double start = FACTOR * FACTOR * vertex(coarse.walk(STRONGEST, MOST, ratio, progress));
        coarse.solve(start * ratio, progress);
        Path path = new Path(parting.apply(problem));
        path.weight(start);
        path.solver.start(coarse.solver);
        List<WeightPoint> curve = path.walk(start, AROUND, 1, progress);
        while (best(curve) == curve.size() - 1 && curve.get(curve.size() - 1).weight() < STRONGEST) {
            curve.add(path.point(FACTOR * curve.get(curve.size() - 1).weight(), 1, progress));
        }
        return curve;
    }

    /** What a reconstruction sees, and by what it is judged. */
    private record Parts(Problem seen, Problem judge) {}

    private static Parts withoutTilts(Problem problem) {
        int[] out = leftOut(problem.projector().geometry());
        int[] kept = IntStream.range(0, problem.tilts())
                .filter(i -> IntStream.of(out).noneMatch(o -> o == i))
                .toArray();
        return new Parts(problem.select(kept), problem.select(out));
    }

    /** Falling weights, each solve starting from the one before. */
    private static final class Path {
        private final Problem judge;
        private final Terms test;
        private final double gap;
        private final PrimalDual solver;

        Path(Parts parts) {
            judge = parts.judge;
            test = judge.terms();
            gap = Math.max(GAP, judge.settings().relativeGap());
            solver = parts.seen.cold(parts.seen.settings().regulariser());
        }

        /** {@code E[D]} if the volumes were the truth. */
        double expected() {
            TiltSeries[] images = images();
            double sum = 0;
            for (int j = 0; j < test.count(); j++) {
                sum += judge.observed().get(j).expectedMisfit(test.seen(j, images, images[0].copy()), judge.slabs());
            }
            return sum;
        }

        private TiltSeries[] images() {
            TiltSeries[] images = new TiltSeries[solver.channels()];
            for (int c = 0; c < images.length; c++) {
                images[c] = judge.projector().forward(solver.x(c));
            }
            return images;
        }

        private double misfit() {
            TiltSeries[] images = images();
            return test.value(images, images[0].copy());
        }

        void weight(double w) {
            solver.weight(w * solver.scale());
        }

        void solve(double w, Progress progress) {
            weight(w);
            solver.solve(gap, ITERATIONS, progress, "finding the weight");
        }

        WeightPoint point(double w, double ratio, Progress progress) {
            solve(w * ratio, progress);
            return new WeightPoint(w, misfit());
        }

        /** Falling weights from w on, until the misfit has risen twice. */
        List<WeightPoint> walk(double from, int most, double ratio, Progress progress) {
            List<WeightPoint> curve = new ArrayList<>();
            double best = Double.POSITIVE_INFINITY;
            int worse = 0;
            double w = from;
            for (int i = 0; i < most && worse < 2; i++) {
                WeightPoint point = point(w, ratio, progress);
                curve.add(0, point);
                worse = point.value() < best ? 0 : worse + 1;
                best = Math.min(best, point.value());
                progress.report("finding the weight", (i + 1.0) / most);
                w /= FACTOR;
            }
            return curve;
        }
    }

    private static int best(List<WeightPoint> curve) {
        int best = 0;
        for (int i = 1; i < curve.size(); i++) {
            if (curve.get(i).value() < curve.get(best).value()) {
                best = i;
            }
        }
        return best;
    }

    /** The weight at the lowest point of the curve, between its points where they curve upwards. */
    static double vertex(List<WeightPoint> curve) {
        int best = best(curve);
        double at = Math.log(curve.get(best).weight());
        if (best > 0 && best < curve.size() - 1) {
            double below = curve.get(best - 1).value() - curve.get(best).value();
            double above = curve.get(best + 1).value() - curve.get(best).value();
            at += Math.log(FACTOR) * 0.5 * (below - above) / (below + above);
        }
        return Math.exp(at);
    }
}
