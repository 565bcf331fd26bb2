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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hyalite.figure.PhaseDiagramFigure;
import org.hyalite.grid.Volume;
import org.hyalite.io.format.Reason;
import org.hyalite.phase.PhaseDiagram;
import org.hyalite.phase.PhaseFinder;
import org.hyalite.phase.PhaseRegion;
import org.hyalite.phase.Phases;
import org.hyalite.physics.Element;
import org.hyalite.study.RunSettings.Figures;
import org.hyalite.study.recipe.Experiment.PhaseSpec;
import org.hyalite.study.recipe.InputException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Element volumes → threshold, composition–density diagram and phases, as {@code phases.json} and figures. */
public final class PhaseStep {
    /**
     * The diagram, its phases, and how the threshold was found.
     *
     * @param note what holds for all that is made from the counts
     */
    record Found(
            PhaseDiagram diagram,
            List<Element> among,
            Phases phases,
            Threshold threshold,
            String unit,
            Optional<String> note) {}

    private PhaseStep() {}

    /** The diagram of a results folder again, with other settings, without reconstructing. */
    public static StudyResult again(Path folder, PhaseSpec spec, Optional<Double> threshold) {
        ResultFiles files = ResultFiles.existing(folder);
        StudyRecord record = new StudyRecord();
        Map<Element, Volume> densities = new LinkedHashMap<>();
        Optional<String> note = Optional.empty();
        for (Path file : densityFiles(files)) {
            note = note.or(() -> Notes.of(file));
            String name = file.getFileName().toString();
            Element element = Element.of(name.substring("density_".length(), name.length() - ".mrc".length()));
            densities.put(element, Stacks.volume(file));
        }
        if (densities.isEmpty()) {
            throw new InputException(files.sample("density_*.mrc") + ": no such file; is " + folder
                    + " a results folder of 'hyalite run'?");
        }
        Found found = find(densities, asBefore(files, spec), threshold, fillsField(files), unit(files), note);
        note.ifPresent(record::warn);
        found.threshold().warning().ifPresent(record::warn);
        write(files, new FigureFiles(files, Figures.DRAWN, record), found);
        if (Files.exists(files.report())) {
            record.warn(files.report() + " still shows the diagram of the run");
        }
        return new StudyResult(folder, summary(found), toJson(found), record.warnings());
    }

    private static List<Path> densityFiles(ResultFiles files) {
        Path sample = files.sample("");
        if (!Files.isDirectory(sample)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(sample)) {
            return all.filter(p -> p.getFileName().toString().matches("density_[A-Z][a-z]?[.]mrc"))
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
        return new PhaseSpec(fractionOf, among);
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
        return new Found(diagram, elements, PhaseFinder.find(diagram), threshold, unit, note);
    }

    /** What {@code phases.json} holds. */
    static ObjectNode toJson(Found found) {
        ObjectNode json = Json.object();
        json.put("fraction_of", found.diagram().numerator().symbol());
        ArrayNode among = json.putArray("among");
        found.among().forEach(e -> among.add(e.symbol()));
        json.put("unit", found.unit());
        found.note().ifPresent(n -> json.put("note", n));
        json.put("fraction_kind", found.unit().startsWith("atoms") ? "atomic" : "counts");
        json.put("threshold_per_nm3", found.diagram().thresholdPerNm3());
        json.put("threshold_source", found.threshold().source());
        json.put("threshold_reason", found.threshold().reason());
        json.set("fraction_edges", Json.numbers(found.diagram().fractionEdges()));
        json.set("density_edges_per_nm3", Json.numbers(found.diagram().densityEdgesPerNm3()));
        ArrayNode volume = json.putArray("volume_nm3");
        for (double[] row : found.diagram().volumeNm3()) {
            volume.add(Json.numbers(row));
        }
        ArrayNode phases = json.putArray("phases");
        for (PhaseRegion r : found.phases().regions()) {
            phases.addObject()
                    .put("name", r.name())
                    .put("volume_nm3", r.volumeNm3())
                    .put("fraction_mean", r.fractionMean())
                    .put("fraction_sd", r.fractionSd())
                    .put("density_mean_per_nm3", r.densityMeanPerNm3())
                    .put("density_sd_per_nm3", r.densitySdPerNm3())
                    .put("core_voxels", r.coreVoxels())
                    .put("core_depth_voxels", r.coreDepth());
        }
        found.phases()
                .precision()
                .ifPresent(p -> json.putObject("precision")
                        .put("fraction_2sd", p.fraction2Sd())
                        .put("density_2sd_per_nm3", p.density2SdPerNm3()));
        return json;
    }

    /** Writes {@code phases.json} and its figures. */
    static void write(ResultFiles files, FigureFiles figures, Found found) {
        Json.write(files.phases(), toJson(found));
        PhaseDiagram diagram = found.diagram();
        boolean atoms = found.unit().startsWith("atoms");
        String of = diagram.numerator().symbol();
        String x = (atoms ? "X = " : "fraction of counts ") + of + "/("
                + found.among().stream().map(Element::symbol).collect(Collectors.joining(" + ")) + ")";
        String n = "N (" + found.unit() + ")";
        List<PhaseDiagramFigure.Mark> marks = found.phases().regions().stream()
                .map(r -> new PhaseDiagramFigure.Mark(
                        r.name(), r.fractionMean(), r.fractionSd(), r.densityMeanPerNm3(), r.densitySdPerNm3()))
                .toList();
        PhaseDiagramFigure.Panel inside = PhaseDiagramFigure.Panel.of(
                        "", diagram.fractionEdges(), diagram.densityEdgesPerNm3(), diagram.volumeNm3())
                .withThreshold(diagram.thresholdPerNm3());
        PhaseDiagramFigure.Panel all = PhaseDiagramFigure.Panel.of(
                        "", diagram.fractionEdges(), diagram.densityEdgesPerNm3(), diagram.unthresholdedVolumeNm3())
                .withThreshold(diagram.thresholdPerNm3());
        figures.write("fig6-phase-diagram", () -> PhaseDiagramFigure.draw(List.of(inside.marked(marks)), x, n));
        figures.write("figS8-phase-diagram-unthresholded", () -> PhaseDiagramFigure.draw(List.of(all), x, n));
        figures.write(
                "figS9-phase-diagram-full-scale",
                () -> PhaseDiagramFigure.draw(List.of(inside.scaledTo(PhaseDiagramFigure.ALL_CELLS)), x, n));
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
}
