package org.hyalite.study;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.hyalite.phantom.Twin;
import org.hyalite.phantom.TwinSettings;
import org.hyalite.phantom.TwinSettings.Kind;
import org.hyalite.progress.Progress;
import org.hyalite.study.RunSettings.Figures;
import org.hyalite.study.recipe.ExperimentFile;
import org.hyalite.study.recipe.InputException;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Whole studies of simulated experiments, misalignment, film, shadow and standards included, held against their truth: what
 * a user gets, where {@link AccuracyBench} judges the reconstruction alone.
 */
public final class ChainAccuracy {
    /**
     * Which experiments.
     *
     * @param tilts numbers of tilts
     * @param size pixels along the edge of a map
     * @param preset of the reconstruction
     * @param output folder; gets a results folder for each
     * @param nullParticles of the null control; 0: none
     */
    public record Request(
            List<Kind> kinds,
            List<Long> seeds,
            List<Integer> tilts,
            int size,
            String preset,
            Path output,
            int nullParticles,
            RunSettings run) {}

    private ChainAccuracy() {}

    /** Simulates, runs and compares one experiment after the other; a finished one's row is reported at once. */
    public static StudyResult run(Request request, Progress progress) {
        List<ChainRow> rows = new ArrayList<>();
        for (Kind kind : request.kinds()) {
            for (int tilts : request.tilts()) {
                for (long seed : request.seeds()) {
                    ChainRow row = row(request, settings(request, kind, tilts, seed), progress);
                    rows.add(row);
                    progress.report(row.line(), 1);
                }
            }
        }
        return result(request, rows);
    }

    private static TwinSettings settings(Request request, Kind kind, int tilts, long seed) {
        try {
            return TwinSettings.of(kind)
                    .withSize(request.size())
                    .withTilts(tilts)
                    .withSeed(seed);
        } catch (IllegalArgumentException e) {
            throw new InputException(e.getMessage(), e);
        }
    }

    private static ChainRow row(Request request, TwinSettings settings, Progress progress) {
        long start = System.nanoTime();
        RunSettings run = request.run().with(Figures.NONE);
        String name = settings.kind().label() + "-" + settings.tilts() + "-" + settings.seed();
        Path results = request.output().resolve(name);
        Path experiment = results.resolve("experiment");
        TwinFiles.requireRoom(experiment);
        Twin twin = Twin.simulate(settings, run.threads(), progress);
        TwinFiles.write(twin, experiment, run.threads(), progress);
        Path file = TwinFiles.writeWithPreset(twin, experiment, request.preset(), java.util.Optional.empty());
        StudyResult result = StudyRunner.run(
                ExperimentFile.read(file).withNullControl(request.nullParticles()), results, run, progress);
        TruthComparison.of(results, experiment.resolve("truth"), result);
        return ChainRow.of(settings, results, (System.nanoTime() - start) * 1e-9);
    }

    private static StudyResult result(Request request, List<ChainRow> rows) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "whole studies of %d² pixels, preset %s; errors against the truth, '!' beyond what is asked",
                request.size(),
                request.preset()));
        lines.add(rows.get(0).heading());
        rows.forEach(r -> lines.add(r.line()));
        Map<String, List<ChainRow.Figure>> byKey = new LinkedHashMap<>();
        rows.forEach(r -> r.figures()
                .forEach(f ->
                        byKey.computeIfAbsent(f.key(), k -> new ArrayList<>()).add(f)));
        ObjectNode json = Json.object();
        json.put("size", request.size());
        json.put("preset", request.preset());
        ArrayNode all = json.putArray("rows");
        rows.forEach(r -> all.add(r.toJson()));
        ObjectNode goals = json.putObject("goals");
        byKey.forEach((key, values) -> {
            List<ChainRow.Figure> asked =
                    values.stream().filter(f -> Double.isFinite(f.most())).toList();
            if (!asked.isEmpty()) {
                long met = asked.stream().filter(ChainRow.Figure::met).count();
                double worst =
                        asked.stream().mapToDouble(ChainRow.Figure::value).max().orElse(Double.NaN);
                lines.add(String.format(
                        Locale.ROOT,
                        "  %-24s at most %-6.3g met in %d of %d, worst %.4g",
                        key,
                        asked.get(0).most(),
                        met,
                        asked.size(),
                        worst));
                goals.putObject(key)
                        .put("at_most", asked.get(0).most())
                        .put("met", met)
                        .put("of", asked.size())
                        .put("worst", worst);
            }
        });
        return new StudyResult(request.output(), lines, json, List.of());
    }
}
