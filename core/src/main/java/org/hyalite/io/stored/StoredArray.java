package org.hyalite.io.stored;

import java.nio.ByteBuffer;

/** An array of numbers in a file, cut into chunks of one size. */
public interface StoredArray {
    /** Its path within the file, parts joined by dots. */
    String place();

    /** Sizes, slowest first; each at least 1. */
    int[] shape();

    /** Sizes of a chunk, each at least 1; the last chunk of an axis may reach over its end. */
    int[] chunks();

    /** How one number is stored. */
    StoredNumber number();

    /** Bytes it takes in the file, compressed as it is there. */
    long storedBytes();

    /**
     * One whole chunk, decompressed.
     *
     * @param index of the chunk along each axis, in chunks
     * @throws org.hyalite.io.format.MicroscopeFileException if it cannot be read or has another length
     */
    ByteBuffer chunk(int[] index);

    /** How many of the chunks asked for so far are not in the file and were given as its fill value. */
    default int absentChunks() {
        return 0;
    }
}
