package org.hyalite.io.bcf;

import java.util.Arrays;
import org.hyalite.grid.EnergyAxis;
import org.hyalite.grid.SpectrumImage;
import org.hyalite.io.format.Memory;
import org.hyalite.io.format.Statistics;

/**
 * The packed spectra of a map ({@code EDSDatabase/SpectrumData}<i>n</i>). After 416 bytes, of which the first eight are
 * height and width, each line is a count of pixels and that many pixels; empty pixels are left out. A pixel is 22 bytes
 * (x, channels, how it is packed, number of pulses, packed size) and its pulses, packed in one of three ways:
 * <ul>
 *   <li>0: the channel of each pulse in 16 bits;
 *   <li>1: in 12 bits, four in three 16-bit words, highest bits first;
 *   <li>2 and above: a spectrum by instructions. {@code (0, n)} is n empty channels; {@code (1, n)} is a byte and n
 *       half bytes (lower half first) that add to it; {@code (k, n)} for k = 2, 4, 8 is a number of k bytes and n of k/2
 *       bytes that add to it. Four bytes end it: the size of further pulses of 16 bits that follow.
 * </ul>
 */
final class MapCube {
    private static final int HEADER = 0x1a0;
    private static final int LARGEST_SIDE = 1 << 16;
    private static final long MOST_PIXELS = 1L << 26;
    private static final int LARGEST_PIXEL = 1 << 20;

    /** A pixel's place in the map, its live time and the object of its counts. */
    private static final int BYTES_OF_A_PIXEL = 24;

    private static final int PULSES_16 = 0;
    private static final int PULSES_12 = 1;
    private static final int END = Integer.BYTES;

    /**
     * A decoded cube.
     *
     * @param statistics over every channel of every pixel, empty ones too
     * @param unreadBytes how many bytes followed the last pixel
     */
    record Decoded(SpectrumImage image, Statistics statistics, long unreadBytes) {}

    private final EntryReader in;
    private final int channels;
    private final int[] counts;
    private byte[] packed = new byte[1 << 12];
    private int packedSize;

    private long sum;
    private int min = Integer.MAX_VALUE;
    private int max;

    private MapCube(EntryReader in, int channels) {
        this.in = in;
        this.channels = channels;
        this.counts = new int[channels];
    }

    /**
     * Decodes the cube of an entry.
     *
     * @param size the size that the header gives, which the cube must have
     */
    static Decoded read(EntryReader in, MapHeader.Size size, double pixelNm, EnergyAxis energy) {
        return new MapCube(in, energy.channels()).decode(size, pixelNm, energy);
    }

    private Decoded decode(MapHeader.Size size, double pixelNm, EnergyAxis energy) {
        long ny = in.u32();
        long nx = in.u32();
        if (ny != size.ny() || nx != size.nx()) {
            throw in.malformed(
                    0,
                    "spectra of " + ny + " × " + nx + " pixels, but the header says " + size.ny() + " × " + size.nx());
        }
        if (ny > LARGEST_SIDE || nx > LARGEST_SIDE || ny * nx > MOST_PIXELS) {
            throw in.malformed(0, ny + " × " + nx + " pixels are too many; the file is damaged");
        }
        Memory.require(in.file(), "its map of " + ny + " × " + nx + " pixels", (double) ny * nx * BYTES_OF_A_PIXEL);
        in.skip(HEADER - in.position());
        SpectrumImage.Builder image = SpectrumImage.whole((int) ny, (int) nx, pixelNm, energy);
        long pixels = 0;
        boolean[] given = new boolean[(int) nx];
        for (int y = 0; y < ny; y++) {
            long inLine = in.u32();
            if (inLine > nx) {
                throw in.malformed("line " + y + " has " + inLine + " pixels of " + nx + "; the file is damaged");
            }
            Arrays.fill(given, false);
            for (int i = 0; i < inLine; i++) {
                int x = pixel(y, given);
                count(y, x);
                image.pixel(y, x, counts);
            }
            pixels += inLine;
        }
        if (pixels < ny * nx) {
            min = 0;
        }
        long end = in.position();
        while (!in.atEnd()) {
            in.u8();
        }
        return new Decoded(image.build(), new Statistics(sum, min, max), in.position() - end);
    }

    private void count(int y, int x) {
        long total = 0;
        int least = Integer.MAX_VALUE;
        int most = 0;
        for (int n : counts) {
            total += n;
            least = Math.min(least, n);
            most = Math.max(most, n);
        }
        if (least < 0) {
            throw in.malformed("pixel (" + y + ", " + x + ") has 2³¹ or more counts in one channel");
        }
        sum += total;
        min = Math.min(min, least);
        max = Math.max(max, most);
    }

