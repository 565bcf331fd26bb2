package org.hyalite.io;

import io.jhdf.checksum.JenkinsLookup3HashLittle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Puts the checksums of an HDF5 file right that jHDF wrote: those of the superblock (version 2 or 3) and of every object
 * header (version 2), HDF5 File Format Specification, II.A and IV.A.1.b.
 */
final class HdfChecksums {
    private static final byte[] HEADER = "OHDR".getBytes(StandardCharsets.US_ASCII);
    private static final int SUPERBLOCK = 44;

    private HdfChecksums() {}

    static byte[] sign(byte[] file) {
        ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        if (file.length >= SUPERBLOCK + Integer.BYTES && (file[8] == 2 || file[8] == 3)) {
            sign(bytes, 0, SUPERBLOCK);
        }
        for (int at = 0; at + HEADER.length + 4 < file.length; at++) {
            if (Arrays.equals(file, at, at + HEADER.length, HEADER, 0, HEADER.length)) {
                int flags = file[at + 5];
                int width = 1 << (flags & 3);
                int sizeAt = at + 6 + ((flags & 0x20) != 0 ? 16 : 0) + ((flags & 0x10) != 0 ? 4 : 0);
                long end = sizeAt + width + size(bytes, sizeAt, width);
                if (end > sizeAt && end + Integer.BYTES <= file.length) {
                    sign(bytes, at, (int) end);
                }
            }
        }
        return file;
    }

    private static long size(ByteBuffer bytes, int at, int width) {
        long size = 0;
        for (int k = 0; k < width && at + k < bytes.limit(); k++) {
            size |= (bytes.get(at + k) & 0xffL) << 8 * k;
        }
        return size;
    }

    private static void sign(ByteBuffer bytes, int from, int end) {
        bytes.putInt(end, JenkinsLookup3HashLittle.hash(Arrays.copyOfRange(bytes.array(), from, end)));
    }
}
