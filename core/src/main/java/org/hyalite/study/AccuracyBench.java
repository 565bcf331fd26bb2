package org.hyalite.study;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hyalite.grid.Volume;
import org.hyalite.phantom.TwinSettings;
import org.hyalite.phantom.TwinSettings.Kind;
import org.hyalite.physics.Element;
import org.hyalite.progress.Progress;
import org.hyalite.study.AccuracyMethod.Part;
import org.hyalite.study.AccuracyMethod.Solved;
import org.hyalite.study.recipe.InputException;
import org.hyalite.tomo.ReconstructionSettings;
import org.hyalite.tomo.Weight;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Holds reconstructions against the truth of simulated samples: relative L2 error {@code ‖x − x_true‖ / ‖x_true‖} of each
 * element's volume and of their sum N, at the weight that the method chose, and at the best one there is.
 */
public final class AccuracyBench {
    /** Between neighbouring weights of the search for the best one. */
    private static final double STEP = 1.5;

    private static final int MOST_STEPS = 24;

    /** Weight for data without noise: hardly any. */
    private static final double HARDLY = 2e-5;

    /**
     * What to compare.
     *
     * @param kinds which samples
     * @param seeds one sample of each kind for each
     * @param size voxels along each edge of the volumes; the field is 384 nm wide
     * @param doseFactor electrons per pixel, over the usual ones
     * @param methods their labels
     * @param best whether the best weight is sought too
     * @param weight w for all, instead of each method's own choice
     * @param exact data made by the solver's own projector, without noise; the weight is 2e-5 unless given
     * @param maxIterations of each reconstruction
     */
    public record Request(
            List<Kind> kinds,
            List<Long> seeds,
            int size,
            double doseFactor,
            List<String> methods,
            boolean best,
            Optional<Double> weight,
            boolean exact,
            int maxIterations,
            int threads) {
        public Request {
            kinds = List.copyOf(kinds);
            seeds = List.copyOf(seeds);
            methods = List.copyOf(methods);
            if (kinds.isEmpty() || seeds.isEmpty() || methods.isEmpty()) {
                throw new InputException("nothing to compare: give a kind, a seed and a method");
            }
            if (!(doseFactor > 0)) {
                throw new InputException("dose factor " + doseFactor + " is not a positive number");
            }
            weight.filter(w -> !(w > 0) || Double.isInfinite(w)).ifPresent(w -> {
                throw new InputException("weight " + w + " is not a positive number");
            });
            if (maxIterations < 1 || threads < 1) {
                throw new InputException(maxIterations + " iterations on " + threads + " threads: give 1 or more");
            }
            methods.forEach(AccuracyBench::method);
        }

        ReconstructionSettings work() {
            ReconstructionSettings usual = ReconstructionSettings.elements();
            return usual.withGap(usual.relativeGap(), maxIterations).withThreads(threads);
        }
    }

    private static final List<AccuracyMethod> ALL =
            Stream.concat(SingleMethod.ALL.stream(), JointMethod.ALL.stream()).toList();

    private final Request request;
    private final Progress progress;
    private final List<AccuracyRow> rows = new ArrayList<>();

    private AccuracyBench(Request request, Progress progress) {
        this.request = request;
        this.progress = progress;
    }

    /** The labels of all methods. */
    public static List<String> methods() {
        return ALL.stream().map(AccuracyMethod::label).toList();
    }

    private static AccuracyMethod method(String label) {
        return ALL.stream()
                .filter(m -> m.label().equals(label))
                .findFirst()
                .orElseThrow(() ->
                        new InputException("unknown method '" + label + "'; known: " + String.join(", ", methods())));
    }

    /**
     * Simulates, reconstructs and compares.
     *
     * @throws InputException where the settings cannot be simulated
     * @throws java.util.concurrent.CancellationException if cancelled
     */
    public static StudyResult run(Request request, Progress progress) {
        AccuracyBench bench = new AccuracyBench(request, progress);
        double counts = 0;
        for (Kind kind : request.kinds()) {
            for (long seed : request.seeds()) {
                AccuracyCase data = bench.simulate(kind, seed);
                counts += data.countsPerPixel();
                for (String label : request.methods()) {
                    progress.check();
                    progress.report(kind.label() + " " + seed + ": " + label, 0);
                    bench.rows.add(bench.row(request.exact() ? data.exact() : data, method(label)));
                }
            }
        }
        return bench.result(counts / (request.kinds().size() * request.seeds().size()));
    }

    private AccuracyCase simulate(Kind kind, long seed) {
        TwinSettings settings;
        try {
            settings = TwinSettings.of(kind)
                    .withSize(request.size())
                    .withSeed(seed)
                    .withElectrons(TwinSettings.USUAL_DOSE.electrons() * request.doseFactor())
                    .withoutMisalignment();
        } catch (IllegalArgumentException e) {
            throw new InputException(e.getMessage(), e);
        }
        return AccuracyCase.simulate(settings, request.threads(), progress);
    }

