package org.hyalite.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hyalite.io.Seeds;
import org.hyalite.io.Trial;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every reader under Jazzer. An input's first byte chooses the sound recording, its second the file of it that is replaced,
 * the rest are that file's bytes. Without {@code JAZZER_FUZZ=1} only the sound recordings and the findings kept are read.
 */
class ReadersFuzzTest {
    private static final String DURATION = "2m";

    @TempDir
    static Path folder;

    private static final Map<Seeds, List<Trial>> TRIALS = new EnumMap<>(Seeds.class);

    @MethodSource
    @FuzzTest(maxDuration = DURATION)
    void bcf(byte[] input) throws IOException {
        read(Seeds.BCF, input);
    }

    static Stream<byte[]> bcf() throws IOException {
        return inputs(Seeds.BCF);
    }

    @MethodSource
    @FuzzTest(maxDuration = DURATION)
    void spx(byte[] input) throws IOException {
        read(Seeds.SPX, input);
    }

    static Stream<byte[]> spx() throws IOException {
        return inputs(Seeds.SPX);
    }

    @MethodSource
    @FuzzTest(maxDuration = DURATION)
    void jeol(byte[] input) throws IOException {
        read(Seeds.JEOL, input);
    }

    static Stream<byte[]> jeol() throws IOException {
        return inputs(Seeds.JEOL);
    }

    @MethodSource
    @FuzzTest(maxDuration = DURATION)
    void edax(byte[] input) throws IOException {
        read(Seeds.EDAX, input);
    }

    static Stream<byte[]> edax() throws IOException {
        return inputs(Seeds.EDAX);
    }

    @MethodSource
    @FuzzTest(maxDuration = DURATION)
    void dm(byte[] input) throws IOException {
        read(Seeds.DM, input);
    }

    static Stream<byte[]> dm() throws IOException {
        return inputs(Seeds.DM);
    }

    @MethodSource
    @FuzzTest(maxDuration = DURATION)
    void tia(byte[] input) throws IOException {
        read(Seeds.TIA, input);
    }

    static Stream<byte[]> tia() throws IOException {
        return inputs(Seeds.TIA);
    }

    @MethodSource
    @FuzzTest(maxDuration = DURATION)
    void velox(byte[] input) throws IOException {
        read(Seeds.VELOX, input);
    }

    static Stream<byte[]> velox() throws IOException {
        return inputs(Seeds.VELOX);
    }

    @MethodSource
    @FuzzTest(maxDuration = DURATION)
    void ncem(byte[] input) throws IOException {
        read(Seeds.NCEM, input);
    }

    static Stream<byte[]> ncem() throws IOException {
        return inputs(Seeds.NCEM);
    }

    @MethodSource
    @FuzzTest(maxDuration = DURATION)
    void hspy(byte[] input) throws IOException {
        read(Seeds.HSPY, input);
    }

    static Stream<byte[]> hspy() throws IOException {
        return inputs(Seeds.HSPY);
    }

    @MethodSource
    @FuzzTest(maxDuration = DURATION)
    void zspy(byte[] input) throws IOException {
        read(Seeds.ZSPY, input);
    }

    static Stream<byte[]> zspy() throws IOException {
        return inputs(Seeds.ZSPY);
    }

    @MethodSource
    @FuzzTest(maxDuration = DURATION)
    void omeZarr(byte[] input) throws IOException {
        read(Seeds.OME_ZARR, input);
    }

    static Stream<byte[]> omeZarr() throws IOException {
        return inputs(Seeds.OME_ZARR);
    }

    @MethodSource
    @FuzzTest(maxDuration = DURATION)
    void mrc(byte[] input) throws IOException {
        read(Seeds.MRC, input);
    }

    static Stream<byte[]> mrc() throws IOException {
        return inputs(Seeds.MRC);
    }

    @MethodSource
    @FuzzTest(maxDuration = DURATION)
    void ripple(byte[] input) throws IOException {
        read(Seeds.RIPPLE, input);
    }

    static Stream<byte[]> ripple() throws IOException {
        return inputs(Seeds.RIPPLE);
    }

    @MethodSource
    @FuzzTest(maxDuration = DURATION)
    void msa(byte[] input) throws IOException {
        read(Seeds.MSA, input);
    }

    static Stream<byte[]> msa() throws IOException {
        return inputs(Seeds.MSA);
    }

    @MethodSource
    @FuzzTest(maxDuration = DURATION)
    void tiff(byte[] input) throws IOException {
        read(Seeds.TIFF, input);
    }

    static Stream<byte[]> tiff() throws IOException {
        return inputs(Seeds.TIFF);
    }

    private static void read(Seeds format, byte[] input) throws IOException {
        if (input.length < 2) {
            return;
        }
        List<Trial> trials = trials(format);
        Trial trial = trials.get((input[0] & 0xff) % trials.size());
        int part = (input[1] & 0xff) % trial.parts();
        trial.reads(part, Arrays.copyOfRange(input, 2, input.length), "fuzzed");
    }

    private static Stream<byte[]> inputs(Seeds format) throws IOException {
        List<byte[]> inputs = new ArrayList<>();
        List<Trial> trials = trials(format);
        for (int t = 0; t < trials.size(); t++) {
            for (int p = 0; p < trials.get(t).parts(); p++) {
                byte[] bytes = trials.get(t).part(p);
                byte[] input = new byte[2 + bytes.length];
                input[0] = (byte) t;
                input[1] = (byte) p;
                System.arraycopy(bytes, 0, input, 2, bytes.length);
                inputs.add(input);
            }
        }
        return inputs.stream();
    }

    private static synchronized List<Trial> trials(Seeds format) throws IOException {
        List<Trial> trials = TRIALS.get(format);
        if (trials == null) {
            Path own = Files.createDirectories(folder.resolve(format.name()).resolve("made"));
            trials = new ArrayList<>();
            for (var seed : format.make(own)) {
                trials.add(new Trial(Files.createDirectory(own.resolveSibling("seed" + trials.size())), seed));
            }
            TRIALS.put(format, trials);
        }
        return trials;
    }
}
