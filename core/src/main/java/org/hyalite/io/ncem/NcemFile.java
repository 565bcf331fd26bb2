package org.hyalite.io.ncem;

import java.nio.file.Path;
import java.util.Locale;
import org.hyalite.io.format.Format;
import org.hyalite.io.format.Recording;
import org.hyalite.io.hdf5.Hdf5File;

/**
 * Reads Berkeley {@code .emd} files (also those of HyperSpy and tomviz): images and stacks of them, spectra, spectrum
 * images. Which axis is which is told by its unit and name.
 */
public final class NcemFile implements Format {
    private NcemFile() {}

    public static NcemFile format() {
        return new NcemFile();
    }

    @Override
    public String name() {
        return "Berkeley EMD";
    }

    /** Any {@code .emd} that is not another format's. */
    @Override
    public boolean recognises(Path file) {
        return file.getFileName() != null
                && file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".emd");
    }

    @Override
    public Recording read(Path file) {
        return Hdf5File.read(file, root -> new NcemReader(file, root, name()).read());
    }
}
