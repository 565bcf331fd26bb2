package org.hyalite.study;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hyalite.grid.Volume;
import org.hyalite.io.format.AtomicWrite;
import org.hyalite.io.format.Reason;
import org.hyalite.phantom.Twin;
import org.hyalite.phantom.TwinSettings;
import org.hyalite.phantom.TwinSettings.Kind;
import org.hyalite.phase.PhaseRegion;
import org.hyalite.physics.Element;
import org.hyalite.progress.Progress;
import org.hyalite.study.CoverageRow.Quantity;
import org.hyalite.study.RunSettings.Figures;
import org.hyalite.study.recipe.Experiment;
import org.hyalite.study.recipe.ExperimentFile;
import org.hyalite.study.recipe.InputException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How often the stated 95 % intervals of the phases' means hold the truth: simulated experiments are written as files and run
 * whole, standards, replicas and all, and each phase's X and N held against what was simulated. Every image is where it belongs
 * unless misalignment is asked for.
 */
public final class CoverageBench {
    /** What is asked of intervals that say 95 %. */
    private static final double GOAL = 0.85;

    /** Phases further away in X are none of the true ones. */
    private static final double FAR = 0.15;

    /**
     * What to do.
     *
     * @param kinds which samples
     * @param seeds one experiment of each kind for each
     * @param size pixels along each edge of the images; the field is 384 nm wide
     * @param replicas of the measured counts
     * @param preset paper or joint
     * @param misaligned whether images are shifted, and aligned by the chain
     * @param run threads and memory
     */
    public record Request(
            List<Kind> kinds,
            List<Long> seeds,
            int size,
            int replicas,
            String preset,
            boolean misaligned,
            RunSettings run) {
        public Request {
            kinds = List.copyOf(kinds);
            seeds = List.copyOf(seeds);
            if (kinds.isEmpty() || seeds.isEmpty()) {
                throw new InputException("nothing to do: give a kind and a seed");
            }
            if (!List.of("paper", "joint").contains(preset)) {
                throw new InputException("preset '" + preset + "': known are paper and joint");
            }
        }
    }

    private final Request request;
    private final Progress progress;
    private final List<CoverageRow> rows = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    private CoverageBench(Request request, Progress progress) {
        this.request = request;
        this.progress = progress;
    }

    /**
     * Simulates, runs and compares; a finished experiment's rows are reported at once.
     *
     * @throws java.util.concurrent.CancellationException if cancelled
     */
    public static StudyResult run(Request request, Progress progress) {
        CoverageBench bench = new CoverageBench(request, progress);
        long start = System.nanoTime();
        for (Kind kind : request.kinds()) {
            for (long seed : request.seeds()) {
                progress.check();
                bench.one(kind, seed);
            }
        }
        double seconds = (System.nanoTime() - start) * 1e-9;
        return bench.result(seconds / (request.kinds().size() * request.seeds().size()));
    }

    private void one(Kind kind, long seed) {
        Path folder;
        try {
            folder = Files.createTempDirectory("hyalite-coverage");
        } catch (IOException e) {
            throw new UncheckedIOException("no temporary folder: " + Reason.of(e), e);
        }
        try {
            TwinSettings settings;
            try {
                settings = TwinSettings.of(kind).withSize(request.size()).withSeed(seed);
            } catch (IllegalArgumentException e) {
                throw new InputException(e.getMessage(), e);
            }
            Path twin = folder.resolve("twin");
            int threads = request.run().threads();
            TwinFiles.write(
                    Twin.simulate(request.misaligned() ? settings : settings.withoutMisalignment(), threads, progress),
                    twin,
                    threads,
                    progress);
            Path results = folder.resolve("results");
            Experiment experiment = ExperimentFile.read(experiment(twin));
            StudyResult result = StudyRunner.run(
                    experiment, results, request.run().with(Figures.NONE).withReplicas(request.replicas()), progress);
            result.warnings().stream()
                    .filter(w -> w.contains("not converged"))
                    .forEach(w -> warnings.add(kind.label() + " " + seed + ": " + w));
            List<CoverageRow> found = rows(
                    kind,
                    seed,
                    Json.read(results.resolve("uncertainty.json")),
                    Json.read(twin.resolve("truth").resolve("truth.json")),
                    request.misaligned()
                            ? Map.of()
                            : cores(experiment, ResultFiles.existing(results), twin.resolve("truth")));
            rows.addAll(found);
            found.forEach(r -> progress.report(r.line(), 1));
        } finally {
            AtomicWrite.discard(folder);
        }
    }

