package org.hyalite.io.jeol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.hyalite.io.Damage;
import org.hyalite.io.MicroscopeFile;
import org.hyalite.io.ReferenceSignals;
import org.hyalite.io.format.MalformedFileException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damaged JEOL files are refused by a line that names them, or read where the damage means nothing to the format. */
class JeolDamageTest {
    @TempDir
    Path folder;

    @Test
    void maps() throws IOException {
        int[][][][] photons = new int[2][4][4][];
        Random random = new Random(1);
        for (int i = 0; i < 32; i++) {
            photons[i / 16][i / 4 % 4][i % 4] =
                    random.ints(random.nextInt(3), 0, 4096).toArray();
        }
        byte[] whole = JeolBuilder.map(
                "4x4",
                List.of(0, 0, 3, 3),
                JeolBuilder.sweeps(photons, 1024, 1024).array());
        Path file = folder.resolve("m.pts");
        Damage.cutsAreRefused(file, whole, whole.length, 7);
        assertThat(Damage.flips(file, whole, 0, 36, 150, 2)).isGreaterThan(50);
        assertThat(Damage.flips(file, whole, 300, whole.length, 500, 3)).isGreaterThan(50);
    }

    @Test
    void images() throws IOException {
        byte[] whole = JeolBuilder.image("a", 3, 5, 7, new byte[30]);
        Path file = folder.resolve("m.img");
        Damage.cutsAreRefused(file, whole, whole.length, 1);
        assertThat(Damage.flips(file, whole, 0, whole.length, 600, 4)).isGreaterThan(100);
    }

    @Test
    void spectra() throws IOException {
        byte[] whole = JeolBuilder.spectrum(new Random(5).ints(40, 0, 100).toArray(), 5);
        Path file = folder.resolve("m.eds");
        Damage.cutsAreRefused(file, whole, whole.length - 48, 3);
        assertThat(Damage.flips(file, whole, 360, whole.length, 800, 6)).isGreaterThan(10);
    }

    @Test
    void projects() throws IOException {
        Files.write(folder.resolve("a.img"), JeolBuilder.image("a", 2, 2, 6, new byte[4]));
        byte[] whole = JeolBuilder.project(3, ".\\a.img", ".\\b.img");
        Path file = folder.resolve("p.asw");
        Damage.cutsAreRefused(file, whole, whole.length, 1);
        assertThat(Damage.flips(file, whole, 0, whole.length, 300, 7)).isGreaterThan(40);
    }

    @Test
    void realFiles() throws IOException {
        Path data = ReferenceSignals.folder().resolve("jeol");
        int seed = 8;
        for (String name : List.of("rawdata.ASW", "met03.EDS", "Sample/00_View000/View000_0000001.map")) {
            byte[] whole = Files.readAllBytes(data.resolve(name));
            Path file = folder.resolve(data.resolve(name).getFileName().toString());
            Damage.cutsAreRefused(file, whole, Math.min(whole.length, 9000), 601);
            Damage.flips(file, whole, 0, whole.length, 30, seed++);
        }
        Path pts = data.resolve("Sample/00_View000/View000_0000006.pts");
        byte[] whole = Files.readAllBytes(pts);
        Path file = folder.resolve("real.pts");
        Damage.cutsAreRefused(file, whole, whole.length, 797003);
        Damage.flips(file, whole, 0, 13438, 2, seed); // reading it whole takes a second
    }

    /** Trees that are deeper or larger than any file's are refused before they fill the memory or the stack. */
    @Test
    void treesWithoutEndAreRefused() throws IOException {
        JeolBuilder deep = new JeolBuilder().zeros(12);
        for (int i = 0; i < 100_000; i++) {
            deep.open("x");
        }
        Files.write(folder.resolve("deep.asw"), deep.array());
        assertThatThrownBy(() -> MicroscopeFile.open(folder.resolve("deep.asw")))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining("more tags");
        JeolBuilder broad = new JeolBuilder().zeros(12);
        for (int i = 0; i < 300_000; i++) {
            broad.open("x").close();
        }
        Files.write(folder.resolve("broad.asw"), broad.array());
        assertThatThrownBy(() -> MicroscopeFile.open(folder.resolve("broad.asw")))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining("more tags");
    }
}
