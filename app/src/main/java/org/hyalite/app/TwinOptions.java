package org.hyalite.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hyalite.phantom.TwinSettings.Kind;
import org.hyalite.study.recipe.InputException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which simulated samples a command judges by. */
final class TwinOptions {
    @Option(names = "--kind", paramLabel = "KIND", description = "segregated or flux (default: both)")
    Optional<String> kind = Optional.empty();

    @Option(names = "--seeds", paramLabel = "S", description = "seeds, as 1-5 or 1,3 (default: 1-5)")
    String seeds = "1-5";

    @Option(names = "--json", description = "machine-readable table")
    boolean json;

    @Mixin
    ThreadOption threads = new ThreadOption();

    List<Kind> kinds() {
        try {
            return kind.isPresent() ? List.of(Kind.of(kind.get())) : List.of(Kind.values());
        } catch (IllegalArgumentException e) {
            throw new InputException(e.getMessage(), e);
        }
    }

    List<Long> seeds() {
        return numbers(seeds);
    }

    /** {@code 1-3,7} as 1, 2, 3, 7. */
    private static List<Long> numbers(String text) {
        List<Long> numbers = new ArrayList<>();
        try {
            for (String piece : text.split(",")) {
                String[] ends = piece.strip().split("-", 2);
                long from = Long.parseLong(ends[0]);
                long to = Long.parseLong(ends[ends.length - 1]);
                if (to < from || to - from > 999) {
                    throw new InputException("seeds '" + text + "': '" + piece + "' is no range such as 1-5");
                }
                for (long n = from; n <= to; n++) {
                    numbers.add(n);
                }
            }
        } catch (NumberFormatException e) {
            throw new InputException("seeds '" + text + "': expected numbers, as 1-5 or 1,3", e);
        }
        return numbers;
    }
}
