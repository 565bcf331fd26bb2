package org.hyalite.io.format;

import java.nio.file.Path;

/** A sound file that is not ours yet; says what it would need. */
public final class UnsupportedFileException extends MicroscopeFileException {
    private static final long serialVersionUID = 1L;

    public UnsupportedFileException(Path file, String what) {
        super(file, file + ": " + what, null);
    }
}
