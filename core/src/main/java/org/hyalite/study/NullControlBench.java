package org.hyalite.study;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.hipparchus.distribution.continuous.UniformRealDistribution;
import org.hipparchus.stat.inference.KolmogorovSmirnovTest;
import org.hyalite.grid.Volume;
import org.hyalite.phantom.TwinSettings;
import org.hyalite.phantom.TwinSettings.Kind;
import org.hyalite.phase.InterfaceWidth;
import org.hyalite.phase.PhaseDiagram;
import org.hyalite.physics.Element;
import org.hyalite.progress.Progress;
import org.hyalite.study.recipe.InputException;
import org.hyalite.tomo.ImageNoise;
import org.hyalite.tomo.JointData;
import org.hyalite.tomo.JointReconstruction;
import org.hyalite.tomo.JointReconstructor;
import org.hyalite.tomo.ReconstructionSettings;
import org.hyalite.tomo.Regulariser;
import org.hyalite.tomo.Weight;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How often the null control is right: p-values of simulated samples, segregated ones whose p should be uniform, and
 * flux-melted ones that should be called mixed; and the widths of their interfaces. Preset {@code joint}; cross sections and
 * alignment known.
 */
public final class NullControlBench {
    private static final double MIXED = org.hyalite.phase.MixingTest.LEVEL;
    private static final Element FRACTION_OF = Element.of("Zn");

    /**
     * What to try.
     *
     * @param size voxels along each edge
     * @param replicas of each sample's null control
     * @param gap relative gap of every reconstruction
     */
    public record Request(List<Kind> kinds, List<Long> seeds, int size, int replicas, double gap, int threads) {
        public Request {
            kinds = List.copyOf(kinds);
            seeds = List.copyOf(seeds);
            if (kinds.isEmpty() || seeds.isEmpty()) {
                throw new InputException("nothing to try: give a kind and a seed");
            }
            if (replicas < 2) {
                throw new InputException("--replicas " + replicas + ": give 2 or more");
            }
        }
    }

    /** One sample. */
    private record Row(Kind kind, long seed, NullControl.Outcome outcome, double seconds) {}

    private NullControlBench() {}

    /**
     * Tries.
     *
     * @throws InputException where the settings cannot be simulated
     */
    public static StudyResult run(Request request, Progress progress) {
        List<Row> rows = new ArrayList<>();
        for (Kind kind : request.kinds()) {
            for (long seed : request.seeds()) {
                progress.report(kind.label() + " " + seed, 0);
                long start = System.nanoTime();
                NullControl.Outcome outcome = sample(kind, seed, request, progress);
                rows.add(new Row(kind, seed, outcome, (System.nanoTime() - start) / 1e9));
            }
        }
        return result(request, rows);
    }

    private static NullControl.Outcome sample(Kind kind, long seed, Request request, Progress progress) {
        TwinSettings settings;
        try {
            settings = TwinSettings.of(kind)
                    .withSize(request.size())
                    .withSeed(seed)
                    .withoutMisalignment();
        } catch (IllegalArgumentException e) {
            throw new InputException(e.getMessage(), e);
        }
        AccuracyCase data = AccuracyCase.simulate(settings, request.threads(), progress);
        List<JointData.Channel> channels = new ArrayList<>();
        for (Element element : data.elements()) {
            channels.add(data.channel(element).toJoint());
        }
        JointData measured = new JointData(channels, Optional.of(data.adf()));
        ReconstructionSettings work = ReconstructionSettings.elements()
                .with(new Regulariser.CoupledTv(Regulariser.Coupling.NUCLEAR))
                .withGap(request.gap(), 2000)
                .withThreads(request.threads());
        JointReconstruction first = JointReconstructor.reconstruct(measured, work, progress);
        ReconstructionSettings held = work.with(
                new Weight.Absolute(first.volumes().get(0).convergence().alpha()));
        Map<Element, Double> response = new LinkedHashMap<>();
        boolean fused = first.adf().filter(JointReconstruction.Adf::fused).isPresent();
        for (int e = 0; fused && e < data.elements().size(); e++) {
            response.put(
                    data.elements().get(e), first.adf().orElseThrow().response().get(e));
        }
        NullData.Noise noise = new NullData.Noise(
                response, fused ? Optional.of(ImageNoise.of(data.adf())) : Optional.empty(), Optional.empty());
        NullControl control = new NullControl(
                new Repetition.Data.Together(measured),
                diagram(data.elements(), first),
                noise,
                d -> diagram(
                        data.elements(),
                        JointReconstructor.reconstruct(((Repetition.Data.Together) d).joint(), held, Progress.NONE)));
        return control.run(new NullControl.Settings(request.replicas(), 1000 * seed), progress);
    }

    private static PhaseDiagram diagram(List<Element> elements, JointReconstruction made) {
        Map<Element, Volume> densities = new LinkedHashMap<>();
        for (int e = 0; e < elements.size(); e++) {
            densities.put(elements.get(e), made.volumes().get(e).volume());
        }
        Volume total = densities.values().stream().reduce(Volume::plus).orElseThrow();
        return PhaseDiagram.of(
                FRACTION_OF, densities, Threshold.of(total, false).value());
    }

