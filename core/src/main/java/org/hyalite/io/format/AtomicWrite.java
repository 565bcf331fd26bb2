package org.hyalite.io.format;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * Writes a file or a folder under a passing name beside its place and moves it there when it is whole, so that nothing
 * half-written ever stands under a final name.
 */
public final class AtomicWrite {
    private AtomicWrite() {}

    /** Writes the content of one file. */
    public interface FileContent {
        void writeTo(OutputStream out) throws IOException;
    }

    /** Writes the content of one folder. */
    public interface FolderContent {
        void writeTo(Path folder) throws IOException;
    }

    /**
     * Writes a file; its folder is made if it is missing.
     *
     * @throws UncheckedIOException naming the file, if it could not be written; nothing is left behind
     */
    public static void file(Path target, FileContent content) {
        Path passing = passing(target);
        try {
            Files.createDirectories(target.toAbsolutePath().getParent());
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(passing), 1 << 16)) {
                content.writeTo(out);
            }
            move(passing, target);
        } catch (IOException e) {
            throw new UncheckedIOException(target + " cannot be written: " + Reason.of(e), e);
        } finally {
            deleteTree(passing);
        }
    }

    /** Writes a folder, replacing one of that name. */
    public static void folder(Path target, FolderContent content) {
        Path passing = passing(target);
        try {
            deleteTree(passing); // what a killed program left
            Files.createDirectories(passing);
            content.writeTo(passing);
            deleteTree(target);
            move(passing, target);
        } catch (IOException e) {
            throw new UncheckedIOException(target + " cannot be written: " + Reason.of(e), e);
        } finally {
            deleteTree(passing);
        }
    }

    /** Removes a file that was written here, and what a killed program left of it; nothing there is nothing to do. */
    public static void discard(Path target) {
        deleteTree(target);
        deleteTree(passing(target));
    }

    private static Path passing(Path target) {
        return target.resolveSibling("." + target.getFileName() + ".part");
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void deleteTree(Path path) {
        if (!Files.exists(path, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> all = Files.walk(path)) {
            for (Path p : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(p);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(path + " cannot be removed", e);
        }
    }
}
