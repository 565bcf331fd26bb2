package org.hyalite.io.jeol;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.hyalite.io.format.FileBytes;
import org.hyalite.io.format.MalformedFileException;
import org.hyalite.io.format.Reason;

/**
 * A project ({@code .asw}): twelve zero bytes, then tags that name, for each view of each sample, the files of its images,
 * maps and spectra, with the path from the project's folder ({@code .\Sample\00_View000\View000_0000000.img}). No file
 * outside that folder is ever opened.
 */
final class AswProject {
    private static final int BEFORE_TAGS = 12;
    private static final int LARGEST_FILE = 1 << 26;

    private final Path file;
    private final Path folder;
    private final Map<Path, Optional<Tag>> members = new LinkedHashMap<>();
    private final List<String> warnings;

    private AswProject(Path file, Path folder, List<String> warnings) {
        this.file = file;
        this.folder = folder;
        this.warnings = warnings;
    }

    /**
     * The files of a project that are there, each once, in its order, with the tag of the stage's tilt of their view.
     *
     * @param warnings receives a line for each that is not
     */
    static Map<Path, Optional<Tag>> members(Path file, List<String> warnings) {
        FileBytes in = FileBytes.whole(file, LARGEST_FILE);
        for (int i = 0; i < BEFORE_TAGS; i++) {
            in.require(in.u8() == 0, "a JEOL project starts with " + BEFORE_TAGS + " zero bytes, this file does not");
        }
        Tag root = Tag.read(in);
        try {
            AswProject project =
                    new AswProject(file, file.toAbsolutePath().getParent().toRealPath(), warnings);
            for (Tag sample : root.need("SampleInfo").children()) {
                for (Tag view : list(sample, "ViewInfo")) {
                    for (Tag data : list(view, "ViewData")) {
                        project.add(data.need("Filename"), view.find("Tilt"));
                    }
                }
            }
            return project.members;
        } catch (IOException e) {
            throw new MalformedFileException(file, "its folder", "it cannot be read: " + Reason.of(e), e);
        }
    }

    private static Iterable<Tag> list(Tag parent, String name) {
        return parent.find(name).map(Tag::children).orElse(List.of());
    }

    private void add(Tag name, Optional<Tag> tilt) throws IOException {
        String text = name.text();
        List<String> parts = new ArrayList<>();
        for (String part : text.split("[\\\\/]")) {
            if (part.equals("..") || part.contains(":") || part.indexOf(0) >= 0) {
                warnings.add("'" + text + "' is not in the project's folder and is not read");
                return;
            }
            if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part);
            }
        }
        Optional<Path> found = find(parts);
        if (found.isEmpty()) {
            warnings.add("'" + text + "' is not there; copy the project with its folders");
        } else if (!found.get().toRealPath().startsWith(folder)) {
            warnings.add("'" + text + "' is not in the project's folder and is not read");
        } else if (JeolFile.isMember(found.get())) {
            members.putIfAbsent(found.get(), tilt);
        } else {
            warnings.add("'" + text + "' is of a kind that is not read");
        }
    }

    /** The file of this path below the project's folder; upper and lower case may differ, as they do not count on Windows. */
    private Optional<Path> find(List<String> parts) throws IOException {
        Path at = file.toAbsolutePath().getParent();
        for (String part : parts) {
            Path exact;
            try {
                exact = at.resolve(part);
            } catch (InvalidPathException e) {
                return Optional.empty();
            }
            if (Files.exists(exact)) {
                at = exact;
                continue;
            }
            if (!Files.isDirectory(at)) {
                return Optional.empty();
            }
            try (Stream<Path> all = Files.list(at)) {
                Optional<Path> alike = all.filter(
                                p -> p.getFileName().toString().equalsIgnoreCase(part))
                        .sorted()
                        .findFirst();
                if (alike.isEmpty()) {
                    return Optional.empty();
                }
                at = alike.get();
            }
        }
        return parts.isEmpty() || !Files.isRegularFile(at) ? Optional.empty() : Optional.of(at);
    }
}
