package org.hyalite.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** One sound recording in a folder of its own, of which one file at a time is replaced and the whole opened. */
public final class Trial {
    private final Path folder;
    private final Seed seed;
    private final List<String> names;

    public Trial(Path folder, Seed seed) throws IOException {
        this.folder = folder;
        this.seed = seed;
        this.names = seed.files().keySet().stream().sorted().toList();
        for (String name : names) {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.write(file, seed.files().get(name));
        }
    }

    public int parts() {
        return names.size();
    }

    public byte[] part(int part) {
        return seed.files().get(names.get(part)).clone();
    }

    /**
     * Whether the recording is read with these bytes in the place of a file's; if it is not, it is refused as it should be.
     *
     * @param how said if it is refused otherwise
     */
    public boolean reads(int part, byte[] bytes, String how) throws IOException {
        Path file = folder.resolve(names.get(part));
        Files.write(file, seed.sign().apply(bytes));
        boolean read = Damage.check(folder, folder.resolve(seed.opened()), bytes.length, how + ", " + names.get(part))
                .isPresent();
        Files.write(file, part(part));
        return read;
    }
}
