package org.hyalite.io.format;

import java.nio.file.Path;

/** A file format that can be read. */
public interface Format {
    /** Its name for people: {@code Bruker BCF}. */
    String name();

    /** Whether a file is of this format, judged by its name and, where names are shared, its first bytes. */
    boolean recognises(Path file);

    /**
     * Reads the whole file.
     *
     * @throws MicroscopeFileException if the file is damaged or not supported; never another exception
     */
    Recording read(Path file);

    /**
     * Reads the frames and detectors that are wanted.
     *
     * @throws MicroscopeFileException also if this format has none to choose
     */
    default Recording read(Path file, Selection wanted) {
        if (!wanted.isAll()) {
            throw new UnsupportedFileException(file, "neither frames nor detectors can be chosen in " + name());
        }
        return read(file);
    }
}
