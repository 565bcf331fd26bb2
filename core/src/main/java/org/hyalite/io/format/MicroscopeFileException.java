package org.hyalite.io.format;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A file that cannot be used, said in one line: the file, the place in it, what was found, what to do. */
public abstract sealed class MicroscopeFileException extends RuntimeException
        permits MalformedFileException, UnsupportedFileException {
    private static final long serialVersionUID = 1L;

    private static final int LONGEST = 2000;

    private final transient Path file;

    MicroscopeFileException(Path file, String message, @Nullable Throwable cause) {
        super(oneLine(message), cause);
        this.file = file;
    }

    /** What a damaged file says is quoted in messages: its line ends, escapes for terminals and lengths are not. */
    private static String oneLine(String message) {
        String line = message.replaceAll("\\p{Cntrl}+", " ");
        return line.length() > LONGEST ? line.substring(0, LONGEST) + " …" : line;
    }

    /** The file that cannot be used. */
    public Path file() {
        return file;
    }
}
