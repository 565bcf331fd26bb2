package org.hyalite.study;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.hyalite.io.format.MicroscopeFileException;
import org.hyalite.io.mrc.MrcSections;
import org.hyalite.physics.Element;
import org.hyalite.study.recipe.InputException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A results folder told as JSON: what is there, in which units, what is missing and what to do about it. */
final class ResultsJson {
    private static final String DENSITY = "sample/density_";
    private static final String SD = "sample/sd_";

    private final Results results;
    private final ObjectNode json = Json.object();
    private final ArrayNode warnings = Json.array();
    private final JsonNode phases;
    private final Map<String, String> units = new LinkedHashMap<>();

    private ResultsJson(Results results) {
        this.results = results;
        this.phases = read("phases.json");
        for (JsonNode entry : read("sample/convergence.json")) {
            units.put(entry.path("volume").asString(""), entry.path("unit").asString(""));
        }
    }

    /** What {@link Results#toJson} gives. */
    static ObjectNode of(Results results) {
        return new ResultsJson(results).whole();
    }

    private JsonNode read(String path) {
        try {
            return results.json(path);
        } catch (InputException e) {
            warnings.add(e.getMessage());
            return Json.object().path("missing");
        }
    }

    private ObjectNode whole() {
        Path real = results.folder().toAbsolutePath().normalize();
        Results.State state = results.state();
        json.put(
                "name",
                real.getFileName() == null
                        ? real.toString()
                        : real.getFileName().toString());
        json.put("folder", real.toString());
        json.put("state", state.name().toLowerCase(java.util.Locale.ROOT));
        json.put("revision", results.revision());
        json.put("unit", densityUnit());
        grid();
        ArrayNode elements = json.putArray("elements");
        results.elements().forEach(e -> elements.add(e.symbol()));
        diagram();
        stacks();
        ArrayNode documents = json.putArray("json");
        ArrayNode tables = json.putArray("tables");
        for (String path : results.entries().keySet()) {
            if (path.endsWith(".json") && !path.equals(ProgressFile.NAME)) {
                documents.add(path);
            } else if (path.endsWith(".csv")) {
                tables.add(path);
            }
        }
        figures();
        String zarr = "sample/" + ResultFiles.CHANNELS;
        boolean channels = Files.isRegularFile(results.folder().resolve(zarr).resolve(".zattrs"));
        json.put("zarr", channels ? zarr : null);
        json.put("report", results.entry("report.html").map(Results.Entry::path).orElse(null));
        missing(state, channels);
        read("provenance.json").path("warnings").forEach(warnings::add);
        if (results.incomplete()) {
            warnings.add(results.folder() + ": not every file could be listed");
        }
        json.set("warnings", warnings);
        json.set("progress", ProgressFile.read(results.folder()).orElseGet(Json::object));
        json.set("preview", preview(state));
        return json;
    }

    private @Nullable JsonNode preview(Results.State state) {
        return state == Results.State.RUNNING
                ? LivePreview.json(results.folder()).orElse(null)
                : null;
    }

    private String densityUnit() {
        String unit = phases.path("unit").asString("");
        if (!unit.isEmpty()) {
            return unit;
        }
        return units.entrySet().stream()
                .filter(e -> e.getKey().startsWith("density"))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
    }

    /** Size and spacing of the volumes, from the first that is there. */
    private void grid() {
        Optional<MrcSections> first = results.elements().stream()
                .map(e -> DENSITY + e.symbol() + ".mrc")
                .flatMap(path -> results.entry(path).stream())
                .flatMap(entry -> sections(entry, false).stream())
                .findFirst();
        json.put(
                "voxel_nm",
                first.map(MrcSections::pixelNm)
                        .filter(java.util.OptionalDouble::isPresent)
                        .map(java.util.OptionalDouble::getAsDouble)
                        .orElse(null));
        if (first.isPresent()) {
            json.set("shape", shape(first.get()));
        } else {
            json.putNull("shape");
        }
    }

    private void diagram() {
        if (phases.isMissingNode()) {
            json.putNull("fraction_of").putNull("threshold_per_nm3").putArray("among");
            return;
        }
        json.set("fraction_of", phases.path("fraction_of"));
        json.set("among", phases.path("among"));
        json.set("threshold_per_nm3", phases.path("threshold_per_nm3"));
    }

    private static ArrayNode shape(MrcSections sections) {
        return Json.array().add(sections.planes()).add(sections.ny()).add(sections.nx());
    }

    private Optional<MrcSections> sections(Results.Entry entry, boolean warn) {
        try {
            return Optional.of(MrcSections.of(entry.file()));
        } catch (MicroscopeFileException e) {
            if (warn) {
                warnings.add(e.getMessage());
            }
            return Optional.empty();
        }
    }

