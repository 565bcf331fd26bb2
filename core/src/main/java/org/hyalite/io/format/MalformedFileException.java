package org.hyalite.io.format;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A file that contradicts its own format: cut off, damaged, or not what its name says. */
public final class MalformedFileException extends MicroscopeFileException {
    private static final long serialVersionUID = 1L;

    /**
     * @param place where: a byte offset ({@code byte 1024}), a line, a tag or the name of a part
     * @param found what was found there and what was expected
     */
    public MalformedFileException(Path file, String place, String found) {
        this(file, place, found, null);
    }

    public MalformedFileException(Path file, String place, String found, @Nullable Throwable cause) {
        super(file, file + ", " + place + ": " + found, cause);
    }

    /** At a byte offset. */
    public static MalformedFileException at(Path file, long offset, String found) {
        return new MalformedFileException(file, "byte " + offset, found);
    }
}