    private Path experiment(Path twin) {
        Path file = twin.resolve("experiment.yaml");
        try {
            String text = Files.readString(file)
                    .replace("alignment: {method: auto}", request.misaligned() ? "" : "alignment: {method: none}");
            return Files.writeString(
                    twin.resolve("coverage.yaml"), text + "reconstruction: {preset: " + request.preset() + "}\n");
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": " + Reason.of(e), e);
        }
    }

    /** What was simulated in the voxels of which each phase's means were taken, by the phase's name. */
    private static Map<String, PhaseMeans> cores(Experiment experiment, ResultFiles files, Path truth) {
        Map<Element, Volume> found = new LinkedHashMap<>();
        Map<Element, Volume> true3d = new LinkedHashMap<>();
        for (Element element : experiment.elements().keySet()) {
            found.put(element, Stacks.volume(files.density(element)));
            true3d.put(element, Stacks.volume(truth.resolve("density_" + element + ".mrc")));
        }
        double threshold = Json.read(files.phases()).path("threshold_per_nm3").asDouble();
        PhaseStep.Found again = PhaseStep.find(
                found, experiment.phases(), Optional.of(threshold), false, "atoms/nm³", Optional.empty());
        Map<String, PhaseMeans> means = new LinkedHashMap<>();
        for (PhaseRegion region : again.phases().regions()) {
            means.put(
                    region.name(),
                    PhaseMeans.of(
                            true3d,
                            again.among(),
                            again.diagram().numerator(),
                            again.phases().core(region)));
        }
        return means;
    }

    /**
     * Each true phase with the found one nearest in fraction.
     *
     * @param cores the truth over the voxels of each found phase's core; where it is missing, the whole phase's is taken
     */
    static List<CoverageRow> rows(
            Kind kind, long seed, JsonNode uncertainty, JsonNode truth, Map<String, PhaseMeans> cores) {
        List<CoverageRow> rows = new ArrayList<>();
        for (JsonNode phase : truth.path("sample").path("phases")) {
            double x = phase.path("fraction_mean").asDouble();
            double n = phase.path("density_mean_per_nm3").asDouble();
            Optional<JsonNode> nearest = uncertainty
                    .path("phases")
                    .valueStream()
                    .min(Comparator.comparingDouble(p -> apart(p, x)))
                    .filter(p -> apart(p, x) <= FAR);
            String name = phase.path("name").asString("");
            PhaseMeans core =
                    nearest.map(p -> cores.get(p.path("name").asString(""))).orElse(new PhaseMeans(x, n));
            rows.add(CoverageRow.of(kind, seed, name, Quantity.FRACTION, nearest, core.fraction(), x));
            rows.add(CoverageRow.of(kind, seed, name, Quantity.DENSITY, nearest, core.density(), n));
        }
        return rows;
    }

    private static double apart(JsonNode phase, double fraction) {
        return Math.abs(phase.path("fraction").path("value").asDouble() - fraction);
    }

    private StudyResult result(double secondsEach) {
        ObjectNode json = Json.object();
        json.put("size", request.size());
        json.put("replicas", request.replicas());
        json.put("preset", request.preset());
        json.put("misaligned", request.misaligned());
        json.put("seconds_per_experiment", secondsEach);
        ArrayNode all = json.putArray("rows");
        rows.forEach(r -> all.add(r.toJson()));
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%d³ voxels, 15 tilts, preset %s, %d replicas, %s; %.0f s per experiment",
                request.size(),
                request.preset(),
                request.replicas(),
                request.misaligned() ? "images misaligned and aligned" : "every image where it belongs",
                secondsEach));
        lines.add(CoverageRow.HEADING);
        rows.forEach(r -> lines.add(r.line()));
        lines.add("");
        Map<String, List<CoverageRow>> groups = rows.stream()
                .collect(Collectors.groupingBy(CoverageRow::group, LinkedHashMap::new, Collectors.toList()));
        ArrayNode summary = json.putArray("coverage");
        groups.forEach((name, group) -> {
            summary.add(covered(name, group));
            lines.add(line(name, group));
        });
        summary.add(covered("all", rows));
        lines.add(line("all", rows));
        return new StudyResult(Path.of(""), lines, json, warnings);
    }

    private static ObjectNode covered(String name, List<CoverageRow> group) {
        long held = group.stream().filter(CoverageRow::covered).count();
        return Json.object()
                .put("quantity", name)
                .put("covered", held)
                .put("of", group.size())
                .put("goal", needed(group.size()))
                .put("reached", held >= needed(group.size()));
    }

    private static int needed(int cases) {
        return (int) Math.ceil(GOAL * cases - 1e-9);
    }

    private static String line(String name, List<CoverageRow> group) {
        long held = group.stream().filter(CoverageRow::covered).count();
        int needed = needed(group.size());
        double error = Math.sqrt(group.stream()
                .filter(CoverageRow::found)
                .mapToDouble(r -> r.error() * r.error())
                .average()
                .orElse(0));
        double half = group.stream()
                .filter(CoverageRow::found)
                .mapToDouble(r -> (r.high() - r.low()) / 2)
                .average()
                .orElse(0);
        return String.format(
                Locale.ROOT,
                "%-28s covered %d of %d (goal %d: %s)%s",
                name,
                held,
                group.size(),
                needed,
                held >= needed ? "reached" : "missed",
                name.equals("all")
                        ? ""
                        : String.format(Locale.ROOT, ", rms error %.4f, mean half width %.4f", error, half));
    }
}
