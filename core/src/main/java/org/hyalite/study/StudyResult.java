package org.hyalite.study;

import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a study found, in short.
 *
 * @param folder where everything stands
 * @param lines for people
 * @param summary for machines
 * @param warnings what a user must know
 */
public record StudyResult(Path folder, List<String> lines, ObjectNode summary, List<String> warnings) {
    public StudyResult {
        lines = List.copyOf(lines);
        warnings = List.copyOf(warnings);
    }
}
