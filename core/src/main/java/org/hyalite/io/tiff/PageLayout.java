package org.hyalite.io.tiff;

import org.hyalite.io.format.UnsupportedFileException;

/**
 * How the pixels of a page lie in the file.
 *
 * @param samples values per pixel
 * @param bits of a value
 * @param kind what the bits mean
 * @param blockWidth width of a strip or tile
 * @param blockHeight height of a strip (the last may be lower) or of a tile
 * @param separate whether each sample has its own strips or tiles
 */
record PageLayout(
        int width,
        int height,
        int samples,
        int bits,
        Kind kind,
        Compression compression,
        int predictor,
        boolean tiled,
        int blockWidth,
        int blockHeight,
        boolean separate,
        int photometric) {
    /** What the bits of a value mean. */
    enum Kind {
        UNSIGNED,
        SIGNED,
        FLOAT
    }

    private static final int MOST_SAMPLES = 16;

    static PageLayout of(TiffBytes file, TiffDirectory page) {
        int width = page.size(Tag.WIDTH, "ImageWidth");
        int height = page.size(Tag.LENGTH, "ImageLength");
        int samples = page.has(Tag.SAMPLES) ? page.size(Tag.SAMPLES, "SamplesPerPixel") : 1;
        if (samples > MOST_SAMPLES) {
            throw new UnsupportedFileException(file.file(), samples + " samples per pixel; 16 are read");
        }
        long[] bits = page.has(Tag.BITS)
                ? page.wholes(Tag.BITS, (int) Math.min(samples, page.count(Tag.BITS)))
                : new long[] {1};
        long[] formats = page.has(Tag.SAMPLE_FORMAT)
                ? page.wholes(Tag.SAMPLE_FORMAT, (int) Math.min(samples, page.count(Tag.SAMPLE_FORMAT)))
                : new long[] {1};
        requireOne(file, bits, "BitsPerSample");
        requireOne(file, formats, "SampleFormat");
        Kind kind = switch ((int) formats[0]) {
            case 1, 4 -> Kind.UNSIGNED;
            case 2 -> Kind.SIGNED;
            case 3 -> Kind.FLOAT;
            default ->
                throw new UnsupportedFileException(
                        file.file(),
                        "its pixels are of sample format " + formats[0] + "; whole numbers and floats are read");
        };
        boolean known = kind == Kind.FLOAT
                ? bits[0] == 16 || bits[0] == 32 || bits[0] == 64
                : bits[0] == 8
                        || bits[0] == 16
                        || bits[0] == 32
                        || bits[0] == 64
                        || kind == Kind.UNSIGNED && (bits[0] == 1 || bits[0] == 2 || bits[0] == 4);
        if (!known) {
            throw new UnsupportedFileException(
                    file.file(),
                    "its pixels have " + bits[0] + " bits; whole numbers of 1, 2, 4, 8, 16, 32 and 64 bits and floats"
                            + " of 16, 32 and 64 are read");
        }
        boolean tiled = page.has(Tag.TILE_WIDTH);
        int blockWidth = tiled ? page.size(Tag.TILE_WIDTH, "TileWidth") : width;
        int blockHeight = tiled
                ? page.size(Tag.TILE_LENGTH, "TileLength")
                : (int) Math.max(1, Math.min(height, page.whole(Tag.ROWS_PER_STRIP, height)));
        return new PageLayout(
                width,
                height,
                samples,
                (int) bits[0],
                kind,
                Compression.of(file.file(), (int) page.whole(Tag.COMPRESSION, 1)),
                (int) page.whole(Tag.PREDICTOR, 1),
                tiled,
                blockWidth,
                blockHeight,
                samples > 1 && page.whole(Tag.PLANAR, 1) == 2,
                (int) page.whole(Tag.PHOTOMETRIC, 1));
    }

    private static void requireOne(TiffBytes file, long[] values, String name) {
        for (long value : values) {
            if (value != values[0]) {
                throw new UnsupportedFileException(
                        file.file(), "its samples differ in " + name + "; equal ones are read");
            }
        }
    }

    /** Values next to each other in a block: all samples, or one where they lie apart. */
    int together() {
        return separate ? 1 : samples;
    }

    /** Bytes of a row of a block, which is padded to whole bytes. */
    long rowBytes() {
        return ((long) blockWidth * together() * bits + 7) / 8;
    }

    int blocksAcross() {
        return (width + blockWidth - 1) / blockWidth;
    }

    int blocksDown() {
        return (height + blockHeight - 1) / blockHeight;
    }

    /** Strips or tiles of the page. */
    long blocks() {
        return (long) blocksAcross() * blocksDown() * (separate ? samples : 1);
    }

    /** Whether two pages can be planes of one stack. */
    boolean sameShape(PageLayout other) {
        return width == other.width && height == other.height && samples == other.samples;
    }
}
