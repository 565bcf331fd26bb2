package org.hyalite.study;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.hyalite.grid.Volume;
import org.hyalite.io.format.Reason;
import org.hyalite.phase.PhaseContact;
import org.hyalite.phase.PhaseDiagram;
import org.hyalite.phase.PhaseFinder;
import org.hyalite.phase.PhaseMixture;
import org.hyalite.phase.PhaseRegion;
import org.hyalite.phase.Phases;
import org.hyalite.physics.Element;
import org.hyalite.study.RunSettings.Figures;
import org.hyalite.study.recipe.Experiment.PhaseCriterion;
import org.hyalite.study.recipe.Experiment.PhaseSpec;
import org.hyalite.study.recipe.InputException;
import org.hyalite.study.recipe.UncertaintySettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Element volumes → threshold, composition–density diagram and phases, as {@code phases.json} and figures. */
public final class PhaseStep {
    /**
     * The diagram, its phases, and how the threshold was found.
     *
     * @param note what holds for all that is made from the counts
     * @param details what else there is to say of the phases
     */
    record Found(
            PhaseDiagram diagram,
            List<Element> among,
            Phases phases,
            Threshold threshold,
            String unit,
            Optional<String> note,
            PhaseDetails details) {
        /** The same phases, told with the volumes' own errors. */
        Found withNoise(Map<Element, Volume> standardDeviations) {
            return new Found(diagram, among, phases, threshold, unit, note, details.withNoise(standardDeviations));
        }

        /** What a user should know. */
        List<String> warnings() {
            List<String> all = new ArrayList<>(threshold.warning().stream().toList());
            all.addAll(details.warnings());
            return all;
        }
    }

    /** An element with less than this share of a phase is a minor one there. */
    private static final double MINOR = 0.5;

    private PhaseStep() {}

    /** The diagram of a results folder again, with other settings, without reconstructing. */
    public static StudyResult again(Path folder, PhaseSpec spec, Optional<Double> threshold) {
        ResultFiles files = ResultFiles.existing(folder);
        StudyRecord record = new StudyRecord();
        Found found = again(files, spec, threshold);
        found.note().ifPresent(record::warn);
        found.warnings().forEach(record::warn);
        FigureFiles figures = new FigureFiles(files, Figures.DRAWN, record);
        write(files, figures, found);
        List<String> lines = new ArrayList<>(summary(found));
        ObjectNode json = toJson(found);
        ThresholdErrors.of(found.diagram().densities(), found, UncertaintySettings.NONE.seed())
                .ifPresent(t -> {
                    ThresholdErrors.put(json, t);
                    Json.write(files.phases(), json);
                    lines.add(ThresholdErrors.summary(t, found.unit()));
                });
        if (Files.exists(files.uncertainty())) {
            record.warn(files.phases() + " holds no errors of the phases' means any more: those of "
                    + files.uncertainty() + " are the run's, for its phases");
        }
        if (Files.exists(files.report()) && !ReportPage.redraw(files, found)) {
            record.warn(files.report() + " still shows the diagram of the run: it was written by an earlier version");
        }
        return new StudyResult(folder, lines, json, record.warnings());
    }

    /** The diagram of the volumes in a results folder; nothing is written. */
    static Found again(ResultFiles files, PhaseSpec spec, Optional<Double> threshold) {
        Map<Element, Volume> densities = volumes(files, "density_");
        if (densities.isEmpty()) {
            throw new InputException(files.sample("density_*.mrc") + ": no such file; is " + files.folder()
                    + " a results folder of 'hyalite run'?");
        }
        Optional<String> note = densities.keySet().stream()
                .flatMap(e -> Notes.of(files.density(e)).stream())
                .findFirst();
        Map<Element, Volume> sds = volumes(files, "sd_");
        try {
            return find(
                    densities,
                    sds.keySet().containsAll(densities.keySet()) ? sds : Map.of(),
                    asBefore(files, spec),
                    threshold,
                    fillsField(files),
                    unit(files),
                    note);
        } catch (IllegalArgumentException e) {
            throw new InputException(files.sample("density_*.mrc") + ": " + e.getMessage(), e);
        }
    }

    /** The same phases, told with the standard deviations that stand in the folder. */
    static Found withErrors(ResultFiles files, Found found) {
        return found.withNoise(volumes(files, "sd_"));
    }

