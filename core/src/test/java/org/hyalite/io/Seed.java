package org.hyalite.io;

import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A sound recording, tiny and made by the tests, that mutations start from.
 *
 * @param opened the name of the file or folder that is opened
 * @param files the bytes of every file of it, by the path inside its folder
 * @param sign puts checksums right again after a change, so that what stands behind them is reached
 */
public record Seed(String opened, Map<String, byte[]> files, UnaryOperator<byte[]> sign) {
    public static Seed of(String name, byte[] bytes) {
        return new Seed(name, Map.of(name, bytes), UnaryOperator.identity());
    }

    public static Seed of(String opened, Map<String, byte[]> files) {
        return new Seed(opened, files, UnaryOperator.identity());
    }

    /** An HDF5 file; its checksums are put right. */
    public static Seed ofHdf(String name, byte[] bytes) {
        return new Seed(name, Map.of(name, bytes), HdfChecksums::sign);
    }
}
