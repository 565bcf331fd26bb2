package org.hyalite.io.tiff;

import java.util.zip.DataFormatException;

/**
 * TIFF's LZW (TIFF 6.0, section 13): codes of 9 to 12 bits, most significant bit first, 256 clears the table, 257 ends;
 * codes grow one entry early.
 */
final class Lzw {
    private static final int CLEAR = 256;
    private static final int END = 257;
    private static final int TABLE = 4096;

    private Lzw() {}

    /** Decodes into {@code out}, at most its length; returns how many bytes there are. */
    static int decode(byte[] packed, byte[] out) throws DataFormatException {
        // an entry is a run of what was already put out: where it begins, and how long it is
        int[] from = new int[TABLE];
        int[] length = new int[TABLE];
        int next = END + 1;
        int bits = 9;
        long buffer = 0;
        int held = 0;
        int at = 0;
        int got = 0;
        int last = -1;
        int lastFrom = 0;
        while (got < out.length) {
            while (held < bits && at < packed.length) {
                buffer = buffer << 8 | packed[at++] & 0xff;
                held += 8;
            }
            if (held < bits) {
                return got;
            }
            int code = (int) (buffer >> held - bits) & (1 << bits) - 1;
            held -= bits;
            if (code == END) {
                return got;
            }
            if (code == CLEAR) {
                next = END + 1;
                bits = 9;
                last = -1;
                continue;
            }
            int start = got;
            int run;
            if (code < CLEAR) {
                out[got++] = (byte) code;
                run = 1;
            } else {
                boolean known = code < next;
                if (last < 0 || code > next) {
                    throw new DataFormatException("LZW code " + code + " is not in the table yet");
                }
                int source = known ? from[code] : lastFrom;
                run = known ? length[code] : got - lastFrom + 1;
                for (int i = 0; i < run && got < out.length; i++) {
                    out[got++] = out[source + i]; // may overlap, as it should
                }
            }
            if (last >= 0 && next < TABLE) {
                from[next] = lastFrom;
                length[next] = start - lastFrom + 1;
                next++;
            }
            if (next >= (1 << bits) - 1 && bits < 12) {
                bits++;
            }
            last = code;
            lastFrom = start;
        }
        return got;
    }
}
