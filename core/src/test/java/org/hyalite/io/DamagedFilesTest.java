package org.hyalite.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.hyalite.grid.Image;
import org.hyalite.grid.TiltGeometry;
import org.hyalite.grid.TiltSeries;
import org.hyalite.io.format.MicroscopeFileException;
import org.hyalite.io.format.Signal;
import org.hyalite.io.hspy.HspyFile;
import org.hyalite.io.mrc.MrcWriter;
import org.hyalite.io.zarr.ZspyWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Protects against files that were cut off or damaged: each is read, or refused by one line that names it; nothing else
 * is ever thrown, and no damaged size makes the reader ask for much memory.
 */
class DamagedFilesTest {
    private static final int FLIPS = Integer.getInteger("hyalite.flips", 250);

    @TempDir
    Path folder;

    private final Random random = new Random(11);
    private int refused;

    @Test
    void hspy() throws IOException {
        Path file = folder.resolve("small.hspy");
        byte[] whole = small();
        Files.write(file, whole);
        assertThat(MicroscopeFile.open(file).signals()).hasSize(2);
        for (int i = 0; i < 80; i++) {
            cut(file, file, whole, i < 40 ? i * 25 : random.nextInt(whole.length), true);
        }
        damage(file, file, whole, FLIPS);
        assertThat(refused).isGreaterThan(90);
    }

    @Test
    void realHspy() throws IOException {
        Path real = Path.of(System.getProperty("hyalite.data", "absent"), "hspy", "example2_v3.1.hspy");
        org.junit.jupiter.api.Assumptions.assumeTrue(
                Files.exists(real), "skipped: the real files (property hyalite.data) are not here");
        Path file = folder.resolve("real.hspy");
        byte[] whole = Files.readAllBytes(real);
        for (int i = 0; i < 30; i++) {
            cut(file, file, whole, random.nextInt(whole.length), true);
        }
        damage(file, file, whole, FLIPS / 2);
    }

    @Test
    void mrc() throws IOException {
        Path file = folder.resolve("series.mrc");
        TiltSeries series = TiltSeries.zeros(TiltGeometry.of(-10, 0, 10), 6, 5, 2);
        MrcWriter.writeSeries(file, series);
        byte[] whole = Files.readAllBytes(file);
        for (int i = 0; i < 60; i++) {
            cut(file, file, whole, i < 20 ? i : random.nextInt(whole.length), true);
        }
        damage(file, file, whole, FLIPS);
        for (int at = 0; at < 232; at++) {
            flip(file, file, whole, at, random.nextInt(8)); // every byte of the header
        }
        Files.write(file, whole);
        Path angles = folder.resolve("series.rawtlt");
        byte[] text = Files.readAllBytes(angles);
        for (int cut = 0; cut < text.length; cut++) {
            cut(file, angles, text, cut, false);
        }
        damage(file, angles, text, FLIPS);
    }

    @Test
    void zspy() throws IOException {
        Path hspy = folder.resolve("small.hspy");
        Files.write(hspy, small());
        List<Signal> signals = HspyFile.format().read(hspy).signals();
        Path file = folder.resolve("small.zspy");
        ZspyWriter.write(file, signals);
        List<Path> parts = new ArrayList<>();
        try (Stream<Path> all = Files.walk(file)) {
            all.filter(Files::isRegularFile).sorted().forEach(parts::add);
        }
        assertThat(parts).hasSizeGreaterThan(20);
        for (Path part : parts) {
            byte[] whole = Files.readAllBytes(part);
            boolean chunk = part.getFileName().toString().matches("\\d+");
            for (int i = 0; i < 3; i++) {
                cut(file, part, whole, i == 0 ? 0 : random.nextInt(whole.length), chunk);
            }
            damage(file, part, whole, FLIPS / 50);
            Files.delete(part);
            read(file, "without " + part);
            Files.write(part, whole);
        }
        assertThat(refused).isGreaterThan(80);
    }

    @Test
    void imagesOfNoNumberNameTheirPlace() throws IOException {
        Path file = folder.resolve("nan.mrc");
        MrcWriter.writeStack(file, List.of(Image.zeros(2, 3, 1), Image.zeros(2, 3, 1)));
        byte[] bytes = Files.readAllBytes(file);
        int at = 1024 + 4 * (6 + 5);
        bytes[at + 2] = (byte) 0xc0;
        bytes[at + 3] = 0x7f;
        Files.write(file, bytes);
        try {
            MicroscopeFile.open(file);
            fail("a NaN was read");
        } catch (MicroscopeFileException e) {
            assertThat(e.getMessage()).contains("nan.mrc", "image 1, pixel (y 1, x 2)", "NaN");
        }
    }

    private byte[] small() throws IOException {
        try (InputStream in = HspyFile.class.getResourceAsStream("small.hspy")) {
            return Objects.requireNonNull(in).readAllBytes();
        }
    }

    private void cut(Path file, Path part, byte[] whole, int length, boolean mustRefuse) throws IOException {
        Files.write(part, Arrays.copyOf(whole, length));
        boolean was = read(file, part + " cut at " + length);
        assertThat(mustRefuse && was)
                .as("%s cut at %d of %d was read", part, length, whole.length)
                .isFalse();
        Files.write(part, whole);
    }

    private void damage(Path file, Path part, byte[] whole, int times) throws IOException {
        for (int i = 0; i < times && whole.length > 0; i++) {
            flip(file, part, whole, random.nextInt(whole.length), random.nextInt(8));
        }
    }

    private void flip(Path file, Path part, byte[] whole, int at, int bit) throws IOException {
        byte[] damaged = whole.clone();
        damaged[at] ^= (byte) (1 << bit);
        Files.write(part, damaged);
        read(file, part + " with bit " + bit + " of byte " + at + " flipped");
        Files.write(part, whole);
    }

    private boolean read(Path file, String how) {
        try {
            MicroscopeFile.open(file);
            return true;
        } catch (MicroscopeFileException e) {
            assertThat(e.getMessage()).as(how).contains(e.file().toString()).doesNotContain("\n", "more memory");
            assertThat(e.file().getParent()).as(how).isEqualTo(file.getParent());
            refused++;
            return false;
        } catch (RuntimeException | Error e) {
            return fail(how + ": " + e, e);
        }
    }
}
