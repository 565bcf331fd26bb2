package org.hyalite.io.format;

import java.nio.file.Path;

/** A sound file that is not ours yet; says what it would need. */
public final class UnsupportedFileException extends MicroscopeFileException {
    private static final long serialVersionUID = 1L;

    public UnsupportedFileException(Path file, String what) {
        super(file, file + ": " + what, null);
    }

    /** A file that does not fit the memory there is. */
    public static UnsupportedFileException tooLarge(Path file) {
        return new UnsupportedFileException(
                file,
                "it needs more memory than the " + (Runtime.getRuntime().maxMemory() >> 20) + " MiB that are allowed");
    }
}
