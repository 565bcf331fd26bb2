package org.hyalite.io.bcf;

import java.io.InputStream;
import org.hyalite.io.format.MalformedFileException;
import org.jspecify.annotations.Nullable;

/** Where an XML document comes from: an entry of a container, or a file. */
interface XmlSource {
    /** What is left to read. */
    InputStream asStream();

    /** How many bytes have been read. */
    long position();

    /** A refusal of a part that has a name. */
    MalformedFileException malformedPart(String part, String found, @Nullable Throwable cause);

    default MalformedFileException malformedPart(String part, String found) {
        return malformedPart(part, found, null);
    }
}