    private static StudyResult result(Request request, List<Row> rows) {
        List<String> lines = new ArrayList<>();
        ObjectNode json = Json.object();
        json.put("size", request.size());
        json.put("replicas", request.replicas());
        json.put("relative_gap", request.gap());
        lines.add(String.format(
                Locale.ROOT,
                "%d³ voxels of %.1f nm, 15 tilts, joint, gap %.0e; %d replicas, each twice",
                request.size(),
                TwinSettings.FIELD_NM / request.size(),
                request.gap(),
                request.replicas()));
        lines.add("kind        seed  depth  mixedness   pure     again        p   p at depth 1, 2, 3      "
                + "interface, its null's, surface: σ in voxels    10-90 % corrected       s");
        ArrayNode all = json.putArray("rows");
        for (Row row : rows) {
            lines.add(line(row));
            ObjectNode node = NullControlReport.toJson(row.outcome(), request.replicas());
            node.put("kind", row.kind().label());
            node.put("seed", row.seed());
            node.put("seconds", row.seconds());
            all.add(node);
        }
        for (Kind kind : request.kinds()) {
            summary(kind, rows.stream().filter(r -> r.kind() == kind).toList(), lines, json);
        }
        return new StudyResult(Path.of(""), lines, json, List.of());
    }

    private static String line(Row row) {
        NullControl.Outcome o = row.outcome();
        NullControl.Round r = o.round();
        String width = o.width()
                .map(w -> {
                    Optional<InterfaceWidth> own = NullControlReport.reference(o);
                    return String.format(
                            Locale.ROOT,
                            "%.3f ± %.3f, %s, %s   %s",
                            w.sigma(),
                            w.sigmaError(),
                            own.map(n -> String.format(Locale.ROOT, "%.3f", n.sigma()))
                                    .orElse("-"),
                            o.surface()
                                    .map(n -> String.format(Locale.ROOT, "%.3f", n.sigma()))
                                    .orElse("-"),
                            own.or(o::surface)
                                    .map(n -> String.format(
                                            Locale.ROOT,
                                            "%.2f (< %.2f)",
                                            NullControlReport.TEN_TO_NINETY * w.correctedSigma(n),
                                            NullControlReport.TEN_TO_NINETY * w.correctedSigmaBound(n)))
                                    .orElse("-"));
                })
                .orElse("no interface");
        return String.format(
                Locale.ROOT,
                "%-11s %-5d %d %13.5f %8.5f %8.5f %9.2g   %.2g, %.2g, %.2g   %s %7.0f",
                row.kind().label(),
                row.seed(),
                o.depth(),
                r.measured().value(),
                mean(r.pure()),
                mean(r.again()),
                r.test().p(),
                o.rounds().get(0).test().p(),
                o.rounds().get(1).test().p(),
                o.rounds().get(2).test().p(),
                width,
                row.seconds());
    }

    private static double mean(double[] values) {
        return java.util.Arrays.stream(values).average().orElse(Double.NaN);
    }

    private static void summary(Kind kind, List<Row> rows, List<String> lines, ObjectNode json) {
        double[] p =
                rows.stream().mapToDouble(r -> r.outcome().round().test().p()).toArray();
        long mixed =
                rows.stream().filter(r -> r.outcome().round().test().mixed()).count();
        double least = java.util.Arrays.stream(p).min().orElse(Double.NaN);
        double most = java.util.Arrays.stream(p).max().orElse(Double.NaN);
        ObjectNode node = json.putObject(kind.label());
        node.set("p", Json.numbers(p));
        node.put("called_mixed", mixed);
        String ks = "";
        if (p.length >= 5) {
            double uniform =
                    new KolmogorovSmirnovTest().kolmogorovSmirnovTest(new UniformRealDistribution(0, 1), p, false);
            node.put("kolmogorov_smirnov_p", uniform);
            StringBuilder others = new StringBuilder();
            for (int d = 0; d < 3; d++) {
                int depth = d;
                double[] own = rows.stream()
                        .mapToDouble(r -> r.outcome().rounds().get(depth).test().p())
                        .toArray();
                others.append(String.format(
                        Locale.ROOT,
                        d == 0 ? "%.3g" : ", %.3g",
                        new KolmogorovSmirnovTest()
                                .kolmogorovSmirnovTest(new UniformRealDistribution(0, 1), own, false)));
            }
            ks = String.format(
                    Locale.ROOT, "; uniform by Kolmogorov-Smirnov: p = %.3g (at depth 1, 2, 3: %s)", uniform, others);
        }
        lines.add(String.format(
                Locale.ROOT,
                "%s: %d of %d called mixed (p < %s), p %.2g … %.2g%s",
                kind.label(),
                mixed,
                p.length,
                MIXED,
                least,
                most,
                ks));
    }
}
