package org.hyalite.io.format;

import java.nio.file.Path;

/** The memory that sizes given in files may ask for. */
public final class Memory {
    private Memory() {}

    /**
     * Refuses what would take more than nine tenths of Java's memory, before it is allocated.
     *
     * @param what the subject of the message, such as {@code "a map of 4096 × 4096 pixels"}
     */
    public static void require(Path file, String what, double bytes) {
        long most = Runtime.getRuntime().maxMemory();
        if (!(bytes <= most - most / 10)) {
            throw new UnsupportedFileException(
                    file,
                    what + " needs " + (long) (bytes / (1 << 20)) + " MiB of memory; " + (most >> 20)
                            + " MiB are allowed");
        }
    }
}
