package org.hyalite.study;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.hyalite.study.recipe.InputException;

/** Finds the files of a path whose parts may hold {@code *}, {@code ?} or {@code [..]}, in the order of their names. */
final class FilePattern {
    private FilePattern() {}

    /**
     * The files that match, in the order of their names.
     *
     * @throws InputException if there is none
     */
    static List<Path> expand(Path pattern) {
        List<Path> found = new ArrayList<>();
        if (Files.exists(pattern)) {
            return List.of(pattern);
        }
        Path root = pattern.isAbsolute() ? pattern.getRoot() : Path.of("");
        expand(root, pattern, 0, found);
        if (found.isEmpty()) {
            throw new InputException(pattern + ": no such file" + (isGlob(pattern.toString()) ? " matches" : ""));
        }
        return found;
    }

    private static void expand(Path base, Path pattern, int depth, List<Path> found) {
        if (depth == pattern.getNameCount()) {
            found.add(base);
            return;
        }
        String part = pattern.getName(depth).toString();
        if (!isGlob(part)) {
            Path next = base.resolve(part);
            if (Files.exists(next)) {
                expand(next, pattern, depth + 1, found);
            }
            return;
        }
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + part);
        List<Path> matches = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(base)) {
            for (Path entry : entries) {
                if (matcher.matches(entry.getFileName())
                        && !entry.getFileName().toString().startsWith(".")) {
                    matches.add(entry);
                }
            }
        } catch (IOException e) {
            throw new InputException(base + " cannot be listed: " + e, e);
        }
        matches.sort(Comparator.comparing(p -> p.getFileName().toString()));
        for (Path match : matches) {
            expand(match, pattern, depth + 1, found);
        }
    }

    private static boolean isGlob(String part) {
        return part.contains("*") || part.contains("?") || part.contains("[");
    }
}
