package org.hyalite.grid;

/**
 * How volumes and tilt series lie in memory: cut along y, the tilt axis, into blocks of {@link #WIDTH} slices, each a
 * {@code float[]} of order {@code [plane][x][y in block]} (a plane is a z of a volume or a tilt of a series). The last
 * block is as narrow as what is left. Each matrix weight of a projection then serves a run of contiguous floats, each
 * block is an independent projection problem, and no array comes near 2³¹ elements.
 */
public final class Blocks {
    /** Slices per block. */
    public static final int WIDTH = 64;

    private Blocks() {}

    /** Number of blocks of {@code ny} slices. */
    public static int count(int ny) {
        return (ny + WIDTH - 1) / WIDTH;
    }

    /** Slices in block {@code block}: {@link #WIDTH}, or fewer in the last. */
    public static int width(int ny, int block) {
        return Math.min(WIDTH, ny - block * WIDTH);
    }

    /** New zeroed blocks of {@code planes × ny × nx} values. */
    public static float[][] allocate(int planes, int ny, int nx) {
        requireSize(planes, ny, nx);
        float[][] blocks = new float[count(ny)][];
        for (int b = 0; b < blocks.length; b++) {
            blocks[b] = new float[planes * nx * width(ny, b)];
        }
        return blocks;
    }

    static void requireSize(int planes, int ny, int nx) {
        if (planes < 1 || ny < 1 || nx < 1) {
            throw new IllegalArgumentException("size " + planes + " × " + ny + " × " + nx + " has an empty axis");
        }
        if ((long) planes * nx * Math.min(ny, WIDTH) > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("size " + planes + " × " + ny + " × " + nx
                    + " is too large: a block of 64 slices exceeds 2³¹ values");
        }
    }
}