    /** Volumes and stacks of images, each with its unit. */
    private void stacks() {
        ArrayNode volumes = json.putArray("volumes");
        ArrayNode series = json.putArray("series");
        for (Results.Entry entry : results.entries().values()) {
            if (!entry.path().endsWith(".mrc")) {
                continue;
            }
            Optional<MrcSections> read = sections(entry, true);
            if (read.isEmpty()) {
                continue;
            }
            MrcSections sections = read.get();
            String name = entry.path().replaceFirst("[.]mrc$", "");
            ObjectNode node = Json.object().put("path", entry.path());
            node.put("name", name(name));
            node.put("unit", unit(name));
            node.set("shape", shape(sections));
            node.put("sd", name.startsWith(SD) || name.endsWith("_se"));
            sections.pixelNm().ifPresent(nm -> node.put("voxel_nm", nm));
            if (sections.isVolume()) {
                for (Element element : results.elements()) {
                    if (name.equals(DENSITY + element.symbol()) || name.equals(SD + element.symbol())) {
                        node.put("element", element.symbol());
                    }
                }
                volumes.add(node);
            } else {
                node.set(
                        "tilts_deg",
                        Json.numbers(sections.tiltsDeg().stream()
                                .mapToDouble(Double::doubleValue)
                                .toArray()));
                series.add(node);
            }
        }
    }

    private static String name(String path) {
        if (path.startsWith("standards/")) {
            return path.substring("standards/".length());
        }
        if (path.startsWith("experiment/")) {
            return path.substring(path.lastIndexOf('/') + 1).toUpperCase(java.util.Locale.ROOT) + " as recorded";
        }
        return path.replaceFirst("^sample/", "")
                .replaceFirst("^density_", "")
                .replaceFirst("^volume_", "")
                .replaceFirst("^sd_(.*)$", "$1 standard deviation")
                .replaceFirst("^counts_(.*)_se$", "counts $1 standard error")
                .replace('_', ' ');
    }

    private String unit(String path) {
        if (path.startsWith("standards/")) {
            return path.endsWith("thickness") ? "nm" : path.endsWith("volume") ? "ADF units/nm" : "";
        }
        if (path.startsWith("experiment/")) {
            return path.endsWith("/adf") ? "ADF units" : "";
        }
        String file = path.replaceFirst("^sample/", "");
        if (file.startsWith("density_") || file.startsWith("sd_") || file.startsWith("uncorrected_")) {
            return densityUnit();
        }
        if (file.startsWith("counts_")) {
            return "counts";
        }
        return file.equals("volume_ADF") ? units.getOrDefault("sample ADF", "ADF units/nm") : "";
    }

    private void figures() {
        Map<String, ObjectNode> named = new LinkedHashMap<>();
        for (String path : results.entries().keySet()) {
            if (path.startsWith("figures/") && path.matches(".*[.](png|svg)")) {
                String name = path.substring("figures/".length(), path.length() - 4);
                named.computeIfAbsent(
                                name,
                                n -> Json.object().put("name", n).putNull("svg").putNull("png"))
                        .put(path.substring(path.length() - 3), path);
            }
        }
        ArrayNode all = json.putArray("figures");
        named.values().forEach(all::add);
    }

    private void missing(Results.State state, boolean channels) {
        ArrayNode all = json.putArray("missing");
        if (state == Results.State.RUNNING) {
            return; // it may still come
        }
        String run = state == Results.State.INTERRUPTED
                ? "go on with: hyalite run EXPERIMENT.yaml -o " + results.folder() + " --resume"
                : "make it with: hyalite run EXPERIMENT.yaml -o " + results.folder();
        if (state == Results.State.EMPTY) {
            boolean there = Files.isDirectory(results.folder());
            add(
                    all,
                    results.folder().toString(),
                    (there ? "holds no results yet; " : "no such folder; ") + run
                            + ", or see an example: hyalite demo");
            return;
        }
        if (results.elements().isEmpty()) {
            add(all, "sample/density_EL.mrc", run);
        }
        unless(
                all,
                "phases.json",
                () -> results.elements().isEmpty() ? run : "make it with: hyalite phases " + results.folder());
        if (!channels) {
            add(all, "sample/" + ResultFiles.CHANNELS, "the 3D view is quicker with it; " + run);
        }
        unless(all, "sample/convergence.json", () -> run);
        unless(all, "sample/alignment.csv", () -> run);
        unless(all, "provenance.json", () -> run);
    }

    private void unless(ArrayNode all, String path, Supplier<String> whatToDo) {
        if (results.entry(path).isEmpty()) {
            add(all, path, whatToDo.get());
        }
    }

    private static void add(ArrayNode all, String path, String whatToDo) {
        all.addObject().put("path", path).put("what_to_do", whatToDo);
    }
}
