package org.hyalite.io.bcf;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hyalite.io.Seed;
import org.hyalite.io.bcf.BcfBuilder.Packing;

/** Small Bruker files: plain and compressed maps, whose checksums are put right, and a spectrum. */
public final class BcfSeeds {
    private static final int CHUNK = 1024;

    private BcfSeeds() {}

    public static List<Seed> maps() {
        return List.of(map(false), map(true));
    }

    public static List<Seed> spectra() {
        return List.of(
                Seed.of("s.spx", SpxFileTest.spectrum(new int[] {3, 0, 8, 1}).getBytes(StandardCharsets.ISO_8859_1)));
    }

    private static Seed map(boolean compressed) {
        int[][][] counts = BcfFileTest.counts(2, 3, 40, 20, 11);
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("HeaderData", BcfBuilder.text(BcfBuilder.header(counts)));
        entries.put("SpectrumData0", BcfBuilder.cube(counts, Packing.values()));
        if (compressed) {
            entries.replaceAll((name, bytes) -> BcfBuilder.compressed(bytes, 1 << 12));
        }
        return new Seed("m.bcf", Map.of("m.bcf", BcfBuilder.container(entries, CHUNK)), BcfSeeds::signed);
    }

    private static byte[] signed(byte[] file) {
        for (int at = BcfBuilder.FIRST_CHUNK + CHUNK; at + CHUNK <= file.length; at += CHUNK) {
            BcfBuilder.sign(file, at, CHUNK);
        }
        return file;
    }
}
