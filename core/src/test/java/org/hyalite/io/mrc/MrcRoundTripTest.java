package org.hyalite.io.mrc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.hyalite.grid.Image;
import org.hyalite.grid.TiltGeometry;
import org.hyalite.grid.TiltSeries;
import org.hyalite.grid.Volume;
import org.hyalite.io.format.Recording;
import org.hyalite.io.format.Signal;
import org.hyalite.physics.Acquisition.Key;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protects what is written against axis swaps, flips and lost spacings: every shape comes back as it went. */
class MrcRoundTripTest {
    @TempDir
    Path folder;

    private static final int[][] SHAPES = {{1, 1, 1}, {1, 3, 5}, {2, 1, 4}, {3, 65, 2}, {4, 7, 129}, {5, 128, 3}};

    @Test
    void volumesComeBackWithTheirVoxels() {
        Random random = new Random(1);
        for (int[] s : SHAPES) {
            Volume volume = Volume.zeros(s[0], s[1], s[2], 0.39);
            forEach(s, (z, y, x) -> volume.set(z, y, x, (float) random.nextGaussian()));
            Path file = folder.resolve("v" + s[0] + s[1] + s[2] + ".mrc");
            MrcWriter.writeVolume(file, volume);
            Signal signal = MrcFile.format().read(file).signals().get(0);
            List<Image> planes = planes(signal);
            forEach(s, (z, y, x) -> assertThat(planes.get(z).at(y, x)).isEqualTo(volume.at(z, y, x)));
            assertThat(signal.acquisition().number(Key.PIXEL_SIZE))
                    .hasValueSatisfying(nm -> assertThat(nm).isCloseTo(0.39, within(1e-7)));
            if (s[0] > 1) {
                assertThat(signal.data().kind()).isEqualTo("volume");
                assertThat(signal.axes().get(0).scale()).isCloseTo(0.39, within(1e-7));
            }
            assertThat(signal.statistics().sum()).isCloseTo(volume.sum(), within(1e-6));
        }
    }

    @Test
    void seriesComeBackInAscendingOrderWithTheirAngles() throws Exception {
        double[] tilts = {10, -70.25, 0, 0.0001};
        TiltSeries series = TiltSeries.zeros(TiltGeometry.of(tilts), 66, 3, 1.5);
        forEach(new int[] {4, 66, 3}, (t, y, x) -> series.set(t, y, x, (float) (tilts[t] + y * 3 + x)));
        Path file = folder.resolve("adf.mrc");
        MrcWriter.writeSeries(file, series);
        Signal signal = MrcFile.format().read(file).signals().get(0);
        assertThat(signal.data().kind()).isEqualTo("tilt-series");
        assertThat(signal.acquisition().numbers(Key.TILTS)).contains(List.of(-70.25, 0.0, 0.0001, 10.0));
        assertThat(signal.acquisition().source(Key.TILTS)).contains("adf.rawtlt");
        assertThat(Files.readString(folder.resolve("adf.rawtlt"))).isEqualTo("-70.25\n0.0\n0.00010\n10.0\n");
        int[] order = {1, 2, 3, 0};
        forEach(
                new int[] {4, 66, 3},
                (t, y, x) -> assertThat(planes(signal).get(t).at(y, x)).isEqualTo(series.at(order[t], y, x)));
    }

    @Test
    void stacksOfUnknownPixelComeBackWithoutOne() {
        Path file = folder.resolve("counts.mrc");
        MrcWriter.writeStack(
                file,
                List.of(
                        Image.of(2, 3, Double.NaN, new float[] {1, 2, 3, 4, 5, 6}),
                        Image.of(2, 3, Double.NaN, new float[] {-1, 2, 3, 4, 5, 9})));
        Recording recording = MrcFile.format().read(file);
        Signal signal = recording.signals().get(0);
        assertThat(planes(signal).get(1).values()).containsExactly(-1, 2, 3, 4, 5, 9);
        assertThat(planes(signal).get(0).pixelNm()).isNaN();
        assertThat(signal.acquisition().known()).isEmpty();
        assertThat(signal.axes().get(2).unit()).isEmpty();
        assertThat(recording.warnings()).anyMatch(w -> w.contains("no pixel size"));
        assertThat(signal.statistics().min()).isEqualTo(-1);
        assertThat(signal.statistics().max()).isEqualTo(9);
    }

    @Test
    void headerHoldsWhatOtherProgramsRead() throws Exception {
        Volume volume = Volume.zeros(2, 2, 2, 1.25);
        volume.set(1, 1, 1, 8);
        Path file = folder.resolve("v.mrc");
        MrcWriter.writeVolume(file, volume);
        var h = java.nio.ByteBuffer.wrap(Files.readAllBytes(file)).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        assertThat(h.limit()).isEqualTo(1024 + 32);
        assertThat(new int[] {h.getInt(0), h.getInt(4), h.getInt(8), h.getInt(12)})
                .containsExactly(2, 2, 2, 2);
        assertThat(h.getFloat(40)).isEqualTo(25f);
        assertThat(h.getFloat(48)).isEqualTo(25f);
        assertThat(h.getFloat(80)).isEqualTo(8f);
        assertThat(h.getFloat(84)).isEqualTo(1f);
        assertThat(h.getInt(88)).isEqualTo(1);
        assertThat(h.getFloat(216)).isCloseTo((float) Math.sqrt(7), within(1e-6f));
        assertThat(h.getInt(1024)).isZero();
        assertThat(h.getFloat(1024 + 28)).isEqualTo(8f);
    }

    @Test
    void numbersThatAreNoneAreNotWritten() {
        Volume volume = Volume.zeros(1, 2, 2, 1);
        volume.set(0, 1, 0, Float.NaN);
        Path file = folder.resolve("nan.mrc");
        assertThatThrownBy(() -> MrcWriter.writeVolume(file, volume))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("NaN in plane 0, row 1, column 0");
        assertThat(file).doesNotExist();
    }

    private interface Cell {
        void at(int z, int y, int x);
    }

    private static void forEach(int[] shape, Cell cell) {
        for (int z = 0; z < shape[0]; z++) {
            for (int y = 0; y < shape[1]; y++) {
                for (int x = 0; x < shape[2]; x++) {
                    cell.at(z, y, x);
                }
            }
        }
    }

    private static List<Image> planes(Signal signal) {
        List<Image> planes = new ArrayList<>();
        signal.as(Signal.Stack.class).ifPresent(s -> planes.addAll(s.images()));
        signal.as(Signal.Picture.class).ifPresent(p -> planes.add(p.image()));
        return planes;
    }

    @Test
    void aNoteStandsInTheSecondLabel() throws java.io.IOException {
        Path file = folder.resolve("noted.mrc");
        MrcWriter.writeStack(file, List.of(Image.zeros(2, 3, 1)), Optional.of("denoised, rank 3"));
        assertThat(MrcLabels.of(file)).containsExactly("Hyalite stack", "denoised, rank 3");
        Files.write(file, new byte[100]);
        assertThat(MrcLabels.of(file)).isEmpty();
        assertThatThrownBy(() -> MrcWriter.writeStack(file, List.of(Image.zeros(2, 3, 1)), Optional.of("x".repeat(81))))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