    /** Unpacks the next pixel into {@link #counts}; returns its x. */
    private int pixel(int y, boolean[] given) {
        long at = in.position();
        long x = in.u32();
        int used = in.u16();
        in.u16();
        in.u32();
        int packing = in.u16();
        in.u16();
        int pulses = in.u16();
        long size = in.u32();
        if (x >= given.length || given[(int) x]) {
            throw in.malformed(
                    at,
                    "line " + y + " has a pixel " + x + (x < given.length ? " twice" : " outside")
                            + "; the file is damaged");
        }
        given[(int) x] = true;
        if (used > channels || size > LARGEST_PIXEL) {
            throw in.malformed(
                    at,
                    "pixel (" + y + ", " + x + ") has " + used + " channels of " + channels + " in " + size
                            + " bytes; the file is damaged");
        }
        load((int) size);
        Arrays.fill(counts, 0);
        String where = "pixel (" + y + ", " + x + ")";
        switch (packing) {
            case PULSES_16 -> pulses16(pulses, at, where);
            case PULSES_12 -> pulses12(pulses, at, where);
            default -> instructions(pulses, at, where);
        }
        return (int) x;
    }

    private void load(int size) {
        if (packed.length < size) {
            packed = new byte[size];
        }
        in.read(packed, size);
        packedSize = size;
    }

    private void pulses16(int pulses, long at, String where) {
        require(packedSize >= pulses * 2L, at, where, "holds fewer pulses than it says");
        for (int i = 0; i < pulses; i++) {
            pulse(unsigned(2 * i, 2), at, where);
        }
    }

    private void pulses12(int pulses, long at, String where) {
        int bytes = (pulses * 3 + 1) / 2;
        require(packedSize >= bytes + (bytes & 1), at, where, "holds fewer pulses than it says");
        for (int i = 0; i < pulses; i++) {
            int first = i * 3 / 2;
            // bytes of each 16-bit word are exchanged: byte k of the bit stream is byte k ^ 1 of the file
            int high = packed[first ^ 1] & 0xff;
            int low = packed[first + 1 ^ 1] & 0xff;
            pulse((i & 1) == 0 ? high << 4 | low >> 4 : (high & 0xf) << 8 | low, at, where);
        }
    }

    private void instructions(int pulses, long at, String where) {
        require(packedSize >= END, at, where, "is too short");
        int end = packedSize - END;
        int channel = 0;
        int i = 0;
        while (i < end) {
            require(i + 2 <= end, at, where, "ends in an instruction");
            int width = packed[i] & 0xff;
            int run = packed[i + 1] & 0xff;
            i += 2;
            require(channel + run <= channels, at, where, "has more channels than the map");
            if (width == 0) {
                channel += run;
                continue;
            }
            require(width == 1 || width == 2 || width == 4 || width == 8, at, where, "has instruction " + width);
            int bytes = width == 1 ? (run + 1) / 2 : run * (width / 2);
            require(i + width + bytes <= end, at, where, "ends in an instruction");
            long base = unsigned(i, width);
            i += width;
            for (int k = 0; k < run; k++) {
                long more =
                        width == 1 ? packed[i + k / 2] >> 4 * (k & 1) & 0xf : unsigned(i + k * (width / 2), width / 2);
                long value = base + more;
                require(value >= 0 && value <= Integer.MAX_VALUE, at, where, "has 2³¹ or more counts in one channel");
                counts[channel++] = (int) value;
            }
            i += bytes;
        }
        long further = unsigned(end, END);
        require(further <= LARGEST_PIXEL && further >= 2L * pulses, at, where, "has pulses outside its size");
        if (further > 0) {
            load((int) further);
            pulses16(pulses, at, where);
        }
    }

    private void pulse(long channel, long at, String where) {
        require(channel < channels, at, where, "has a pulse in channel " + channel + " of " + channels);
        counts[(int) channel]++;
    }

    private long unsigned(int at, int bytes) {
        long value = 0;
        for (int k = bytes - 1; k >= 0; k--) {
            value = value << 8 | packed[at + k] & 0xff;
        }
        return value;
    }

    private void require(boolean sound, long at, String where, String found) {
        if (!sound) {
            throw in.malformed(at, where + " " + found + "; the file is damaged");
        }
    }
}
