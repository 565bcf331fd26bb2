package org.hyalite.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.hyalite.grid.TiltGeometry;
import org.hyalite.grid.TiltSeries;
import org.hyalite.io.MicroscopeFile;
import org.hyalite.io.format.Signal;
import org.hyalite.io.mrc.MrcWriter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Protects {@code reconstruct --data-term}: each has what it needs, or says in one line what is missing. */
class DataTermTest {
    private static final int N = 16;
    private static final double[] TILTS = {-60, -30, 0, 30, 60};

    @TempDir
    Path temp;

    private Path counts;
    private Path background;
    private Path errors;
    private Path volume;

    @BeforeEach
    void write() {
        counts = written("counts", (t, y, x) -> 1 + (inside(y, x) ? 40 : 0));
        background = written("background", (t, y, x) -> 1);
        errors = written("errors", (t, y, x) -> inside(y, x) ? 6 : 1);
        volume = temp.resolve("volume.mrc");
    }

    private static boolean inside(int y, int x) {
        return Math.hypot(y - 7.5, x - 7.5) < 4;
    }

    private interface Pixel {
        float at(int tilt, int y, int x);
    }

    private Path written(String name, Pixel pixel) {
        return written(name, N, TILTS, pixel);
    }

    private Path written(String name, int columns, double[] tilts, Pixel pixel) {
        TiltSeries series = TiltSeries.zeros(TiltGeometry.of(tilts), N, columns, 2);
        for (int t = 0; t < tilts.length; t++) {
            for (int y = 0; y < N; y++) {
                for (int x = 0; x < columns; x++) {
                    series.set(t, y, x, pixel.at(t, y, x));
                }
            }
        }
        Path file = temp.resolve(name + ".mrc");
        MrcWriter.writeSeries(file, series);
        return file;
    }

    private Said reconstruct(Object... more) {
        Object[] all = new Object[more.length + 8];
        System.arraycopy(
                new Object[] {"reconstruct", counts, "-o", volume, "--max-iterations", 400, "--weight", 1e-3},
                0,
                all,
                0,
                8);
        System.arraycopy(more, 0, all, 8, more.length);
        return Said.by(all);
    }

    /** Matter in the volume, in its unit times nm³. */
    private double mass() {
        double sum = 0;
        Signal signal = MicroscopeFile.open(volume).signals().get(0);
        for (var image : signal.as(Signal.Stack.class).orElseThrow().images()) {
            for (float value : image.values()) {
                sum += value;
            }
        }
        return sum * 2 * 2 * 2;
    }

    @Test
    void countsAreTakenLessTheirBackgroundAndInTheirUnit() throws IOException {
        // 40 counts in each of the pixels inside, of 2 × 2 nm²
        long pixels = 0;
        for (int i = 0; i < N * N; i++) {
            pixels += inside(i / N, i % N) ? 1 : 0;
        }
        double expected = 40.0 * pixels * 2 * 2;
        reconstruct("--data-term", "kl", "--background", 1).worked();
        assertThat(mass()).isBetween(0.97 * expected, 1.03 * expected);
        byte[] byNumber = Files.readAllBytes(volume);
        reconstruct("--data-term", "kl", "--background", background).worked();
        assertThat(volume).hasBinaryContent(byNumber);
        reconstruct("--data-term", "kl", "--background", background, "--counts-per-unit", 8)
                .worked();
        assertThat(mass()).isBetween(0.97 * expected / 8, 1.03 * expected / 8);
        assertThat(reconstruct("--data-term", "kl", "--background", 1, "--json")
                        .json()
                        .path("unit")
                        .asString(""))
                .isEqualTo("counts/nm");
    }

    @Test
    void standardErrorsAreUsed() throws IOException {
        assertThat(reconstruct("--data-term", "wl2", "--standard-errors", errors, "--json")
                        .json()
                        .path("data_term")
                        .asString(""))
                .isEqualTo("wl2");
        byte[] weighted = Files.readAllBytes(volume);
        reconstruct().worked();
        assertThat(Files.readAllBytes(volume)).isNotEqualTo(weighted);
    }

    @Test
    void whatIsMissingIsSaid() {
        reconstruct("--data-term", "kl").refused(2, "--background FILE or NUMBER", "> 0");
        reconstruct("--data-term", "wl2").refused(2, "--standard-errors FILE");
        reconstruct("--background", 1).refused(2, "--background", "belongs to --data-term kl");
        reconstruct("--counts-per-unit", 1).refused(2, "--counts-per-unit", "belongs to --data-term kl");
        reconstruct("--standard-errors", errors).refused(2, "belong to --data-term wl2");
        reconstruct("--data-term", "kl", "--background", temp.resolve("none.mrc"))
                .refused(2, "none.mrc", "no such file", "background");
        assertThat(volume).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "NaN", "Infinity", "1e-60"})
    void backgroundsAndScalesThatAreNone(String number) {
        reconstruct("--data-term", "kl", "--background=" + number).refused(2, "--background", number);
        if (!number.equals("1e-60")) {
            reconstruct("--data-term", "kl", "--background", 1, "--counts-per-unit=" + number)
                    .refused(2, "--counts-per-unit", "not a positive number");
        }
        assertThat(volume).doesNotExist();
    }

    @Test
    void seriesThatDoNotBelongTogether() {
        Path wide = written("wide", N + 2, TILTS, (t, y, x) -> 1);
        reconstruct("--data-term", "kl", "--background", wide).refused(2, "wide.mrc", "16 × 18", "16 × 16");
        Path tilted = written("tilted", N, new double[] {-60, -30, 5, 30, 60}, (t, y, x) -> 1);
        reconstruct("--data-term", "wl2", "--standard-errors", tilted).refused(2, "tilted.mrc", "5.0°", "0.0°");
        Path zero = written("zero", (t, y, x) -> x);
        reconstruct("--data-term", "wl2", "--standard-errors", zero).refused(2, "zero.mrc", "must be positive");
        counts = written("negative", (t, y, x) -> x == 3 ? -1 : 1);
        reconstruct("--data-term", "kl", "--background", 1).refused(2, "negative.mrc", "column 3", "negative");
        assertThat(volume).doesNotExist();
    }
}
