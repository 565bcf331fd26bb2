package org.hyalite.io.jeol;

import java.nio.file.Path;
import java.util.Arrays;
import org.hyalite.grid.EnergyAxis;
import org.hyalite.grid.SpectrumImage;
import org.hyalite.io.format.Memory;
import org.hyalite.io.format.Statistics;
import org.hyalite.io.format.UnsupportedFileException;

/** Sorts a stream's X-rays by pixel, in two passes: one counts them, one puts each into its place. */
final class EventMap {
    /** The count of a pixel's X-rays, its place in the map, and the electron image with its sum. */
    private static final int BYTES_OF_A_PIXEL = 24;

    private final Path file;
    private final int ny;
    private final int nx;
    private final int yStep;
    private final int xStep;
    private final int[] ends;
    private long outside;
    private int max;
    private int min = Integer.MAX_VALUE;

    /**
     * The map's shape.
     *
     * @param file for messages
     * @param yStep positions from one line to the next
     * @param xStep positions from one pixel of a line to the next
     */
    EventMap(Path file, int ny, int nx, int yStep, int xStep) {
        this.file = file;
        requireMemory(ny, nx, 0);
        this.ny = ny;
        this.nx = nx;
        this.yStep = yStep;
        this.xStep = xStep;
        this.ends = new int[ny * nx + 1];
    }

    private void requireMemory(int ny, int nx, long photons) {
        Memory.require(
                file,
                "its map of " + ny + " × " + nx + " pixels",
                (double) ny * nx * BYTES_OF_A_PIXEL + (double) Short.BYTES * photons);
    }

    /** Receives what stands at a pixel. */
    private interface AtPixel {
        void value(int pixel, int value);
    }

    private void each(EventStream stream, long words, int wanted, AtPixel to) {
        int[] at = {-1, -1};
        stream.read(words, (index, kind, value) -> {
            if (kind == EventStream.Y) {
                at[0] = value / yStep;
                at[1] = -1;
            } else if (kind == EventStream.X) {
                at[1] = value / xStep;
            } else if (kind == wanted) {
                boolean inside = at[0] >= 0 && at[0] < ny && at[1] >= 0 && at[1] < nx;
                to.value(inside ? at[0] * nx + at[1] : -1, value);
            }
        });
    }

    /** The spectra of the first {@code words} words. */
    SpectrumImage spectra(EventStream stream, long words, double pixelNm, EnergyAxis energy) {
        long[] inside = {0};
        each(stream, words, EventStream.PHOTON, (pixel, channel) -> {
            if (pixel < 0) {
                outside++;
            } else {
                inside[0]++;
                ends[pixel + 1]++;
            }
        });
        if (inside[0] > Integer.MAX_VALUE - 8) {
            throw new UnsupportedFileException(file, inside[0] + " X-rays, more than are sorted in one piece");
        }
        requireMemory(ny, nx, inside[0]);
        for (int p = 0; p < ny * nx; p++) {
            ends[p + 1] += ends[p];
        }
        short[] channels = new short[(int) inside[0]];
        // ends[p] moves from the start of pixel p's X-rays to their end, which is where those of p + 1 start
        each(stream, words, EventStream.PHOTON, (pixel, channel) -> {
            if (pixel >= 0) {
                channels[ends[pixel]++] = (short) channel;
            }
        });
        SpectrumImage.Builder image = SpectrumImage.whole(ny, nx, pixelNm, energy);
        int[] counts = new int[energy.channels()];
        int from = 0;
        for (int p = 0; p < ny * nx; p++) {
            int to = ends[p];
            if (to == from) {
                min = 0;
            } else {
                for (int i = from; i < to; i++) {
                    max = Math.max(max, ++counts[channels[i]]);
                }
                image.pixel(p / nx, p % nx, counts);
                min = Math.min(
                        min,
                        to - from < counts.length
                                ? 0
                                : Arrays.stream(counts).min().orElse(0));
                for (int i = from; i < to; i++) {
                    counts[channels[i]] = 0;
                }
            }
            from = to;
        }
        return image.build();
    }

    /** Over every channel of every pixel of the spectra made last. */
    Statistics statistics() {
        return new Statistics(ends[ny * nx], min, max);
    }

    /** X-rays that stand at no pixel of the map. */
    long outside() {
        return outside;
    }

    /** The electron image that was recorded along with the X-rays, {@code [y, x]}, summed over the sweeps. */
    float[] image(EventStream stream, long words) {
        double[] sum = new double[ny * nx];
        each(stream, words, EventStream.IMAGE, (pixel, value) -> {
            if (pixel >= 0) {
                sum[pixel] += value;
            }
        });
        float[] values = new float[sum.length];
        for (int p = 0; p < sum.length; p++) {
            values[p] = (float) sum[p];
        }
        return values;
    }
}
