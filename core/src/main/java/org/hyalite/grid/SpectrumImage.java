package org.hyalite.grid;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A spectrum at every pixel, {@code [y, x, energy]}, in counts. X-ray maps are nearly empty (of 256 × 256 × 2048 cells
 * about one in a hundred holds a count), so whole counts are kept as a list of the cells that hold any: one byte for
 * the step to the next such channel and one for its counts, more where they need more. A full cube of small counts
 * takes two bytes a cell. Fractional counts are kept as floats, and so are signals that are no counts ({@link #signed}).
 */
public final class SpectrumImage {
    private final int ny;
    private final int nx;
    private final double pixelNm;
    private final EnergyAxis energy;
    private final boolean counts;
    private final byte @Nullable [][] packed;
    private final float @Nullable [][] dense;

    private SpectrumImage(
            int ny,
            int nx,
            double pixelNm,
            EnergyAxis energy,
            boolean counts,
            byte @Nullable [][] packed,
            float @Nullable [][] dense) {
        this.ny = ny;
        this.nx = nx;
        this.pixelNm = pixelNm;
        this.energy = energy;
        this.counts = counts;
        this.packed = packed;
        this.dense = dense;
    }

    /** Collects an image pixel by pixel, in any order; pixels that are never given are empty. */
    public static final class Builder {
        private final int ny;
        private final int nx;
        private final double pixelNm;
        private final EnergyAxis energy;
        private final boolean counts;
        private final byte @Nullable [][] packed;
        private final float @Nullable [][] dense;
        private byte[] scratch = new byte[256];

        private Builder(int ny, int nx, double pixelNm, EnergyAxis energy, boolean whole, boolean counts) {
            if (ny < 1 || nx < 1 || (long) ny * nx > Integer.MAX_VALUE) {
                throw new IllegalArgumentException("spectrum image of " + ny + " × " + nx + " pixels");
            }
            this.ny = ny;
            this.nx = nx;
            this.pixelNm = pixelNm;
            this.energy = energy;
            this.counts = counts;
            this.packed = whole ? new byte[ny * nx][] : null;
            this.dense = whole ? null : new float[ny * nx][];
        }

        /** Gives a pixel its whole counts, one for each channel; not negative. */
        public Builder pixel(int y, int x, int[] counts) {
            if (counts.length != energy.channels()) {
                throw new IllegalArgumentException("pixel (" + y + ", " + x + ") has " + counts.length
                        + " channels, expected " + energy.channels());
            }
            if (packed == null) {
                float[] values = new float[counts.length];
                for (int c = 0; c < counts.length; c++) {
                    values[c] = counts[c];
                }
                return pixel(y, x, values);
            }
            int length = 0;
            int last = -1;
            for (int c = 0; c < counts.length; c++) {
                int n = counts[c];
                if (n == 0) {
                    continue;
                }
                if (n < 0) {
                    throw new IllegalArgumentException("pixel (" + y + ", " + x + ") has " + n + " counts in channel "
                            + c + "; counts are not negative");
                }
                if (scratch.length < length + 10) {
                    scratch = Arrays.copyOf(scratch, 2 * scratch.length);
                }
                length = putVarint(scratch, length, c - last);
                length = putVarint(scratch, length, n);
                last = c;
            }
            packed[y * nx + x] = Arrays.copyOf(scratch, length);
            return this;
        }

        /** Gives a pixel its counts, one for each channel; takes ownership. */
        public Builder pixel(int y, int x, float[] values) {
            if (values.length != energy.channels()) {
                throw new IllegalArgumentException("pixel (" + y + ", " + x + ") has " + values.length
                        + " channels, expected " + energy.channels());
            }
            for (int c = 0; c < values.length; c++) {
                if (!Float.isFinite(values[c]) || counts && values[c] < 0) {
                    throw new IllegalArgumentException("pixel (" + y + ", " + x + ") has " + values[c]
                            + " counts in channel " + c + "; counts are finite and not negative");
                }
            }
            if (dense == null) {
                throw new IllegalStateException("fractional counts given to a builder of whole ones");
            }
            dense[y * nx + x] = values;
            return this;
        }

        public SpectrumImage build() {
            return new SpectrumImage(ny, nx, pixelNm, energy, counts, packed, dense);
        }
    }

    /**
     * A builder of whole counts.
     *
     * @param pixelNm edge of a pixel, nm; {@code NaN} says that it is not known
     */
    public static Builder whole(int ny, int nx, double pixelNm, EnergyAxis energy) {
        return new Builder(ny, nx, pixelNm, energy, true, true);
    }

    /** A builder of fractional counts. */
    public static Builder fractional(int ny, int nx, double pixelNm, EnergyAxis energy) {
        return new Builder(ny, nx, pixelNm, energy, false, true);
    }

    /** A builder of finite values that are no X-ray counts and may be negative: energy losses after dark correction. */
    public static Builder signed(int ny, int nx, double pixelNm, EnergyAxis energy) {
        return new Builder(ny, nx, pixelNm, energy, false, false);
    }

    public int ny() {
        return ny;
    }

    public int nx() {
        return nx;
    }

    /** Edge of a pixel, nm; {@code NaN} if it is not known. */
    public double pixelNm() {
        return pixelNm;
    }

    public EnergyAxis energy() {
        return energy;
    }

    /** Whether all counts are whole numbers, as a detector gives them. */
    public boolean isWhole() {
        return packed != null;
    }

    /** Whether these are counts of X-rays, whole or fractional; otherwise nothing may be quantified from them. */
    public boolean isCounts() {
        return counts;
    }

    /**
     * The channels of one pixel that hold counts, in ascending order; exact up to 2²⁴ counts in one channel.
     *
     * @param channels receives the channels; at least {@code energy().channels()} long
     * @param counts receives their counts; likewise
     * @return how many there are
     */
    public int events(int y, int x, int[] channels, float[] counts) {
        int pixel = y * nx + x;
        int found = 0;
        if (packed != null) {
            byte[] bytes = packed[pixel];
            if (bytes == null) {
                return 0;
            }
            int channel = -1;
            int at = 0;
            while (at < bytes.length) {
                int step = 0;
                int shift = 0;
                byte b;
                do {
                    b = bytes[at++];
                    step |= (b & 0x7f) << shift;
                    shift += 7;
                } while (b < 0);
                int n = 0;
                shift = 0;
                do {
                    b = bytes[at++];
                    n |= (b & 0x7f) << shift;
                    shift += 7;
                } while (b < 0);
                channel += step;
                channels[found] = channel;
                counts[found++] = n;
            }
            return found;
        }
        float[] values = dense == null ? null : dense[pixel];
        if (values == null) {
            return 0;
        }
        for (int c = 0; c < values.length; c++) {
            if (values[c] != 0) {
                channels[found] = c;
                counts[found++] = values[c];
            }
        }
        return found;
    }

    /** Adds the counts of one pixel to {@code into}, {@code [energy]}. */
    public void addTo(int y, int x, double[] into) {
        int[] channels = new int[energy.channels()];
        float[] counts = new float[energy.channels()];
        int n = events(y, x, channels, counts);
        for (int i = 0; i < n; i++) {
            into[channels[i]] += counts[i];
        }
    }

    /** The sum of all pixels' spectra. */
    public Spectrum sum() {
        double[] sum = new double[energy.channels()];
        int[] channels = new int[energy.channels()];
        float[] counts = new float[energy.channels()];
        for (int y = 0; y < ny; y++) {
            for (int x = 0; x < nx; x++) {
                int n = events(y, x, channels, counts);
                for (int i = 0; i < n; i++) {
                    sum[channels[i]] += counts[i];
                }
            }
        }
        return isCounts() ? Spectrum.of(energy, sum) : Spectrum.signed(energy, sum);
    }

    /** Counts of each pixel within channels {@code from … to − 1}, {@code [y, x]}. */
    public Image window(int from, int to) {
        Image image = Image.zeros(ny, nx, pixelNm);
        int[] channels = new int[energy.channels()];
        float[] counts = new float[energy.channels()];
        for (int y = 0; y < ny; y++) {
            for (int x = 0; x < nx; x++) {
                int n = events(y, x, channels, counts);
                double sum = 0;
                for (int i = 0; i < n; i++) {
                    if (channels[i] >= from && channels[i] < to) {
                        sum += counts[i];
                    }
                }
                image.set(y, x, (float) sum);
            }
        }
        return image;
    }

    /** Sums of {@code bin × bin} pixels; rows and columns that do not fill a bin are left out. */
    public SpectrumImage binned(int bin) {
        if (bin == 1) {
            return this;
        }
        Builder out = new Builder(ny / bin, nx / bin, pixelNm * bin, energy, packed != null, counts);
        double[] sum = new double[energy.channels()];
        int[] whole = new int[sum.length];
        for (int y = 0; y < ny / bin; y++) {
            for (int x = 0; x < nx / bin; x++) {
                Arrays.fill(sum, 0);
                for (int k = 0; k < bin * bin; k++) {
                    addTo(y * bin + k / bin, x * bin + k % bin, sum);
                }
                if (packed != null) {
                    for (int c = 0; c < sum.length; c++) {
                        whole[c] = (int) sum[c];
                    }
                    out.pixel(y, x, whole);
                } else {
                    float[] values = new float[sum.length];
                    for (int c = 0; c < sum.length; c++) {
                        values[c] = (float) sum[c];
                    }
                    out.pixel(y, x, values);
                }
            }
        }
        return out.build();
    }

    /** A copy with rows and columns exchanged. */
    public SpectrumImage transposed() {
        byte[][] turnedPacked = packed == null ? null : new byte[packed.length][];
        float[][] turnedDense = dense == null ? null : new float[dense.length][];
        for (int y = 0; y < ny; y++) {
            for (int x = 0; x < nx; x++) {
                if (packed != null && turnedPacked != null) {
                    turnedPacked[x * ny + y] = packed[y * nx + x];
                } else if (dense != null && turnedDense != null) {
                    turnedDense[x * ny + y] = dense[y * nx + x];
                }
            }
        }
        return new SpectrumImage(nx, ny, pixelNm, energy, counts, turnedPacked, turnedDense);
    }

    private static int putVarint(byte[] into, int at, int value) {
        int rest = value;
        int i = at;
        while (rest > 0x7f) {
            into[i++] = (byte) (rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        into[i++] = (byte) rest;
        return i;
    }
}
