package org.hyalite.io.hspy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.hyalite.grid.Image;
import org.hyalite.grid.SpectrumImage;
import org.hyalite.io.format.Axis;
import org.hyalite.io.format.Recording;
import org.hyalite.io.format.Signal;
import org.hyalite.physics.Acquisition.Key;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protects the reading of stacks and units, on a small file that HyperSpy wrote (tools/reference/hspy_fixture.py). */
class HspyFileTest {
    @TempDir
    Path folder;

    private Recording recording;

    @BeforeEach
    void read() throws IOException {
        Path file = folder.resolve("small.hspy");
        try (InputStream in = HspyFileTest.class.getResourceAsStream("small.hspy")) {
            Files.write(file, Objects.requireNonNull(in).readAllBytes());
        }
        recording = HspyFile.format().read(file);
        assertThat(recording.signals()).extracting(Signal::name).containsExactly("maps", "volume");
    }

    @Test
    void aTiltAxisMakesOneMapPerTilt() {
        Signal signal = recording.signals().get(0);
        List<SpectrumImage> maps = signal.as(Signal.Maps.class).orElseThrow().maps();
        assertThat(maps).hasSize(3);
        double sum = 0;
        double[] spectrum = new double[16];
        for (int t = 0; t < 3; t++) {
            for (int y = 0; y < 4; y++) {
                for (int x = 0; x < 5; x++) {
                    java.util.Arrays.fill(spectrum, 0);
                    maps.get(t).addTo(y, x, spectrum);
                    for (int c = 0; c < 16; c++) {
                        int i = ((t * 4 + y) * 5 + x) * 16 + c;
                        assertThat(spectrum[c]).isEqualTo(i % 7 * (i % 3));
                        sum += spectrum[c];
                    }
                }
            }
        }
        assertThat(signal.statistics().sum()).isEqualTo(sum);
        assertThat(maps.get(2).pixelNm()).isCloseTo(1.2, within(1e-12));
        assertThat(maps.get(2).energy().gainKeV()).isCloseTo(0.01, within(1e-15));
        assertThat(maps.get(2).energy().offsetKeV()).isCloseTo(-0.02, within(1e-15));
        assertThat(signal.axes()).extracting(Axis::name).containsExactly("tilt", "y", "x", "energy");
        assertThat(signal.axes()).extracting(Axis::unit).containsExactly("deg", "nm", "nm", "keV");
        assertThat(signal.acquisition().numbers(Key.TILTS)).contains(List.of(-35.0, 0.0, 35.0));
    }

    @Test
    void timesKeepTheirTagsAndTextsAreNumbers() {
        var known = recording.signals().get(0).acquisition();
        assertThat(known.number(Key.BEAM_ENERGY)).contains(80.0);
        assertThat(known.number(Key.BEAM_CURRENT)).contains(0.9);
        assertThat(known.number(Key.LIVE_TIME)).contains(2.4);
        assertThat(known.source(Key.LIVE_TIME).orElseThrow()).endsWith("TEM.Detector.EDS.live_time");
        assertThat(known.number(Key.DWELL_TIME)).contains(0.12);
        assertThat(known.source(Key.DWELL_TIME).orElseThrow()).endsWith("TEM.Detector.EDS.dwell_time");
        assertThat(known.names(Key.ELEMENTS)).containsExactly("Co", "Zn");
    }

    @Test
    void planesAlongALengthMakeAVolumeWhateverTheByteOrder() {
        Signal signal = recording.signals().get(1);
        Signal.Stack stack = signal.as(Signal.Stack.class).orElseThrow();
        assertThat(stack.volume()).isTrue();
        Image plane = stack.images().get(2);
        assertThat(plane.at(3, 4)).isEqualTo(59 / 8f - 1);
        assertThat(plane.at(0, 1)).isEqualTo(41 / 8f - 1);
        assertThat(plane.pixelNm()).isCloseTo(2, within(1e-12));
        assertThat(signal.axes().get(0).unit()).isEqualTo("nm");
        assertThat(signal.acquisition().known()).containsOnlyKeys(Key.PIXEL_SIZE);
    }
}
