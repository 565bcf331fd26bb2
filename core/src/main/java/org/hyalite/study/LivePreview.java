package org.hyalite.study;

import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Coarse volumes of the elements while they are reconstructed, in {@code live/} of the results folder. */
final class LivePreview {
    static final String FOLDER = "live";

    private LivePreview() {}

    static String revision(Path folder) {
        return "";
    }

    /** What is there now; empty if nothing is. */
    static Optional<ObjectNode> json(Path folder) {
        return Optional.empty();
    }
}
