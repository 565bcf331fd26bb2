package org.hyalite.io.edax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.hyalite.io.Damage;
import org.hyalite.io.MicroscopeFile;
import org.hyalite.io.ReferenceSignals;
import org.hyalite.io.ReferenceSpectra;
import org.hyalite.io.format.Recording;
import org.hyalite.io.format.Signal;
import org.hyalite.io.format.UnsupportedFileException;
import org.hyalite.physics.Acquisition;
import org.hyalite.physics.Acquisition.Key;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** EDAX spectra come back as they were put in, with every value of their header; damaged ones are refused. */
class SpcFileTest {
    @TempDir
    Path folder;

    private static ByteBuffer spectrum(float version, int start, int[] counts) {
        ByteBuffer file =
                ByteBuffer.allocate(start + Integer.BYTES * counts.length).order(ByteOrder.LITTLE_ENDIAN);
        file.putFloat(0, version).putInt(28, start).putShort(32, (short) counts.length);
        file.putInt(384, 5)
                .putFloat(448, -0.1f)
                .putFloat(456, 12.5f)
                .putFloat(460, -30.2f)
                .putFloat(472, 127.4f);
        file.putInt(476, 30).putFloat(508, 45).putFloat(512, 35).putFloat(532, 20);
        file.putInt(582, Arrays.stream(counts).sum());
        file.putShort(638, (short) 2).putShort(640, (short) 30).putShort(642, (short) 27);
        for (int c = 0; c < counts.length; c++) {
            file.putInt(start + Integer.BYTES * c, counts[c]);
        }
        return file;
    }

    @ParameterizedTest
    @ValueSource(floats = {0.58f, 0.61f, 0.7f})
    void everyValueComesBack(float version) throws IOException {
        int[] counts = new Random((long) (version * 100))
                .ints(1 + (int) (4000 * version), 0, 900)
                .toArray();
        Recording recording = read(spectrum(version, 3840, counts).array());
        assertThat(recording.warnings()).isEmpty();
        Signal signal = recording.signals().get(0);
        assertThat(signal.as(Signal.SingleSpectrum.class)
                        .orElseThrow()
                        .spectrum()
                        .counts())
                .isEqualTo(Arrays.stream(counts).asDoubleStream().toArray());
        assertThat(signal.axes().get(0).scale()).isEqualTo(0.005);
        assertThat(signal.axes().get(0).offset()).isEqualTo(-0.1);
        Acquisition known = signal.acquisition();
        assertThat(known.number(Key.LIVE_TIME)).contains(12.5);
        assertThat(known.number(Key.TILT)).contains(-30.2);
        assertThat(known.number(Key.ENERGY_RESOLUTION)).contains(127.4);
        assertThat(known.number(Key.BEAM_ENERGY)).contains(20.0);
        assertThat(known.names(Key.ELEMENTS)).containsExactly("Co", "Zn");
        assertThat(known.names(Key.DETECTORS)).containsExactly("EDAX type 30, elevation 35.0 deg, azimuth 45.0 deg");
        assertThat(known.number(Key.BEAM_CURRENT)).isEmpty();
    }

    @Test
    void zeroIsNoValue() throws IOException {
        ByteBuffer file = spectrum(0.61f, 3840, new int[] {1, 2});
        file.putFloat(456, 0).putFloat(472, 0).putFloat(532, 0).putShort(638, (short) 0);
        Acquisition known = read(file.array()).signals().get(0).acquisition();
        assertThat(known.known().keySet()).containsExactly(Key.TILT, Key.DETECTORS);
    }

    /** Protects the one checksum there is. */
    @Test
    void countsThatAreNotThoseOfTheHeaderAreTold() throws IOException {
        ByteBuffer file = spectrum(0.61f, 3840, new int[] {1, 2, 3});
        file.putInt(3844, 7);
        assertThat(read(file.array()).warnings()).singleElement().asString().contains("11", "6");
    }

    @Test
    void albiteIsThatOfHyperSpy() {
        Recording recording = MicroscopeFile.open(ReferenceSignals.folder().resolve("edax/Albite.spc"));
        assertThat(recording.warnings()).isEmpty();
        JsonNode reference = ReferenceSignals.of("edax/Albite.spc").get(0);
        Signal signal = recording.signals().get(0);
        ReferenceSpectra.assertAgrees(signal, reference);
        JsonNode meta = reference.path("meta");
        Acquisition known = signal.acquisition();
        assertThat(known.number(Key.LIVE_TIME)).contains(number(meta, "Detector.EDS.live_time"));
        assertThat(known.number(Key.BEAM_ENERGY)).contains(number(meta, "beam_energy"));
        assertThat(known.number(Key.TILT)).contains(number(meta, "Stage.tilt_alpha"));
        assertThat(known.number(Key.ENERGY_RESOLUTION)).contains(number(meta, "Detector.EDS.energy_resolution_MnKa"));
        assertThat(known.names(Key.DETECTORS))
                .containsExactly("EDAX type 13, elevation " + number(meta, "Detector.EDS.elevation_angle")
                        + " deg, azimuth " + number(meta, "Detector.EDS.azimuth_angle") + " deg");
        assertThat(known.names(Key.ELEMENTS)).isEqualTo(List.of("Al", "Na", "Si"));
    }

    private static double number(JsonNode meta, String key) {
        return Double.parseDouble(meta.path("SEM." + key).asString());
    }

    @Test
    void damagedFilesAreRefused() throws IOException {
        byte[] whole =
                spectrum(0.61f, 800, new Random(2).ints(30, 0, 50).toArray()).array();
        Path file = folder.resolve("s.spc");
        Damage.cutsAreRefused(file, whole, whole.length, 3);
        int refused = Damage.flips(file, whole, 0, whole.length, 900, 1);
        assertThat(refused).isBetween(20, 800);
        for (int at : new int[] {28, 32, 384, 448, 456, 460, 472, 508, 512, 532, 638, 640}) {
            Damage.flips(file, whole, at, at + 4, 20, at);
        }
    }

    /** Galactic's .spc starts with its own bytes (here those of its newest version). */
    @Test
    void anotherProgramsSpcIsRefusedAsThat() throws IOException {
        byte[] other = new byte[4000];
        other[1] = 0x4b;
        assertThatThrownBy(() -> read(other))
                .isInstanceOf(UnsupportedFileException.class)
                .hasMessageContaining("another program's");
    }

    private Recording read(byte[] bytes) throws IOException {
        Path file = folder.resolve("x.spc");
        Files.write(file, bytes);
        return MicroscopeFile.open(file);
    }
}