    /** The volumes in {@code sample/} whose names begin so, by element; all on one grid. */
    private static Map<Element, Volume> volumes(ResultFiles files, String prefix) {
        Map<Element, Volume> all = new LinkedHashMap<>();
        for (Path file : volumeFiles(files, prefix)) {
            String name = file.getFileName().toString();
            Volume volume = Stacks.volume(file);
            for (Volume other : all.values()) {
                if (other.nz() != volume.nz() || other.ny() != volume.ny() || other.nx() != volume.nx()) {
                    throw new InputException(file + ": " + volume.nz() + " × " + volume.ny() + " × " + volume.nx()
                            + " voxels, but the volumes beside it have " + other.nz() + " × " + other.ny() + " × "
                            + other.nx() + "; take out what is of another run");
                }
            }
            all.put(Element.of(name.substring(prefix.length(), name.length() - ".mrc".length())), volume);
        }
        return all;
    }

    private static List<Path> volumeFiles(ResultFiles files, String prefix) {
        Path sample = files.sample("");
        if (!Files.isDirectory(sample)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(sample)) {
            return all.filter(p -> p.getFileName().toString().matches(prefix + "[A-Z][a-z]?[.]mrc"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new InputException(sample + ": cannot be listed: " + Reason.of(e), e);
        }
    }

    /** What was asked of the diagram of the run, where nothing else is asked now. */
    private static PhaseSpec asBefore(ResultFiles files, PhaseSpec spec) {
        if (!Files.exists(files.phases())) {
            return spec;
        }
        JsonNode before = Json.read(files.phases());
        List<Element> among = new ArrayList<>(spec.among());
        if (among.isEmpty()) {
            before.path("among").forEach(e -> among.add(Element.of(e.asString(""))));
        }
        Optional<Element> fractionOf = spec.fractionOf()
                .or(() -> Optional.of(before.path("fraction_of").asString(""))
                        .filter(e -> among.stream().anyMatch(a -> a.symbol().equals(e)))
                        .map(Element::of));
        return new PhaseSpec(
                fractionOf, among, spec.criterion().or(() -> criterion(before)), spec.count(), spec.ternary());
    }

    private static Optional<PhaseCriterion> criterion(JsonNode before) {
        return before.path("criterion").asString("").equals("bic") ? Optional.of(PhaseCriterion.BIC) : Optional.empty();
    }

    private static boolean fillsField(ResultFiles files) {
        Path alignment = files.sample("alignment.json");
        return Files.exists(alignment)
                && Json.read(alignment).path("fills_field").asBoolean(false);
    }

    private static String unit(ResultFiles files) {
        for (JsonNode entry : Json.read(files.sample("convergence.json"))) {
            if (entry.path("volume").asString("").startsWith("density")) {
                return entry.path("unit").asString("");
            }
        }
        throw new InputException(files.sample("convergence.json") + ": names no element's volume");
    }

    /**
     * The diagram of some volumes and its phases.
     *
     * @param given the threshold to use; empty: found from the total density
     * @param fillsField whether the specimen fills the field, so that vacuum need not be there
     * @param unit of the densities
     * @param note what holds for all that is made from them
     */
    static Found find(
            Map<Element, Volume> densities,
            PhaseSpec spec,
            Optional<Double> given,
            boolean fillsField,
            String unit,
            Optional<String> note) {
        return find(densities, Map.of(), spec, given, fillsField, unit, note);
    }

    /**
     * The same with the volumes' own errors.
     *
     * @param standardDeviations of every element's voxels; empty: estimated from neighbours
     */
    static Found find(
            Map<Element, Volume> densities,
            Map<Element, Volume> standardDeviations,
            PhaseSpec spec,
            Optional<Double> given,
            boolean fillsField,
            String unit,
            Optional<String> note) {
        Map<Element, Volume> among = new LinkedHashMap<>(densities);
        if (!spec.among().isEmpty()) {
            among.keySet().retainAll(spec.among());
        }
        for (Element element : spec.among()) {
            if (!densities.containsKey(element)) {
                throw new InputException("no volume of " + element + "; there are " + densities.keySet());
            }
        }
        List<Element> elements = List.copyOf(among.keySet());
        Element numerator = spec.fractionOf().orElse(elements.get(elements.size() - 1));
        if (!among.containsKey(numerator)) {
            throw new InputException("no volume of " + numerator + " among " + elements);
        }
        Threshold threshold = given.map(Threshold::byUser)
                .orElseGet(() -> Threshold.of(
                        among.values().stream().reduce(Volume::plus).orElseThrow(), fillsField));
        PhaseDiagram diagram = PhaseDiagram.of(numerator, among, threshold.value());
        for (Element corner : spec.ternary()) {
            if (!among.containsKey(corner)) {
                throw new InputException("no volume of " + corner + " among " + elements + " for a ternary diagram");
            }
        }
        Optional<PhaseMixture> mixture =
                spec.criterion().filter(c -> c == PhaseCriterion.BIC).isPresent()
                        ? Optional.of(
                                PhaseMixture.fit(diagram, standardDeviations, PhaseMixture.Settings.of(spec.count())))
                        : Optional.empty();
        Phases phases = mixture.map(m -> PhaseFinder.find(diagram, m)).orElseGet(() -> PhaseFinder.find(diagram));
        PhaseDetails details = new PhaseDetails(diagram, phases, mixture, standardDeviations, spec.ternary());
        return new Found(diagram, elements, phases, threshold, unit, note, details);
    }

    /** What {@code phases.json} holds. */
    static ObjectNode toJson(Found found) {
        return PhaseJson.of(found);
    }

    /** Writes {@code phases.json} and its figures. */
    static void write(ResultFiles files, FigureFiles figures, Found found) {
        Json.write(files.phases(), toJson(found));
        PhaseFigures.write(figures, found, List.of());
    }

    /** For people: threshold, phases, precision. */
    static List<String> summary(Found found) {
        List<String> rows = new ArrayList<>();
        rows.add(String.format(
                Locale.ROOT,
                "inside: N > %.3g %s (%s: %s)",
                found.diagram().thresholdPerNm3(),
                found.unit(),
                found.threshold().source().replace('_', ' '),
                found.threshold().reason()));
        for (PhaseRegion r : found.phases().regions()) {
            rows.add(String.format(
                    Locale.ROOT,
                    "phase %-8s %.3g nm³, X(%s) = %.3f ± %.3f, N = %.3g ± %.2g %s",
                    r.name(),
                    r.volumeNm3(),
                    found.diagram().numerator(),
                    r.fractionMean(),
                    r.fractionSd(),
                    r.densityMeanPerNm3(),
                    r.densitySdPerNm3(),
                    found.unit()));
        }
        found.details().mixture().ifPresent(m -> rows.add(mixture(m)));
        rows.addAll(bounds(found));
        for (PhaseContact c : found.details().contacts()) {
            rows.add(String.format(Locale.ROOT, "%s and %s touch over %.3g nm²", c.first(), c.second(), c.areaNm2()));
        }
        found.phases()
                .precision()
                .ifPresent(p -> rows.add(String.format(
                        Locale.ROOT,
                        "precision (± 2 sd within phases): ± %.3f in X, ± %.2g %s in N",
                        p.fraction2Sd(),
                        p.density2SdPerNm3(),
                        found.unit())));
        return rows;
    }

    private static String mixture(PhaseMixture mixture) {
        return String.format(
                Locale.ROOT,
                "mixture: %d phases of %d normal components (%s; %.0f independent voxels), %.1f %% interfaces, %.1f %% surfaces",
                mixture.phases().size(),
                mixture.components(),
                mixture.curve().size() == 1 ? "as asked for" : "least BIC",
                mixture.independentVoxels(),
                100 * mixture.interfaceShare(),
                100 * mixture.surfaceShare());
    }

    /** Of what is not a phase's main element, how much it holds at most. */
    private static List<String> bounds(Found found) {
        List<String> rows = new ArrayList<>();
        for (PhaseRegion r : found.phases().regions()) {
            found.details().shares(r).forEach((element, share) -> {
                if (share.fraction() < MINOR) {
                    rows.add(String.format(
                            Locale.ROOT,
                            "%s in %s: mean fraction %.3f, at most %.3f (95 %%); 95 %% of its voxels hold at most %.3f",
                            element,
                            r.name(),
                            share.fraction(),
                            share.meanAtMost(),
                            share.voxelsAtMost()));
                }
            });
        }
        return rows;
    }
}
