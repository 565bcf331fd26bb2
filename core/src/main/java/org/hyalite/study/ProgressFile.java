package org.hyalite.study;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.hyalite.study.recipe.InputException;
import tools.jackson.databind.JsonNode;

/** {@code progress.json}, which a run keeps in its results folder while it works. */
final class ProgressFile {
    static final String NAME = "progress.json";
    private static final long LARGEST = 1 << 20;

    /** A run that has not told anything for so long is not at work any more. */
    private static final Duration SILENCE = Duration.ofSeconds(60);

    private ProgressFile() {}

    /** What a run says of itself; empty if it says nothing, or nothing that can be read. */
    static Optional<JsonNode> read(Path folder) {
        Path file = folder.resolve(NAME);
        try {
            return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.size(file) <= LARGEST
                    ? Optional.of(Json.read(file)).filter(JsonNode::isObject)
                    : Optional.empty();
        } catch (IOException | InputException e) {
            return Optional.empty();
        }
    }

    /** The state of the run that writes a folder, if one says so; one that is not alive any more was interrupted. */
    static Optional<Results.State> state(Path folder) {
        return read(folder).flatMap(json -> switch (json.path("state").asString("")) {
            case "finished" -> Optional.of(Results.State.FINISHED);
            case "failed" -> Optional.of(Results.State.FAILED);
            case "cancelled" -> Optional.of(Results.State.INTERRUPTED);
            case "running" -> Optional.of(alive(json) ? Results.State.RUNNING : Results.State.INTERRUPTED);
            default -> Optional.empty();
        });
    }

    private static boolean alive(JsonNode json) {
        try {
            Instant updated = Instant.parse(json.path("updated").asString(""));
            if (Duration.between(updated, Instant.now()).compareTo(SILENCE) > 0) {
                return false;
            }
        } catch (DateTimeParseException e) {
            return false;
        }
        long pid = json.path("pid").asLong(-1);
        boolean here = json.path("host").asString("").equals(ProgressWriter.Host.NAME);
        return !here || ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }
}
