package org.hyalite.io.hspy;

import java.nio.file.Path;
import java.util.Locale;
import org.hyalite.io.format.Format;
import org.hyalite.io.format.Recording;
import org.hyalite.io.hdf5.Hdf5File;

/** Reads HyperSpy's {@code .hspy} (HDF5) files: every spectrum, image, spectrum image and stack of them within. */
public final class HspyFile implements Format {
    private HspyFile() {}

    /** The format. */
    public static HspyFile format() {
        return new HspyFile();
    }

    @Override
    public String name() {
        return "HyperSpy (.hspy)";
    }

    @Override
    public boolean recognises(Path file) {
        return file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".hspy");
    }

    @Override
    public Recording read(Path file) {
        return Hdf5File.read(file, root -> HyperSpyExperiments.read(file, name(), root));
    }
}
