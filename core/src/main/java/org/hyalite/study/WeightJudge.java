package org.hyalite.study;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.hyalite.grid.TiltGeometry;
import org.hyalite.progress.Progress;
import org.hyalite.tomo.Convergence;
import org.hyalite.tomo.Weight;
import org.hyalite.tomo.Weight.Criterion;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Holds the criteria for a weight against measured images: every other tilt is left out, the rest is reconstructed with
 * the weight that each criterion chooses for it and with a scan of weights, and the volumes' images at the tilts left out
 * are compared with what was measured there. No truth is needed; the residual has the noise of the left-out images in it.
 */
final class WeightJudge {
    /** Between neighbouring weights of the scan. */
    private static final double STEP = 1.5;

    private static final int MOST_STEPS = 24;
    /** With fewer there is nothing left to choose a weight by. */
    static final int FEWEST_TILTS = 4;

    private WeightJudge() {}

    /** One reconstruction of the tilts that are kept. */
    interface Trial {
        /** What came out at the given weight, or at the one that a criterion chooses. */
        Outcome solve(Weight weight, Progress progress);
    }

    /**
     * A trial's result.
     *
     * @param residual root mean square of model less measured image over the pixels of the tilts left out
     */
    record Outcome(Convergence convergence, double residual) {
        double weight() {
            return convergence.weight();
        }
    }

    /**
     * A series with what was found.
     *
     * @param seen how many tilts were reconstructed from
     * @param leftOut how many were compared with
     * @param signal root mean square of the left-out images
     * @param noise what the residual would be if noise were all that differs; NaN where it is not known
     * @param scan by rising weight, the default's choice among them
     */
    record Verdict(
            String name,
            String unit,
            int seen,
            int leftOut,
            double signal,
            double noise,
            Map<Criterion, Outcome> criteria,
            List<Outcome> scan) {
        /** The least residual that was seen, by the scan or by a criterion. */
        Outcome best() {
            List<Outcome> all = new ArrayList<>(scan);
            all.addAll(criteria.values());
            return all.stream()
                    .min(Comparator.comparingDouble(Outcome::residual))
                    .orElseThrow();
        }

        List<String> lines() {
            List<String> lines = new ArrayList<>();
            lines.add(String.format(
                    Locale.ROOT,
                    "%s: %d tilts kept, %d left out, their images %.4g %s (root mean square), %s",
                    name,
                    seen,
                    leftOut,
                    signal,
                    unit,
                    Double.isNaN(noise) ? "noise not known" : String.format(Locale.ROOT, "noise alone %.4g", noise)));
            lines.add(String.format(
                    Locale.ROOT,
                    "   %-12s %10s %11s %10s %10s %10s",
                    "weight by",
                    "weight",
                    "over best",
                    "residual",
                    "over best",
                    "iterations"));
            criteria.forEach((criterion, outcome) -> lines.add(line(criterion.label(), outcome)));
            lines.add(line("best", best()));
            return lines;
        }

        private String line(String label, Outcome o) {
            return String.format(
                    Locale.ROOT,
                    "   %-12s %10.3g %9.2f × %10.5g %+8.2f %% %8d%s",
                    label,
                    o.weight(),
                    o.weight() / best().weight(),
                    o.residual(),
                    100 * (o.residual() / best().residual() - 1),
                    o.convergence().iterations(),
                    o.convergence().converged()
                            ? ""
                            : String.format(
                                    Locale.ROOT, " (gap %.1e)", o.convergence().relativeGap()));
        }

        ObjectNode toJson() {
            ObjectNode json = Json.object();
            json.put("name", name);
            json.put("unit", unit);
            json.put("tilts_seen", seen);
            json.put("tilts_left_out", leftOut);
            json.put("signal_rms", signal);
            json.set("noise_rms", Json.numbers(noise).get(0));
            ObjectNode chosen = json.putObject("criteria");
            criteria.forEach((criterion, outcome) -> {
                ObjectNode node = toJson(outcome);
                node.put("residual_over_best", outcome.residual() / best().residual());
                node.put("chosen_as", outcome.convergence().criterion());
                chosen.set(criterion.label(), node);
            });
            ArrayNode all = json.putArray("scan");
            scan.forEach(o -> all.add(toJson(o)));
            json.set("best", toJson(best()));
            return json;
        }

        private static ObjectNode toJson(Outcome o) {
            ObjectNode json = Json.object();
            json.put("weight", o.weight());
            json.put("residual_rms", o.residual());
            json.put("iterations", o.convergence().iterations());
            json.put("relative_gap", o.convergence().relativeGap());
            return json;
        }
    }

    /** Every criterion's choice; the first one's is where the scan begins. */
    static Map<Criterion, Outcome> criteria(List<Criterion> asked, Trial trial, Progress progress) {
        Map<Criterion, Outcome> chosen = new LinkedHashMap<>();
        for (Criterion criterion : asked) {
            progress.check();
            chosen.put(criterion, trial.solve(new Weight.Auto(criterion), progress));
        }
        return chosen;
    }

    /** Both ways from the given outcome until the residual has risen twice in a row; by rising weight. */
    static List<Outcome> scan(Outcome from, Trial trial, Progress progress) {
        List<Outcome> scan = new ArrayList<>(List.of(from));
        for (int way = -1; way <= 1 && from.weight() > 0; way += 2) {
            double w = from.weight();
            double before = from.residual();
            int risen = 0;
            for (int i = 0; i < MOST_STEPS && risen < 2; i++) {
                progress.check();
                w *= Math.pow(STEP, way);
                if (w > 1) {
                    break;
                }
                Outcome now = trial.solve(new Weight.Relative(w), progress);
                scan.add(way < 0 ? 0 : scan.size(), now);
                risen = now.residual() > before ? risen + 1 : 0;
                before = now.residual();
            }
        }
        return scan;
    }

    /** The places of every other tilt by rising angle, from the {@code first} on. */
    static int[] everyOther(TiltGeometry geometry, int first) {
        int[] ascending = IntStream.range(0, geometry.count())
                .boxed()
                .sorted(Comparator.comparingDouble(geometry::tiltDeg))
                .mapToInt(Integer::intValue)
                .toArray();
        return IntStream.range(0, ascending.length)
                .filter(i -> i % 2 == first)
                .map(i -> ascending[i])
                .toArray();
    }
}
