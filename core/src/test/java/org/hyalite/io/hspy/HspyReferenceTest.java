package org.hyalite.io.hspy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hyalite.grid.Image;
import org.hyalite.grid.Spectrum;
import org.hyalite.grid.SpectrumImage;
import org.hyalite.io.format.Axis;
import org.hyalite.io.format.Recording;
import org.hyalite.io.format.Signal;
import org.hyalite.physics.Acquisition.Key;
import org.junit.jupiter.api.Test;

/** Protects agreement with HyperSpy 1.7.3 on real files; the numbers are those it gives (reference-values.jsonl). */
class HspyReferenceTest {
    private static Path data(String name) {
        Path file = Path.of(System.getProperty("hyalite.data", "absent"), "hspy", name);
        assumeTrue(Files.exists(file), "skipped: the real files (property hyalite.data) are not here");
        return file;
    }

    private static Signal only(String name) {
        Recording recording = HspyFile.format().read(data(name));
        assertThat(recording.signals()).hasSize(1);
        return recording.signals().get(0);
    }

    @Test
    void spectrumImageAgrees() {
        Signal signal = only("L2083_tilt15_crop48_DEV.hspy");
        assertThat(signal.name()).isEqualTo("L2083-K-4-1 tilt 15 crop y96:144 x96:144");
        assertThat(signal.statistics().sum()).isEqualTo(19323);
        assertThat(signal.statistics().min()).isZero();
        assertThat(signal.statistics().max()).isEqualTo(5);
        SpectrumImage map = signal.as(Signal.Maps.class).orElseThrow().maps().get(0);
        assertThat(new int[] {map.ny(), map.nx(), map.energy().channels()}).containsExactly(48, 48, 2048);
        assertThat(map.isWhole()).isTrue();
        double[] sum = map.sum().counts();
        assertThat(sum[100]).isEqualTo(470);
        assertThat(sum[47]).isEqualTo(670);
        double window = 0;
        double box = 0;
        for (int c = 95; c < 106; c++) {
            window += sum[c];
        }
        Image all = map.window(0, 2048);
        for (int y = 12; y < 24; y++) {
            for (int x = 12; x < 24; x++) {
                box += all.at(y, x);
            }
        }
        assertThat(window).isEqualTo(3280);
        assertThat(box).isEqualTo(1390);
        double[] pixel = new double[2048];
        map.addTo(3, 23, pixel);
        assertThat(pixel[99]).isEqualTo(5);
        assertThat(map.energy().offsetKeV()).isEqualTo(-0.470891225);
        assertThat(map.energy().gainKeV()).isEqualTo(0.010003);
        assertThat(map.pixelNm()).isCloseTo(13.0814447573835, within(1e-9));
        assertThat(signal.axes()).extracting(Axis::name).containsExactly("y", "x", "energy");
        assertThat(signal.axes()).extracting(Axis::unit).containsExactly("nm", "nm", "keV");
        assertThat(signal.axes().get(0).offset()).isCloseTo(1255.818696708816, within(1e-9));
        var known = signal.acquisition();
        assertThat(known.number(Key.BEAM_ENERGY)).contains(200.0); // the file has the text "200"
        assertThat(known.number(Key.REAL_TIME)).contains(141.85728);
        assertThat(known.number(Key.TILT)).contains(15.0);
        assertThat(known.number(Key.ENERGY_RESOLUTION)).contains(130.0);
        assertThat(known.names(Key.DETECTORS)).containsExactly("SuperX");
        assertThat(known.names(Key.ELEMENTS))
                .isEqualTo(
                        List.of("Al", "C", "Ca", "Cr", "Cu", "Fe", "Ga", "Mg", "N", "Na", "O", "Pt", "S", "Si", "Ti"));
        assertThat(known.source(Key.TILT))
                .contains("Experiments." + signal.name() + ".metadata.Acquisition_instrument.TEM.Stage.tilt_alpha");
        assertThat(known.known()).doesNotContainKeys(Key.DWELL_TIME, Key.LIVE_TIME, Key.BEAM_CURRENT);
    }

    @Test
    void spectrumAgrees() {
        Signal signal = only("EDS_TEM_FePt_nanoparticles.hspy");
        Spectrum spectrum = signal.as(Signal.SingleSpectrum.class).orElseThrow().spectrum();
        assertThat(spectrum.total()).isEqualTo(205795);
        assertThat(spectrum.counts()).hasSize(992);
        assertThat(spectrum.counts()[5]).isEqualTo(8422);
        assertThat(signal.statistics().min()).isEqualTo(1);
        assertThat(spectrum.axis().offsetKeV()).isEqualTo(0.169315);
        assertThat(spectrum.axis().gainKeV()).isEqualTo(0.020028);
        assertThat(signal.acquisition().number(Key.ENERGY_RESOLUTION)).contains(133.312296);
        assertThat(signal.acquisition().number(Key.TILT)).contains(0.0);
        assertThat(signal.acquisition().names(Key.ELEMENTS)).containsExactly("Fe", "Pt");
    }

    @Test
    void imagesOfOldAndNewLayoutsAgree() {
        Signal old = only("example2_v2.2.hspy");
        Image image = old.as(Signal.Picture.class).orElseThrow().image();
        assertThat(image.sum()).isEqualTo(4950);
        assertThat(image.at(9, 9)).isEqualTo(99);
        assertThat(image.at(0, 1)).isEqualTo(1);
        assertThat(image.pixelNm()).isNaN();
        assertThat(old.acquisition().number(Key.BEAM_ENERGY)).contains(200.0);
        assertThat(old.acquisition().number(Key.TILT)).contains(10.0); // the TEM's, not the SEM's 5
        assertThat(old.acquisition().known()).doesNotContainKey(Key.BEAM_CURRENT); // the file says 0

        Signal recent = only("example2_v3.1.hspy");
        assertThat(recent.statistics().sum()).isEqualTo(250910);
        assertThat(recent.statistics().min()).isEqualTo(718);
        assertThat(recent.statistics().max()).isEqualTo(1218);
        assertThat(recent.as(Signal.Picture.class).orElseThrow().image().at(9, 4))
                .isEqualTo(1218);
        assertThat(recent.axes().get(1).unit()).isEqualTo("1/nm");
        assertThat(recent.axes().get(1).offset()).isCloseTo(137.10422703623772, within(1e-9));
        assertThat(recent.acquisition().number(Key.TILT)).contains(10.0);
    }
}
