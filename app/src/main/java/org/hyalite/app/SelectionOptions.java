package org.hyalite.app;

import java.util.List;
import java.util.Optional;
import org.hyalite.io.format.Selection;
import org.hyalite.study.recipe.InputException;
import picocli.CommandLine.Option;

/** Which frames and detectors of a file are wanted, on the commands that read one. */
final class SelectionOptions {
    private static final String EACH = "each";

    @Option(names = "--frames", paramLabel = "A-B", description = "frames A to B alone, from 1 (Velox .emd)")
    Optional<String> frames = Optional.empty();

    @Option(
            names = "--detectors",
            paramLabel = "NAME",
            split = ",",
            description = "sum these X-ray detectors alone, or 'each': one map per detector (Velox .emd)")
    List<String> detectors = List.of();

    @Option(names = "--each-frame", description = "images frame by frame instead of their mean (Velox .emd)")
    boolean eachFrame;

    Selection selection() {
        try {
            boolean each = detectors.stream().anyMatch(EACH::equalsIgnoreCase);
            return new Selection(
                    frames.map(Selection.Frames::of),
                    detectors.stream().filter(d -> !EACH.equalsIgnoreCase(d)).toList(),
                    each,
                    eachFrame);
        } catch (IllegalArgumentException e) {
            throw new InputException("--frames: " + e.getMessage(), e);
        }
    }
}
