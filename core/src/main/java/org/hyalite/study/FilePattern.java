package org.hyalite.study;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.hyalite.io.format.Reason;
import org.hyalite.study.recipe.InputException;

/** Finds the files of a path whose parts may hold {@code *}, {@code ?} or {@code [..]}, in the order of their names. */
final class FilePattern {
    private FilePattern() {}

    /**
     * The files that match, in the order of their names.
     *
     * @param folder what a relative pattern is relative to
     * @throws InputException if there is none
     */
    static List<Path> expand(Path folder, String pattern) {
        if (exists(folder, pattern)) {
            return List.of(folder.resolve(pattern));
        }
        List<String> parts = new ArrayList<>(List.of(pattern.split(File.separatorChar == '/' ? "/" : "[/\\\\]", -1)));
        int glob = 0;
        int literal = 0; // length of what stands before the first part that is a glob
        while (glob < parts.size() && !isGlob(parts.get(glob))) {
            literal += parts.get(glob++).length() + 1;
        }
        List<Path> found = new ArrayList<>();
        if (glob < parts.size()) {
            expand(folder.resolve(pattern.substring(0, literal)), parts.subList(glob, parts.size()), found);
        }
        if (found.isEmpty()) {
            throw new InputException(at(folder, pattern) + ": no such file"
                    + (isGlob(pattern) ? " matches; look at the pattern and the folder" : ""));
        }
        return found;
    }

    /** Whether it is a path that is there, though its name may look like a pattern. */
    private static boolean exists(Path folder, String pattern) {
        try {
            return Files.exists(folder.resolve(pattern));
        } catch (InvalidPathException e) {
            return false; // '*' and '?' stand in no Windows path
        }
    }

    private static String at(Path folder, String pattern) {
        boolean whole = new File(pattern).isAbsolute() || folder.toString().isEmpty();
        return whole ? pattern : folder + File.separator + pattern;
    }

    private static void expand(Path base, List<String> parts, List<Path> found) {
        if (parts.isEmpty()) {
            found.add(base);
            return;
        }
        String part = parts.get(0);
        List<String> rest = parts.subList(1, parts.size());
        if (!isGlob(part)) {
            Path next = base.resolve(part);
            if (Files.exists(next)) {
                expand(next, rest, found);
            }
            return;
        }
        if (!Files.isDirectory(base)) {
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
            throw new InputException(base + " cannot be listed: " + Reason.of(e), e);
        }
        matches.sort(Comparator.comparing(p -> p.getFileName().toString()));
        for (Path match : matches) {
            expand(match, rest, found);
        }
    }

    private static boolean isGlob(String part) {
        return part.contains("*") || part.contains("?") || part.contains("[");
    }
}
