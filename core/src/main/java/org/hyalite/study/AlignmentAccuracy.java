package org.hyalite.study;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hyalite.align.AlignSettings;
import org.hyalite.align.Alignment;
import org.hyalite.align.SeriesAligner;
import org.hyalite.phantom.Misalignment;
import org.hyalite.phantom.SimulatedSample;
import org.hyalite.phantom.Twin;
import org.hyalite.phantom.TwinSettings;
import org.hyalite.phantom.TwinSettings.Kind;
import org.hyalite.progress.Progress;
import org.hyalite.study.recipe.InputException;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Holds alignments of simulated samples against the truth, before and after the refinement: images shifted by up to 4 px,
 * the axis up to 3 px beside the middle and turned by up to 1.5°, whatever the size. Only ADF images are simulated.
 */
public final class AlignmentAccuracy {
    private static final Misalignment WORST = new Misalignment(4, 3, 1.5);
    private static final double GOAL_SHIFT_PX = 0.25;
    private static final double GOAL_AXIS_PX = 0.5;
    private static final double GOAL_ROTATION_DEG = 0.2;

    /** What to simulate: each kind, each number of tilts, each seed. */
    public record Request(List<Kind> kinds, List<Long> seeds, List<Integer> tilts, int size, int threads) {
        public Request {
            kinds = List.copyOf(kinds);
            seeds = List.copyOf(seeds);
            tilts = List.copyOf(tilts);
            if (kinds.isEmpty() || seeds.isEmpty() || tilts.isEmpty()) {
                throw new InputException("nothing to align: give a kind, a seed and a number of tilts");
            }
        }
    }

    private record Row(
            Kind kind, int tilts, long seed, AlignmentMisses before, AlignmentMisses after, double seconds) {}

    private AlignmentAccuracy() {}

