package org.hyalite.io.format;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A file that cannot be used, said in one line: the file, the place in it, what was found, what to do. */
public abstract sealed class MicroscopeFileException extends RuntimeException
        permits MalformedFileException, UnsupportedFileException {
    private static final long serialVersionUID = 1L;

    private final transient Path file;

    MicroscopeFileException(Path file, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.file = file;
    }

    /** The file that cannot be used. */
    public Path file() {
        return file;
    }
}
