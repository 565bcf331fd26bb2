package org.hyalite.study;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.hyalite.io.format.Reason;
import org.hyalite.study.recipe.InputException;

/** What a file that a user asks for may be called. */
final class Outputs {
    private Outputs() {}

    /** Refuses to write over what is read. */
    static void requireOther(Path in, Path out) {
        try {
            if (Files.exists(in) && Files.exists(out) && Files.isSameFile(in, out)) {
                throw new InputException(out + ": is the input itself; give another output");
            }
        } catch (IOException e) {
            throw new InputException(out + ": cannot be told from " + in + ": " + Reason.of(e), e);
        }
    }

    /** Refuses a name that promises another format. */
    static void requireEnding(Path out, List<String> endings) {
        String name = out.getFileName().toString().toLowerCase(Locale.ROOT);
        if (endings.stream().noneMatch(ending -> name.endsWith("." + ending))) {
            throw new InputException(
                    out + ": unknown ending; a name in ." + String.join(", .", endings) + " is expected");
        }
    }
}