    /**
     * Simulates, aligns and compares.
     *
     * @throws InputException where the settings cannot be simulated
     * @throws java.util.concurrent.CancellationException if cancelled
     */
    public static StudyResult run(Request request, Progress progress) {
        List<Row> rows = new ArrayList<>();
        for (Kind kind : request.kinds()) {
            for (int tilts : request.tilts()) {
                for (long seed : request.seeds()) {
                    progress.check();
                    progress.report(kind.label() + ", " + tilts + " tilts, seed " + seed, 0);
                    rows.add(row(kind, tilts, seed, request, progress));
                }
            }
        }
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%d pixels of %.1f nm; shifts within ± %.0f px, axis ± %.0f px and ± %.1f°; errors without what no image shows;"
                        + " in brackets the stated standard error",
                request.size(),
                TwinSettings.FIELD_NM / request.size(),
                WORST.shiftPx(),
                WORST.axisOffsetPx(),
                WORST.axisRotationDeg()));
        lines.add(String.format(
                Locale.ROOT,
                "%-12s %5s %4s  %-9s %-24s %-24s %-18s %-34s",
                "",
                "tilts",
                "seed",
                "",
                "shift x, px rms",
                "shift y, px rms",
                "axis, px",
                "rotation, deg"));
        rows.forEach(row -> {
            lines.add(line(row, "found", row.before()));
            lines.add(line(row, "refined", row.after()));
        });
        lines.addAll(verdict(rows));
        return new StudyResult(Path.of(""), lines, json(rows, request), List.of());
    }

    private static Row row(Kind kind, int tilts, long seed, Request request, Progress progress) {
        SimulatedSample sample;
        try {
            TwinSettings settings = TwinSettings.of(kind)
                    .withSize(request.size())
                    .withTilts(tilts)
                    .withSeed(seed);
            sample = Twin.sample(settings, WORST, request.threads(), progress);
        } catch (IllegalArgumentException e) {
            throw new InputException(e.getMessage(), e);
        }
        AlignSettings settings = AlignSettings.defaults();
        Alignment before = SeriesAligner.align(sample.adf(), false, settings, Optional.empty(), progress)
                .alignment();
        long start = System.nanoTime();
        Alignment after = SeriesAligner.align(
                        sample.adf(), false, settings, Optional.of(new VolumeReprojector(request.threads())), progress)
                .alignment();
        return new Row(
                kind,
                tilts,
                seed,
                AlignmentMisses.of(before, sample.alignment()),
                AlignmentMisses.of(after, sample.alignment()),
                (System.nanoTime() - start) * 1e-9);
    }

    private static String line(Row row, String which, AlignmentMisses m) {
        return String.format(
                Locale.ROOT,
                "%-12s %5d %4d  %-9s %.3f%-19s %.3f%-19s %+.3f%12s %+.3f%s",
                row.kind().label(),
                row.tilts(),
                row.seed(),
                which,
                m.rmsX(),
                stated(m.statedX()),
                m.rmsY(),
                stated(m.statedY()),
                m.axisPx(),
                "",
                m.rotationDeg(),
                stated(m.statedRotationDeg()));
    }

    private static String stated(double error) {
        return Double.isNaN(error) ? "" : String.format(Locale.ROOT, " (%.3f)", error);
    }

    private static List<String> verdict(List<Row> rows) {
        List<String> lines = new ArrayList<>();
        for (String which : List.of("found", "refined")) {
            List<AlignmentMisses> all = rows.stream()
                    .map(r -> which.equals("found") ? r.before() : r.after())
                    .toList();
            double shift = all.stream()
                    .mapToDouble(m -> Math.max(m.rmsX(), m.rmsY()))
                    .max()
                    .orElse(0);
            double axis =
                    all.stream().mapToDouble(m -> Math.abs(m.axisPx())).max().orElse(0);
            double rotation = all.stream()
                    .mapToDouble(m -> Math.abs(m.rotationDeg()))
                    .max()
                    .orElse(0);
            lines.add(String.format(
                    Locale.ROOT,
                    "%s: worst shift error %.3f px rms (goal %.2f: %s), worst axis error %.3f px (goal %.1f: %s),"
                            + " worst rotation error %.3f° (goal %.1f: %s)",
                    which,
                    shift,
                    GOAL_SHIFT_PX,
                    met(shift <= GOAL_SHIFT_PX),
                    axis,
                    GOAL_AXIS_PX,
                    met(axis <= GOAL_AXIS_PX),
                    rotation,
                    GOAL_ROTATION_DEG,
                    met(rotation <= GOAL_ROTATION_DEG)));
            lines.add(String.format(
                    Locale.ROOT,
                    "%s: real over stated error, rms: shifts x %s, y %s, rotation %s",
                    which,
                    ratio(AlignmentMisses.ratio(all, AlignmentMisses::ratioX)),
                    ratio(AlignmentMisses.ratio(all, AlignmentMisses::ratioY)),
                    ratio(AlignmentMisses.ratio(all, AlignmentMisses::ratioRotation))));
        }
        return lines;
    }

    private static String ratio(double value) {
        return Double.isNaN(value) ? "not stated" : String.format(Locale.ROOT, "%.2f", value);
    }

    private static String met(boolean goal) {
        return goal ? "met" : "missed";
    }

    private static ObjectNode json(List<Row> rows, Request request) {
        ObjectNode json = Json.object();
        json.put("size", request.size());
        json.put("worst_shift_px", WORST.shiftPx());
        json.put("worst_axis_offset_px", WORST.axisOffsetPx());
        json.put("worst_axis_rotation_deg", WORST.axisRotationDeg());
        ArrayNode all = json.putArray("rows");
        for (Row row : rows) {
            ObjectNode one = all.addObject();
            one.put("kind", row.kind().label());
            one.put("tilts", row.tilts());
            one.put("seed", row.seed());
            one.put("seconds", row.seconds());
            one.set("found", row.before().toJson());
            one.set("refined", row.after().toJson());
        }
        return json;
    }
}
