package org.hyalite.io.velox;

import java.nio.file.Path;
import java.util.Locale;
import org.hyalite.io.format.Format;
import org.hyalite.io.format.Recording;
import org.hyalite.io.format.Selection;
import org.hyalite.io.hdf5.Hdf5File;
import org.hyalite.io.hdf5.HdfGroup;

/**
 * Reads Velox {@code .emd} files (file versions 4 to 11): images, the mean of their frames, {@code [y, x]} in the
 * detector's own unit; spectra; and X-ray maps, {@code [y, x, energy]} in counts, counted from the event streams of all
 * detectors. Frames and detectors can be chosen.
 */
public final class VeloxFile implements Format {
    private VeloxFile() {}

    public static VeloxFile format() {
        return new VeloxFile();
    }

    @Override
    public String name() {
        return "Velox EMD";
    }

    @Override
    public boolean recognises(Path file) {
        return file.getFileName() != null
                && file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".emd")
                && Hdf5File.matches(file, VeloxFile::isVelox);
    }

    private static boolean isVelox(HdfGroup root) {
        return root.datasetNames().contains("Version")
                || root.groupNames().contains("Application")
                || root.inside("Data")
                        .filter(data -> data.groupNames().contains("Image")
                                || data.groupNames().contains("SpectrumStream"))
                        .isPresent();
    }

    @Override
    public Recording read(Path file) {
        return read(file, Selection.ALL);
    }

    @Override
    public Recording read(Path file, Selection wanted) {
        return Hdf5File.read(file, root -> new VeloxReader(new VeloxTree(file, root), name(), wanted).read());
    }
}
