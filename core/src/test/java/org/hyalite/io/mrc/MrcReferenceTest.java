package org.hyalite.io.mrc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hyalite.grid.Image;
import org.hyalite.io.format.Recording;
import org.hyalite.io.format.Signal;
import org.hyalite.physics.Acquisition.Key;
import org.junit.jupiter.api.Test;

/** Protects agreement with mrcfile 1.4.3 and RosettaSciIO on real files (reference-values.jsonl). */
class MrcReferenceTest {
    private static Recording read(String name) {
        Path file = Path.of(System.getProperty("hyalite.data", "absent"), name);
        assumeTrue(Files.exists(file), "skipped: the real files (property hyalite.data) are not here");
        return MrcFile.format().read(file);
    }

    private static double box(List<Image> images, int z0, int z1, int y0, int y1, int x0, int x1) {
        double sum = 0;
        for (int z = z0; z < z1; z++) {
            for (int y = y0; y < y1; y++) {
                for (int x = x0; x < x1; x++) {
                    sum += images.get(z).at(y, x);
                }
            }
        }
        return sum;
    }

    @Test
    void tiltSeriesWithAnglesBesideAgrees() {
        Recording recording = read("etspy-adf-tilt-series/needle.mrc");
        Signal signal = recording.signals().get(0);
        Signal.Stack stack = signal.as(Signal.Stack.class).orElseThrow();
        assertThat(stack.kind()).isEqualTo("tilt-series");
        assertThat(stack.images()).hasSize(91);
        assertThat(signal.statistics().sum()).isEqualTo(1740283202);
        assertThat(signal.statistics().min()).isEqualTo(513);
        assertThat(signal.statistics().max()).isEqualTo(39459);
        assertThat(stack.images().get(85).at(32, 15)).isEqualTo(39459);
        assertThat(stack.images().get(0).at(0, 0)).isEqualTo(524);
        assertThat(box(stack.images(), 22, 45, 16, 32, 16, 32)).isEqualTo(93743822);
        List<Double> tilts = signal.acquisition().numbers(Key.TILTS).orElseThrow();
        assertThat(tilts).hasSize(91).startsWith(-90.0, -88.0).endsWith(90.0);
        assertThat(signal.acquisition().number(Key.PIXEL_SIZE).orElseThrow()).isCloseTo(17.994915771, within(1e-5));
        assertThat(signal.axes().get(0).unit()).isEqualTo("deg");
        assertThat(signal.axes().get(0).scale()).isCloseTo(2, within(1e-9));
    }

    @Test
    void volumeAgrees() {
        Signal signal = read("mrc/EMD-3197.map").signals().get(0);
        Signal.Stack stack = signal.as(Signal.Stack.class).orElseThrow();
        assertThat(stack.volume()).isTrue();
        assertThat(signal.statistics().sum()).isCloseTo(6268.896269149147, within(1e-6));
        assertThat(signal.statistics().min()).isEqualTo(-4.1337456703186035);
        assertThat(signal.statistics().max()).isEqualTo(5.576736927032471);
        assertThat(stack.images().get(6).at(6, 1)).isEqualTo(5.576736927032471f);
        assertThat(box(stack.images(), 5, 10, 5, 10, 5, 10)).isCloseTo(358.0920514315367, within(1e-6));
        assertThat(stack.images().get(0).pixelNm()).isCloseTo(1.14, within(1e-12));
    }

    @Test
    void imageWithAnExtendedHeaderAgrees() {
        Signal signal = read("mrc/HAADFscan.mrc").signals().get(0);
        Image image = signal.as(Signal.Picture.class).orElseThrow().image();
        assertThat(new int[] {image.ny(), image.nx()}).containsExactly(16, 16);
        assertThat(signal.statistics().sum()).isEqualTo(1552947);
        assertThat(signal.statistics().min()).isEqualTo(3923);
        assertThat(image.at(0, 4)).isEqualTo(9399);
        assertThat(box(List.of(image), 0, 1, 4, 8, 4, 8)).isEqualTo(93580);
        assertThat(image.pixelNm()).isCloseTo(5.679131317138672, within(1e-6));
        assertThat(signal.acquisition().number(Key.BEAM_ENERGY)).contains(300.0);
        assertThat(signal.acquisition().source(Key.BEAM_ENERGY)).contains("FEI2 HT");
    }

    @Test
    void negativePixelSizeIsSaidAndNotUsed() {
        Recording recording = read("mrc/ROI_Random_Scan_Sum.mrc");
        Signal signal = recording.signals().get(0);
        Image image = signal.as(Signal.Picture.class).orElseThrow().image();
        assertThat(signal.statistics().sum()).isEqualTo(104477963.6875);
        assertThat(image.at(14, 11)).isEqualTo(300270.6875f);
        assertThat(box(List.of(image), 0, 1, 7, 14, 3, 6)).isEqualTo(6304758);
        assertThat(image.pixelNm()).isNaN();
        assertThat(signal.axes().get(0).scale()).isEqualTo(-1);
        assertThat(recording.warnings()).anyMatch(w -> w.contains("negative"));
    }
}
