package org.hyalite.study.recipe;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What the user says beside the method of the alignment.
 *
 * @param override a table of shifts and gains that take the place of those found
 * @param gains whether the elements share one tilt gain
 * @param axisAlongX whether the stored images are transposed when they are read, which files of other programs do not know
 * @param bin pixels of the stored images in one of the run's, likewise
 */
public record AlignmentGiven(Optional<Path> override, Gains gains, boolean axisAlongX, int bin) {
    /** Nothing was said. */
    public static final AlignmentGiven SILENT = new AlignmentGiven(Optional.empty(), Gains.COMMON, false, 1);

    /** Whose tilt gains are found. */
    public enum Gains {
        /** One for all elements, which share the detectors. */
        COMMON,
        /** One for each element. */
        PER_ELEMENT
    }

    static AlignmentGiven read(YamlMap map, Path folder) {
        return new AlignmentGiven(
                map.text("override").map(folder::resolve),
                map.choice("gains", Map.of("common", Gains.COMMON, "per_element", Gains.PER_ELEMENT))
                        .orElse(Gains.COMMON),
                false,
                1);
    }

    /** The same for images stored otherwise. */
    AlignmentGiven stored(boolean alongX, int binned) {
        return new AlignmentGiven(override, gains, alongX, binned);
    }
}
