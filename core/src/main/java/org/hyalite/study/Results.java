package org.hyalite.study;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.hyalite.physics.Element;
import org.hyalite.study.recipe.InputException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a results folder holds, read-only: the files that a run writes, those of them that are there now. Nothing is
 * computed and no volume is read; a folder that is missing, empty or half-finished is no error.
 */
public final class Results {
    /** How far the run has come that writes a results folder. */
    public enum State {
        FINISHED,
        RUNNING,
        /** It ended before its end: it was stopped, or is not alive any more. */
        INTERRUPTED,
        /** It ended with an error. */
        FAILED,
        /** Nothing of a run is there. */
        EMPTY
    }

    /**
     * A file of the folder.
     *
     * @param path relative to the folder, with slashes
     */
    record Entry(String path, Path file, long bytes, long modifiedMs) {}

    /** Files that are listed at most. */
    private static final int MOST = 5000;

    private static final long LARGEST_JSON = 32L << 20;

    private final Path folder;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private boolean more;

    private Results(Path folder) {
        this.folder = folder;
    }

    /** What stands in a folder now. */
    public static Results of(Path folder) {
        Results results = new Results(folder);
        results.list("");
        results.list("sample/");
        results.folders("standards/");
        results.list("figures/");
        results.list("experiment/sample/");
        return results;
    }

    private void list(String at) {
        Path directory = folder.resolve(at);
        if (!isWithin(directory)) {
            return;
        }
        try (Stream<Path> all = Files.list(directory)) {
            List<Path> files = all.limit(MOST + 1L)
                    .sorted(Comparator.comparing(p -> p.getFileName().toString()))
                    .toList();
            for (Path file : files) {
                String name = file.getFileName().toString();
                if (name.startsWith(".")) {
                    continue;
                }
                if (entries.size() >= MOST) {
                    more = true;
                    return;
                }
                BasicFileAttributes is =
                        Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
                if (is.isRegularFile()) {
                    entries.put(
                            at + name,
                            new Entry(
                                    at + name,
                                    file,
                                    is.size(),
                                    is.lastModifiedTime().toMillis()));
                }
            }
        } catch (IOException e) {
            more = true; // a file that goes while it is listed is another revision, listed next time
        }
    }

    /** Whether it is a folder, and no link that leads out of the results. */
    private boolean isWithin(Path directory) {
        try {
            return Files.isDirectory(directory) && directory.toRealPath().startsWith(folder.toRealPath());
        } catch (IOException e) {
            return false;
        }
    }

    private void folders(String at) {
        Path directory = folder.resolve(at);
        if (!isWithin(directory)) {
            return;
        }
        try (Stream<Path> all = Files.list(directory)) {
            all.filter(Files::isDirectory)
                    .limit(MOST)
                    .map(p -> p.getFileName().toString())
                    .sorted()
                    .forEach(name -> list(at + name + "/"));
        } catch (IOException e) {
            more = true;
        }
    }

    /** The results folder. */
    public Path folder() {
        return folder;
    }

    /** Whether there was more than could be listed. */
    boolean incomplete() {
        return more;
    }

    /** All files, by their paths. */
    Map<String, Entry> entries() {
        return entries;
    }

    /** A file, if it is there. */
    Optional<Entry> entry(String path) {
        return Optional.ofNullable(entries.get(path));
    }

    /** Elements whose volumes are there, by atomic number. */
    public List<Element> elements() {
        return elements("sample/density_");
    }

    /** Elements of files that begin so. */
    List<Element> elements(String prefix) {
        List<Element> found = new ArrayList<>();
        for (String path : entries.keySet()) {
            if (path.startsWith(prefix) && path.endsWith(".mrc")) {
                element(path.substring(prefix.length(), path.length() - ".mrc".length()))
                        .ifPresent(found::add);
            }
        }
        return found.stream().sorted().toList();
    }

    private static Optional<Element> element(String symbol) {
        try {
            return symbol.matches("[A-Z][a-z]?") ? Optional.of(Element.of(symbol)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The file of an element's volume. */
    public Path density(Element element) {
        return folder.resolve("sample").resolve("density_" + element.symbol() + ".mrc");
    }

    /**
     * A JSON file of the folder; a missing node if it is not there.
     *
     * @throws InputException if it is not sound, naming it
     */
    JsonNode json(String path) {
        Optional<Entry> entry = entry(path);
        if (entry.isEmpty()) {
            return Json.object().path("missing");
        }
        if (entry.get().bytes() > LARGEST_JSON) {
            throw new InputException(entry.get().file() + ": " + entry.get().bytes()
                    + " bytes, more than such a file can sensibly hold; run again");
        }
        return Json.read(entry.get().file());
    }

    /**
     * Changes whenever a file of the results does; what is written about the run's progress, and what a viewer keeps,
     * does not count.
     */
    public String revision() {
        return revision("");
    }

    /** Changes whenever the run's progress or its preview does. */
    public String liveRevision() {
        return LivePreview.revision(folder) + entry(ProgressFile.NAME).map(Entry::modifiedMs);
    }

    /** The same for the files alone that the phase diagram is of. */
    public String diagramRevision() {
        return revision("sample/density_") + revision("phases.json");
    }

    /** The revision of the files that begin so. */
    String revision(String prefix) {
        long hash = 1125899906842597L;
        for (Entry e : entries.values()) {
            if (e.path().startsWith(prefix) && !e.path().equals(ProgressFile.NAME)) {
                hash = 31 * hash + e.path().hashCode();
                hash = 31 * hash + e.bytes();
                hash = 31 * hash + e.modifiedMs();
            }
        }
        hash ^= hash >>> 29;
        return Long.toHexString(hash * 0xBF58476D1CE4E5B9L);
    }

    /**
     * All of it for machines: {@code name, folder, state, revision, unit, voxel_nm, shape [z, y, x], elements, fraction_of, among,
     * threshold_per_nm3, volumes, series, json, tables, figures, zarr, report, missing, warnings, progress, preview}. Paths are
     * relative to the folder.
     */
    public ObjectNode toJson() {
        return ResultsJson.of(this);
    }

    /** How far the run has come. */
    public State state() {
        Optional<State> told = ProgressFile.state(folder);
        if (told.isPresent()) {
            return told.get();
        }
        if (entries.containsKey("phases.json") && !elements().isEmpty()) {
            return State.FINISHED;
        }
        boolean some = entries.containsKey("calibration.json")
                || entries.keySet().stream().anyMatch(p -> p.startsWith("sample/") || p.startsWith("standards/"));
        return some ? State.INTERRUPTED : State.EMPTY;
    }
}
