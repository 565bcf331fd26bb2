package org.hyalite.study;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.hyalite.phantom.Twin;
import org.hyalite.phantom.TwinSettings;
import org.hyalite.progress.Progress;
import org.hyalite.study.RunSettings.Figures;
import org.hyalite.study.recipe.ExperimentFile;

/**
 * One small simulated experiment and one run of it, made once and shared by the tests of the whole walk; whoever changes
 * files of it works on a copy.
 */
final class TinyTwin {
    /** The paper's preset, its weight fixed to save the search; that of the ADF volumes is found. */
    private static final String RECONSTRUCTION = "reconstruction: {preset: paper, eds: {weight: 0.003}}\n";

    private static Optional<Path> folder = Optional.empty();
    private static Optional<StudyResult> result = Optional.empty();

    private TinyTwin() {}

    /** The folder of the experiment. */
    static synchronized Path experiment() {
        if (folder.isEmpty()) {
            try {
                Path made = Files.createTempDirectory("hyalite-tiny");
                Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(made)));
                TwinSettings settings = TwinSettings.of(TwinSettings.Kind.SEGREGATED)
                        .withSize(32)
                        .withTilts(7);
                TwinFiles.write(Twin.simulate(settings, 2, Progress.NONE), made.resolve("twin"), 2, Progress.NONE);
                folder = Optional.of(made.resolve("twin"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return folder.get();
    }

    /** An experiment file beside the first, its text changed. */
    static Path variant(String name, java.util.function.UnaryOperator<String> change) throws IOException {
        String text = Files.readString(experiment().resolve("experiment.yaml"));
        return Files.writeString(experiment().resolve(name), change.apply(text) + RECONSTRUCTION);
    }

    /** Without its standards. */
    static String withoutStandards(String experiment) {
        return experiment.replaceFirst("(?s)standards:.*?sample:", "sample:");
    }

    /** The whole chain, on two threads, with figures; its results are read, never written. */
    static synchronized StudyResult run() throws IOException {
        if (result.isEmpty()) {
            Path file = variant("whole.yaml", text -> text);
            result = Optional.of(StudyRunner.run(
                    ExperimentFile.read(file),
                    experiment().resolveSibling("results"),
                    settings(2).with(Figures.DRAWN),
                    Progress.NONE));
        }
        return result.get();
    }

    /** So many threads, no figures. */
    static RunSettings settings(int threads) {
        return RunSettings.of(Optional.of(threads), Optional.empty()).with(Figures.NONE);
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

    private static void delete(Path tree) {
        try (Stream<Path> all = Files.walk(tree)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
