package org.hyalite.io.format;

import java.nio.file.Path;
import java.util.List;

/**
 * What one microscope file holds.
 *
 * @param file where it was read from
 * @param format the format's name for people: {@code Bruker BCF}
 * @param signals all signals, in the file's order
 * @param warnings what a user must know of this file, each one line
 */
public record Recording(Path file, String format, List<Signal> signals, List<String> warnings) {
    public Recording {
        signals = List.copyOf(signals);
        warnings = List.copyOf(warnings);
    }

    /** The signals of one kind. */
    public <T extends Signal.Data> List<Signal> of(Class<T> kind) {
        return signals.stream().filter(s -> kind.isInstance(s.data())).toList();
    }
}
