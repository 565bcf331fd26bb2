package org.hyalite.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.hyalite.grid.Image;
import org.hyalite.io.MicroscopeFile;
import org.hyalite.io.format.Axis;
import org.hyalite.io.format.Selection;
import org.hyalite.io.format.Signal;
import org.hyalite.io.format.Statistics;
import org.hyalite.io.zarr.ZspyWriter;
import org.hyalite.physics.Acquisition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protects images of the specimen from being mixed up with the picture of live times beside them. */
class LiveTimePictureTest {
    @TempDir
    Path folder;

    @Test
    void itIsNoImageOfTheSpecimenUnlessAskedFor() {
        Path in = folder.resolve("in.zspy");
        ZspyWriter.write(in, List.of(picture("HAADF", 7), picture(Signal.LIVE_TIME, 0.25f)));
        assertThat(written(in, Optional.empty())).isEqualTo(7);
        assertThat(written(in, Optional.of(Signal.LIVE_TIME))).isEqualTo(0.25f);
    }

    private float written(Path in, Optional<String> wanted) {
        Path out = folder.resolve("out.mrc");
        Conversion.convert(in, out, wanted, Selection.ALL);
        Signal signal = MicroscopeFile.open(out).signals().get(0);
        return signal.data() instanceof Signal.Stack stack
                ? stack.images().get(0).at(1, 1)
                : signal.as(Signal.Picture.class).orElseThrow().image().at(1, 1);
    }

    private static Signal picture(String name, float value) {
        Image image = Image.zeros(2, 3, 1);
        java.util.Arrays.fill(image.values(), value);
        return new Signal(
                name,
                List.of(new Axis("y", 2, 1, 0, "nm"), new Axis("x", 3, 1, 0, "nm")),
                new Statistics(6 * value, value, value),
                Acquisition.nothing(),
                new Signal.Picture(image));
    }
}
