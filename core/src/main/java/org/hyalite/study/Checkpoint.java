package org.hyalite.study;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What {@code --resume} goes by: for each volume a key made of all that it depends on, and its report, written when its
 * file stands. A volume whose key and file are there is read back instead of made again.
 */
final class Checkpoint {
    private final Path file;
    private final boolean resume;
    private final ObjectNode done;

    private Checkpoint(Path file, boolean resume, ObjectNode done) {
        this.file = file;
        this.resume = resume;
        this.done = done;
    }

    /** Opens the checkpoint of a results folder; without {@code resume} nothing counts as done. */
    static Checkpoint open(Path folder, boolean resume) {
        Path file = folder.resolve(".resume.json");
        boolean known = resume && Files.exists(file) && Json.read(file) instanceof ObjectNode;
        return new Checkpoint(file, resume, known ? (ObjectNode) Json.read(file) : Json.object());
    }

    /** The report of a volume that was made with this key and whose file is still there. */
    Optional<ObjectNode> find(String name, String key, Path volume) {
        JsonNode entry = done.path(name);
        return resume
                        && entry.path("key").asString("").equals(key)
                        && entry.get("report") instanceof ObjectNode report
                        && Files.exists(volume)
                ? Optional.of(report)
                : Optional.empty();
    }

    /** Notes that a volume stands. */
    void mark(String name, String key, ObjectNode report) {
        ObjectNode entry = done.putObject(name);
        entry.put("key", key);
        entry.set("report", report);
        Json.write(file, done);
    }
}
