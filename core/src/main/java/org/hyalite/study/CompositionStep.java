package org.hyalite.study;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hyalite.calibrate.FactorTable;
import org.hyalite.grid.Image;
import org.hyalite.grid.LineMap;
import org.hyalite.physics.Dose;
import org.hyalite.physics.Element;
import org.hyalite.physics.FactorKind;
import org.hyalite.physics.LineFactors;
import org.hyalite.physics.XrayLine;
import org.hyalite.progress.Progress;
import org.hyalite.quantify.Composition;
import org.hyalite.quantify.Composition.Measured;
import org.hyalite.quantify.CompositionQuantifier;
import org.hyalite.study.StudyRecord.Origin;
import org.hyalite.study.recipe.Experiment.Method;
import org.hyalite.study.recipe.InputException;
import tools.jackson.databind.node.ObjectNode;

/** Maps or spectra and a table of factors → composition by weight and by atoms, mass thickness, atoms per area. */
public final class CompositionStep {
    private CompositionStep() {}

    /**
     * What is asked for.
     *
     * @param inputs one folder that {@code counts} wrote, or files with spectrum images or spectra
     * @param lines which of the factors' lines; empty: all
     * @param currentNa beam current, nA, where the files do not say
     * @param dwellS live time per pixel, s, where the files do not say
     * @param significance standard errors of mass that a pixel needs to have a composition
     */
    public record Request(
            List<Path> inputs,
            Path factors,
            List<XrayLine> lines,
            List<Element> others,
            Method method,
            int bin,
            Optional<Double> beamEnergyKeV,
            Optional<Double> currentNa,
            Optional<Double> dwellS,
            double significance) {
        private static final int MAX_BIN = 64;

        public Request {
            if (bin < 1 || bin > MAX_BIN) {
                throw new InputException("--bin " + bin + " is not within 1…" + MAX_BIN);
            }
            if (!(significance >= 0)) {
                throw new InputException("--significance " + significance + " is below 0");
            }
        }

        /** Whether the input is a folder of counts, and not one that is a file to those who write it ({@code .zspy}). */
        boolean counted() {
            Path first = inputs.get(0);
            return inputs.size() == 1
                    && Files.isDirectory(first)
                    && !Files.exists(first.resolve(".zgroup"))
                    && !Files.exists(first.resolve("zarr.json"));
        }
    }

    /** Does it all and writes the results. */
    public static StudyResult quantify(Request request, Path output, int threads, Progress progress) {
        StudyRecord record = new StudyRecord();
        LineFactors factors = FactorFiles.read(request.factors());
        record.input("factors", request.factors());
        record.parameter(
                "factors.kind",
                factors.kind().key(),
                factors.kind().unit(),
                Origin.FILE,
                request.factors().toString());
        ResultFiles files = ResultFiles.create(output);
        CountedMaps counted = request.counted()
                ? CountedMaps.inFolder(request, factors, record)
                : CountedMaps.ofSpectra(request, factors, record, files.folder(), threads, progress);
        if (factors.kind().relative()) {
            record.warn("k-factors give composition only; mass thickness and atoms per area need zeta or sigma");
        } else if (counted.doses().isEmpty()) {
            record.warn("mass thickness and atoms per area are left out: " + counted.doseMissing());
        }
        List<Composition> all = new ArrayList<>();
        for (int i = 0; i < counted.images(); i++) {
            progress.check();
            progress.report("composition", (double) i / counted.images());
            List<LineMap> maps = counted.of(i);
            Optional<Dose> dose = counted.doses().isEmpty()
                    ? Optional.empty()
                    : Optional.of(counted.doses().get(i));
            try {
                all.add(CompositionQuantifier.of(factors)
                        .withSignificance(request.significance())
                        .quantify(maps, dose));
            } catch (IllegalArgumentException e) {
                throw new InputException(request.inputs().get(0) + ", image " + i + ": " + e.getMessage(), e);
            }
        }
        write(files.folder(), counted, all);
        ObjectNode json = CompositionReport.toJson(factors, counted, all, request.significance());
        json.put("factors", request.factors().toString());
        Json.write(files.folder().resolve("composition.json"), json);
        Json.write(files.provenance(), record.toJson());
        List<String> lines = new ArrayList<>(CompositionReport.rows(factors, counted, all));
        lines.add("wrote " + output);
        return new StudyResult(output, lines, json, record.warnings());
    }

    /** How it is done, in words. */
    static String method(FactorKind kind) {
        return switch (kind) {
                    case K_WEIGHT, K_ATOMIC -> "Cliff-Lorimer";
                    case ZETA -> "zeta";
                    case SIGMA -> "cross section";
                }
                + "; " + FactorTable.basis(kind);
    }

    private static void write(Path folder, CountedMaps counted, List<Composition> all) {
        Map<String, List<Measured>> stacks = new LinkedHashMap<>();
        for (Element element : all.get(0).parts().keySet()) {
            List<Composition.Part> parts =
                    all.stream().map(c -> c.parts().get(element)).toList();
            stacks.put(
                    "weight_fraction_" + element,
                    parts.stream().map(Composition.Part::weight).toList());
            stacks.put(
                    "atomic_fraction_" + element,
                    parts.stream().map(Composition.Part::atomic).toList());
            if (parts.get(0).areal().isPresent()) {
                stacks.put(
                        "areal_density_" + element,
                        parts.stream().map(p -> p.areal().orElseThrow()).toList());
            }
        }
        if (all.get(0).massThickness().isPresent()) {
            stacks.put(
                    "mass_thickness",
                    all.stream().map(c -> c.massThickness().orElseThrow()).toList());
        }
        stacks.forEach((name, maps) -> {
            counted.write(
                    folder.resolve(name + "_se.mrc"),
                    maps.stream().map(Measured::standardError).toList());
            counted.write(
                    folder.resolve(name + ".mrc"),
                    maps.stream().map(Measured::value).toList());
        });
        List<Image> masks = all.stream().map(Composition::stated).toList();
        counted.write(folder.resolve("composition_mask.mrc"), masks);
    }
}
