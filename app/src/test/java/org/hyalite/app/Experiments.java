package org.hyalite.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** One smallest simulated experiment for all tests of the command line; each works on a copy. */
final class Experiments {
    private static Optional<Path> made = Optional.empty();

    private Experiments() {}

    private static synchronized Path original() {
        if (made.isEmpty()) {
            try {
                Path folder = Files.createTempDirectory("hyalite-app");
                Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
                Said.by("simulate", "--size", 16, "--tilts", 3, "-o", folder.resolve("twin"))
                        .worked();
                made = Optional.of(folder.resolve("twin"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return made.get();
    }

    /** A fresh copy at a place that is not there yet, as the simulation wrote it. */
    static Path copyTo(Path to) throws IOException {
        copy(original(), to);
        return to;
    }

    /** A fresh copy of the sample alone. */
    static Path sampleTo(Path to) throws IOException {
        copy(original().resolve("sample"), to.resolve("sample"));
        Files.copy(original().resolve("experiment.yaml"), to.resolve("experiment.yaml"));
        withoutStandards(to.resolve("experiment.yaml"));
        return to;
    }

    static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.toList()) {
                Path target = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(path, target);
                }
            }
        }
    }

    /** Takes the standards out of an experiment file. */
    static void withoutStandards(Path experiment) throws IOException {
        replace(experiment, "(?s)standards:.*?sample:", "sample:");
    }

    /** Replaces the first match in a text file. */
    static void replace(Path file, String pattern, String by) throws IOException {
        String text = Files.readString(file);
        String changed = text.replaceFirst(pattern, by);
        if (changed.equals(text)) {
            throw new IllegalArgumentException(pattern + " does not stand in " + file);
        }
        Files.writeString(file, changed);
    }

    static void delete(Path tree) {
        if (!Files.exists(tree)) {
            return;
        }
        try (Stream<Path> all = Files.walk(tree)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
