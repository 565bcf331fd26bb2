package org.hyalite.io.bcf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.hyalite.io.Damage;
import org.hyalite.io.MicroscopeFile;
import org.hyalite.io.ReferenceSignals;
import org.hyalite.io.ReferenceSpectra;
import org.hyalite.io.format.MalformedFileException;
import org.hyalite.io.format.Recording;
import org.hyalite.io.format.Signal;
import org.hyalite.physics.Acquisition;
import org.hyalite.physics.Acquisition.Key;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Bruker's single spectra come back as they were put in; damaged and hostile ones are refused. */
class SpxFileTest {
    @TempDir
    Path folder;

    static String spectrum(int[] counts) {
        return """
                <?xml version="1.0" encoding="WINDOWS-1252" standalone="yes"?>
                <TRTSpectrum><ClassInstance Type="TRTSpectrum" Name="s"><TRTHeaderedClass>
                <ClassInstance Type="TRTSpectrumHardwareHeader"><RealTime>40</RealTime><LifeTime>25</LifeTime></ClassInstance>
                <ClassInstance Type="TRTDetectorHeader"><Type>XFlash</Type></ClassInstance>
                <ClassInstance Type="TRTESMAHeader"><PrimaryEnergy>1.5E1</PrimaryEnergy><ElevationAngle>3.5E1</ElevationAngle>
                <AzimutAngle>4.5E1</AzimutAngle></ClassInstance></TRTHeaderedClass>
                <ClassInstance Type="TRTSpectrumHeader"><ChannelCount>%d</ChannelCount><CalibAbs>-4,5E-1</CalibAbs>
                <CalibLin>1E-2</CalibLin><SigmaAbs>5E-4</SigmaAbs><SigmaLin>4E-4</SigmaLin></ClassInstance>
                <Channels>%s</Channels>
                <ClassInstance Type="TRTPSEElementList"><ChildClassInstances>
                <ClassInstance Type="TRTPSEElement"><Element>30</Element></ClassInstance>
                <ClassInstance Type="TRTPSEElement"><Element>27</Element></ClassInstance>
                </ChildClassInstances></ClassInstance></ClassInstance></TRTSpectrum>
                """.formatted(
                counts.length, Arrays.stream(counts).mapToObj(String::valueOf).collect(Collectors.joining(",")));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 300, 4096})
    void everyValueComesBack(int channels) throws IOException {
        int[] counts = new Random(channels).ints(channels, 0, 100_000).toArray();
        Signal signal = read(spectrum(counts)).signals().get(0);
        assertThat(signal.as(Signal.SingleSpectrum.class)
                        .orElseThrow()
                        .spectrum()
                        .counts())
                .isEqualTo(Arrays.stream(counts).asDoubleStream().toArray());
        assertThat(signal.axes().get(0).offset()).isEqualTo(-0.45);
        Acquisition known = signal.acquisition();
        assertThat(known.number(Key.LIVE_TIME)).contains(0.025);
        assertThat(known.number(Key.REAL_TIME)).contains(0.04);
        assertThat(known.number(Key.BEAM_ENERGY)).contains(15.0);
        assertThat(known.names(Key.DETECTORS)).containsExactly("XFlash, elevation 35.0 deg, azimuth 45.0 deg");
        assertThat(known.names(Key.ELEMENTS)).containsExactly("Co", "Zn");
        assertThat(known.number(Key.TILT)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bruker/bruker_nano.spx", "bruker/extracted_from_bcf.spx"})
    void realSpectraAreThoseOfHyperSpy(String name) {
        JsonNode reference = ReferenceSignals.of(name).get(0);
        Recording recording = MicroscopeFile.open(ReferenceSignals.folder().resolve(name));
        assertThat(recording.format()).isEqualTo("Bruker SPX");
        Signal signal = recording.signals().get(0);
        ReferenceSpectra.assertAgrees(signal, reference);
        JsonNode meta = reference.path("meta");
        Acquisition known = signal.acquisition();
        String eds = "SEM.Detector.EDS.";
        assertThat(known.number(Key.LIVE_TIME).orElseThrow())
                .isEqualTo(meta.path(eds + "live_time").asDouble());
        assertThat(known.number(Key.REAL_TIME).orElseThrow())
                .isEqualTo(meta.path(eds + "real_time").asDouble());
        assertThat(known.number(Key.BEAM_ENERGY))
                .contains(meta.path("SEM.beam_energy").asDouble());
        assertThat(known.names(Key.DETECTORS))
                .containsExactly(meta.path(eds + "detector_type").asString() + ", elevation "
                        + meta.path(eds + "elevation_angle").asDouble() + " deg, azimuth "
                        + meta.path(eds + "azimuth_angle").asDouble() + " deg");
        List<String> elements = new ArrayList<>();
        meta.path("Sample.elements").forEach(e -> elements.add(e.asString()));
        assertThat(known.names(Key.ELEMENTS)).containsExactlyInAnyOrderElementsOf(elements);
        // HyperSpy gives its default of 130 eV, which is not in the file; the file's own peak widths lie around it
        assertThat(known.number(Key.ENERGY_RESOLUTION).orElseThrow()).isCloseTo(130, within(7.0));
    }

    @Test
    void damagedSpectraAreRefused() throws IOException {
        byte[] whole = spectrum(new Random(1).ints(20, 0, 9).toArray()).getBytes(StandardCharsets.ISO_8859_1);
        Path file = folder.resolve("s.spx");
        Damage.cutsAreRefused(file, whole, whole.length - 3, 11);
        assertThat(Damage.flips(file, whole, 0, whole.length, 600, 2)).isGreaterThan(100);
    }

    @Test
    void hostileAndImpossibleSpectraAreRefused() {
        String sound = spectrum(new int[] {1, 2, 3});
        for (String bad : List.of(
                sound.replace("1,2,3", "1,2"),
                sound.replace("1,2,3", "1,x,3"),
                sound.replace("1,2,3", "1,-2,3"),
                sound.replace("<ChannelCount>3", "<ChannelCount>0"),
                sound.replace("<CalibLin>1E-2", "<CalibLin>0"),
                sound.replace("<CalibLin>1E-2", "<CalibLin>NaN"),
                sound.replace("<Element>30", "<Element>300"),
                sound.replace("Type=\"TRTSpectrum\"", "Type=\"x\""),
                sound.replace(
                        "<TRTSpectrum>", "<!DOCTYPE a [<!ENTITY b \"bbbb\"><!ENTITY c \"&b;&b;\">]><TRTSpectrum>"))) {
            assertThatThrownBy(() -> read(bad))
                    .isInstanceOf(MalformedFileException.class)
                    .hasMessageContaining("x.spx");
        }
    }

    private Recording read(String text) throws IOException {
        Path file = folder.resolve("x.spx");
        Files.write(file, text.getBytes(StandardCharsets.ISO_8859_1));
        return MicroscopeFile.open(file);
    }
}
