package org.hyalite.app.view;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** The files that may be served: regular ones whose real place is below the results folder, none of them hidden. */
final class Folder {
    /** Hidden files that belong to a Zarr. */
    private static final Set<String> ZARR = Set.of(".zattrs", ".zgroup", ".zarray", ".zmetadata");

    private static final int DEEPEST = 32;

    private final Path folder;

    Folder(Path folder) {
        this.folder = folder;
    }

    Path path() {
        return folder;
    }

    /**
     * The real place of a file.
     *
     * @param segments names that lead to it, from {@link UrlPath}
     * @throws Refusal 404 if there is none, or it is not below the folder
     */
    Path file(List<String> segments) {
        String said = String.join("/", segments);
        Refusal none = new Refusal(Refusal.NOT_FOUND, "'" + shown(said) + "' is no file of the results folder");
        if (segments.size() > DEEPEST) {
            throw none;
        }
        try {
            Path real = folder.toRealPath();
            Path file = real;
            for (String segment : segments) {
                if (segment.startsWith(".") && !ZARR.contains(segment)) {
                    throw none;
                }
                file = file.resolve(segment);
            }
            file = file.toRealPath();
            if (!file.startsWith(real) || !Files.isRegularFile(file)) {
                throw none;
            }
            return file;
        } catch (IOException | InvalidPathException e) {
            throw none;
        }
    }

    private static String shown(String path) {
        return path.length() > 200 ? path.substring(0, 200) + "…" : path;
    }
}