    private AccuracyRow row(AccuracyCase data, AccuracyMethod method) {
        Map<Element, AccuracyRow.Entry> entries = new LinkedHashMap<>();
        Map<Element, Volume> chosen = new LinkedHashMap<>();
        Map<Element, Volume> best = new LinkedHashMap<>();
        double seconds = 0;
        for (Part part : method.parts(data, request.work())) {
            long start = System.nanoTime();
            Weight weight = request.weight()
                    .or(() -> request.exact() ? Optional.of(HARDLY) : Optional.empty())
                    .<Weight>map(Weight.Relative::new)
                    .orElseGet(Weight.Auto::new);
            Solved own = part.solve(weight, progress);
            seconds += (System.nanoTime() - start) * 1e-9;
            Solved found = request.best() ? best(part, own, s -> error(data, s), progress) : own;
            chosen.putAll(own.volumes());
            best.putAll(found.volumes());
            double misfit = part.misfit(own.volumes());
            double misfitOfBest = part.misfit(found.volumes());
            double misfitOfTruth = part.misfit(data.truth());
            own.volumes()
                    .forEach((element, volume) -> entries.put(
                            element,
                            new AccuracyRow.Entry(
                                    data.error(element, volume),
                                    own.convergence(),
                                    misfit,
                                    data.error(
                                            element,
                                            Objects.requireNonNull(
                                                    found.volumes().get(element))),
                                    found.convergence().weight(),
                                    misfitOfBest,
                                    misfitOfTruth)));
        }
        return new AccuracyRow(
                data.settings().kind().label(),
                data.settings().seed(),
                method.label(),
                entries,
                data.totalError(chosen),
                data.totalError(best),
                seconds);
    }

    /** Walks both ways from the chosen weight until the error rises; a rise must be seen twice, for solves are not exact. */
    static Solved best(Part part, Solved own, ToDoubleFunction<Solved> error, Progress progress) {
        Solved best = own;
        double least = error.applyAsDouble(own);
        double from = own.convergence().weight();
        for (int way = -1; way <= 1 && from > 0; way += 2) {
            double w = from;
            double before = error.applyAsDouble(own);
            int risen = 0;
            for (int i = 0; i < MOST_STEPS && risen < 2; i++) {
                progress.check();
                w *= Math.pow(STEP, way);
                Solved tried = part.solve(new Weight.Relative(w), progress);
                double now = error.applyAsDouble(tried);
                risen = now > before ? risen + 1 : 0;
                before = now;
                if (now < least) {
                    least = now;
                    best = tried;
                }
            }
        }
        return best;
    }

    /** Root mean square of the elements' errors. */
    private static double error(AccuracyCase data, Solved solved) {
        return Math.sqrt(solved.volumes().entrySet().stream()
                .mapToDouble(e -> Math.pow(data.error(e.getKey(), e.getValue()), 2))
                .average()
                .orElse(0));
    }

    private StudyResult result(double countsPerPixel) {
        ObjectNode json = Json.object();
        json.put("size", request.size());
        json.put("dose_factor", request.doseFactor());
        json.put("counts_per_spectrum", countsPerPixel);
        json.put("noise_free_operator", request.exact());
        ArrayNode all = json.putArray("rows");
        rows.forEach(r -> all.add(r.toJson(request.best())));
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%d³ voxels of %.1f nm, 15 tilts, %s; relative L2 errors",
                request.size(),
                TwinSettings.FIELD_NM / request.size(),
                request.exact()
                        ? "the truth's own projections without noise"
                        : String.format(Locale.ROOT, "%.0f counts per spectrum", countsPerPixel)));
        lines.add(AccuracyRow.heading(rows.get(0).entries().keySet(), request.best()));
        rows.forEach(r -> lines.add(r.line(request.best())));
        ArrayNode means = json.putArray("means");
        Map<String, List<AccuracyRow>> groups = rows.stream()
                .collect(Collectors.groupingBy(
                        r -> r.kind() + " " + r.method(), LinkedHashMap::new, Collectors.toList()));
        groups.values().forEach(group -> {
            lines.add(AccuracyRow.meanLine(group, request.best()));
            means.add(AccuracyRow.meanJson(group, request.best()));
        });
        return new StudyResult(Path.of(""), lines, json, warnings());
    }

    private List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        for (AccuracyRow row : rows) {
            row.entries().forEach((element, e) -> {
                if (!e.convergence().converged()) {
                    warnings.add(String.format(
                            Locale.ROOT,
                            "%s %d, %s of %s: not converged, gap %.1e after %d iterations",
                            row.kind(),
                            row.seed(),
                            row.method(),
                            element,
                            e.convergence().relativeGap(),
                            e.convergence().iterations()));
                }
            });
        }
        return warnings;
    }
}
