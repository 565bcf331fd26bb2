package org.hyalite.study;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What {@code --resume} goes by: for each step a key made of all that its result depends on, written when its files
 * stand. A step whose key and files are there is read back instead of done again.
 */
final class Checkpoint {
    private final Path file;
    private final boolean resume;
    private final Map<String, String> done = new LinkedHashMap<>();

    private Checkpoint(Path file, boolean resume) {
        this.file = file;
        this.resume = resume;
    }

    /** Opens the checkpoint of a results folder; without {@code resume} nothing counts as done. */
    static Checkpoint open(Path folder, boolean resume) {
        Checkpoint checkpoint = new Checkpoint(folder.resolve(".resume.json"), resume);
        if (resume && Files.exists(checkpoint.file)) {
            for (Entry<String, JsonNode> step : Json.read(checkpoint.file).properties()) {
                checkpoint.done.put(step.getKey(), step.getValue().asString());
            }
        }
        return checkpoint;
    }

    /** Whether a step was done with this key and all its files are still there. */
    boolean has(String step, String key, List<Path> files) {
        return resume && key.equals(done.get(step)) && files.stream().allMatch(Files::exists);
    }

    /** Notes that the files of a step stand. */
    void mark(String step, String key) {
        done.put(step, key);
        ObjectNode json = Json.object();
        done.forEach(json::put);
        Json.write(file, json);
    }
}
