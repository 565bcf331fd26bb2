package org.hyalite.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.hyalite.grid.Image;
import org.hyalite.grid.LevelSurface;
import org.hyalite.grid.Volume;
import org.hyalite.io.format.Axis;
import org.hyalite.io.format.Signal;
import org.hyalite.io.format.Statistics;
import org.hyalite.physics.Acquisition;
import org.hyalite.study.recipe.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protects users from surfaces without scale, without inside or beyond the memory: each is refused in one line. */
class SurfaceConversionTest {
    @TempDir
    Path folder;

    private static Signal volume(double zNm, double nm, float odd) {
        Image plain = Image.zeros(3, 4, nm);
        Image other = Image.zeros(3, 4, nm);
        Arrays.fill(other.values(), 2);
        other.set(1, 1, odd);
        return new Signal(
                "",
                List.of(new Axis("z", 2, zNm, 0, "nm"), new Axis("y", 3, nm, 0, "nm"), new Axis("x", 4, nm, 0, "nm")),
                new Statistics(0, 0, 2),
                Acquisition.nothing(),
                new Signal.Stack(List.of(plain, other), true));
    }

    private void refused(Signal signal, String... words) {
        Path out = folder.resolve("s.ply");
        assertThatThrownBy(() -> SurfaceConversion.write(Path.of("in.mrc"), signal, Optional.of(1.0), out))
                .isInstanceOf(InputException.class)
                .message()
                .contains("in.mrc")
                .contains(words);
        assertThat(out).doesNotExist();
    }

    @Test
    void whatHasNoSurfaceIsRefused() {
        refused(volume(3, 1.5, 2), "3.0 nm along z", "1.5 nm along x");
        refused(volume(Double.NaN, Double.NaN, 2), "no voxel size");
        refused(volume(1.5, 1.5, Float.NaN), "NaN");
        Path out = folder.resolve("s.ply");
        SurfaceConversion.write(Path.of("in.mrc"), volume(1.5, 1.5, 2), Optional.of(1.0), out);
        assertThat(out).isNotEmptyFile();
    }

    @Test
    void whatDoesNotFitIsRefusedBeforeItIsMade() {
        Volume volume = Volume.zeros(2, 3, 4, 1);
        LevelSurface.Size size = new LevelSurface.Size(1000, 2000, 1_000_000_000);
        SurfaceConversion.requireRoom(Path.of("in.mrc"), volume, 0.5, size, 1_300_000_000);
        assertThatThrownBy(() -> SurfaceConversion.requireRoom(Path.of("in.mrc"), volume, 0.5, size, 1_000_000_000))
                .hasMessageContaining("in.mrc: the surface at --level 0.5 has 2000 triangles and needs 1.15 GB")
                .hasMessageContaining("1.00 GB may be used");
        LevelSurface.Size beyond = new LevelSurface.Size(1000, 800_000_000, 1000);
        assertThatThrownBy(() -> SurfaceConversion.requireRoom(Path.of("in.mrc"), volume, 0.5, beyond, Long.MAX_VALUE))
                .hasMessageContaining("715 million");
    }
}
