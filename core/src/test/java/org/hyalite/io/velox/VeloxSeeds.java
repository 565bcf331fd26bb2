package org.hyalite.io.velox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.hyalite.io.Seed;

/** A small Velox file of two detectors. */
public final class VeloxSeeds {
    private VeloxSeeds() {}

    public static List<Seed> all(Path folder) throws IOException {
        Path file = new VeloxBuilder(new Random(8), 2, 2, 2, 3).emd(true).writeTo(folder.resolve("velox.emd"));
        return List.of(Seed.ofHdf("v.emd", Files.readAllBytes(file)));
    }
}
