package org.hyalite.study;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.hyalite.io.mrc.MrcLabels;

/** What a file says of itself that holds for all that is made from it: that its counts were denoised. */
final class Notes {
    private Notes() {}

    /** The note in an {@code .mrc} file's labels. */
    static Optional<String> of(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".mrc")
                ? MrcLabels.of(file).stream()
                        .filter(label -> label.startsWith("denoised"))
                        .findFirst()
                : Optional.empty();
    }
}
