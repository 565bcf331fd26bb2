package org.hyalite.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Protects {@code hyalite reconstruct} from odd series and settings: a volume with a word about it, or one clear line. */
class ReconstructInputTest {
    @TempDir
    Path temp;

    private Path adf;
    private Path volume;

    @BeforeEach
    void copy() throws IOException {
        adf = Experiments.sampleTo(temp.resolve("twin")).resolve("sample/adf.mrc");
        volume = temp.resolve("volume.mrc");
    }

    private Said reconstruct(Object... more) {
        Object[] all = new Object[more.length + 6];
        all[0] = "reconstruct";
        all[1] = adf;
        all[2] = "-o";
        all[3] = volume;
        all[4] = "--max-iterations";
        all[5] = 60;
        System.arraycopy(more, 0, all, 6, more.length);
        return Said.by(all);
    }

    private void told(Said said, String words) {
        said.worked();
        assertThat(said.out() + said.err()).contains(words);
        assertThat(volume).exists();
    }

    private void angles(String lines) throws IOException {
        Files.writeString(adf.resolveSibling("adf.rawtlt"), lines);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tv", "tv2", "tgv", "none"})
    void everyRegulariserCanBeAskedFor(String word) {
        told(reconstruct("--regulariser", word, "--weight", 0.05), ", " + word + ", ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "NaN", "Infinity", "-1e-300"})
    void weightsThatAreNone(String weight) {
        reconstruct("--weight", weight).refused(2, "weight", "not a finite number");
        assertThat(volume).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({"0, nothing is regularised", "1e30, 1 is used", "2, 1 is used"})
    void weightsThatAreOdd(String weight, String words) {
        told(reconstruct("--weight", weight), words);
    }

    @Test
    void tiltsBeyondARightAngle() throws IOException {
        angles("-70\n0\n110\n");
        told(reconstruct("--weight", 0.05), "beyond ±90°");
        angles("-70\n0\n190\n");
        reconstruct("--weight", 0.05).refused(2, "190", "±180°");
    }

    @Test
    void repeatedTilts() throws IOException {
        angles("0\n0\n70\n");
        reconstruct("--weight", 0.05).refused(2, "adf.mrc", "both at a tilt of 0.0°");
    }

    @Test
    void oneTilt() {
        told(reconstruct("--every", 3, "--weight", 0.05), "one tilt");
    }

    @Test
    void tooLittleMemory() {
        reconstruct("--memory", 1e-4).refused(2, "adf.mrc", "needs 0.05", "0.000100 GB may be used");
        assertThat(volume).doesNotExist();
    }
}
