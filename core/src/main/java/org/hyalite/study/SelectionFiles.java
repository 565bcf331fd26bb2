package org.hyalite.study;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hyalite.io.format.AtomicWrite;
import org.hyalite.io.format.Reason;
import org.hyalite.io.mrc.MrcWriter;
import org.hyalite.study.recipe.InputException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Selections of the phase diagram that were given a name, in {@code selections/} of a results folder: {@code NAME.json}
 * (what was drawn and its numbers), {@code NAME.mrc} (the mask, mode 0) and {@code NAME.csv} (the numbers); once asked for,
 * {@code NAME.spectrum.json} and {@code NAME.msa}.
 */
public final class SelectionFiles {
    private static final String FOLDER = "selections";
    private static final List<String> ENDINGS = List.of(".json", ".mrc", ".csv", ".spectrum.json", ".msa");
    private static final int MOST = 1000;
    private static final long LARGEST = 4L << 20;

    private final Path results;

    public SelectionFiles(Path results) {
        this.results = results;
    }

    /** {@code selections/}, which must not lead out of the results folder. */
    private Path folder() {
        Path folder = results.resolve(FOLDER);
        try {
            if (Files.exists(folder) && !folder.toRealPath().startsWith(results.toRealPath())) {
                throw new InputException(folder + ": leads out of the results folder; remove that link");
            }
        } catch (IOException e) {
            throw new InputException(folder + ": cannot be used: " + Reason.of(e), e);
        }
        return folder;
    }

    Path file(String name, String ending) {
        return folder().resolve(DiagramSelection.requireName(name) + ending);
    }

    /** All of them, as they were saved, by name. */
    public ArrayNode list() {
        ArrayNode all = Json.array();
        for (String name : names()) {
            get(name).ifPresent(all::add);
        }
        return all;
    }

    private List<String> names() {
        Path folder = folder();
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<String> names = new ArrayList<>();
        try (Stream<Path> all = Files.list(folder)) {
            all.map(p -> p.getFileName().toString())
                    .filter(n -> n.matches("[A-Za-z0-9_-]{1,64}[.]json"))
                    .limit(MOST)
                    .map(n -> n.substring(0, n.length() - ".json".length()))
                    .forEach(names::add);
        } catch (IOException e) {
            throw new InputException(folder + ": cannot be listed: " + Reason.of(e), e);
        }
        return names.stream().sorted().toList();
    }

    /** One of them as it was saved; what cannot be read is told in its {@code error}. */
    public Optional<ObjectNode> get(String name) {
        return json(name, ".json");
    }

    private Optional<ObjectNode> json(String name, String ending) {
        Path file = file(name, ending);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try {
            JsonNode json = Files.size(file) <= LARGEST ? Json.read(file) : Json.object();
            return Optional.of(
                    json instanceof ObjectNode object
                            ? object
                            : Json.object().put("name", name).put("error", file + ": holds no selection"));
        } catch (IOException | InputException e) {
            return Optional.of(Json.object().put("name", name).put("error", String.valueOf(e.getMessage())));
        }
    }

    /**
     * One of them to work with.
     *
     * @throws InputException if there is none
     */
    public DiagramSelection selection(String name) {
        return get(name)
                .map(json -> DiagramSelection.of(json).named(name))
                .orElseThrow(() -> new InputException("no selection is called '" + name + "'"));
    }

    /**
     * Saves a selection of {@code diagram}; one of the same name is replaced, with all that belongs to it.
     *
     * @return what was saved, with {@code numbers} and {@code files}
     */
    public ObjectNode save(DiagramSelection selection, ResultsDiagram diagram) {
        String name = selection.name();
        if (!Files.exists(file(name, ".json")) && names().size() >= MOST) {
            throw new InputException(folder() + ": holds " + MOST + " selections already; delete some");
        }
        ResultsDiagram.Chosen chosen = diagram.choose(selection);
        delete(name);
        ObjectNode settings = diagram.settings();
        ObjectNode json = selection.toJson();
        json.set("diagram", settings);
        json.set("numbers", chosen.numbers());
        json.putObject("files").put("mask", FOLDER + "/" + name + ".mrc").put("csv", FOLDER + "/" + name + ".csv");
        MrcWriter.writeMask(file(name, ".mrc"), chosen.mask(), Optional.of("selection " + name));
        String csv = csv(selection, settings, chosen.numbers());
        AtomicWrite.file(file(name, ".csv"), out -> out.write(csv.getBytes(StandardCharsets.UTF_8)));
        Json.write(file(name, ".json"), json);
        return json;
    }

    private static String csv(DiagramSelection selection, ObjectNode settings, ObjectNode numbers) {
        List<String> names = new ArrayList<>(List.of("name", "kind"));
        List<String> values = new ArrayList<>(
                List.of(selection.name(), selection.kind().name().toLowerCase(java.util.Locale.ROOT)));
        for (ObjectNode part : List.of(numbers, settings)) {
            part.properties().forEach(p -> {
                names.add(p.getKey().equals("unit") ? "density_unit" : p.getKey());
                values.add(text(p.getValue()));
            });
        }
        return String.join(",", names) + "\n" + String.join(",", values) + "\n";
    }

    private static String text(JsonNode value) {
        if (value.isArray()) {
            List<String> parts = new ArrayList<>();
            value.forEach(v -> parts.add(v.asString("")));
            return String.join(" ", parts);
        }
        return value.isNull() ? "" : value.isString() ? value.asString("") : value.toString();
    }

    /**
     * Removes a selection and all that belongs to it.
     *
     * @return whether there was one
     */
    public boolean delete(String name) {
        boolean there = Files.exists(file(name, ".json"));
        for (String ending : ENDINGS) {
            AtomicWrite.discard(file(name, ending));
        }
        return there;
    }

    /** What {@link SelectionSpectrum} found. */
    public Optional<ObjectNode> spectrum(String name) {
        return json(name, ".spectrum.json");
    }
}
