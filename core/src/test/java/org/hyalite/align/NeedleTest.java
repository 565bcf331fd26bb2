package org.hyalite.align;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.hyalite.grid.Image;
import org.hyalite.grid.TiltGeometry;
import org.hyalite.grid.TiltSeries;
import org.hyalite.progress.Progress;
import org.junit.jupiter.api.Test;

/** A real ADF tilt series: a needle along x that leaves the field, 91 tilts, 64 × 64 pixels. */
class NeedleTest {
    private static final int SIZE = 64;
    private static final int TILTS = 91;

    private static TiltSeries needle() throws IOException {
        String data = System.getProperty("hyalite.data", "");
        Path folder = Path.of(data, "etspy-adf-tilt-series");
        assumeTrue(
                !data.isEmpty() && Files.isDirectory(folder),
                "no real data: the property hyalite.data names no folder");
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(folder.resolve("needle.mrc")))
                .order(ByteOrder.LITTLE_ENDIAN);
        double[] tilts = Files.readAllLines(folder.resolve("needle.rawtlt")).stream()
                .filter(line -> !line.isBlank())
                .mapToDouble(line -> Double.parseDouble(line.strip()))
                .toArray();
        List<Image> images = new ArrayList<>();
        for (int t = 0; t < TILTS; t++) {
            Image image = Image.zeros(SIZE, SIZE, 18);
            for (int i = 0; i < SIZE * SIZE; i++) {
                image.values()[i] = bytes.getShort(1024 + 2 * (t * SIZE * SIZE + i)) & 0xffff;
            }
            images.add(image.transposed());
        }
        return TiltSeries.of(TiltGeometry.of(tilts), images);
    }

    /** Protects real use: the axis lies 10° askew, and few tilts tell the same as many. */
    @Test
    void axisOfTheNeedleIsFoundFromAllTiltsAndFromEverySixth() throws IOException {
        TiltSeries all = needle();
        int[] sixth = IntStream.iterate(0, i -> i < TILTS, i -> i + 6).toArray();
        Alignment many = Aligner.align(all, AlignSettings.defaults(), Progress.NONE);
        Alignment few = Aligner.align(all.select(sixth), AlignSettings.defaults(), Progress.NONE);
        assertThat(many.axisRotationDeg()).isBetween(10.0, 10.6);
        assertThat(few.axisRotationDeg()).isBetween(10.0, 10.6);
        for (double residual : many.residualsPx()) {
            assertThat(residual).isLessThan(0.15);
        }
        // the nearest-zero images of both differ; so shifts are compared after taking the common part off
        double[] y = many.forTilts(few.tiltsDeg()).shiftYPx();
        double mean = 0;
        for (int i = 0; i < y.length; i++) {
            mean += (y[i] - few.shiftYPx()[i]) / y.length;
        }
        for (int i = 0; i < y.length; i++) {
            assertThat(y[i] - few.shiftYPx()[i] - mean).isBetween(-0.4, 0.4);
        }
    }
}
